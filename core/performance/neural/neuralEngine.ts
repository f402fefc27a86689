import type { ProsodyTrack } from '../../audio/prosodyTrack';
import { mixEmotions, type MixedEmotion } from '../../emotion/mixEmotions';
import type { SampledTracks } from '../../curves/sampledTracks';
import { MienError } from '../../errors';
import { CHANNEL_INDEX } from '../../rig/channels';
import type { FaceRegion } from '../../rig/faceRegions';
import { FACE_REGIONS } from '../../rig/faceRegions';
import { isSameGrid, secondsToFrame, type FrameGrid } from '../../time/frameRate';
import { silence, type PhonemeSegment } from '../../speech/segments';
import type { TimeRange } from '../../time/timeRange';
import { checkInput } from '../checkInput';
import { checkModels } from '../checkModels';
import { curveGridOf, leadSecondsOf } from '../curveGrid';
import type { InferenceRunner } from '../inferenceRunner';
import { speechAccents } from '../nonverbal/speechAccents';
import type { GenerateOptions, PerformanceEngine, PerformanceInput } from '../performanceEngine';
import { performByRules } from '../pipeline';
import { spliceTracks } from '../spliceTracks';
import { throwIfAborted } from '../throwIfAborted';
import { createRows, rowsOf, type Rows } from './chunks';
import { emotionConditions, mouthConditions, upperConditions, voiceCurves, type VoiceCurves } from './conditions';
import { assembleFace } from './neuralFace';
import { CODEC_REACH, DENOISER_REACH, MOUTH_REGION, NEURAL_MODELS, UPPER_REGION, type NeuralRegion } from './neuralModels';
import { decodeLatents, encodeCurves, sampleLatents } from './sampleLatents';
import { isTooShortToSample } from './shortRanges';

/** How strongly the mouth follows its phones and the upper face its emotions; 1 is as learned. */
const MOUTH_GUIDANCE = 1;
const UPPER_GUIDANCE = 1;
/** A preview samples this much around its window: nets look further, but what they see there weighs little. */
const PREVIEW_MARGIN_LATENTS = 20;
/** Share of the work that is the mouth's. */
const MOUTH_WORK = 0.6;

/**
 * Latent diffusion after EmoDiffusion (arXiv 2503.11028), trained by training/performance: one pair of nets for the mouth, one
 * for the upper face and head. Tongue, blinks, gaze and the emotions' share of the mouth come from the rules; closures are
 * enforced afterwards.
 */
export const neuralEngine: PerformanceEngine = {
  id: 'neural',
  models: NEURAL_MODELS,
  generate: async (input, options = {}) => {
    checkInput(input);
    const runner = runnerOf(options);
    throwIfAborted(options.signal);
    const { previous, range } = options;
    if (!previous) return generatePart(input, runner, options, null, FACE_REGIONS);
    const regions = options.regions ?? FACE_REGIONS;
    if (range && isTooShortToSample(range)) {
      return spliceTracks(previous, performByRules(input), { range, regions });
    }
    const fresh = await generatePart(input, runner, options, range ? { previous, range } : null, regions);
    return spliceTracks(previous, fresh, { range, regions });
  },
};

function runnerOf({ runner }: GenerateOptions): InferenceRunner {
  checkModels(neuralEngine, runner?.models ?? []);
  if (runner) return runner;
  throw new MienError('model-unavailable', 'The neural engine was asked without its models.', 'Use the rules engine.');
}

/** Curves that stand, and the range that is made anew. */
interface Standing {
  readonly previous: SampledTracks;
  readonly range: TimeRange;
}

async function generatePart(
  input: PerformanceInput,
  runner: InferenceRunner,
  options: GenerateOptions,
  standing: Standing | null,
  regions: readonly FaceRegion[],
): Promise<SampledTracks> {
  const { frameCount, frameRate: grid } = curveGridOf(input);
  const padded = Math.ceil(frameCount / UPPER_REGION.stride) * UPPER_REGION.stride;
  const voice = voiceOf(input.prosody, padded, grid);
  const emotions = mixEmotions(input.emotions, padded, grid);
  const wantsMouth = regions.includes('mouth');
  const wantsUpper = regions.includes('upper') || regions.includes('head');
  const mouthShare = wantsUpper ? MOUTH_WORK : 1;
  const part = (from: number, share: number): Part => ({
    runner,
    options,
    standing,
    grid,
    seed: input.seed,
    onProgress: (fraction) => options.onProgress?.(from + share * fraction),
  });
  const mouth = wantsMouth ? await sampleMouth(input, voice, padded, part(0, mouthShare)) : null;
  const beside = mouth ?? (options.previous ? rowsFrom(options.previous, MOUTH_REGION, padded) : null);
  const done = wantsMouth ? mouthShare : 0;
  const upper = wantsUpper ? await sampleUpper(input, voice, emotions, beside, padded, part(done, 1 - done)) : null;
  return assembleFace(input, { mouth, upper }, emotions, voice, { frameCount, frameRate: grid });
}

/** The voice does not change while a slider is dragged: its curves are kept as long as the line's prosody is. */
const keptVoices = new WeakMap<
  ProsodyTrack,
  { readonly frames: number; readonly grid: FrameGrid; readonly voice: VoiceCurves }
>();

function voiceOf(prosody: ProsodyTrack, frames: number, grid: FrameGrid): VoiceCurves {
  const kept = keptVoices.get(prosody);
  if (kept?.frames === frames && isSameGrid(kept.grid, grid)) return kept.voice;
  const voice = voiceCurves(prosody, frames, grid);
  keptVoices.set(prosody, { frames, grid, voice });
  return voice;
}

