import type { ProsodyTrack } from '../../audio/prosodyTrack';
import { mixEmotions, type MixedEmotion } from '../../emotion/mixEmotions';
import { createTracks, type SampledTracks } from '../../curves/sampledTracks';
import { MienError } from '../../errors';
import { CHANNEL_INDEX } from '../../rig/channels';
import type { FaceRegion } from '../../rig/faceRegions';
import { FACE_REGIONS } from '../../rig/faceRegions';
import { CURVE_FRAME_RATE, secondsToFrame, type FrameGrid } from '../../time/frameRate';
import { silence, type PhonemeSegment } from '../../speech/segments';
import type { TimeRange } from '../../time/timeRange';
import { checkInput } from '../checkInput';
import { checkModels } from '../checkModels';
import { curveGridOf, leadSecondsOf, type CurveGrid } from '../curveGrid';
import type { InferenceRunner } from '../inferenceRunner';
import { inStretches } from '../inStretches';
import { lineCut, tracksOver, type LineCut } from '../lineCut';
import { DEFAULT_STYLE, type GenerateOptions, type PerformanceEngine, type PerformanceInput } from '../performanceEngine';
import { performByRules, planPerformance } from '../pipeline';
import { speakMouth } from '../rules/speakMouth';
import { spliceTracks } from '../spliceTracks';
import { throwIfAborted } from '../throwIfAborted';
import { createRows, cutRows, rowsOf, type Rows } from './chunks';
import { emotionConditions, mouthConditions, upperConditions, voiceCurves, type VoiceCurves } from './conditions';
import { assembleFace, type NeuralCurves } from './neuralFace';
import { CODEC_REACH, DENOISER_REACH, MOUTH_REGION, NEURAL_MODELS, UPPER_REGION, type NeuralRegion } from './neuralModels';
import { rememberedMouth } from './rememberedMouth';
import { decodeLatents, encodeCurves, sampleLatents } from './sampleLatents';
import { isTooShortToSample } from './shortRanges';
import { styleMouth, unstyleMouth } from './styleMouth';

/** How strongly the mouth follows its phones and the upper face its emotions; 1 is as learned. */
const MOUTH_GUIDANCE = 1;
const UPPER_GUIDANCE = 1;
/**
 * A preview samples this many latents of the upper face around its window, and its nets see as many more as PREVIEW_REACH
 * (they could look at DENOISER_REACH). With these the window differs from the settled curve by .001, and by .017 where the
 * brows' slow posture is scaled (browAmount 1.7); with 12 and 16 by .02 and .06.
 */
const PREVIEW_MARGIN_LATENTS = 20;
const PREVIEW_REACH_LATENTS = 16;
const PREVIEW_HALO_FRAMES = (PREVIEW_MARGIN_LATENTS + PREVIEW_REACH_LATENTS) * UPPER_REGION.stride;
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
      return spliceTracks(previous, performByRules(input, options.only), { range, regions });
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
  const line = curveGridOf(input);
  const padded = { ...line, frameCount: Math.ceil(line.frameCount / UPPER_REGION.stride) * UPPER_REGION.stride };
  const cut = lineCut(padded, options.only, PREVIEW_HALO_FRAMES, UPPER_REGION.stride);
  const wantsMouth = regions.includes('mouth');
  const wantsUpper = regions.includes('upper') || regions.includes('head');
  const mouthShare = wantsUpper ? MOUTH_WORK : 1;
  const part = (from: number, share: number): Part => ({
    runner,
    options,
    standing,
    cut,
    seed: input.seed,
    onProgress: (fraction) => options.onProgress?.(from + share * fraction),
  });
  const voice = voiceOver(input.prosody, padded, cut);
  const emotions = mixEmotions(input.emotions, cut.frameCount, cut.frameRate);
  const mouth = wantsMouth ? await sampleMouth(input, voice, part(0, mouthShare)) : null;
  const beside = mouth ?? (options.previous ? rowsFrom(options.previous, MOUTH_REGION, cut) : null);
  const done = wantsMouth ? mouthShare : 0;
  const upper = wantsUpper ? await sampleUpper(input, voice, emotions, beside, part(done, 1 - done)) : null;
  // The frames that pad the line to whole latents are no part of it.
  const frameCount = Math.min(cut.frameCount, line.frameCount - cut.first);
  const face = { ...cut, frameCount, span: { first: cut.span.first, end: Math.min(cut.span.end, frameCount) } };
  const curves = { mouth, upper };
  if (options.only) return tracksOver(assembleFace(input, curves, emotions, face), face.span);
  return inStretches(line, { signal: options.signal }, (only) =>
    faceOver(input, curves, emotions, lineCut(line, only, FACE_HALO_FRAMES)),
  );
}

