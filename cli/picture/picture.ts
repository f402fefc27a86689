import { encode } from 'fast-png';

/** sRGB, eight bits, three bytes a pixel, top row first. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export type Rgb = readonly [number, number, number];

export function createPicture(width: number, height: number, colour: Rgb): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) rgb.set(colour, at);
  return { width, height, rgb };
}

/** Copies `source` into `target` with its top left corner at x, y; what falls outside is cut. */
export function pastePicture(target: Picture, source: Picture, x: number, y: number): void {
  for (let row = 0; row < source.height; row++) {
    const targetRow = y + row;
    if (targetRow < 0 || targetRow >= target.height) continue;
    const from = Math.max(0, -x);
    const to = Math.min(source.width, target.width - x);
    if (to <= from) continue;
    const start = row * source.width * 3;
    target.rgb.set(source.rgb.subarray(start + from * 3, start + to * 3), (targetRow * target.width + x + from) * 3);
  }
}

/** Fills a rectangle; `opacity` 0..1 mixes with what is there. */
export function fillRectangle(
  target: Picture,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: Rgb,
  opacity = 1,
): void {
  const [left, right] = [Math.max(0, Math.round(x)), Math.min(target.width, Math.round(x + width))];
  const [top, bottom] = [Math.max(0, Math.round(y)), Math.min(target.height, Math.round(y + height))];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = (row * target.width + column) * 3;
      for (let k = 0; k < 3; k++) target.rgb[at + k] = Math.round(target.rgb[at + k] * (1 - opacity) + colour[k] * opacity);
    }
  }
}

export function encodePng(picture: Picture): Uint8Array {
  return encode({ width: picture.width, height: picture.height, data: picture.rgb, channels: 3, depth: 8 });
}
