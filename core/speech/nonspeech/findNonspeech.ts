import type { PhonemeSegment, WordSegment } from '../segments';
import { PHONEMES } from '../phonemes';
import type { Heard } from '../listen';
import type { StageDirection } from '../text/normaliseText';
import type { NonspeechEvent, NonspeechType } from './nonspeechEvent';
import { readDirection } from './readDirection';

const FRAME_SECONDS = 0.01;
/** Quietest tenth of the line plus this is sound. */
const ABOVE_FLOOR_DB = 10;
/** Breaths are this much quieter than speech; a shout this much louder. Decibels against the median of the words. */
const BREATH_BELOW_SPEECH_DB = 8;
const SCREAM_ABOVE_SPEECH_DB = 5;
/** Frames whose best phone is less likely than this (mean over a stretch) are no phone the recogniser knows. */
const UNSURE_PHONE = 0.45;
/** Below this (mean over a stretch) the voice output hears nobody speak. */
const NO_VOICE = 0.5;
const SHORTEST_SECONDS = 0.12;
/** What is shorter is the end of a word, what lasts longer is no grunt, what lasts longer still no event but a sound of the place. */
const SHORTEST_GRUNT_SECONDS = 0.2;
const LONGEST_GRUNT_SECONDS = 1.2;
const LONGEST_SECONDS = 2.5;
/** Bursts of laughter: their distance, and how much it may differ from one to the next (standard deviation / mean). */
const BURST_SECONDS = [0.1, 0.4] as const;
const BURST_UNEVENNESS = 0.3;
/** Bursts stand so far above the dips on both sides; the level of a crowd comes and goes by more than that of one voice. */
const BURST_DB = 4;
const CROWD_BURST_DB = 9;
/** A sound this near to the murmur of a crowd is part of it. */
const NEAR_FRAMES = 40;
/** Pauses inside a laugh or a cough. */
const JOINED_SECONDS = 0.16;
/** A gesture without sound lasts about this long; a sound that is not heard, too. */
const USUAL_SECONDS: Readonly<Record<NonspeechType, number>> = {
  breath: 0.5,
  gasp: 0.4,
  sigh: 0.8,
  laugh: 1,
  sob: 0.9,
  grunt: 0.35,
  scream: 0.9,
  cough: 0.5,
  sniff: 0.3,
  swallow: 0.5,
  yawn: 1.6,
  nod: 0.5,
  shake: 0.8,
  tilt: 0.6,
  blink: 0.2,
};
const LOUD: ReadonlySet<NonspeechType> = new Set(['laugh', 'scream']);
const SILENT: ReadonlySet<NonspeechType> = new Set(['nod', 'shake', 'tilt', 'blink', 'swallow']);

interface Stretch {
  readonly first: number;
  readonly end: number;
}

/**
 * Laughs, breaths, screams and the like of a line: those that stage directions ask for, put on the sound that is there, and those
 * that are heard where nobody speaks (sound outside the words that is like no phone; without words, where no voice is heard).
 * Sorted, in reach of the line.
 * @param murmur 1 where a crowd is heard: there only laughs and screams are events
 */
export function findNonspeech(
  heard: Heard,
  phonemes: readonly PhonemeSegment[],
  words: readonly WordSegment[],
  directions: readonly StageDirection[],
  murmur?: Uint8Array,
): NonspeechEvent[] {
  const spoken = spokenFrames(heard, phonemes, words);
  const sounds = soundsBeside(spoken, heard);
  const written = words.filter(({ flag }) => flag !== 'unwritten' && flag !== 'repeated');
  const used = new Set<Stretch>();
  const events: NonspeechEvent[] = [];
  for (const direction of directions) {
    const wanted = readDirection(direction.text);
    if (wanted === null) continue;
    const from = written[direction.beforeWord - 1]?.endSeconds ?? 0;
    const to = written[direction.beforeWord]?.startSeconds ?? heard.durationSeconds;
    const place = SILENT.has(wanted.type) ? undefined : loudestWithin(sounds, used, from, to, heard);
    if (place !== undefined) used.add(place);
    const times = place === undefined ? usualTimes(wanted.type, from, to, heard.durationSeconds, events) : secondsOf(place);
    if (times.endSeconds - times.startSeconds < 0.02) continue;
    events.push({ ...wanted, ...times, confidence: place === undefined ? 0.4 : 0.9, from: 'direction' });
  }
  const speechDb = medianLoudness(heard, (frame) => spoken[frame] === 1);
  for (const sound of sounds) {
    if (used.has(sound) || !isUnknownSound(sound, heard)) continue;
    const isInCrowd = murmur?.subarray(Math.max(0, sound.first - NEAR_FRAMES), sound.end + NEAR_FRAMES).includes(1) ?? false;
    const kind = classify(sound, heard, speechDb, written, isInCrowd ? CROWD_BURST_DB : BURST_DB);
    if (kind !== null && (!isInCrowd || LOUD.has(kind.type)))
      events.push({ ...kind, ...secondsOf(sound), confidence: 0.5, from: 'sound' });
  }
  return events.sort((a, b) => a.startSeconds - b.startSeconds);
}

