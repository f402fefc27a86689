import { seededRandom } from '../../testing/seededRandom';

/** Damaged copies of a file: flipped bytes, cuts, doubled or zeroed stretches, wild 32-bit numbers. */
export function* corruptions(whole: Uint8Array, count: number, seed: number): Generator<Uint8Array> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let round = 0; round < count; round++) {
    let bytes = whole.slice();
    switch (below(5)) {
      case 0:
        bytes = bytes.slice(0, below(bytes.length));
        break;
      case 1:
        for (let flips = 1 + below(20); flips > 0; flips--) bytes[below(bytes.length)] = below(256);
        break;
      case 2:
        bytes.fill(0, below(bytes.length), below(bytes.length));
        break;
      case 3: {
        const [start, length] = [below(bytes.length), below(400)];
        bytes.copyWithin(below(bytes.length), start, start + length);
        break;
      }
      default:
        for (let words = 1 + below(4); words > 0; words--) {
          const at = below(Math.max(1, Math.min(bytes.length, below(2) ? 4000 : bytes.length) - 4));
          new DataView(bytes.buffer).setUint32(at, [0xffffffff, 0x7fffffff, 0, below(0xffffffff)][below(4)], true);
        }
    }
    yield bytes;
  }
}
