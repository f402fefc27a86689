import type { StoreApi } from 'zustand/vanilla';
import { bundledAdjustmentsOf, setBundledAdjustments } from '../../core/document/commands/bundledAdjustments';
import { setStageCharacter, stageCharacterOf } from '../../core/document/commands/stageCharacter';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { CharacterRecord } from '../../core/document/libraryRecords';
import type { ChannelAdjustments } from '../../core/rig/retarget/channelAdjustments';
import { writeProfile, type CharacterProfile } from '../../core/rig/retarget/characterProfile';
import type { ChosenFile, LoadedCharacter, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import { characterChoice } from '../viewport/characterChoice';
import { droppedFile } from './droppedFile';
import type { Edits } from './edits';
import type { Jobs } from './jobs';

export interface OwnCharactersParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly edits: Edits;
  readonly jobs: Jobs;
  readonly ids: IdSource;
}

/**
 * Who is on stage, as the document says it: bundled characters and the user's own, with their mapping. What is shown follows
 * the document, so that opening a project, undo and redo need nothing more.
 */
export class OwnCharacters {
  /** The hash of the character that is being loaded, so that it is asked for once. */
  private loading: string | null = null;
  /** Said once: a file that is not there is not asked for again with every edit. */
  private readonly unavailable = new Set<string>();

  constructor(private readonly parts: OwnCharactersParts) {
    parts.documentState.subscribe((state, before) => {
      if (state.records !== before.records) void this.followDocument();
    });
  }

  async chooseAndImport(): Promise<void> {
    const { api, jobs } = this.parts;
    const file = await jobs.run('Import a character', null, () => api.files.chooseCharacter());
    if (file) await this.import(file);
  }

