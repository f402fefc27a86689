import { MienError } from '../../errors';
import { FRAME_RATES } from '../../time/frameRate';
import type { RecordDraft } from '../recordDraft';
import type { LinkedFile, LineId, LineRecord, StartTimecode } from '../records';

/** How far the mouth may be moved against the sound: what sounds still in sync ends well inside (ITU-R BT.1359: 125 ms). */
export const MAX_LIP_NUDGE_SECONDS = 0.2;
/** An exported part is at least this long: two frames at 24 fps. */
const SHORTEST_CLIP_SECONDS = 1 / 12;

/** Mouth earlier (below 0) or later than the sound; cut to +-.2 s, and 0 takes the setting away. */
export function setLipNudge(draft: RecordDraft, args: { lineId: LineId; nudgeSeconds: number }): void {
  const { lipNudgeSeconds: before = 0, ...rest } = draft.get<LineRecord>(args.lineId);
  const lipNudgeSeconds = Math.min(MAX_LIP_NUDGE_SECONDS, Math.max(-MAX_LIP_NUDGE_SECONDS, args.nudgeSeconds));
  if (lipNudgeSeconds === before) return;
  draft.put(lipNudgeSeconds === 0 ? rest : { ...rest, lipNudgeSeconds });
}

/** The part of the line that is exported; null for the whole line. Cut to the line. */
export function setInOut(
  draft: RecordDraft,
  args: { lineId: LineId; range: { readonly startSeconds: number; readonly endSeconds: number } | null },
): void {
  const { inSeconds: _in, outSeconds: _out, ...rest } = draft.get<LineRecord>(args.lineId);
  if (!args.range) return draft.put(rest);
  const latestStart = Math.max(0, rest.durationSeconds - SHORTEST_CLIP_SECONDS);
  const inSeconds = Math.min(latestStart, Math.max(0, args.range.startSeconds));
  const outSeconds = Math.min(rest.durationSeconds, Math.max(inSeconds + SHORTEST_CLIP_SECONDS, args.range.endSeconds));
  draft.put({ ...rest, inSeconds, outSeconds });
}

/**
 * Timecode of the line's first frame, as exports that carry timecode write it; null for 00:00:00:00.
 * @throws MienError 'invalid-input' for what is no timecode of the rate
 */
export function setStartTimecode(draft: RecordDraft, args: { lineId: LineId; timecode: StartTimecode | null }): void {
  const { startTimecode: _before, ...rest } = draft.get<LineRecord>(args.lineId);
  if (!args.timecode) return draft.put(rest);
  const { text, rate } = args.timecode;
  const found = /^(\d{2}):([0-5]\d):([0-5]\d)[:;](\d{2})$/.exec(text);
  const frameRate = FRAME_RATES[rate];
  if (
    !found ||
    !frameRate ||
    Number(found[1]) > 23 ||
    Number(found[4]) >= Math.round(frameRate.numerator / frameRate.denominator)
  )
    throw new MienError(
      'invalid-input',
      `"${text}" is no timecode at ${rate} fps.`,
      'Write hours:minutes:seconds:frames, as 01:00:10:00.',
    );
  draft.put({ ...rest, startTimecode: { text, rate } });
}

/** The video shown beside the line, and the time of the line at which it begins; null for none. */
export function setReferenceVideo(
  draft: RecordDraft,
  args: { lineId: LineId; video: { readonly file: LinkedFile; readonly offsetSeconds: number } | null },
): void {
  const { referenceVideo: _before, ...rest } = draft.get<LineRecord>(args.lineId);
  draft.put(args.video ? { ...rest, referenceVideo: args.video } : rest);
}

/** Keeps a line's sound as a file beside the project; null puts it into the project again. */
export function setAudioLink(draft: RecordDraft, args: { lineId: LineId; link: LinkedFile | null }): void {
  const { audioLink: _before, ...rest } = draft.get<LineRecord>(args.lineId);
  draft.put(args.link ? { ...rest, audioLink: args.link } : rest);
}