function secondsOf({ first, end }: Stretch): { startSeconds: number; endSeconds: number } {
  return { startSeconds: first * FRAME_SECONDS, endSeconds: end * FRAME_SECONDS };
}

/** 1 where a written word is said; without words where a phone is that is sure, or in which a voice is heard. */
function spokenFrames(heard: Heard, phonemes: readonly PhonemeSegment[], words: readonly WordSegment[]): Uint8Array {
  const count = Math.min(heard.posteriors.frameCount, heard.prosody.loudnessDb.length);
  const spoken = new Uint8Array(count);
  const frameOf = (seconds: number) => Math.min(count, Math.max(0, Math.round(seconds / FRAME_SECONDS)));
  const mark = (from: number, to: number) => spoken.fill(1, frameOf(from), frameOf(to));
  for (const word of words) if (word.flag === undefined) mark(word.startSeconds, word.endSeconds);
  if (words.length > 0) return spoken;
  for (const { phoneme, confidence, startSeconds, endSeconds } of phonemes) {
    if (phoneme === 'SIL') continue;
    const voice = heard.posteriors.voice.subarray(frameOf(startSeconds), frameOf(endSeconds));
    if (confidence >= UNSURE_PHONE || mean(voice) >= NO_VOICE) mark(startSeconds, endSeconds);
  }
  return spoken;
}

/** Stretches of sound in which nothing is said. */
function soundsBeside(spoken: Uint8Array, { prosody: { loudnessDb } }: Heard): Stretch[] {
  const floor = quantile(loudnessDb, 0.1) + ABOVE_FLOOR_DB;
  const stretches: { first: number; end: number }[] = [];
  for (let frame = 0; frame < spoken.length; frame++) {
    if (spoken[frame] === 1 || loudnessDb[frame] < floor) continue;
    const last = stretches[stretches.length - 1];
    const gap = last === undefined ? Infinity : frame - last.end;
    const isSpokenBetween = last !== undefined && spoken.subarray(last.end, frame).includes(1);
    if (gap * FRAME_SECONDS <= JOINED_SECONDS && !isSpokenBetween) last.end = frame + 1;
    else stretches.push({ first: frame, end: frame + 1 });
  }
  return stretches.filter(({ first, end }) => (end - first) * FRAME_SECONDS >= SHORTEST_SECONDS);
}

function loudestWithin(
  sounds: readonly Stretch[],
  used: ReadonlySet<Stretch>,
  from: number,
  to: number,
  heard: Heard,
): Stretch | undefined {
  const inside = sounds.filter((sound) => {
    const middle = ((sound.first + sound.end) / 2) * FRAME_SECONDS;
    return !used.has(sound) && middle > from && middle < to;
  });
  const energy = ({ first, end }: Stretch) =>
    heard.prosody.loudnessDb.subarray(first, end).reduce((sum, db) => sum + 10 ** (db / 20), 0);
  return inside.reduce<Stretch | undefined>(
    (best, one) => (best === undefined || energy(one) > energy(best) ? one : best),
    undefined,
  );
}

/** Where no sound is: before the next word, after events that are there already. */
function usualTimes(type: NonspeechType, from: number, to: number, durationSeconds: number, events: readonly NonspeechEvent[]) {
  const length = USUAL_SECONDS[type];
  if (SILENT.has(type)) {
    const startSeconds = Math.max(0, Math.min(to - 0.1, durationSeconds - length));
    return { startSeconds, endSeconds: Math.min(durationSeconds, startSeconds + length) };
  }
  const taken = events
    .filter((event) => event.endSeconds <= to && event.endSeconds > from)
    .reduce((last, event) => Math.max(last, event.endSeconds), from);
  const endSeconds = Math.min(to, Math.max(taken, to - 0.05));
  return { startSeconds: Math.max(taken, endSeconds - length), endSeconds };
}

function medianLoudness({ prosody }: Heard, wanted: (frame: number) => boolean): number {
  const inside = prosody.loudnessDb.filter((_, frame) => wanted(frame));
  return quantile(inside.length > 0 ? inside : prosody.loudnessDb, inside.length > 0 ? 0.5 : 0.8);
}

