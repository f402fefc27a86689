/**
 * TextEncoder and TextDecoder of the WHATWG Encoding Standard, btoa and atob: in every JavaScript runtime Mien runs in, but in none of
 * the ECMAScript libraries that core is compiled against. Only core/tsconfig.json reads this file.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}
/** Base64 of a string of bytes (WHATWG HTML); takes code points up to 255 only. */
declare function btoa(bytes: string): string;
/** The bytes behind base64, one code point each (WHATWG HTML). */
declare function atob(base64: string): string;
