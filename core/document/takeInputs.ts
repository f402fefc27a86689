import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedCurve } from '../curves/keyedCurve';
import type { EmotionCurves } from '../emotion/emotionCurves';
import { ACTIVE_EMOTIONS } from '../emotion/emotions';
import { keptByIdentity } from '../performance/keptByIdentity';
import type { EngineId, PerformanceStyle } from '../performance/performanceEngine';
import type { PhonemeSegment, WordSegment } from '../speech/segments';
import type { PerformanceEvent } from '../performance/events/performanceEvent';
import { USUAL_PUPIL_DISTANCE_METRES } from '../rig/pupilDistance';
import type { SeedRange } from '../performance/performTake';
import { keptEventsOf } from './performedEvents';
import { emotionsOf, speechOf } from './selectors';
import type { DocumentRecords, EffortGainRecord, LineId, LineRecord } from './records';

/** Everything of the document that a generated base depends on. */
export interface TakeInputs {
  readonly audioFile: string;
  readonly engine: EngineId;
  readonly seed: number;
  readonly style: PerformanceStyle;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  readonly emotions: EmotionCurves;
  /** Events that the engine plans around. */
  readonly events: readonly PerformanceEvent[];
  readonly seedRanges: readonly SeedRange[];
  readonly effortGain: KeyedCurve;
  readonly lipNudgeSeconds: number;
  readonly preRollSeconds: number;
  readonly postRollSeconds: number;
}

/** Raised when an engine changes so much that its old takes count as stale. */
const INPUT_HASH_VERSION = 2;

/** The inputs of a line's base as the document has them now; null when the line or its speech is gone. */
export function takeInputsOf(records: DocumentRecords, lineId: LineId): TakeInputs | null {
  const line = records[lineId] as LineRecord | undefined;
  const speech = speechOf(records, lineId);
  if (!line || !speech) return null;
  const { audioFile, engine, seed, style } = line;
  return {
    audioFile,
    engine,
    seed,
    style,
    phonemes: speech.phonemes,
    words: speech.words,
    emotions: emotionsOf(records, lineId),
    events: keptEventsOf(records, lineId),
    seedRanges: line.seedRanges ?? [],
    effortGain: { keys: (records[`effort:${lineId}`] as EffortGainRecord | undefined)?.keys ?? [] },
    lipNudgeSeconds: line.lipNudgeSeconds ?? 0,
    preRollSeconds: line.preRollSeconds ?? 0,
    postRollSeconds: line.postRollSeconds ?? 0,
  };
}

/**
 * Hash of what the engine will see. Key ids, confidences and the name of the line are left out, because they do not
 * change the curves; so a relabel and back gives the same hash and needs no inference. While speech and style stay the same
 * objects it costs what the emotions and events are long, not the line.
 */
export function inputHashOf(inputs: TakeInputs): string {
  const { phonemes, words, audioFile, engine, seed, style } = inputs;
  const rest = [
    ACTIVE_EMOTIONS.map((emotion) => plainCurve(inputs.emotions[emotion])),
    inputs.events.map(plainEvent),
    inputs.seedRanges.map(({ startSeconds, endSeconds, regions, seed: own }) => [startSeconds, endSeconds, regions, own]),
    plainCurve(inputs.effortGain),
    inputs.lipNudgeSeconds,
    // Only where there is one, so that takes from before there were rolls stay up to date.
    ...(inputs.preRollSeconds > 0 || inputs.postRollSeconds > 0 ? [inputs.preRollSeconds, inputs.postRollSeconds] : []),
  ];
  const hash = hashedStart(phonemes, words, audioFile, engine, seed, style).clone();
  hash.update(utf8ToBytes(`,${JSON.stringify(rest).slice(1)}`));
  return bytesToHex(hash.digest()).slice(0, 32);
}

/** The hash over the beginning of the list, which is long and seldom changes; the rest of the list is added to a clone. */
const hashedStart = keptByIdentity(
  (
    phonemes: TakeInputs['phonemes'],
    words: TakeInputs['words'],
    audioFile: string,
    engine: EngineId,
    seed: number,
    style: PerformanceStyle,
  ) => {
    const plainStyle = Object.entries(style).sort(([a], [b]) => (a < b ? -1 : 1));
    const plain = [INPUT_HASH_VERSION, audioFile, engine, seed, plainStyle, ...plainSpeech(phonemes, words)];
    return sha256.create().update(utf8ToBytes(JSON.stringify(plain).slice(0, -1)));
  },
);

/** Names what is said and the events planned around: equal ones have the same key. The engine keeps them under it. */
export function speechKeyOf({ phonemes, words, events }: Pick<TakeInputs, 'phonemes' | 'words' | 'events'>): string {
  const own = events.length === 0 ? '' : hexOf(events);
  return `${keyOfSpeech(phonemes, words)}${own}`;
}

const keyOfSpeech = keptByIdentity((phonemes: TakeInputs['phonemes'], words: TakeInputs['words']) =>
  hexOf(plainSpeech(phonemes, words)),
);

function hexOf(plain: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(plain)))).slice(0, 32);
}

function plainSpeech(phonemes: TakeInputs['phonemes'], words: TakeInputs['words']): unknown[] {
  return [
    phonemes.map((segment) => [segment.phoneme, segment.startSeconds, segment.endSeconds, segment.stress ?? -1]),
    words.map((word) => [word.text, word.startSeconds, word.endSeconds]),
  ];
}

function plainEvent(event: PerformanceEvent): unknown[] {
  const { key, type, startSeconds, endSeconds, intensity, target, headShare, distanceMetres, pupilDistanceMetres } = event;
  return [
    key,
    type,
    startSeconds,
    endSeconds,
    intensity,
    target ? [target.yawRadians, target.pitchRadians] : 0,
    headShare ?? -1,
    // Only where there is one: takes from before there were distances stay up to date.
    ...(distanceMetres === undefined ? [] : [distanceMetres, pupilDistanceMetres ?? USUAL_PUPIL_DISTANCE_METRES]),
  ];
}

function plainCurve(curve: KeyedCurve): unknown[] {
  return curve.keys.map((key) => [
    key.timeSeconds,
    key.value,
    key.interpolation,
    key.tangentMode,
    key.inHandle ? [key.inHandle.deltaSeconds, key.inHandle.deltaValue] : 0,
    key.outHandle ? [key.outHandle.deltaSeconds, key.outHandle.deltaValue] : 0,
  ]);
}
