import type { StoreApi } from 'zustand/vanilla';
import { setAudioLink } from '../../core/document/commands/lineSettings';
import type { DocumentStore } from '../../core/document/documentStore';
import type { LineId, LinkedFile } from '../../core/document/records';
import { lineOf, linesOf } from '../../core/document/selectors';
import { MienError } from '../../core/errors';
import type { FileHandle, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import type { SessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';

export interface LinkedSoundsParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly session: StoreApi<SessionState>;
  readonly edits: Edits;
  readonly jobs: Jobs;
}

/** Sound that lies beside the project instead of in it: linking, taking it in again, finding it. */
export class LinkedSounds {
  constructor(private readonly parts: LinkedSoundsParts) {}

  /** The line names a file of the same content; the project does not hold the sound any more when it is saved. */
  async link(lineId: LineId): Promise<void> {
    const { api, edits, jobs } = this.parts;
    const link = await jobs.run('Link the sound', lineId, async (jobId) => {
      const project = this.projectFile();
      const [file] = await api.files.chooseAudio();
      return file ? api.engine.linkSound({ jobId, lineId, file: file.handle, project }) : null;
    });
    if (link && edits.run('Link the sound', (draft) => setAudioLink(draft, { lineId, link })))
      jobs.say(`The sound stays in ${link.relativePath}`);
  }

  /** The sound goes into the project with the next save. */
  embed(lineId: LineId): void {
    this.parts.edits.run('Put the sound into the project', (draft) => setAudioLink(draft, { lineId, link: null }));
  }

  /** The user shows where a linked sound is now; other sounds that are missed and lie beside it are found with it. */
  async relink(lineId: LineId): Promise<void> {
    const { api, document, session, edits, jobs } = this.parts;
    const link = lineOf(document.records, lineId)?.audioLink;
    if (!link) return jobs.say('The sound of this line is in the project; nothing has to be found.');
    const found = await jobs.run('Find the sound', lineId, async (jobId) => {
      const project = this.projectFile();
      const [file] = await api.files.chooseAudio();
      const others = this.missingBeside(lineId);
      return file ? api.engine.relinkSound({ jobId, lineId, file: file.handle, project, link, others }) : null;
    });
    if (!found) return;
    const all = [{ lineId, media: found.media, link: found.link }, ...found.others];
    const media = Object.fromEntries(all.map((line) => [line.lineId, line.media]));
    session.setState((state) => ({ media: { ...state.media, ...media } }));
    const moved = all.filter((line) => lineOf(document.records, line.lineId)?.audioLink?.relativePath !== line.link.relativePath);
    if (moved.length > 0)
      edits.run(all.length === 1 ? 'Find the sound' : `Find ${all.length} sounds`, (draft) => {
        for (const line of moved) setAudioLink(draft, { lineId: line.lineId, link: line.link });
      });
    const more = found.others.length === 0 ? '' : `, and ${found.others.length} more beside it`;
    jobs.say(`Found: ${found.link.relativePath}${more}`);
  }

  /** Linked sounds of other lines that are missed now. */
  private missingBeside(lineId: LineId): { lineId: LineId; link: LinkedFile }[] {
    const { document, session } = this.parts;
    const { media } = session.getState();
    return linesOf(document.records).flatMap(({ id, audioLink }) =>
      audioLink && id !== lineId && media[id]?.missing ? [{ lineId: id, link: audioLink }] : [],
    );
  }

  /** Links are ways from the project's folder, so the project must have one. */
  private projectFile(): FileHandle {
    const { file } = this.parts.documentState.getState();
    if (file) return file.handle;
    throw new MienError('invalid-input', 'A project that was never saved has no folder to link from.', 'Save it first (Ctrl S).');
  }
}
