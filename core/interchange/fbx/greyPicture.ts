import { decode, encode, type DecodedPng } from 'fast-png';

/** Larger pictures are not taken apart: the sides of what engines accept. */
const LARGEST_SIDE = 16_384;
/** A PNG's signature, its IHDR's length and name, width and height: bytes 16 and 20 hold the sides. */
const SIDES_END = 24;

/** What to take out of a picture. */
export interface GreyOf {
  /** 0 red, 1 green, 2 blue, 3 alpha. */
  readonly component: 0 | 1 | 2 | 3;
  /** Every value is multiplied by this. */
  readonly factor: number;
  /** Values below become 0, others 1; null keeps them. 0..1 */
  readonly cutoff: number | null;
}

/**
 * One component of a PNG as a picture of its own, with the same value in red, green, blue and alpha: importers disagree on which
 * of them they read. null when the picture has no such component (alpha) or cannot be read.
 */
export function greyPicture(png: Uint8Array, { component, factor, cutoff }: GreyOf): Uint8Array | null {
  const decoded = decodeSafely(png);
  if (!decoded) return null;
  const { width, height, data, depth, palette } = decoded;
  const valueAt = palette ? paletteReader(decoded, component) : sampleReader(decoded, component);
  if (!valueAt || data.length < width * height) return null;
  const largest = palette ? 255 : 2 ** depth - 1;
  const grey = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const value = (valueAt(pixel) / largest) * factor;
    const kept = cutoff === null ? value : value < cutoff ? 0 : 1;
    grey.fill(Math.round(Math.min(1, Math.max(0, kept)) * 255), pixel * 4, pixel * 4 + 4);
  }
  return encode({ width, height, data: grey, channels: 4, depth: 8 });
}

function decodeSafely(png: Uint8Array): DecodedPng | null {
  if (png.byteLength < SIDES_END) return null;
  const view = new DataView(png.buffer, png.byteOffset, SIDES_END);
  if (view.getUint32(16) > LARGEST_SIDE || view.getUint32(20) > LARGEST_SIDE) return null;
  try {
    return decode(png);
  } catch {
    // A damaged picture is written as it is; what reads it will say so.
    return null;
  }
}

type ReadPixel = (pixel: number) => number;

function paletteReader({ data, palette }: DecodedPng, component: number): ReadPixel | null {
  if (!palette || (component === 3 && palette[0]?.length !== 4)) return null;
  return (pixel) => palette[data[pixel]]?.[component] ?? 0;
}

function sampleReader({ data, channels }: DecodedPng, component: number): ReadPixel | null {
  const hasAlpha = channels === 2 || channels === 4;
  if (component === 3 && !hasAlpha) return null;
  const at = component === 3 ? channels - 1 : channels >= 3 ? component : 0;
  return (pixel) => data[pixel * channels + at];
}
