import type { SampledTracks } from '../curves/sampledTracks';
import type { LineRecord } from '../document/records';
import type { PhonemeSegment, WordSegment } from '../speech/segments';
import { framesPerSecond } from '../time/frameRate';

/** The part of a line that a file gets, and the timecode it carries. */
export type ClipSettings = Pick<LineRecord, 'inSeconds' | 'outSeconds' | 'startTimecode'>;

export interface ClippedLine {
  readonly tracks: SampledTracks;
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
}

/** Settings of a line that an export must heed; without any the whole line is written. */
export function clipSettingsOf({ inSeconds, outSeconds, startTimecode }: LineRecord): ClipSettings {
  return {
    ...(inSeconds !== undefined && { inSeconds }),
    ...(outSeconds !== undefined && { outSeconds }),
    ...(startTimecode && { startTimecode }),
  };
}

/**
 * A line cut to its in and out points, which fall on whole frames of the curves; time 0 of the result is the in point. Words and
 * phonemes outside go, those across an edge are cut.
 */
export function clipLine<T extends ClippedLine>(line: T, { inSeconds, outSeconds }: ClipSettings): T {
  if (inSeconds === undefined && outSeconds === undefined) return line;
  const { tracks } = line;
  const perSecond = framesPerSecond(tracks.frameRate);
  const last = tracks.frameCount - 1;
  const first = Math.min(last, Math.max(0, Math.round((inSeconds ?? 0) * perSecond)));
  const end = Math.min(last, Math.max(first, Math.round((outSeconds ?? line.durationSeconds) * perSecond)));
  const startSeconds = first / perSecond;
  const endSeconds = Math.min(line.durationSeconds, end / perSecond);
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
    tracks: { ...tracks, frameCount: end - first + 1, channels: tracks.channels.map((samples) => samples.slice(first, end + 1)) },
    durationSeconds: endSeconds - startSeconds,
    phonemes: cut(line.phonemes),
    words: cut(line.words),
  };
}

/**
 * Timecode of the first frame of a file in frames of `framesPerSecond`, counted as the timecode's own rate counts them: the
 * start of the line plus the in point.
 */
export function firstTimecodeFrame({ startTimecode, inSeconds = 0 }: ClipSettings, fileFramesPerSecond: number): number {
  const nominal = Math.round(fileFramesPerSecond);
  const inFrames = Math.round(inSeconds * fileFramesPerSecond);
  if (!startTimecode) return inFrames;
  const [hours, minutes, seconds, frames] = startTimecode.text.split(/[:;]/).map(Number);
  const ownRate = Math.round(Number(startTimecode.rate));
  return ((hours * 60 + minutes) * 60 + seconds) * nominal + Math.round((frames / ownRate) * nominal) + inFrames;
}
