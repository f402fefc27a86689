import { unzipSync } from 'fflate';

/** One array of an .npz file: its shape and its numbers. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Reads the arrays of an .npz file whose type is int16 or float32 (NumPy .npy format 1.0 and 2.0); others are left out. */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const arrays: Record<string, NpyArray> = {};
  for (const [name, file] of Object.entries(unzipSync(bytes))) {
    const array = readNpy(file);
    if (array) arrays[name.replace(/\.npy$/, '')] = array;
  }
  return arrays;
}

function readNpy(file: Uint8Array): NpyArray | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const wide = file[6] >= 2;
  const headerLength = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + headerLength;
  const header = new TextDecoder('latin1').decode(file.subarray(wide ? 12 : 10, start));
  const type = /'descr': '([^']+)'/.exec(header)?.[1];
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').map(Number).filter((size) => size > 0);
  const data = file.slice(start).buffer;
  if (type === '<i2') return { shape, values: new Int16Array(data) };
  if (type === '<f4') return { shape, values: new Float32Array(data) };
  return null;
}
