import { patchOf } from '../curves/patchTracks';
import type { SampledTracks } from '../curves/sampledTracks';
import { limitSample } from '../performance/constraints/limitTracks';
import { CHANNEL_INDEX, PERFORMANCE_CHANNELS } from '../rig/channels';
import { isSameGrid } from '../time/frameRate';
import { activeCurves, type ActiveCurve } from './activeCurves';
import { applyCurves, type FrameRange } from './applyLayers';
import { changedFrames, differingFrames, mergeFrames } from './changedFrames';
import { adjustSample, givesSameCurve, type SettingsByChannel } from './channelSettings';
import type { ComposedTracks } from './composeTracks';
import type { EditLayer } from './editLayer';

export interface EvaluatedTracks extends ComposedTracks {
  /** Frames that were worked out anew, by channel index; channels not named are the very arrays of before. */
  readonly changed: ReadonlyMap<number, readonly FrameRange[]>;
  /** Sum of those frames over all channels: the work done. */
  readonly framesEvaluated: number;
}

interface State {
  readonly base: SampledTracks;
  readonly active: ReadonlyMap<number, readonly ActiveCurve[]>;
  readonly settings: SettingsByChannel;
  readonly result: EvaluatedTracks;
}

const NO_CURVES: readonly ActiveCurve[] = [];

/**
 * Keeps a line's final curves up to date: compares base, layers and settings with those of the last call and works out
 * only the frames that can differ. Equal to `composeTracks` bit for bit. A move of the playhead changes none of them and
 * costs a comparison of three references.
 */
export class TrackEvaluator {
  private state: State | null = null;
  private lastLayers: readonly EditLayer[] | null = null;

  evaluate(base: SampledTracks, layers: readonly EditLayer[], settings: SettingsByChannel = {}): EvaluatedTracks {
    const { state } = this;
    if (state && state.base === base && this.lastLayers === layers && state.settings === settings) return unchanged(state.result);
    const active = activeCurves(layers);
    const isComparable =
      state !== null && state.base.frameCount === base.frameCount && isSameGrid(state.base.frameRate, base.frameRate);
    const dirty = new Map<number, FrameRange[]>();
    for (let index = 0; index < base.channels.length; index++) {
      const frames = isComparable
        ? this.dirtyFrames(state, base, active, settings, index)
        : [{ first: 0, last: base.frameCount - 1 }];
      if (frames.length > 0) dirty.set(index, frames);
    }
    const result = work(base, active, settings, dirty, isComparable ? state.result : null);
    this.state = { base, active, settings, result };
    this.lastLayers = layers;
    return result;
  }

  private dirtyFrames(
    state: State,
    base: SampledTracks,
    active: ReadonlyMap<number, readonly ActiveCurve[]>,
    settings: SettingsByChannel,
    index: number,
  ): FrameRange[] {
    const channel = PERFORMANCE_CHANNELS[index];
    const all = { first: 0, last: base.frameCount - 1 };
    if (!givesSameCurve(state.settings[channel], settings[channel])) return [all];
    if (settings[channel]?.muted) return [];
    const curves = changedFrames(
      state.active.get(index) ?? NO_CURVES,
      active.get(index) ?? NO_CURVES,
      base.frameCount,
      base.frameRate,
    );
    const below = differingFrames(state.base.channels[index], base.channels[index], spanChanged(state.base, base));
    return below ? mergeFrames([...curves, below]) : curves;
  }
}

function work(
  base: SampledTracks,
  active: ReadonlyMap<number, readonly ActiveCurve[]>,
  settings: SettingsByChannel,
  dirty: Map<number, FrameRange[]>,
  previous: ComposedTracks | null,
): EvaluatedTracks {
  const layered = previous ? previous.layered.channels.slice() : base.channels.slice();
  const final = previous ? previous.final.channels.slice() : base.channels.slice();
  let framesEvaluated = 0;
  for (const [index, ranges] of dirty) {
    const own = settings[PERFORMANCE_CHANNELS[index]];
    const curves = active.get(index) ?? NO_CURVES;
    framesEvaluated += framesIn(ranges);
    const wasShared = final[index] === layered[index];
    if (curves.length === 0 && own === undefined) {
      // Nothing lies over the base: its own array is the result, not a copy of the line.
      layered[index] = base.channels[index];
      final[index] = limited(layered[index], wasShared ? layered[index] : final[index], ranges, index);
      continue;
    }
    const samples = layered[index].slice();
    for (const { first, last } of ranges) {
      // Most channels have no settings: their base is copied whole, without a look at each sample.
      if (!own) samples.set(base.channels[index].subarray(first, last + 1), first);
      else
        for (let frame = first; frame <= last; frame++)
          samples[frame] = own.muted ? 0 : adjustSample(base.channels[index][frame], own);
      if (!own?.muted) applyCurves(samples, curves, base.frameRate, { first, last });
    }
    layered[index] = samples;
    final[index] = limited(samples, final[index], ranges, index);
  }
  holdMouthClose(layered, final, dirty);
  return {
    layered: { ...base, channels: layered },
    final: { ...base, channels: final },
    changed: dirty,
    framesEvaluated,
  };
}

/** The limits on some frames of `layered`, the rest as in `previous`; where that is `layered` itself it is kept as long as nothing is limited. */
function limited(layered: Float32Array, previous: Float32Array, ranges: readonly FrameRange[], index: number): Float32Array {
  let samples = previous === layered ? layered : previous.slice();
  for (const { first, last } of ranges) {
    for (let frame = first; frame <= last; frame++) {
      const value = limitSample(layered[frame], index);
      if (samples === layered && Object.is(value, layered[frame])) continue;
      if (samples === layered) samples = layered.slice();
      samples[frame] = value;
    }
  }
  return samples;
}

function framesIn(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** mouthClose follows jawOpen: where either changed, it is at most what the jaw opens. */
function holdMouthClose(layered: Float32Array[], final: Float32Array[], dirty: Map<number, FrameRange[]>): void {
  const { jawOpen, mouthClose } = CHANNEL_INDEX;
  const ranges = mergeFrames([...(dirty.get(jawOpen) ?? []), ...(dirty.get(mouthClose) ?? [])]);
  if (ranges.length === 0) return;
  const jaw = final[jawOpen];
  const isOwn = dirty.has(mouthClose) && final[mouthClose] !== layered[mouthClose];
  const closing = isOwn ? final[mouthClose] : final[mouthClose].slice();
  let isChanged = isOwn;
  for (const { first, last } of ranges) {
    for (let frame = first; frame <= last; frame++) {
      const wish = limitSample(layered[mouthClose][frame], mouthClose);
      const value = wish > jaw[frame] ? jaw[frame] : wish;
      if (Object.is(closing[frame], value)) continue;
      closing[frame] = value;
      isChanged = true;
    }
  }
  if (!isChanged) return;
  final[mouthClose] = closing;
  dirty.set(mouthClose, ranges);
}

/** The frames in which a base can differ from the one before it: those of the patch it came by, else all. */
function spanChanged(before: SampledTracks, after: SampledTracks): FrameRange {
  const patch = patchOf(after);
  return patch?.from === before ? patch : { first: 0, last: after.frameCount - 1 };
}

function unchanged(result: EvaluatedTracks): EvaluatedTracks {
  return result.framesEvaluated === 0 ? result : { ...result, changed: new Map(), framesEvaluated: 0 };
}
