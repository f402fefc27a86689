import { decode, encode } from 'fast-png';

/** RGB, three bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What two pictures have not in common. */
export interface PictureDifference {
  /** Blocks of the picture, and how many of them look different. */
  readonly blocks: number;
  readonly different: number;
  /** The first picture, dimmed, with the different blocks in red; null when the sizes differ. */
  readonly marked: Uint8Array | null;
}

/**
 * Pictures are compared by the mean colour of blocks of 4 x 4 px: another way of drawing the edges of letters hardly changes
 * it, a control that moved by half a block does. A block may also be found a pixel beside its place, because a line of text
 * may come out that much wider on another machine.
 */
const BLOCK = 4;
const REACH = 1;
/** Steps of 255 that the mean of a block may differ by. Measured: letters drawn without subpixel positions stay below 20. */
const TOLERANCE = 24;

export function readPicture(png: Uint8Array): Picture {
  const { width, height, channels, data } = decode(png);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++)
    for (let part = 0; part < 3; part++) rgb[pixel * 3 + part] = Number(data[pixel * channels + (channels < 3 ? 0 : part)]);
  return { width, height, data: rgb };
}

export function comparePictures(expected: Picture, actual: Picture): PictureDifference {
  const across = Math.floor(expected.width / BLOCK);
  const down = Math.floor(expected.height / BLOCK);
  const blocks = across * down;
  if (expected.width !== actual.width || expected.height !== actual.height) return { blocks, different: blocks, marked: null };
  const wanted = blockSums(expected);
  const found = blockSums(actual);
  const marked = expected.data.map((value) => value >> 1);
  let different = 0;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      if (isThere(wanted, found, column * BLOCK, row * BLOCK)) continue;
      different += 1;
      for (let y = 0; y < BLOCK; y++)
        for (let x = 0; x < BLOCK; x++) marked[((row * BLOCK + y) * expected.width + column * BLOCK + x) * 3] = 255;
    }
  return { blocks, different, marked: encode({ ...expected, data: marked, channels: 3, depth: 8 }) };
}

interface BlockSums {
  readonly width: number;
  readonly height: number;
  /** Sum of the block that begins at x, y; `null` outside. */
  at(x: number, y: number, part: number): number | null;
}

/** Sums of all blocks of a picture, wherever they begin, by a table of running sums. */
function blockSums({ width, height, data }: Picture): BlockSums {
  const stride = (width + 1) * 3;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let part = 0; part < 3; part++) {
        const at = (y + 1) * stride + (x + 1) * 3 + part;
        sums[at] = data[(y * width + x) * 3 + part] + sums[at - 3] + sums[at - stride] - sums[at - stride - 3];
      }
  const corner = (x: number, y: number, part: number) => sums[y * stride + x * 3 + part];
  return {
    width,
    height,
    at: (x, y, part) =>
      x < 0 || y < 0 || x + BLOCK > width || y + BLOCK > height
        ? null
        : corner(x + BLOCK, y + BLOCK, part) - corner(x, y + BLOCK, part) - corner(x + BLOCK, y, part) + corner(x, y, part),
  };
}

function isThere(wanted: BlockSums, found: BlockSums, x: number, y: number): boolean {
  const limit = TOLERANCE * BLOCK * BLOCK;
  for (let dy = -REACH; dy <= REACH; dy++)
    for (let dx = -REACH; dx <= REACH; dx++) {
      const isSame = [0, 1, 2].every((part) => {
        const other = found.at(x + dx, y + dy, part);
        return other !== null && Math.abs(other - wanted.at(x, y, part)!) <= limit;
      });
      if (isSame) return true;
    }
  return false;
}
