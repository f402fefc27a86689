import type { StoreApi } from 'zustand/vanilla';
import { replaceRecording } from '../../core/document/commands/replaceRecording';
import type { DocumentStore } from '../../core/document/documentStore';
import { notationOf } from '../../core/document/phoneSource';
import type { LineId } from '../../core/document/records';
import type { RetimeChoices } from '../../core/document/retimeLine';
import { lineOf, linesOf } from '../../core/document/selectors';
import type { ChosenFile, ImportedLine, StudioApi } from '../../main/ipc/api';
import type { DocumentState } from '../stores/documentState';
import type { SessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { Regeneration } from './regeneration';
import type { Transcripts } from './transcripts';
import type { WarpQuestion } from './warpQuestion';

export interface RecordingsParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly documentState: StoreApi<DocumentState>;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
  readonly edits: Edits;
  readonly regeneration: Regeneration;
  readonly transcripts: Pick<Transcripts, 'sourceOf'>;
  readonly warpQuestion: WarpQuestion;
}

/** Another recording for a line: heard, shown, and taken as one undo step; the sound follows undo and redo. */
export class Recordings {
  constructor(private readonly parts: RecordingsParts) {
    parts.documentState.subscribe((state, before) => {
      if (state.records !== before.records && !state.isDragging) void this.followDocument();
    });
    // A new engine knows all recordings but not which ones are in use.
    parts.api.engine.onRestart(() => void this.followDocument(true));
  }

  async choose(lineId: LineId): Promise<void> {
    const files = await this.parts.jobs.run('Replace the recording', lineId, () => this.parts.api.files.chooseAudio());
    if (files?.[0]) await this.replace(lineId, files[0]);
  }

  /** Hears the recording, asks with a preview of where hand work goes, and replaces. */
  async replace(lineId: LineId, file: ChosenFile): Promise<void> {
    const { api, document, jobs, edits, session, regeneration } = this.parts;
    const line = lineOf(document.records, lineId);
    if (!line) return;
    const { transcript } = line;
    const source = this.parts.transcripts.sourceOf(transcript, notationOf(line));
    const heard = await jobs.run(`Hearing ${file.name}`, lineId, (jobId) =>
      api.engine.importPickup({ jobId, lineId, file: file.handle, transcript: source }),
    );
    const choices = heard && (await this.ask(lineId, file, heard));
    if (!heard || !choices) return;
    const { phonemes, words, events, audioFile, media } = heard;
    const { durationSeconds } = media;
    // The sound first: curves are made from it as soon as the document says so.
    const used = await jobs.run('Replace the recording', lineId, () => api.engine.useSound({ lineId, audioFile }));
    if (!used) return;
    session.setState((state) => ({ media: { ...state.media, [lineId]: used }, range: null }));
    edits.run(`Replace the recording with ${file.name}`, (draft) =>
      replaceRecording(draft, {
        lineId,
        audioFile,
        soundName: file.name,
        durationSeconds,
        transcript,
        phonemes,
        words,
        events,
        choices,
      }),
    );
    regeneration.refresh(lineId);
    jobs.say(`${file.name} is the recording now; undo brings the old one back`);
  }

  private ask(lineId: LineId, file: ChosenFile, heard: ImportedLine): Promise<RetimeChoices | null> {
    return this.parts.warpQuestion.ask({
      lineId,
      what: 'recording',
      fileName: file.name,
      words: heard.words,
      durationSeconds: heard.media.durationSeconds,
    });
  }

  /** Undo and redo change which recording a line names; the engine and the player follow. */
  private async followDocument(all = false): Promise<void> {
    const { api, document, session, regeneration, jobs } = this.parts;
    for (const { id, audioFile } of linesOf(document.records)) {
      const media = session.getState().media[id];
      if (!media || (!all && media.audioFile === audioFile)) continue;
      try {
        const used = await api.engine.useSound({ lineId: id, audioFile });
        if (media.audioFile === audioFile) continue;
        session.setState((state) => ({ media: { ...state.media, [id]: used } }));
        regeneration.refresh(id);
      } catch (error) {
        jobs.fail('The recording of this line', error);
      }
    }
  }
}
