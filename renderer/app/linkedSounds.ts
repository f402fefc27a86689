import type { StoreApi } from 'zustand/vanilla';
import { setAudioLink, setReferenceVideo } from '../../core/document/commands/lineSettings';
import type { DocumentStore } from '../../core/document/documentStore';
import type { LineId, LineRecord, LinkedFile } from '../../core/document/records';
import { lineOf, linesOf } from '../../core/document/selectors';
import { MienError } from '../../core/errors';
import type { FileHandle, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import type { SessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { References } from './references';

export interface LinkedSoundsParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly session: StoreApi<SessionState>;
  readonly edits: Edits;
  readonly jobs: Jobs;
  readonly references: Pick<References, 'missedBeside' | 'showFound'>;
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

  /** The user shows where a linked sound is now; sounds and reference videos that are missed and lie beside it are found with it. */
  async relink(lineId: LineId): Promise<void> {
    const { api, document, session, edits, jobs } = this.parts;
    const link = lineOf(document.records, lineId)?.audioLink;
    if (!link) return jobs.say('The sound of this line is in the project; nothing has to be found.');
    const found = await jobs.run('Find the sound', lineId, async (jobId) => {
      const project = this.projectFile();
      const [file] = await api.files.chooseAudio();
      const others = this.missingBeside(lineId);
      if (!file) return null;
      const sounds = await api.engine.relinkSound({ jobId, lineId, file: file.handle, project, link, others });
      return { ...sounds, videos: await this.parts.references.missedBeside(file.handle) };
    });
    if (!found) return;
    const all = [{ lineId, media: found.media, link: found.link }, ...found.others];
    const media = Object.fromEntries(all.map((line) => [line.lineId, line.media]));
    session.setState((state) => ({ media: { ...state.media, ...media } }));
    const moved = all.filter((line) => lineOf(document.records, line.lineId)?.audioLink?.relativePath !== line.link.relativePath);
    const count = all.length + found.videos.length;
    if (moved.length + found.videos.length > 0)
      edits.run(count === 1 ? 'Find the sound' : `Find ${count} files`, (draft) => {
        for (const line of moved) setAudioLink(draft, { lineId: line.lineId, link: line.link });
        for (const { lineId: id, clip } of found.videos) {
          const { offsetSeconds } = draft.get<LineRecord>(id).referenceVideo ?? { offsetSeconds: 0 };
          setReferenceVideo(draft, { lineId: id, video: { file: clip.link, offsetSeconds } });
        }
      });
    this.parts.references.showFound(found.videos.map(({ clip }) => clip));
    jobs.say(`Found: ${found.link.relativePath}${count === 1 ? '' : `, and ${count - 1} more beside it`}`);
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
