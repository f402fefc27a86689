import type { ProsodyTrack } from '../../audio/prosodyTrack';
import type { CurveKey } from '../../curves/keyedCurve';
import type { WordSegment } from '../../speech/segments';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from '../emotions';
import { emotionOfDirection, lookUpEmotion, NEGATIONS, phrasesAt } from './emotionLexicon';
import { phrasesOf, type DirectedPhrase } from './phrases';

export interface SuggestInput {
  readonly transcript: string;
  /** With times; empty when the words are not known (then only the effort of the voice is left, and nothing is suggested). */
  readonly words: readonly WordSegment[];
  readonly prosody: Pick<ProsodyTrack, 'effort' | 'hopSeconds'>;
  readonly durationSeconds: number;
}

export interface EmotionDraft {
  readonly emotion: ActiveEmotion;
  readonly keys: readonly CurveKey[];
}

/** Weaker guesses than this are not worth a curve. */
const LEAST_INTENSITY = 0.12;
const RISE_SECONDS = 0.25;
const FALL_SECONDS = 0.4;
/** Phrases nearer than this pass from one to the next without going to rest between. */
const PASS_SECONDS = 0.7;

/**
 * Guesses emotion curves from stage directions, the words, and how hard the voice works (arousal). Drafts for the
 * animator to take over or dismiss; nothing acts by itself. Negated words count half and toward sadness or anger.
 */
export function suggestEmotions(input: SuggestInput): EmotionDraft[] {
  const phrases = phrasesOf(input.transcript, input.words).map((phrase) => ({ phrase, scores: scoresOf(phrase, input) }));
  return ACTIVE_EMOTIONS.flatMap((emotion): EmotionDraft[] => {
    const holds = phrases
      .map(({ phrase, scores }) => ({ ...phrase, intensity: scores[emotion] ?? 0 }))
      .filter(({ intensity }) => intensity >= LEAST_INTENSITY);
    return holds.length === 0 ? [] : [{ emotion, keys: keysOf(holds, input.durationSeconds, emotion) }];
  });
}

/** Intensity of each emotion in one phrase: the direction's emotion, else the one or two that the words speak for. */
function scoresOf(phrase: DirectedPhrase, input: SuggestInput): Partial<Record<ActiveEmotion, number>> {
  const arousal = arousalOf(phrase, input);
  const directed = phrase.direction === null ? null : emotionOfDirection(phrase.direction);
  if (directed) return { [directed.emotion]: clamp(directed.intensity * (0.8 + 0.4 * arousal)) };
  const totals = wordTotals(phrase.words);
  const ranked = [...totals].sort((a, b) => b[1] - a[1]);
  if (ranked.length === 0 || ranked[0][1] < 1.2) return {};
  const [emotion, weight] = separate(ranked, arousal);
  return { [emotion]: clamp((0.22 + 0.1 * weight) * (0.7 + 0.6 * arousal)) };
}

function wordTotals(words: readonly string[]): Map<ActiveEmotion, number> {
  const totals = new Map<ActiveEmotion, number>();
  const add = (emotion: ActiveEmotion, weight: number) => totals.set(emotion, (totals.get(emotion) ?? 0) + weight);
  words.forEach((word, index) => {
    for (const { emotion, weight } of phrasesAt(words, index)) add(emotion, weight);
    const isNegated = words.slice(Math.max(0, index - 3), index).some((before) => NEGATIONS.has(before.toLowerCase()));
    for (const { emotion, weight } of lookUpEmotion(word)) {
      const isPleasant = emotion === 'joy' || emotion === 'playful';
      if (!isNegated) add(emotion, weight);
      else add(isPleasant ? 'sadness' : emotion, weight / 2);
    }
  });
  return totals;
}

/** Near ties go by the voice: a hard one is angry, glad or afraid, a slack one is sad. */
function separate(ranked: readonly (readonly [ActiveEmotion, number])[], arousal: number): readonly [ActiveEmotion, number] {
  const lead = ranked[0];
  const near = ranked.filter(([, weight]) => weight >= lead[1] - 0.3);
  const wanted: readonly ActiveEmotion[] =
    arousal > 0.6 ? ['anger', 'fear', 'joy', 'surprise'] : arousal < 0.35 ? ['sadness'] : [];
  return near.find(([emotion]) => wanted.includes(emotion)) ?? lead;
}

/** Mean effort of the phrase's voiced part, 0..1; .5 where nothing was measured. */
function arousalOf({ startSeconds, endSeconds }: DirectedPhrase, { prosody }: SuggestInput): number {
  let [sum, count] = [0, 0];
  const last = Math.min(prosody.effort.length, Math.ceil(endSeconds / prosody.hopSeconds));
  for (let k = Math.max(0, Math.floor(startSeconds / prosody.hopSeconds)); k < last; k++) {
    if (!(prosody.effort[k] > 0)) continue;
    sum += prosody.effort[k];
    count += 1;
  }
  return count === 0 ? 0.5 : sum / count;
}

type Hold = DirectedPhrase & { readonly intensity: number };

/** Rises before a phrase, holds through it, falls after it; keys are at least 20 ms apart and inside the line. */
function keysOf(holds: readonly Hold[], durationSeconds: number, emotion: ActiveEmotion): CurveKey[] {
  const points: [number, number][] = [];
  holds.forEach((hold, index) => {
    const before = holds[index - 1];
    const after = holds[index + 1];
    if (!before || hold.startSeconds - before.endSeconds > PASS_SECONDS) points.push([hold.startSeconds - RISE_SECONDS, 0]);
    points.push([hold.startSeconds + 0.05, hold.intensity], [hold.endSeconds, hold.intensity]);
    if (!after || after.startSeconds - hold.endSeconds > PASS_SECONDS) points.push([hold.endSeconds + FALL_SECONDS, 0]);
  });
  const keys: CurveKey[] = [];
  for (const [time, value] of points) {
    const timeSeconds = Math.min(durationSeconds, Math.max(0, time));
    const last = keys[keys.length - 1];
    if (last && timeSeconds < last.timeSeconds + 0.02) continue;
    const id = `draft-${emotion}-${keys.length}`;
    keys.push({ id, timeSeconds, value, interpolation: 'bezier', tangentMode: 'auto' });
  }
  return keys;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
