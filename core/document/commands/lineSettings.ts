import { MienError } from '../../errors';
import { LONGEST_ROLL_SECONDS } from '../../performance/checkInput';
import { FRAME_RATES } from '../../time/frameRate';
import type { TimeRange } from '../../time/timeRange';
import { lineExtent } from '../lineExtent';
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

/** The part of the line that is exported; null for the whole line with its rolls. Cut to the line. */
export function setInOut(draft: RecordDraft, args: { lineId: LineId; range: TimeRange | null }): void {
  const { inSeconds: _in, outSeconds: _out, ...rest } = draft.get<LineRecord>(args.lineId);
  if (!args.range) return draft.put(rest);
  draft.put({ ...rest, ...clampedInOut(rest, args.range) });
}

function clampedInOut(
  line: LineRecord,
  { startSeconds, endSeconds }: TimeRange,
): Required<Pick<LineRecord, 'inSeconds' | 'outSeconds'>> {
  const extent = lineExtent(line);
  const latestStart = Math.max(extent.startSeconds, extent.endSeconds - SHORTEST_CLIP_SECONDS);
  const inSeconds = Math.min(latestStart, Math.max(extent.startSeconds, startSeconds));
  const outSeconds = Math.min(extent.endSeconds, Math.max(inSeconds + SHORTEST_CLIP_SECONDS, endSeconds));
  return { inSeconds, outSeconds };
}

/**
 * Silence before and after the sound in which the face already (or still) acts; cut to 0..60 s, and 0 takes it away. What is
 * keyed in a roll that becomes shorter stays where it is: it is neither shown nor exported until there is room again.
 */
export function setRolls(draft: RecordDraft, args: { lineId: LineId; preRollSeconds?: number; postRollSeconds?: number }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const { preRollSeconds: preBefore = 0, postRollSeconds: postBefore = 0, ...rest } = line;
  const pre = Math.min(LONGEST_ROLL_SECONDS, Math.max(0, args.preRollSeconds ?? preBefore));
  const post = Math.min(LONGEST_ROLL_SECONDS, Math.max(0, args.postRollSeconds ?? postBefore));
  if (pre === preBefore && post === postBefore) return;
  const rolled = { ...rest, ...(pre > 0 && { preRollSeconds: pre }), ...(post > 0 && { postRollSeconds: post }) };
  if (rest.inSeconds === undefined || rest.outSeconds === undefined) return draft.put(rolled);
  draft.put({ ...rolled, ...clampedInOut(rolled, { startSeconds: rest.inSeconds, endSeconds: rest.outSeconds }) });
}

/**
 * Timecode of the first frame of the sound, as exports that carry timecode write it; null for 00:00:00:00.
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
