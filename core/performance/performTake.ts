import { evaluateCurve } from '../curves/evaluateCurve';
import type { KeyedCurve } from '../curves/keyedCurve';
import type { SampledTracks } from '../curves/sampledTracks';
import type { ProsodyTrack } from '../audio/prosodyTrack';
import type { FaceRegion } from '../rig/faceRegions';
import type { TimeRange } from '../time/timeRange';
import { byTime, isKept, regionOfEvent, type PerformanceEvent } from './events/performanceEvent';
import { nudgeLips } from './nudgeLips';
import type { GenerateOptions, PerformanceEngine, PerformanceInput } from './performanceEngine';
import { planPerformance } from './pipeline';
import { spliceTracks } from './spliceTracks';

/** A stretch (and parts of the face) that was made again with a seed of its own. Later ones lie over earlier ones. */
export interface SeedRange extends TimeRange {
  readonly regions: readonly FaceRegion[];
  /** 32-bit unsigned. */
  readonly seed: number;
}

/** Everything a take is made from; the same recipe gives the same take. */
export interface TakeRecipe extends PerformanceInput {
  readonly seedRanges?: readonly SeedRange[];
  /** Gain on the effort read from the voice: 0..2 over seconds, 1 as heard. */
  readonly effortGain?: KeyedCurve;
  /** Mouth earlier (below 0) or later than the sound, -.2...2 s. */
  readonly lipNudgeSeconds?: number;
}

export interface PerformedTake {
  readonly tracks: SampledTracks;
  /** Everything the face does beside speaking, in order of time. */
  readonly events: readonly PerformanceEvent[];
}

/**
 * Makes a take by an engine: the line with its seed, stretches with seeds of their own over it, then the lip nudge. With
 * `previous` only `range` and `regions` of it are new, the rest is byte-equal.
 * @throws MienError of the engine
 */
export async function performTake(
  engine: PerformanceEngine,
  recipe: TakeRecipe,
  options: GenerateOptions = {},
): Promise<PerformedTake> {
  const { previous, range, regions, onProgress, ...rest } = options;
  const input = { ...recipe, prosody: withEffortGain(recipe.prosody, recipe.effortGain) };
  const only = rest.only ?? range;
  const patches = (recipe.seedRanges ?? []).filter((patch) => !only || overlap(patch, only));
  const steps = patches.length + 1;
  const progressOf = (step: number) => (fraction: number) => onProgress?.((step + fraction) / steps);
  let tracks = await engine.generate(input, { ...rest, only, onProgress: progressOf(0) });
  for (const [index, patch] of patches.entries()) {
    tracks = await engine.generate(
      { ...input, seed: patch.seed },
      { ...rest, only, previous: tracks, range: patch, regions: patch.regions, onProgress: progressOf(index + 1) },
    );
  }
  tracks = nudgeLips(tracks, recipe.lipNudgeSeconds ?? 0);
  if (previous) tracks = spliceTracks(previous, tracks, { range, regions });
  // Nods on accents are the neural net's own movement, not events of the plan.
  const events = takeEvents(input).filter((event) => engine.id === 'rules' || event.type !== 'nod' || isKept(event));
  return { tracks, events };
}

/** The events of a recipe: planned with the line's seed, and with their own seed in the stretches that have one. */
export function takeEvents(recipe: TakeRecipe): PerformanceEvent[] {
  let events = [...planPerformance(recipe).events];
  for (const patch of recipe.seedRanges ?? []) {
    const isInside = (event: PerformanceEvent) =>
      !isKept(event) &&
      patch.regions.includes(regionOfEvent(event)) &&
      event.startSeconds >= patch.startSeconds &&
      event.startSeconds < patch.endSeconds;
    const anew = planPerformance({ ...recipe, seed: patch.seed }).events.filter(isInside);
    events = [...events.filter((event) => !isInside(event)), ...anew];
  }
  return events.sort(byTime);
}

/** The voice with its effort turned up or down; 0..1 stays the range. */
export function withEffortGain<Voice extends Pick<ProsodyTrack, 'effort' | 'hopSeconds'>>(
  prosody: Voice,
  gain: KeyedCurve | undefined,
): Voice {
  if (!gain || gain.keys.length === 0) return prosody;
  const effort = prosody.effort.map((value, index) =>
    Math.min(1, Math.max(0, value * evaluateCurve(gain, index * prosody.hopSeconds))),
  );
  return { ...prosody, effort };
}

function overlap(a: TimeRange, b: TimeRange): boolean {
  return a.startSeconds < b.endSeconds && b.startSeconds < a.endSeconds;
}
