import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, type ArkitChannel } from './channels';

/** The few vertices of a character that tell whether its lips meet. All lengths in metres. */
export interface LipLandmarks {
  readonly restMouthWidthMetres: number;
  readonly pairs: readonly LipPair[];
}

/** An upper and a lower lip vertex that touch when the mouth is shut. */
export interface LipPair {
  /** Upper minus lower at rest, [x, y, z]; y is up. */
  readonly rest: Vector3;
  /** What weight 1 of a channel adds to `rest`; channels that do not move the pair may be left out. */
  readonly deltas: Readonly<Partial<Record<ArkitChannel, Vector3>>>;
}

export type Vector3 = readonly [number, number, number];

/** A closure is a gap of at most this share of the rest mouth width (design: closures on the mesh). */
export const CLOSED_GAP_SHARE = 0.01;

/**
 * Largest gap between upper and lower lip over all pairs at one frame, in metres; 0 where they touch or press into each
 * other. The height counts: lips that slide over each other front to back are shut.
 */
export function lipGap(landmarks: LipLandmarks, tracks: SampledTracks, frame: number): number {
  let widest = 0;
  for (const pair of landmarks.pairs) {
    let height = pair.rest[1];
    for (const [channel, delta] of Object.entries(pair.deltas)) {
      height += delta[1] * tracks.channels[CHANNEL_INDEX[channel as ArkitChannel]][frame];
    }
    if (height > widest) widest = height;
  }
  return widest;
}

/** True when the lips meet at a frame: gap at most 1 % of the rest mouth width. */
export function lipsClosed(landmarks: LipLandmarks, tracks: SampledTracks, frame: number): boolean {
  return lipGap(landmarks, tracks, frame) <= CLOSED_GAP_SHARE * landmarks.restMouthWidthMetres;
}

/** Where to read a pair in a mesh: vertex indices [upper, lower]. */
export type LipPairIndices = readonly [number, number];

/**
 * Picks the landmarks out of a mesh.
 * @param positions 3 floats a vertex, metres
 * @param targets channel name and its position deltas, 3 floats a vertex; other names are ignored
 */
export function readLipLandmarks(
  positions: ArrayLike<number>,
  targets: readonly { readonly name: string; readonly deltas: ArrayLike<number> }[],
  pairIndices: readonly LipPairIndices[],
  restMouthWidthMetres: number,
): LipLandmarks {
  const difference = (values: ArrayLike<number>, [upper, lower]: LipPairIndices): Vector3 => [
    values[3 * upper] - values[3 * lower],
    values[3 * upper + 1] - values[3 * lower + 1],
    values[3 * upper + 2] - values[3 * lower + 2],
  ];
  const known = targets.filter((target) => Object.prototype.hasOwnProperty.call(CHANNEL_INDEX, target.name));
  const pairs = pairIndices.map((indices): LipPair => {
    const moved = known.map((target) => [target.name, difference(target.deltas, indices)] as const);
    return {
      rest: difference(positions, indices),
      deltas: Object.fromEntries(moved.filter(([, delta]) => delta.some((value) => Math.abs(value) > 1e-7))),
    };
  });
  return { restMouthWidthMetres, pairs };
}
