import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/testing/seededRandom';
import { comparePictures, readPicture, type Picture } from './comparePicture';
import { encode } from 'fast-png';

const [WIDTH, HEIGHT] = [64, 48];

/** A grey ground with a light square; `soften` changes single pixels by up to that much. */
function square(x: number, y: number, level = 220, soften = 0): Picture {
  const random = seededRandom(3);
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(40);
  for (let row = 0; row < HEIGHT; row++)
    for (let column = 0; column < WIDTH; column++) {
      const isInside = column >= x && column < x + 16 && row >= y && row < y + 16;
      const value = (isInside ? level : 40) + (random() - 0.5) * soften;
      data.fill(value, (row * WIDTH + column) * 3, (row * WIDTH + column) * 3 + 3);
    }
  return { width: WIDTH, height: HEIGHT, data };
}

describe('comparing pictures', () => {
  it('finds nothing where nothing is, and forgives a pixel and single pixels', () => {
    expect(comparePictures(square(16, 16), square(16, 16))).toMatchObject({ different: 0, blocks: 16 * 12 });
    expect(comparePictures(square(16, 16), square(17, 16)).different).toBe(0);
    expect(comparePictures(square(16, 16), square(16, 16, 220, 50)).different).toBe(0);
  });

  it('finds what moved by half a block, came, went, or has another colour', () => {
    expect(comparePictures(square(16, 16), square(19, 16)).different).toBeGreaterThanOrEqual(4);
    expect(comparePictures(square(16, 16), square(32, 16)).different).toBeGreaterThanOrEqual(24);
    expect(comparePictures(square(16, 16), square(100, 100)).different).toBe(16);
    expect(comparePictures(square(16, 16), square(16, 16, 180)).different).toBe(16);
  });

  it('calls pictures of two sizes wholly different', () => {
    const small = { ...square(16, 16), height: HEIGHT - 1, data: square(16, 16).data.slice(0, WIDTH * (HEIGHT - 1) * 3) };
    expect(comparePictures(square(16, 16), small)).toEqual({ blocks: 192, different: 192, marked: null });
  });

  it('reads a PNG with or without transparency', () => {
    const { data } = square(16, 16);
    const rgb = readPicture(encode({ width: WIDTH, height: HEIGHT, data, channels: 3, depth: 8 }));
    const rgba = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_unused, at) =>
      at % 4 === 3 ? 255 : data[(at >> 2) * 3 + (at % 4)],
    );
    expect(rgb.data).toEqual(data);
    expect(readPicture(encode({ width: WIDTH, height: HEIGHT, data: rgba, channels: 4, depth: 8 })).data).toEqual(data);
  });
});
