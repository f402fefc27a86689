import type { CurveKey, KeyedCurve } from '../../core/curves/keyedCurve';
import { NEUTRAL_EMOTIONS, type EmotionCurves } from '../../core/emotion/emotionCurves';
import { ACTIVE_EMOTIONS, isActiveEmotion, type ActiveEmotion } from '../../core/emotion/emotions';
import { UsageError } from '../usageError';

/** One `emotion=intensity@start-end` of the command line; without a range it holds over the whole line. */
export interface EmotionStretch {
  readonly emotion: ActiveEmotion;
  /** 0..1 */
  readonly intensity: number;
  readonly startSeconds: number;
  /** Infinity: to the end of the line. */
  readonly endSeconds: number;
}

/** A face needs about this long to take on or leave an expression (onset 0.2-0.5 s, Ekman & Friesen 1982); short stretches ramp over a third each. */
const RAMP_SECONDS = 0.3;
const EXAMPLE = 'Write it like "joy=0.7@0-2.5,anger=1@3.1-4" (seconds), or "joy=0.5" for the whole line.';
const STRETCH = /^([a-z]+)\s*=\s*([0-9.]+)(?:\s*@\s*([0-9.]+)\s*-\s*([0-9.]*))?$/i;

/**
 * Reads `--emotion`.
 * @throws UsageError that names the part that cannot be read
 */
export function parseEmotions(text: string): EmotionStretch[] {
  const stretches = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseStretch);
  for (const emotion of ACTIVE_EMOTIONS) {
    const sorted = stretches.filter((stretch) => stretch.emotion === emotion).sort((a, b) => a.startSeconds - b.startSeconds);
    for (let k = 1; k < sorted.length; k++) {
      if (sorted[k].startSeconds < sorted[k - 1].endSeconds) {
        throw new UsageError(`--emotion: two stretches of ${emotion} overlap.`, 'Let one end before the next begins.');
      }
    }
  }
  return stretches;
}

function parseStretch(part: string): EmotionStretch {
  const match = STRETCH.exec(part);
  if (!match) throw new UsageError(`--emotion: "${part}" cannot be read.`, EXAMPLE);
  const emotion = match[1].toLowerCase();
  if (emotion === 'neutral')
    throw new UsageError('--emotion: neutral has no intensity; it is the absence of the others.', 'Leave it out.');
  if (!isActiveEmotion(emotion))
    throw new UsageError(`--emotion: there is no emotion "${match[1]}".`, `Choose one of ${ACTIVE_EMOTIONS.join(', ')}.`);
  const intensity = Number(match[2]);
  if (!(intensity >= 0 && intensity <= 1))
    throw new UsageError(`--emotion: the intensity "${match[2]}" of ${emotion} is not within 0..1.`, EXAMPLE);
  const startSeconds = match[3] === undefined ? 0 : Number(match[3]);
  const endSeconds = match[4] === undefined || match[4] === '' ? Infinity : Number(match[4]);
  if (!(startSeconds >= 0) || !(endSeconds > startSeconds)) {
    throw new UsageError(`--emotion: the range of "${part}" does not run from an earlier to a later time.`, EXAMPLE);
  }
  return { emotion, intensity, startSeconds, endSeconds };
}

/** Turns the stretches into intensity curves that ramp in and out inside their range; stretches past the line's end are cut. */
export function emotionCurvesFrom(stretches: readonly EmotionStretch[], durationSeconds: number): EmotionCurves {
  const curves: Record<ActiveEmotion, KeyedCurve> = { ...NEUTRAL_EMOTIONS };
  for (const emotion of ACTIVE_EMOTIONS) {
    const own = stretches
      .filter((stretch) => stretch.emotion === emotion && stretch.startSeconds < durationSeconds)
      .sort((a, b) => a.startSeconds - b.startSeconds);
    if (own.length > 0) curves[emotion] = { keys: withoutTwins(own.flatMap((stretch) => keysOf(stretch, durationSeconds))) };
  }
  return curves;
}

function keysOf({ emotion, intensity, startSeconds, endSeconds }: EmotionStretch, durationSeconds: number): CurveKey[] {
  const end = Math.min(endSeconds, durationSeconds);
  const ramp = Math.min(RAMP_SECONDS, (end - startSeconds) / 3);
  const key = (timeSeconds: number, value: number): CurveKey => ({
    id: `cli-${emotion}-${timeSeconds.toFixed(4)}`,
    timeSeconds,
    value,
    interpolation: 'bezier',
    tangentMode: 'flat',
  });
  const keys: CurveKey[] = [];
  // An emotion that is there at the very start, or still there at the end, needs no ramp: nothing comes before or after.
  if (startSeconds > 0) keys.push(key(startSeconds, 0));
  keys.push(key(startSeconds > 0 ? startSeconds + ramp : 0, intensity));
  if (endSeconds < durationSeconds) keys.push(key(end - ramp, intensity), key(end, 0));
  return keys;
}

/** Stretches that touch would put two keys at one time; the later one stands. */
function withoutTwins(keys: readonly CurveKey[]): CurveKey[] {
  return keys.filter((key, index) => !(index + 1 < keys.length && keys[index + 1].timeSeconds <= key.timeSeconds + 1e-6));
}
