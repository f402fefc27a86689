import type { SampledTracks } from './sampledTracks';

/** Where tracks differ from those they were made from. */
export interface TracksPatch {
  readonly from: SampledTracks;
  /** Frames first..last, both included; elsewhere the two are equal. */
  readonly first: number;
  readonly last: number;
}

const patches = new WeakMap<SampledTracks, TracksPatch>();

/** What `tracks` were patched from, if they came from `patchTracks`. */
export function patchOf(tracks: SampledTracks): TracksPatch | undefined {
  return patches.get(tracks);
}

/** Tracks with the frames from `firstFrame` on replaced. A channel that does not change keeps its array. */
export function patchTracks(tracks: SampledTracks, firstFrame: number, window: readonly Float32Array[]): SampledTracks {
  const channels = tracks.channels.map((before, channel) => {
    const fresh = window[channel];
    if (fresh.every((value, frame) => Object.is(value, before[firstFrame + frame]))) return before;
    const changed = before.slice();
    changed.set(fresh, firstFrame);
    return changed;
  });
  const patched = { ...tracks, channels };
  patches.set(patched, { from: tracks, first: firstFrame, last: firstFrame + (window[0]?.length ?? 0) - 1 });
  return patched;
}