/** The brows' slow posture looks furthest: three sigma of .6 s, and its input is smoothed itself. */
const FACE_HALO_FRAMES = 120;

/** A stretch of the face from curves over the whole line. */
function faceOver(
  input: PerformanceInput,
  { mouth, upper }: NeuralCurves,
  emotions: readonly MixedEmotion[],
  cut: LineCut,
): SampledTracks {
  const [from, to] = [cut.first, cut.first + cut.frameCount];
  const over = (rows: Rows | null) => rows && rowsOf(cutRows(rows, from, to));
  const mixed = emotions.map(({ emotion, intensity }) => ({ emotion, intensity: intensity.subarray(from, to) }));
  return tracksOver(assembleFace(input, { mouth: over(mouth), upper: over(upper) }, mixed, cut), cut.span);
}

/** Curves of the voice on the frames of a cut. */
function voiceOver(prosody: ProsodyTrack, line: CurveGrid, { first, frameCount }: LineCut): VoiceCurves {
  const { startFrame } = line.frameRate;
  const voice = voiceCurves(prosody, line.frameCount, { ...CURVE_FRAME_RATE, startFrame });
  const over = (values: Float32Array) => values.subarray(first, first + frameCount);
  return {
    pitchSemitones: over(voice.pitchSemitones),
    loudnessDb: over(voice.loudnessDb),
    effort: over(voice.effort),
    energy: over(voice.energy),
    voicing: over(voice.voicing),
  };
}

interface Part {
  readonly runner: InferenceRunner;
  readonly options: GenerateOptions;
  readonly standing: Standing | null;
  readonly cut: LineCut;
  readonly seed: number;
  readonly onProgress: (fraction: number) => void;
}

/** Emotions and style are no part of what the mouth's nets are asked: for a line that is there already it is remembered. */
async function sampleMouth(input: PerformanceInput, voice: VoiceCurves, part: Part): Promise<Rows> {
  const { frameCount, frameRate } = part.cut;
  const sample = () => {
    const phonemes = withSilentRolls(input);
    const rules = createTracks(frameCount, frameRate);
    speakMouth(rules, { ...input, style: DEFAULT_STYLE });
    const conditions = mouthConditions({ phonemes, voice, source: 'captured', rules }, frameCount, frameRate);
    const plain = (rows: Rows) => unstyleMouth(rows, input.style);
    return sampleCurves(MOUTH_REGION, { conditions: rowsOf(conditions) }, MOUTH_GUIDANCE, part, plain);
  };
  const spoken = part.standing ? await sample() : await rememberedMouth(input, part.runner, part.cut, sample);
  return styleMouth(spoken, input.style);
}

function sampleUpper(
  input: PerformanceInput,
  voice: VoiceCurves,
  emotions: readonly MixedEmotion[],
  mouth: Rows | null,
  part: Part,
): Promise<Rows> {
  const { frameCount, frameRate } = part.cut;
  const { accents } = planPerformance(input);
  const jawOpen = mouthRow(mouth, CHANNEL_INDEX.jawOpen, frameCount);
  const funnel = mouthRow(mouth, CHANNEL_INDEX.mouthFunnel, frameCount);
  const rounding = mouthRow(mouth, CHANNEL_INDEX.mouthPucker, frameCount).map((value, frame) => value + funnel[frame]);
  const phonemes = withSilentRolls(input);
  const conditions = upperConditions({ phonemes, voice, accents, jawOpen, rounding }, frameCount, frameRate);
  const emotion = emotionConditions(emotions, frameCount);
  return sampleCurves(UPPER_REGION, { conditions: rowsOf(conditions), emotions: rowsOf(emotion) }, UPPER_GUIDANCE, part);
}

