import { normaliseText, type TranscriptWord } from './text/normaliseText';
import type { SubtitleCue } from './transcriptFiles/readSubtitles';

/** Where a word may lie, in frames of 10 ms: first <= frame < end. */
export interface WordWindow {
  readonly firstFrame: number;
  readonly endFrame: number;
}

/** Subtitles come early, stay long and are set by hand: their words may lie this far outside them. */
const SLACK_SECONDS = 0.6;
const FRAME_SECONDS = 0.01;

/**
 * Windows of the words of a transcript that came from subtitles, one a word. Null where they cannot hold: the subtitles run on
 * behind the line (times of a whole film), or their words are no longer those of the transcript.
 */
export function subtitleWindows(
  cues: readonly SubtitleCue[],
  words: readonly TranscriptWord[],
  durationSeconds: number,
): WordWindow[] | null {
  if (cues.some(({ endSeconds }) => endSeconds > durationSeconds + SLACK_SECONDS)) return null;
  const windows = cues.flatMap(({ startSeconds, endSeconds, text }) =>
    normaliseText(text).words.map(() => ({
      firstFrame: Math.max(0, Math.floor((startSeconds - SLACK_SECONDS) / FRAME_SECONDS)),
      endFrame: Math.ceil((endSeconds + SLACK_SECONDS) / FRAME_SECONDS),
    })),
  );
  return windows.length === words.length ? windows : null;
}
