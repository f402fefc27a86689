declare module 'draco3dgltf' {
  export function createDecoderModule(options?: { wasmBinary?: Uint8Array }): Promise<unknown>;
  export function createEncoderModule(options?: object): Promise<unknown>;
}
