import type { SampledTracks } from '../curves/sampledTracks';
import type { LineRecord } from '../document/records';
import { silence, type PhonemeSegment, type WordSegment } from '../speech/segments';
import { lineExtent } from '../document/lineExtent';
import { frameToSeconds, secondsToNearestFrame } from '../time/frameRate';

/** The part of a line that a file gets, and the timecode it carries. */
export type ClipSettings = Pick<LineRecord, 'inSeconds' | 'outSeconds' | 'startTimecode'>;

/** Segments closer than this touch. */
const GAP_SECONDS = 1e-4;

export interface ClippedLine {
  readonly tracks: SampledTracks;
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
}

type ClippableLine = ClipSettings & Pick<LineRecord, 'durationSeconds' | 'preRollSeconds' | 'postRollSeconds'>;

/** What an export must heed of a line: its in and out points, else its rolls; without any the whole sound is written. */
export function clipSettingsOf(line: ClippableLine): ClipSettings {
  const extent = lineExtent(line);
  const { startTimecode } = line;
  const inSeconds = line.inSeconds ?? (extent.startSeconds < 0 ? extent.startSeconds : undefined);
  const outSeconds = line.outSeconds ?? (extent.endSeconds > line.durationSeconds ? extent.endSeconds : undefined);
  return {
    ...(inSeconds !== undefined && { inSeconds }),
    ...(outSeconds !== undefined && { outSeconds }),
    ...(startTimecode && { startTimecode }),
  };
}

/**
 * A line cut to its in and out points, which fall on whole frames of the curves; time 0 of the result is the in point. Words and
 * phonemes outside go, those across an edge are cut. What lies before or behind the sound is silence in the phonemes.
 */
export function clipLine<T extends ClippedLine>(line: T, { inSeconds, outSeconds }: ClipSettings): T {
  const { tracks } = line;
  if (inSeconds === undefined && outSeconds === undefined && !tracks.frameRate.startFrame) return line;
  const { startFrame: _start, ...frameRate } = tracks.frameRate;
  const last = tracks.frameCount - 1;
  const nearest = (timeSeconds: number) => secondsToNearestFrame(timeSeconds, tracks.frameRate);
  const first = Math.min(last, Math.max(0, nearest(inSeconds ?? 0)));
  const end = Math.min(last, Math.max(first, nearest(outSeconds ?? line.durationSeconds)));
  const startSeconds = frameToSeconds(first, tracks.frameRate);
  // The last frame of a whole sound lies a little behind its end.
  const latestSeconds = Math.max(line.durationSeconds, outSeconds ?? line.durationSeconds);
  const endSeconds = Math.min(latestSeconds, frameToSeconds(end, tracks.frameRate));
  const cut = <S extends PhonemeSegment | WordSegment>(segments: readonly S[]): S[] =>
    segments
      .filter((segment) => segment.endSeconds > startSeconds + 1e-9 && segment.startSeconds < endSeconds - 1e-9)
      .map((segment) => ({
        ...segment,
        startSeconds: Math.max(startSeconds, segment.startSeconds) - startSeconds,
        endSeconds: Math.min(endSeconds, segment.endSeconds) - startSeconds,
      }));
  return {
    ...line,
    tracks: { frameRate, frameCount: end - first + 1, channels: tracks.channels.map((samples) => samples.slice(first, end + 1)) },
    durationSeconds: endSeconds - startSeconds,
    phonemes: coverEnds(cut(line.phonemes), endSeconds - startSeconds),
    words: cut(line.words),
  };
}

/** Phonemes that reach from 0 to the end, with silence where there was no sound. */
function coverEnds(phonemes: readonly PhonemeSegment[], durationSeconds: number): PhonemeSegment[] {
  if (phonemes.length === 0) return [];
  const covered = [...phonemes];
  const [first, last] = [covered[0], covered[covered.length - 1]];
  if (durationSeconds - last.endSeconds > GAP_SECONDS) {
    if (last.phoneme === 'SIL') covered[covered.length - 1] = { ...last, endSeconds: durationSeconds };
    else covered.push(silence(last.endSeconds, durationSeconds));
  }
  if (first.startSeconds > GAP_SECONDS) {
    if (first.phoneme === 'SIL') covered[0] = { ...covered[0], startSeconds: 0 };
    else covered.unshift(silence(0, first.startSeconds));
  }
  return covered;
}

/**
 * Timecode of the first frame of a file in frames of `framesPerSecond`, counted as the timecode's own rate counts them: the
 * start of the sound plus the in point, which a pre-roll puts before it (past midnight, if it must). Without a timecode of the
 * sound a file begins at 0 at the earliest.
 */
export function firstTimecodeFrame({ startTimecode, inSeconds = 0 }: ClipSettings, fileFramesPerSecond: number): number {
  const nominal = Math.round(fileFramesPerSecond);
  const inFrames = Math.round(inSeconds * fileFramesPerSecond);
  if (!startTimecode) return Math.max(0, inFrames);
  const [hours, minutes, seconds, frames] = startTimecode.text.split(/[:;]/).map(Number);
  const ownRate = Math.round(Number(startTimecode.rate));
  const frame = ((hours * 60 + minutes) * 60 + seconds) * nominal + Math.round((frames / ownRate) * nominal) + inFrames;
  return frame < 0 ? frame + 24 * 3600 * nominal : frame;
}