  async importDropped(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const chosen = await droppedFile(this.parts, file);
      if (chosen) await this.import(chosen);
    }
  }

  showBundled(id: string): void {
    this.parts.edits.run('Choose the character', (draft) => setStageCharacter(draft, id === 'mien' ? null : id));
  }

  showOwn(record: CharacterRecord): void {
    this.parts.edits.run('Choose the character', (draft) => setStageCharacter(draft, record.id));
  }

  /** Characters of the user that the project holds. */
  get all(): CharacterRecord[] {
    const records = Object.values(this.parts.document.records);
    return records.filter((record) => record.kind === 'character').filter(({ sha256 }) => sha256 !== undefined);
  }

  /** Keeps what is changed of the bundled character on stage. */
  setAdjustments(adjustments: ChannelAdjustments): void {
    const { shown } = characterChoice.getState();
    if (shown.kind !== 'bundled') return;
    this.parts.edits.run('Change the character', (draft) => setBundledAdjustments(draft, shown.id, adjustments));
  }

  /** Keeps a changed mapping in the project; what is shown follows. */
  setProfile(profile: CharacterProfile, label = 'Change the mapping'): void {
    const { shown } = characterChoice.getState();
    const record = shown.kind === 'own' ? this.recordOf(shown.loaded.sha256) : undefined;
    if (!record) return;
    const { visemes: _before, ...rest } = record;
    const { mapping, visemes, gains, limits, neutralOffset } = profile;
    this.parts.edits.run(label, (draft) =>
      draft.put({ ...rest, mapping, gains, limits, neutralOffset, ...(visemes && { visemes }) }),
    );
  }

  async saveProfile(): Promise<void> {
    const { api, jobs } = this.parts;
    const { shown } = characterChoice.getState();
    if (shown.kind !== 'own') return;
    const saved = await jobs.run('Save profile', null, () =>
      api.files.saveProfile(shown.loaded.name, writeProfile(shown.profile)),
    );
    if (saved) jobs.say(`Saved ${saved.name}`);
  }

  async loadProfile(): Promise<void> {
    const { api, jobs } = this.parts;
    const profile = await jobs.run('Load profile', null, async () => {
      const file = await api.files.chooseText('profile');
      return file && api.engine.readProfile(file.handle);
    });
    if (profile) this.setProfile(profile, 'Load profile');
  }

  private async import(file: ChosenFile): Promise<void> {
    const { api, jobs, ids, edits } = this.parts;
    const loaded = await jobs.run(`Reading ${file.name}`, null, (jobId) =>
      api.engine.loadCharacter({ jobId, file: file.handle }),
    );
    if (!loaded) return;
    this.unavailable.delete(loaded.sha256);
    // A project that knows this file keeps the mapping made by hand.
    const record = this.recordOf(loaded.sha256) ?? recordFor(loaded, `character:${ids.next()}`);
    this.show(record, loaded);
    edits.run(`Import ${file.name}`, (draft) => {
      if (!draft.find(record.id)) draft.put(record);
      setStageCharacter(draft, record.id);
    });
    jobs.say(loaded.notices[0] ?? `${loaded.name}: ${loaded.mapping.mapped.length} of 52 shapes found by name`);
  }

  private async followDocument(): Promise<void> {
    const wanted = stageCharacterOf(this.parts.document.records);
    const { shown } = characterChoice.getState();
    if (typeof wanted === 'string') {
      const adjustments = bundledAdjustmentsOf(this.parts.document.records, wanted);
      if (shown.kind !== 'bundled' || shown.id !== wanted || shown.adjustments !== adjustments)
        characterChoice.setState({ shown: { kind: 'bundled', id: wanted, adjustments } });
      return;
    }
    const { sha256, fileName = 'character.glb' } = wanted;
    if (!sha256) return;
    if (shown.kind === 'own' && shown.loaded.sha256 === sha256) {
      if (!isProfileOf(shown.profile, wanted)) this.show(wanted, shown.loaded);
      return;
    }
    if (this.loading === sha256 || this.unavailable.has(sha256)) return;
    this.loading = sha256;
    const loaded = await this.parts.jobs.run(`Reading ${fileName}`, null, (jobId) =>
      this.parts.api.engine.loadCharacter({ jobId, sha256, fileName }),
    );
    this.loading = null;
    const now = stageCharacterOf(this.parts.document.records);
    if (loaded && typeof now !== 'string' && now.sha256 === sha256) this.show(now, loaded);
    // Its file is not there: nobody stays on stage who is not the project's.
    else if (!loaded) {
      this.unavailable.add(sha256);
      characterChoice.setState({ shown: { kind: 'bundled', id: 'mien', adjustments: null } });
    }
  }

  private show(record: CharacterRecord, loaded: LoadedCharacter): void {
    characterChoice.setState({ shown: { kind: 'own', loaded, profile: profileOf(record, loaded) } });
  }

  private recordOf(sha256: string): CharacterRecord | undefined {
    return this.all.find((record) => record.sha256 === sha256);
  }
}

function recordFor(loaded: LoadedCharacter, id: CharacterRecord['id']): CharacterRecord {
  const { name, fileName, sha256, mapping, pupilDistanceMetres } = loaded;
  const eyes = pupilDistanceMetres === null ? {} : { pupilDistanceMetres };
  return { id, kind: 'character', name, fileName, sha256, ...eyes, ...mapping.profile };
}

function profileOf(record: CharacterRecord, loaded: LoadedCharacter): CharacterProfile {
  const { mapping, gains, limits, neutralOffset } = record;
  // Projects from before visemes were kept: found by name again.
  const visemes = record.visemes ?? loaded.mapping.profile.visemes;
  return { mapping, gains, limits, neutralOffset, ...(visemes && { visemes }) };
}

function isProfileOf(profile: CharacterProfile, record: CharacterRecord): boolean {
  return (
    profile.mapping === record.mapping &&
    profile.gains === record.gains &&
    profile.limits === record.limits &&
    profile.neutralOffset === record.neutralOffset &&
    (record.visemes === undefined || profile.visemes === record.visemes)
  );
}
