/*
 * The few web standards (WHATWG) that core may use because Node, Electron and browsers all have them. Only core's own type
 * check reads this file; it has no DOM and no Node types, so that nothing else slips in.
 */
interface TextDecoderOptions {
  fatal?: boolean;
  ignoreBOM?: boolean;
}
declare class TextDecoder {
  constructor(label?: string, options?: TextDecoderOptions);
  decode(input?: ArrayBufferView | ArrayBuffer): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
