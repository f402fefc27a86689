import type { NonspeechEvent } from '../../speech/nonspeech/nonspeechEvent';
import type { PhonemeSegment, WordSegment } from '../../speech/segments';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord, SpeechRecord } from '../records';
import { retimeLine, type RetimeChoices } from '../retimeLine';
import { TimeWarp } from '../warp/timeWarp';
import { setSpeech, type SetSpeechArgs } from './setSpeech';

export interface ReplaceRecordingArgs {
  readonly lineId: LineId;
  /** Name of the new sound inside the project. */
  readonly audioFile: string;
  /** What its file is called. */
  readonly soundName?: string;
  readonly durationSeconds: number;
  readonly transcript: string;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  /** Laughs, breaths... heard in the new sound; they take the place of those heard in the old one. */
  readonly events?: readonly NonspeechEvent[];
  /** What the animator decided for single keys, events, markers and locks (ids of `warpPreview`). */
  readonly choices?: RetimeChoices;
}

/**
 * Puts another recording (a pick-up) in place of a line's sound. Everything made by hand follows the words: keys, weight
 * curves, emotions, events, markers, locks. Conflicts (see `warpPreview`) are placed in between and never dropped. The takes
 * stay; the base is to be made anew.
 */
export function replaceRecording(draft: RecordDraft, args: ReplaceRecordingArgs): void {
  const { lineId, audioFile, durationSeconds, transcript, phonemes, words } = args;
  const line = draft.get<LineRecord>(lineId);
  const warp = warpBetween(draft, lineId, args);
  const { audioLink: _link, soundName: _name, outSeconds, inSeconds, ...rest } = line;
  draft.put({
    ...rest,
    audioFile,
    ...(args.soundName !== undefined && { soundName: args.soundName }),
    durationSeconds,
    ...(inSeconds !== undefined && { inSeconds: warp.map(inSeconds) }),
    ...(outSeconds !== undefined && { outSeconds: warp.map(outSeconds) }),
  });
  retimeLine(draft, { lineId, map: warp.map, choices: args.choices });
  const { phoneSource, notation } = line;
  setSpeech(draft, { lineId, transcript, phonemes, words, events: args.events, phoneSource, notation });
  // Nothing of what was heard in the old sound holds for the new one.
  draft.put({ ...draft.get<SpeechRecord>(`speech:${lineId}`), recognisedPhonemes: phonemes, recognisedWords: words });
}

/**
 * Takes a corrected transcript (and what the aligner made of it) for the same sound; hand work follows words that moved.
 */
export function correctTranscript(
  draft: RecordDraft,
  args: Omit<ReplaceRecordingArgs, 'audioFile' | 'soundName' | 'durationSeconds'> &
    Pick<SetSpeechArgs, 'phoneSource' | 'notation'>,
): void {
  const { durationSeconds } = draft.get<LineRecord>(args.lineId);
  const warp = warpBetween(draft, args.lineId, { ...args, durationSeconds });
  retimeLine(draft, { lineId: args.lineId, map: warp.map, choices: args.choices });
  const { phoneSource, notation } = args.phoneSource ? args : draft.get<LineRecord>(args.lineId);
  setSpeech(draft, { ...args, phoneSource, notation });
}

function warpBetween(
  draft: RecordDraft,
  lineId: LineId,
  after: { readonly durationSeconds: number; readonly words: readonly WordSegment[] },
): TimeWarp {
  const { durationSeconds } = draft.get<LineRecord>(lineId);
  const { words } = draft.get<SpeechRecord>(`speech:${lineId}`);
  return new TimeWarp({ durationSeconds, words }, after);
}
