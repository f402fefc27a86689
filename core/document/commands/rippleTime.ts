import { silence, type PhonemeSegment, type WordSegment } from '../../speech/segments';
import type { TimeRange } from '../../time/timeRange';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord, SpeechRecord } from '../records';
import { RETIME_TRACKS, retimeLine, type RetimeTrack, type TimeMap } from '../retimeLine';
import { MIN_PHONEME_SECONDS } from './moveBoundary';
import { splitPhoneme } from './splitPhoneme';

/** What a ripple moves; all by default. 'speech': words and phonemes. */
export type RippleTrack = RetimeTrack | 'speech';
export const RIPPLE_TRACKS: readonly RippleTrack[] = ['speech', ...RETIME_TRACKS];

/**
 * Makes room: everything from `timeSeconds` on goes later by `seconds`. The recording stays, so what leaves the line at its
 * end is cut; the room is silence in the phoneme lane.
 */
export function rippleInsert(
  draft: RecordDraft,
  args: { lineId: LineId; timeSeconds: number; seconds: number; tracks?: readonly RippleTrack[] },
): void {
  const { timeSeconds, seconds } = args;
  if (!(seconds > 0)) return;
  if ((args.tracks ?? RIPPLE_TRACKS).includes('speech')) splitSpeechAt(draft, args.lineId, timeSeconds);
  ripple(
    draft,
    args,
    (time) => (time >= timeSeconds - 1e-9 ? time + seconds : time),
    (time) => time,
  );
}

/** A phoneme that the room opens in is cut there, so that it does not stretch over the silence. */
function splitSpeechAt(draft: RecordDraft, lineId: LineId, timeSeconds: number): void {
  const index = draft
    .find<SpeechRecord>(`speech:${lineId}`)
    ?.phonemes.findIndex((segment) => segment.startSeconds < timeSeconds && timeSeconds < segment.endSeconds);
  if (index !== undefined && index >= 0) splitPhoneme(draft, { lineId, index, timeSeconds });
}

/** Cuts a range out: what is in it goes, everything after it comes earlier by its length. */
export function rippleDelete(
  draft: RecordDraft,
  args: { lineId: LineId; range: TimeRange; tracks?: readonly RippleTrack[] },
): void {
  const { startSeconds, endSeconds } = args.range;
  const length = endSeconds - startSeconds;
  if (!(length > 0)) return;
  const map: TimeMap = (time) => {
    if (time < startSeconds - 1e-9) return time;
    return time >= endSeconds - 1e-9 ? time - length : null;
  };
  ripple(draft, args, map, () => startSeconds);
}

function ripple(
  draft: RecordDraft,
  { lineId, tracks = RIPPLE_TRACKS }: { lineId: LineId; tracks?: readonly RippleTrack[] },
  map: TimeMap,
  edge: (timeSeconds: number) => number,
): void {
  const retimed = tracks.filter((track) => track !== 'speech');
  retimeLine(draft, { lineId, map, tracks: retimed, edge });
  if (tracks.includes('speech')) rippleSpeech(draft, lineId, map, edge);
}

/** Words and phonemes through the map; phonemes go on covering 0..duration, with silence where nothing is left. */
function rippleSpeech(draft: RecordDraft, lineId: LineId, map: TimeMap, edge: (timeSeconds: number) => number): void {
  const speech = draft.find<SpeechRecord>(`speech:${lineId}`);
  if (!speech) return;
  const { durationSeconds } = draft.get<LineRecord>(lineId);
  const place = (time: number) => Math.min(durationSeconds, Math.max(0, map(time) ?? edge(time)));
  const phonemes = coverLine(speech.phonemes.map((segment) => moved(segment, place)).filter(isLongEnough), durationSeconds);
  const words = speech.words.map((word): WordSegment => moved(word, place)).filter(isLongEnough);
  draft.put({ ...speech, phonemes, words });
}

/** The end is the moment just before the next segment, so a gap made at a boundary opens after this one. */
function moved<T extends PhonemeSegment | WordSegment>(segment: T, place: (time: number) => number): T {
  const startSeconds = place(segment.startSeconds);
  const endSeconds = place(segment.endSeconds - 2e-9) + 2e-9;
  // A segment that spans the cut grows or shrinks; one that is only shifted keeps its length to the bit where it can.
  return {
    ...segment,
    startSeconds,
    endSeconds: Math.abs(endSeconds - segment.endSeconds) < 1e-8 ? segment.endSeconds : endSeconds,
  };
}

function isLongEnough({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }): boolean {
  return endSeconds - startSeconds >= MIN_PHONEME_SECONDS - 1e-6;
}

/**
 * Segments in order, made to touch: gaps of half a phoneme and more become silence, shorter ones go to the one before, unless it
 * is locked.
 */
export function coverLine(segments: readonly PhonemeSegment[], durationSeconds: number): PhonemeSegment[] {
  const covered: PhonemeSegment[] = [];
  let at = 0;
  const fillTo = (time: number) => {
    if (time - at <= 0) return;
    const last = covered.at(-1);
    if (last && !last.locked && (last.phoneme === 'SIL' || time - at < MIN_PHONEME_SECONDS))
      covered[covered.length - 1] = { ...last, endSeconds: time };
    else covered.push(silence(at, time));
    at = time;
  };
  for (const segment of segments) {
    const startSeconds = Math.max(at, segment.startSeconds);
    const isTouching = startSeconds - at < (covered.length === 0 && !segment.locked ? MIN_PHONEME_SECONDS : 1e-6);
    if (!isTouching) fillTo(startSeconds);
    const endSeconds = Math.min(durationSeconds, segment.endSeconds);
    if (endSeconds <= at) continue;
    covered.push({ ...segment, startSeconds: at, endSeconds });
    at = endSeconds;
  }
  if (durationSeconds - at < 1e-6 && covered.length > 0)
    covered[covered.length - 1] = { ...covered[covered.length - 1], endSeconds: durationSeconds };
  else fillTo(durationSeconds);
  return covered;
}
