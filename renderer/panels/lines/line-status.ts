import type { DocumentRecords, LineId, LineRecord, SpeechRecord } from '../../../core/document/records';
import { activeTakeOf, emotionOf, keyCountOf, speechOf } from '../../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../../core/document/takeInputs';
import { ACTIVE_EMOTIONS } from '../../../core/emotion/emotions';
import type { IconName } from '../../ui/icons';

export type LineStatus = 'new' | 'generated' | 'edited' | 'stale' | 'exported';

export interface StatusLook {
  readonly label: string;
  readonly icon: IconName;
  /** Class of base.css; '' for the quiet text colour. */
  readonly tone: '' | 'accent' | 'stale';
}

export const STATUS_LOOKS: Readonly<Record<LineStatus, StatusLook>> = {
  new: { label: 'New', icon: 'circle-dashed', tone: '' },
  generated: { label: 'Generated', icon: 'circle', tone: '' },
  edited: { label: 'Edited', icon: 'pencil', tone: 'accent' },
  stale: { label: 'Stale', icon: 'clock-alert', tone: 'stale' },
  exported: { label: 'Exported', icon: 'check', tone: '' },
};

/** Where a line stands; the first that holds: new, stale, exported (in this session), edited by hand, generated. */
export function lineStatus(records: DocumentRecords, line: LineRecord, exported: readonly LineId[]): LineStatus {
  const take = activeTakeOf(records, line);
  if (!take) return 'new';
  const inputs = takeInputsOf(records, line.id);
  if (inputs && inputHashOf(inputs) !== take.inputHash) return 'stale';
  if (exported.includes(line.id)) return 'exported';
  return isEdited(records, line) ? 'edited' : 'generated';
}

/**
 * `lineStatus` with a memory: a line is looked at again only when one of its own records changed, so that dragging in one
 * of two hundred lines costs one line.
 */
export function createLineStatuses(): typeof lineStatus {
  const known = new Map<LineId, { parts: readonly unknown[]; status: LineStatus }>();
  return (records, line, exported) => {
    const parts = [line, exported, ...partsOf(records, line)];
    const last = known.get(line.id);
    if (last && last.parts.length === parts.length && parts.every((part, index) => part === last.parts[index]))
      return last.status;
    const status = lineStatus(records, line, exported);
    known.set(line.id, { parts, status });
    return status;
  };
}

function partsOf(records: DocumentRecords, line: LineRecord): unknown[] {
  return [
    speechOf(records, line.id),
    activeTakeOf(records, line),
    ...ACTIVE_EMOTIONS.map((emotion) => emotionOf(records, line.id, emotion)),
    ...line.layerIds.map((layerId) => keyCountOf(records, layerId) > 0),
  ];
}

function isEdited(records: DocumentRecords, line: LineRecord): boolean {
  const speech: SpeechRecord | undefined = speechOf(records, line.id);
  if (speech && speech.phonemes !== speech.recognisedPhonemes && !isSameSpeech(speech)) return true;
  if (line.layerIds.some((layerId) => keyCountOf(records, layerId) > 0)) return true;
  return ACTIVE_EMOTIONS.some((emotion) => (emotionOf(records, line.id, emotion)?.keys.length ?? 0) > 0);
}

/** After opening a project the two lists are different objects with the same content. */
function isSameSpeech({ phonemes, recognisedPhonemes }: SpeechRecord): boolean {
  return (
    phonemes.length === recognisedPhonemes.length &&
    phonemes.every(
      (segment, index) =>
        segment.phoneme === recognisedPhonemes[index].phoneme && segment.endSeconds === recognisedPhonemes[index].endSeconds,
    )
  );
}
