import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { CharacterRecord } from '../../core/document/libraryRecords';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import type { StudioApi } from '../../main/ipc/api';
import { characterChoice } from '../viewport/characterChoice';
import type { Edits } from './edits';
import type { Jobs } from './jobs';

/** Characters of the user: bringing them in, and their mapping as part of the project. */
export class OwnCharacters {
  constructor(
    private readonly parts: {
      readonly api: StudioApi;
      readonly document: DocumentStore;
      readonly edits: Edits;
      readonly jobs: Jobs;
      readonly ids: IdSource;
    },
  ) {}

  async chooseAndImport(): Promise<void> {
    const { api, jobs } = this.parts;
    const file = await jobs.run('Import a character', null, () => api.files.chooseCharacter());
    if (!file) return;
    const loaded = await jobs.run(`Reading ${file.name}`, null, (jobId) =>
      api.engine.loadCharacter({ jobId, file: file.handle }),
    );
    if (!loaded) return;
    // A project that knows this file keeps the mapping made by hand; visemes are found by name again.
    const record = this.recordOf(loaded.sha256);
    const profile: CharacterProfile = record ? { ...loaded.mapping.profile, ...profileOf(record) } : loaded.mapping.profile;
    characterChoice.setState({ shown: { kind: 'own', loaded, profile } });
    jobs.say(loaded.notices[0] ?? `${loaded.name}: ${loaded.mapping.mapped.length} of 52 shapes found by name`);
  }

  /** Shows a changed mapping at once and keeps it in the project. */
  setProfile(profile: CharacterProfile): void {
    const { shown } = characterChoice.getState();
    if (shown.kind !== 'own') return;
    const { sha256, fileName, name } = shown.loaded;
    characterChoice.setState({ shown: { ...shown, profile } });
    const id = this.recordOf(sha256)?.id ?? (`character:${this.parts.ids.next()}` as const);
    const { mapping, gains, limits, neutralOffset } = profile;
    this.parts.edits.run('Change the mapping', (draft) =>
      draft.put({ id, kind: 'character', name, fileName, sha256, mapping, gains, limits, neutralOffset }),
    );
  }

  private recordOf(sha256: string): CharacterRecord | undefined {
    return Object.values(this.parts.document.records).find(
      (record): record is CharacterRecord => record.kind === 'character' && record.sha256 === sha256,
    );
  }
}

function profileOf({ mapping, gains, limits, neutralOffset }: CharacterRecord): CharacterProfile {
  return { mapping, gains, limits, neutralOffset };
}
