import type { NonspeechEvent } from '../../speech/nonspeech/nonspeechEvent';
import type { PhonemeSegment, WordSegment } from '../../speech/segments';
import type { RecordDraft } from '../recordDraft';
import type { EventId, LineId, LineRecord, NonverbalEventRecord, PhoneSource, SpeechRecord } from '../records';

export interface SetSpeechArgs {
  readonly lineId: LineId;
  readonly transcript: string;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  readonly phoneSource?: PhoneSource;
  /** Of a transcript that is phonemes; absent: text. */
  readonly notation?: LineRecord['notation'];
  /** What was heard beside words; takes the place of what was heard before. Absent: events stay as they are. */
  readonly events?: readonly NonspeechEvent[];
}

/** Takes in what the recogniser or the aligner said; hand-made edges of before are gone where it says something new. */
export function setSpeech(draft: RecordDraft, args: SetSpeechArgs): void {
  const { lineId, transcript, phonemes, words, phoneSource, notation, events } = args;
  const line = draft.get<LineRecord>(lineId);
  if (line.transcript !== transcript || line.phoneSource !== phoneSource || line.notation !== notation) {
    const { notation: _before, ...rest } = line;
    draft.put({ ...rest, transcript, ...(phoneSource && { phoneSource }), ...(notation && { notation }) });
  }
  const before = draft.find<SpeechRecord>(`speech:${lineId}`);
  draft.put({
    id: `speech:${lineId}`,
    kind: 'speech',
    lineId,
    words,
    phonemes,
    recognisedPhonemes: before ? recognisedAfter(before, phonemes) : phonemes,
    recognisedWords: words,
  });
  if (events) setHeardEvents(draft, lineId, events);
}

/**
 * Events that were heard, in the place of those heard before; locked ones and those of the animator stay, and keep a new one of
 * their own kind away from where they are.
 */
export function setHeardEvents(draft: RecordDraft, lineId: LineId, events: readonly NonspeechEvent[]): void {
  const present = draft.idsWithPrefix(`event:${lineId}:`).map((id) => draft.get<NonverbalEventRecord>(id as EventId));
  const kept = present.filter((event) => event.origin !== 'heard' || event.locked);
  for (const event of present) if (!kept.includes(event)) draft.remove(event.id);
  events.forEach(({ type, startSeconds, endSeconds, intensity }, index) => {
    const isTaken = kept.some(
      (other) =>
        other.type === type && other.origin !== 'generated' && other.startSeconds < endSeconds && startSeconds < other.endSeconds,
    );
    if (isTaken) return;
    const id: EventId = `event:${lineId}:heard-${index}`;
    if (kept.some((other) => other.id === id)) return;
    draft.put({ id, kind: 'event', lineId, type, startSeconds, endSeconds, intensity, locked: false, origin: 'heard' });
  });
}

const SAME_SECONDS = 1e-6;

/**
 * What the recogniser said, after a part was aligned again: away from the part it is what it was, so that hand-moved edges there
 * still know where they came from.
 */
function recognisedAfter(before: SpeechRecord, phonemes: readonly PhonemeSegment[]): readonly PhonemeSegment[] {
  const old = before.phonemes;
  const isSame = (a: PhonemeSegment | undefined, b: PhonemeSegment | undefined) =>
    a !== undefined &&
    b !== undefined &&
    a.phoneme === b.phoneme &&
    a.startSeconds === b.startSeconds &&
    a.endSeconds === b.endSeconds;
  let head = 0;
  while (isSame(old[head], phonemes[head])) head++;
  let tail = 0;
  while (
    tail < Math.min(old.length, phonemes.length) - head &&
    isSame(old[old.length - 1 - tail], phonemes[phonemes.length - 1 - tail])
  )
    tail++;
  if (head + tail === 0 || head === phonemes.length) return head === phonemes.length ? before.recognisedPhonemes : phonemes;
  const from = head === 0 ? 0 : phonemes[head - 1].endSeconds;
  const to = tail === 0 ? phonemes[phonemes.length - 1].endSeconds : phonemes[phonemes.length - tail].startSeconds;
  const left = before.recognisedPhonemes.filter(({ endSeconds }) => endSeconds <= from + SAME_SECONDS);
  const right = before.recognisedPhonemes.filter(({ startSeconds }) => startSeconds >= to - SAME_SECONDS);
  // A hand moved the very edges between: then nobody knows any more.
  const meets = (edge: number | undefined, wanted: number) => Math.abs((edge ?? wanted) - wanted) < SAME_SECONDS;
  if (!meets(left[left.length - 1]?.endSeconds, from) || !meets(right[0]?.startSeconds, to)) return phonemes;
  return [...left, ...phonemes.slice(head, phonemes.length - tail), ...right];
}
