import { BUNDLED_PUPIL_DISTANCE_METRES, USUAL_PUPIL_DISTANCE_METRES } from '../../rig/pupilDistance';
import type { CharacterRecord } from '../libraryRecords';
import type { RecordDraft } from '../recordDraft';
import type { DocumentRecords, ProjectRecord } from '../records';

/** Puts a character on stage: the id of a record, or the name of a bundled one; null for Mien. */
export function setStageCharacter(draft: RecordDraft, stageCharacter: string | null): void {
  const project = draft.get<ProjectRecord>('project');
  if ((project.stageCharacter ?? null) === stageCharacter) return;
  const { stageCharacter: _before, ...rest } = project;
  draft.put(stageCharacter === null ? rest : { ...rest, stageCharacter });
}

/** Metres between the eyes of the character on stage. */
export function stagePupilDistance(records: DocumentRecords): number {
  const character = stageCharacterOf(records);
  const known = typeof character === 'string' ? BUNDLED_PUPIL_DISTANCE_METRES[character] : character.pupilDistanceMetres;
  return known ?? USUAL_PUPIL_DISTANCE_METRES;
}

/** The user's character on stage, else the name of the bundled one. */
export function stageCharacterOf(records: DocumentRecords): CharacterRecord | string {
  const id = (records.project as ProjectRecord | undefined)?.stageCharacter ?? 'mien';
  const record = records[id];
  return record?.kind === 'character' ? record : id;
}