/** Without a phone the nets take the nearest one for spoken: rolls are silence. */
function withSilentRolls({
  phonemes,
  preRollSeconds = 0,
  postRollSeconds = 0,
  durationSeconds,
}: PerformanceInput): readonly PhonemeSegment[] {
  if (!(preRollSeconds > 0 || postRollSeconds > 0)) return phonemes;
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

/** Latents, then curves; with standing curves only the range is sampled, and those around it (as `asLearned` makes them) steer it. */
async function sampleCurves(
  region: NeuralRegion,
  conditions: Readonly<Record<string, Rows>>,
  guidance: number,
  part: Part,
  asLearned = (rows: Rows) => rows,
): Promise<Rows> {
  const { runner, seed, standing, cut, onProgress } = part;
  const length = cut.frameCount / region.stride;
  const firstIndex = (cut.frameRate.startFrame ?? 0) / region.stride;
  const request = { runner, region, conditions, length, firstIndex, seed, guidance, signal: part.options.signal, onProgress };
  if (!standing) {
    const { from, to } = part.options.only ? sampledSpan(cut, region, length) : { from: 0, to: length };
    const curves = await decodeLatents(runner, region, await sampleLatents({ ...request, from, to }), from, to);
    return holdEnds(curves, from * region.stride, to * region.stride);
  }
  // What lies outside the range is copied later, not decoded.
  const { from, to } = latentSpan(standing.range, cut.frameRate, region, length);
  const around = DENOISER_REACH + CODEC_REACH;
  const known = await encodeCurves(
    runner,
    region,
    asLearned(rowsFrom(standing.previous, region, cut)),
    Math.max(0, from - around),
    Math.min(length, to + around),
  );
  const latents = await sampleLatents({ ...request, known, from, to });
  return decodeLatents(runner, region, latents, from, to);
}

/**
 * The latents of a preview: the same grid and noise as the whole line's, so that what settles later differs little from what
 * was shown. The mouth is sampled over all of the cut, because the upper face looks at it.
 */
function sampledSpan(cut: LineCut, region: NeuralRegion, length: number): { from: number; to: number } {
  if (region === MOUTH_REGION) return { from: 0, to: length };
  const { first, end } = cut.span;
  return {
    from: Math.max(0, Math.floor(first / region.stride) - PREVIEW_MARGIN_LATENTS),
    to: Math.min(length, Math.ceil(end / region.stride) + PREVIEW_MARGIN_LATENTS),
  };
}

/** Beyond what was sampled its first and last values stand, in place: slow smoothing looks further than a preview samples. */
function holdEnds(rows: Rows, from: number, to: number): Rows {
  for (let start = 0; start < rows.data.length; start += rows.length) {
    rows.data.fill(rows.data[start + from], start, start + from);
    rows.data.fill(rows.data[start + to - 1], start + to, start + rows.length);
  }
  return rows;
}

/** The latents of a range, outward to whole ones. */
function latentSpan(range: TimeRange, grid: FrameGrid, { stride }: NeuralRegion, length: number): { from: number; to: number } {
  const from = Math.min(length, Math.max(0, Math.floor(secondsToFrame(range.startSeconds, grid) / stride)));
  const last = Math.ceil(secondsToFrame(range.endSeconds, grid) / stride);
  return { from, to: Math.min(length, Math.max(from, last + 1)) };
}

/** The channels of a region as rows over a cut, whose asked frames `tracks` holds; both ends are held beyond them. */
function rowsFrom(tracks: SampledTracks, region: NeuralRegion, { frameCount, span }: LineCut): Rows {
  const rows = createRows(region.channels.length, frameCount);
  region.channels.forEach((index, row) => {
    const samples = tracks.channels[index];
    const target = rows.data.subarray(row * frameCount, (row + 1) * frameCount);
    const end = Math.min(frameCount, span.first + samples.length);
    target.fill(samples[0], 0, span.first);
    target.set(samples.subarray(0, end - span.first), span.first);
    target.fill(samples[samples.length - 1], end);
  });
  return rows;
}
