import type { ProsodyTrack } from '../../audio/prosodyTrack';
import type { CurveKey } from '../../curves/keyedCurve';
import type { WordSegment } from '../../speech/segments';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from '../emotions';
import { lookUpEmotion, NEGATIONS, phrasesAt, type EmotionCue } from './emotionLexicon';
import { phrasesOf, type DirectedPhrase } from './phrases';
import { emotionOfDirection } from './stageDirections';

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
/** Below this the words say too little, and a smaller lead over the next emotion says too little of which. */
const LEAST_EVIDENCE = 1.2;
const LEAST_LEAD = 0.15;
const NEIGHBOUR_SHARE = 0.5;

/** What a hard voice (per unit of effort above .5) and the end of a sentence say for an emotion; set by eye on the lines of the test. */
const MANNER: Readonly<
  Record<ActiveEmotion, { readonly voice: number; readonly exclaimed?: number; readonly asked?: number; readonly open?: number }>
> = {
  joy: { voice: 0.5, exclaimed: 1.2, asked: 0.7 },
  sadness: { voice: -1.4, exclaimed: 0.6, asked: 0.8, open: 1.2 },
  anger: { voice: 1.4, exclaimed: 1.2 },
  fear: { voice: 0, asked: 1.1, open: 1.2 },
  disgust: { voice: 0 },
  surprise: { voice: 0.7, exclaimed: 1.1, asked: 1.3 },
  contempt: { voice: -0.8, exclaimed: 0.7, asked: 1.1 },
  playful: { voice: 0.1, exclaimed: 1.05, asked: 1.1 },
};
/** Phrases nearer than this pass from one to the next without going to rest between. */
const PASS_SECONDS = 0.7;

/**
 * Guesses emotion curves from stage directions, the words, and how hard the voice works (arousal). Drafts for the
 * animator to take over or dismiss; nothing acts by itself. Negated words count half and toward sadness or anger.
 */
export function suggestEmotions(input: SuggestInput): EmotionDraft[] {
  const line = phrasesOf(input.transcript, input.words);
  const phrases = line.map((phrase) => ({ phrase, scores: scoresOf(phrase, line, input) }));
  return ACTIVE_EMOTIONS.flatMap((emotion): EmotionDraft[] => {
    const holds = phrases
      .map(({ phrase, scores }) => ({ ...phrase, intensity: scores[emotion] ?? 0 }))
      .filter(({ intensity }) => intensity >= LEAST_INTENSITY);
    return holds.length === 0 ? [] : [{ emotion, keys: keysOf(holds, input.durationSeconds, emotion) }];
  });
}

/** Intensity of each emotion in one phrase: the direction's emotion, else the one that the words of the line speak for. */
function scoresOf(
  phrase: DirectedPhrase,
  line: readonly DirectedPhrase[],
  input: SuggestInput,
): Partial<Record<ActiveEmotion, number>> {
  const arousal = arousalOf(phrase, input);
  const directed = phrase.direction === null ? null : emotionOfDirection(phrase.direction);
  if (directed) return { [directed.emotion]: clamp(directed.intensity * (0.8 + 0.4 * arousal)) };
  const evidence = evidenceOf(phrase, line);
  const ranked = ACTIVE_EMOTIONS.map(
    (emotion) => [emotion, (evidence.get(emotion) ?? 0) * fitOf(emotion, phrase, arousal)] as const,
  )
    .filter(([, weight]) => weight > 0)
    .sort((a, b) => b[1] - a[1]);
  if (ranked.length === 0 || ranked[0][1] < LEAST_EVIDENCE || ranked[0][1] - (ranked[1]?.[1] ?? 0) < LEAST_LEAD) return {};
  const [emotion, weight] = ranked[0];
  return { [emotion]: clamp((0.22 + 0.1 * Math.min(4, weight)) * (0.7 + 0.6 * arousal)) };
}

/** Own words in full, the neighbours' by half for each phrase between: a line seldom changes its feeling with every sentence. */
function evidenceOf(phrase: DirectedPhrase, line: readonly DirectedPhrase[]): Map<ActiveEmotion, number> {
  const totals = new Map<ActiveEmotion, number>();
  const at = line.indexOf(phrase);
  line.forEach((other, index) => {
    if (other.direction !== phrase.direction) return;
    const share = NEIGHBOUR_SHARE ** Math.abs(index - at);
    for (const { emotion, weight } of cuesOf(other.words)) totals.set(emotion, (totals.get(emotion) ?? 0) + share * weight);
  });
  return totals;
}

function cuesOf(words: readonly string[]): EmotionCue[] {
  return words.flatMap((word, index) => {
    const isNegated = words.slice(Math.max(0, index - 3), index).some((before) => NEGATIONS.has(before.toLowerCase()));
    const single = lookUpEmotion(word).map(({ emotion, weight }): EmotionCue => {
      if (!isNegated) return { emotion, weight };
      const isPleasant = emotion === 'joy' || emotion === 'playful';
      return { emotion: isPleasant ? 'sadness' : emotion, weight: weight / 2 };
    });
    return [...single, ...phrasesAt(words, index)];
  });
}

/** How well voice and punctuation go with an emotion: 1 says nothing, more speaks for it. */
function fitOf(emotion: ActiveEmotion, { mark }: DirectedPhrase, arousal: number): number {
  const { voice, exclaimed = 1, asked = 1, open = 1 } = MANNER[emotion];
  const byVoice = 1 + voice * (arousal - 0.5);
  return Math.max(0.2, byVoice) * { exclaimed, asked, open, plain: 1 }[mark];
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