interface Part {
  readonly runner: InferenceRunner;
  readonly options: GenerateOptions;
  readonly standing: Standing | null;
  readonly grid: FrameGrid;
  readonly seed: number;
  readonly onProgress: (fraction: number) => void;
}

function sampleMouth(input: PerformanceInput, voice: VoiceCurves, frames: number, part: Part): Promise<Rows> {
  const { jaw, lip } = input.style;
  const conditions = mouthConditions(
    { phonemes: withSilentRolls(input), voice, jaw, lip, source: 'captured' },
    frames,
    part.grid,
  );
  return sampleCurves(MOUTH_REGION, { conditions: rowsOf(conditions) }, MOUTH_GUIDANCE, frames, part);
}

function sampleUpper(
  input: PerformanceInput,
  voice: VoiceCurves,
  emotions: readonly MixedEmotion[],
  mouth: Rows | null,
  frames: number,
  part: Part,
): Promise<Rows> {
  const accents = speechAccents(input.phonemes, voice, part.grid);
  const jawOpen = mouthRow(mouth, CHANNEL_INDEX.jawOpen, frames);
  const funnel = mouthRow(mouth, CHANNEL_INDEX.mouthFunnel, frames);
  const rounding = mouthRow(mouth, CHANNEL_INDEX.mouthPucker, frames).map((value, frame) => value + funnel[frame]);
  const conditions = upperConditions({ phonemes: withSilentRolls(input), voice, accents, jawOpen, rounding }, frames, part.grid);
  const emotion = emotionConditions(emotions, frames);
  return sampleCurves(UPPER_REGION, { conditions: rowsOf(conditions), emotions: rowsOf(emotion) }, UPPER_GUIDANCE, frames, part);
}

/** Without a phone the nets take the nearest one for spoken: rolls are silence. */
function withSilentRolls({
  phonemes,
  preRollSeconds = 0,
  postRollSeconds = 0,
  durationSeconds,
}: PerformanceInput): PhonemeSegment[] {
  const between = (startSeconds: number, endSeconds: number) =>
    endSeconds > startSeconds ? [silence(startSeconds, endSeconds)] : [];
  const [first, last] = [phonemes[0]?.startSeconds ?? 0, phonemes[phonemes.length - 1]?.endSeconds ?? durationSeconds];
  return [
    ...(preRollSeconds > 0 ? between(-leadSecondsOf({ preRollSeconds }), first) : []),
    ...phonemes,
    ...(postRollSeconds > 0 ? between(last, durationSeconds + postRollSeconds) : []),
  ];
}

function mouthRow(mouth: Rows | null, channel: number, frames: number): Float32Array {
  const at = MOUTH_REGION.channels.indexOf(channel) * (mouth?.length ?? 0);
  return mouth ? mouth.data.slice(at, at + frames) : new Float32Array(frames);
}

/** Latents, then curves; with standing curves only the range is sampled, and those around it steer it. */
async function sampleCurves(
  region: NeuralRegion,
  conditions: Readonly<Record<string, Rows>>,
  guidance: number,
  frames: number,
  part: Part,
): Promise<Rows> {
  const { runner, seed, standing, grid, onProgress } = part;
  const length = frames / region.stride;
  const firstIndex = (grid.startFrame ?? 0) / region.stride;
  const request = { runner, region, conditions, length, firstIndex, seed, guidance, signal: part.options.signal, onProgress };
  const { only } = part.options;
  if (!standing) {
    // A preview: the same grid and noise, so that what settles later differs little from what was shown.
    const window = only ? latentSpan(only, grid, region, length, PREVIEW_MARGIN_LATENTS) : { from: 0, to: length };
    return decodeLatents(runner, region, await sampleLatents({ ...request, ...window }), window.from, window.to);
  }
  // What lies outside the range is copied later, not decoded.
  const { from, to } = latentSpan(standing.range, grid, region, length, 0);
  const around = DENOISER_REACH + CODEC_REACH;
  const known = await encodeCurves(
    runner,
    region,
    rowsFrom(standing.previous, region, frames),
    Math.max(0, from - around),
    Math.min(length, to + around),
  );
  const latents = await sampleLatents({ ...request, known, from, to });
  return decodeLatents(runner, region, latents, from, to);
}

/** The latents of a range, outward to whole ones and `margin` more on each side. */
function latentSpan(
  range: TimeRange,
  grid: FrameGrid,
  { stride }: NeuralRegion,
  length: number,
  margin: number,
): { from: number; to: number } {
  const from = Math.min(length, Math.max(0, Math.floor(secondsToFrame(range.startSeconds, grid) / stride) - margin));
  const last = Math.ceil(secondsToFrame(range.endSeconds, grid) / stride);
  return { from, to: Math.min(length, Math.max(from, last + 1 + margin)) };
}

/** The channels of a region as rows, the last frame held to `frames`. */
function rowsFrom(tracks: SampledTracks, region: NeuralRegion, frames: number): Rows {
  const rows = createRows(region.channels.length, frames);
  region.channels.forEach((index, row) => {
    const samples = tracks.channels[index];
    rows.data.set(samples.subarray(0, frames), row * frames);
    rows.data.fill(samples[samples.length - 1], row * frames + Math.min(frames, samples.length), (row + 1) * frames);
  });
  return rows;
}