/** True where the recogniser hears no voice, or no phone it is sure of. */
function isUnknownSound({ first, end }: Stretch, { posteriors }: Heard): boolean {
  let voice = 0;
  let sure = 0;
  for (let frame = first; frame < end; frame++) {
    voice += posteriors.voice[frame];
    let best = -Infinity;
    for (let phone = 1; phone < PHONEMES.length; phone++)
      best = Math.max(best, posteriors.phoneLogProbs[frame * PHONEMES.length + phone]);
    sure += Math.exp(best);
  }
  const length = end - first;
  return voice / length < NO_VOICE || sure / length < UNSURE_PHONE;
}

/** What a sound that is no speech may be, by voicing, loudness, length and rhythm; null for what is too faint to tell. */
function classify(
  sound: Stretch,
  heard: Heard,
  speechDb: number,
  words: readonly WordSegment[],
  burstDb: number,
): { type: NonspeechType; intensity: number } | null {
  const { first, end } = sound;
  const { f0Hz, loudnessDb } = heard.prosody;
  const length = (end - first) * FRAME_SECONDS;
  const voiced = f0Hz.subarray(first, end).reduce((count, hz) => count + (hz > 0 ? 1 : 0), 0) / (end - first);
  const peakDb = loudnessDb.subarray(first, end).reduce((most, db) => Math.max(most, db), -Infinity);
  const intensity = Math.min(2, Math.max(0.3, 1 + (peakDb - speechDb) / 20));
  if (length > LONGEST_SECONDS) return null;
  if (peakDb > speechDb - 12 && isRhythmic(burstsIn(loudnessDb.subarray(first, end), burstDb)))
    return { type: 'laugh', intensity };
  if (voiced < 0.35) {
    if (peakDb > speechDb - 3 && length < 0.6) return { type: 'cough', intensity };
    if (peakDb > speechDb - BREATH_BELOW_SPEECH_DB + 4) return null;
    const before = words.find((word) => word.startSeconds >= end * FRAME_SECONDS - 0.05);
    const isBeforeSpeech = before !== undefined && before.startSeconds - end * FRAME_SECONDS < 0.5;
    return {
      type: isBeforeSpeech || length < 0.5 ? 'breath' : 'sigh',
      intensity: Math.min(2, Math.max(0.4, 1 + (peakDb - speechDb + 18) / 20)),
    };
  }
  const usualDb = quantile(loudnessDb.slice(first, end), 0.7);
  if (length >= 0.45 && usualDb > speechDb + SCREAM_ABOVE_SPEECH_DB) return { type: 'scream', intensity };
  if (length > 0.7 && loudnessDb[first] > loudnessDb[end - 1] + 3) return { type: 'sigh', intensity };
  return length >= SHORTEST_GRUNT_SECONDS && length <= LONGEST_GRUNT_SECONDS ? { type: 'grunt', intensity } : null;
}

/** At least three bursts at an even distance: laughter comes at 3-8 a second (Bachorowski et al. 2001), words at uneven ones. */
function isRhythmic(peaks: readonly number[]): boolean {
  if (peaks.length < 3) return false;
  const gaps = Float32Array.from(peaks.slice(1), (frame, i) => (frame - peaks[i]) * FRAME_SECONDS);
  const usual = mean(gaps);
  const spread = Math.sqrt(mean(gaps.map((gap) => (gap - usual) ** 2)));
  return usual >= BURST_SECONDS[0] && usual <= BURST_SECONDS[1] && spread / usual <= BURST_UNEVENNESS;
}

/** Frames of the peaks of loudness that are at least `leastDb` above the dips on both sides. */
function burstsIn(loudnessDb: Float32Array, leastDb: number): number[] {
  const peaks: number[] = [];
  let low = loudnessDb[0];
  let high = -Infinity;
  let peak = 0;
  let isRising = true;
  loudnessDb.forEach((db, frame) => {
    if (isRising) {
      if (db > high) {
        high = db;
        peak = frame;
      }
      if (high - low >= leastDb && db < high - leastDb && frame - peak >= 2) {
        peaks.push(peak);
        isRising = false;
        low = db;
      }
    } else {
      low = Math.min(low, db);
      if (db > low + leastDb) {
        isRising = true;
        high = db;
        peak = frame;
      }
    }
  });
  return peaks;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return values.length === 0 ? 0 : sum / values.length;
}

function quantile(values: Float32Array, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted.length === 0 ? -100 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
