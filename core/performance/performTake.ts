import { evaluateCurve } from '../curves/evaluateCurve';
import type { KeyedCurve } from '../curves/keyedCurve';
import type { SampledTracks } from '../curves/sampledTracks';
import type { ProsodyTrack } from '../audio/prosodyTrack';
import type { FaceRegion } from '../rig/faceRegions';
import { frameSpanOf } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';
import { byTime, isKept, regionOfEvent, type PerformanceEvent } from './events/performanceEvent';
import { keptByIdentity } from './keptByIdentity';
import { firstFrameOf, tracksOver } from './lineCut';
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
  options: Omit<GenerateOptions, 'only'> = {},
): Promise<PerformedTake> {
  const { previous, range, regions, ...rest } = options;
  let tracks: SampledTracks;
  if (previous && range) {
    const fresh = await previewTake(engine, recipe, { ...rest, only: range });
    tracks = spliceTracks(previous, placedIn(previous, fresh), { range, regions });
  } else {
    tracks = await curvesOf(engine, recipe, rest);
    if (previous) tracks = spliceTracks(previous, tracks, { regions });
  }
  // Nods on accents are the neural net's own movement, not events of the plan.
  const events = takeEvents(withGainedVoice(recipe)).filter(
    (event) => engine.id === 'rules' || event.type !== 'nod' || isKept(event),
  );
  return { tracks, events };
}

/** Around a stretch with a seed of its own, so much of the line steers it. */
const PATCH_MARGIN_SECONDS = 2;

/**
 * The curves of a take on the frames of a stretch: what is shown at once while something is dragged. The cost does not grow
 * with the line; the difference to `performTake` is below .03.
 * @throws MienError of the engine
 */
export async function previewTake(
  engine: PerformanceEngine,
  recipe: TakeRecipe,
  options: Omit<GenerateOptions, 'previous' | 'range' | 'regions'> & { readonly only: TimeRange },
): Promise<SampledTracks> {
  const { only, ...rest } = options;
  const isPatched = (recipe.seedRanges ?? []).some((patch) => overlap(patch, only));
  // The nudge reads the mouth from beside the stretch.
  const margin = Math.abs(recipe.lipNudgeSeconds ?? 0) + (isPatched ? PATCH_MARGIN_SECONDS : 0);
  const wide = { startSeconds: only.startSeconds - margin, endSeconds: only.endSeconds + margin };
  const tracks = await curvesOf(engine, recipe, { ...rest, only: wide });
  return tracksOver(tracks, frameSpanOf(only, tracks.frameCount, tracks.frameRate));
}

async function curvesOf(engine: PerformanceEngine, recipe: TakeRecipe, options: GenerateOptions): Promise<SampledTracks> {
  const { only, onProgress } = options;
  const input = withGainedVoice(recipe);
  const patches = (recipe.seedRanges ?? []).filter((patch) => !only || overlap(patch, only));
  const steps = patches.length + 1;
  const progressOf = (step: number) => (fraction: number) => onProgress?.((step + fraction) / steps);
  let tracks = await engine.generate(input, { ...options, onProgress: progressOf(0) });
  for (const [index, patch] of patches.entries()) {
    tracks = await engine.generate(
      { ...input, seed: patch.seed },
      { ...options, previous: tracks, range: patch, regions: patch.regions, onProgress: progressOf(index + 1) },
    );
  }
  return nudgeLips(tracks, recipe.lipNudgeSeconds ?? 0);
}

/** A stretch laid into a copy of the curves it belongs to. */
function placedIn(previous: SampledTracks, fresh: SampledTracks): SampledTracks {
  const at = firstFrameOf(fresh, previous.frameRate);
  const channels = previous.channels.map((samples, index) => {
    const placed = samples.slice();
    placed.set(fresh.channels[index], at);
    return placed;
  });
  return { ...previous, channels };
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

type EffortTrack = Pick<ProsodyTrack, 'effort' | 'hopSeconds'>;

/** The voice with its effort turned up or down; 0..1 stays the range. The same voice and gain give the same object. */
export function withEffortGain<Voice extends EffortTrack>(prosody: Voice, gain: KeyedCurve | undefined): Voice {
  return gain && gain.keys.length > 0 ? (keptGained(prosody, gain) as Voice) : prosody;
}

const keptGained = keptByIdentity((prosody: EffortTrack, gain: KeyedCurve): EffortTrack => {
  const effort = prosody.effort.map((value, index) =>
    Math.min(1, Math.max(0, value * evaluateCurve(gain, index * prosody.hopSeconds))),
  );
  return { ...prosody, effort };
});

function withGainedVoice(recipe: TakeRecipe): TakeRecipe {
  return { ...recipe, prosody: withEffortGain(recipe.prosody, recipe.effortGain) };
}

function overlap(a: TimeRange, b: TimeRange): boolean {
  return a.startSeconds < b.endSeconds && b.startSeconds < a.endSeconds;
}
