import type { StoreApi } from 'zustand/vanilla';
import { setReferenceVideo } from '../../core/document/commands/lineSettings';
import { lineOf, linesOf } from '../../core/document/selectors';
import type { DocumentEdit } from '../../core/document/documentStore';
import type { LineId } from '../../core/document/records';
import type { FileHandle, ReferenceClip, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import type { LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';

export interface ReferencesParts {
  readonly api: StudioApi;
  readonly documentState: StoreApi<DocumentState>;
  readonly session: StoreApi<SessionState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly edits: Edits;
  readonly jobs: Jobs;
}

/** The reference video of the line that is shown: chosen, found again when the line is shown, shifted. */
export class References {
  private sought = '';

  constructor(private readonly parts: ReferencesParts) {
    parts.lineModel.subscribe(() => void this.follow());
    parts.documentState.subscribe((state, before) => state.file !== before.file && void this.follow());
  }

  async choose(lineId: LineId): Promise<void> {
    const { api, documentState, session, edits, jobs } = this.parts;
    const { file } = documentState.getState();
    const clip = await jobs.run('Reference video', lineId, () => api.video.choose(file?.handle ?? null));
    if (!clip) return;
    session.setState({ referenceClip: clip });
    const offsetSeconds = lineOf(documentState.getState().records, lineId)?.referenceVideo?.offsetSeconds ?? 0;
    edits.run(`Reference video ${clip.name}`, (draft) =>
      setReferenceVideo(draft, { lineId, video: { file: clip.link, offsetSeconds } }),
    );
  }

  remove(lineId: LineId): void {
    this.parts.edits.run('Remove the reference video', (draft) => setReferenceVideo(draft, { lineId, video: null }));
  }

  /** Moves the video against the line; whole frames of `framesPerSecond`. */
  offsetEdit(lineId: LineId, framesPerSecond: number): (frames: number) => DocumentEdit {
    const video = lineOf(this.parts.documentState.getState().records, lineId)?.referenceVideo;
    return (frames) => (draft) => {
      if (video) setReferenceVideo(draft, { lineId, video: { ...video, offsetSeconds: Math.round(frames) / framesPerSecond } });
    };
  }

  /** Reference videos of the project that are missed, looked for beside a file the user has found: with their new links. */
  async missedBeside(beside: FileHandle): Promise<{ readonly lineId: LineId; readonly clip: ReferenceClip }[]> {
    const { api, documentState } = this.parts;
    const { file, records } = documentState.getState();
    if (!file) return [];
    const found: { lineId: LineId; clip: ReferenceClip }[] = [];
    for (const { id, referenceVideo } of linesOf(records)) {
      if (!referenceVideo) continue;
      const clip = await api.video.find(file.handle, referenceVideo.file, beside).catch(() => null);
      if (clip && clip.link.relativePath !== referenceVideo.file.relativePath) found.push({ lineId: id, clip });
    }
    return found;
  }

  /** Shows a video that was found again, where it belongs to the line on screen. */
  showFound(clips: readonly ReferenceClip[]): void {
    const wanted = this.parts.lineModel.getState().model?.line.referenceVideo?.file.sha256;
    const clip = clips.find(({ link }) => link.sha256 === wanted);
    if (clip) this.parts.session.setState({ referenceClip: clip });
  }

  /** Looks once for the video of the line on screen. */
  private async follow(): Promise<void> {
    const { api, documentState, session, lineModel } = this.parts;
    const wanted = lineModel.getState().model?.line.referenceVideo?.file;
    const { file } = documentState.getState();
    if (!wanted || !file || session.getState().referenceClip?.link.sha256 === wanted.sha256) return;
    const key = `${file.handle} ${wanted.relativePath} ${wanted.sha256}`;
    if (this.sought === key) return;
    this.sought = key;
    const clip = await api.video.find(file.handle, wanted, null).catch(() => null);
    if (lineModel.getState().model?.line.referenceVideo?.file.sha256 === wanted.sha256) session.setState({ referenceClip: clip });
  }
}
