import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE } from '../../core/document/documentFixture';
import { DocumentStore } from '../../core/document/documentStore';
import { lineOf, speechOf } from '../../core/document/selectors';
import { richFixtureRecords } from '../../core/document/testing/richFixture';
import type { ChosenFile, FileHandle, LineMedia, StudioApi } from '../../main/ipc/api';
import { createDocumentState } from '../stores/documentState';
import { createSessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import { Recordings } from './recordings';
import type { Regeneration } from './regeneration';
import { WarpQuestion } from './warpQuestion';

const lineId = FIXTURE_LINE;
const file: ChosenFile = { handle: 'file:x' as FileHandle, name: 'pickup.wav' };

function setUp() {
  const document = new DocumentStore(richFixtureRecords());
  const session = createSessionState();
  const media = (audioFile: string, durationSeconds: number) => ({ lineId, audioFile, durationSeconds }) as LineMedia;
  session.setState({ media: { [lineId]: media('audio/maybe.wav', 2) } });
  const used: string[] = [];
  const refreshed: string[] = [];
  const { phonemes, words } = speechOf(document.records, lineId)!;
  const api = {
    engine: {
      onRestart: () => () => undefined,
      importPickup: async () => ({
        media: media('audio/pickup.wav', 2.5),
        audioFile: 'audio/pickup.wav',
        phonemes,
        words,
        notices: [],
        events: [],
      }),
      useSound: async ({ audioFile }: { audioFile: string }) => {
        used.push(audioFile);
        return media(audioFile, audioFile === 'audio/pickup.wav' ? 2.5 : 2);
      },
    },
  } as unknown as StudioApi;
  const jobs = {
    run: (_title: string, _line: string, work: (jobId: string) => Promise<unknown>) => work('job'),
    say: () => undefined,
    fail: (_what: string, error: unknown) => {
      throw error;
    },
  } as unknown as Jobs;
  const edits = {
    run: (label: string, edit: Parameters<DocumentStore['transact']>[1]) => document.transact(label, edit),
  } as unknown as Edits;
  const regeneration = { refresh: (id: string) => refreshed.push(id) } as unknown as Regeneration;
  const transcripts = { sourceOf: (text: string) => ({ text, notation: 'text' as const }) };
  const warpQuestion = new WarpQuestion(document, session);
  const recordings = new Recordings({
    warpQuestion,
    api,
    document,
    documentState: createDocumentState(document),
    session,
    jobs,
    edits,
    transcripts,
    regeneration,
  });
  const audioFile = () => lineOf(document.records, lineId)!.audioFile;
  return { document, session, used, refreshed, recordings, warpQuestion, audioFile };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('Recordings', () => {
  it('shows what would happen first, and does nothing when the user says no', async () => {
    const { document, session, used, recordings, warpQuestion } = setUp();
    const before = document.records;
    const done = recordings.replace(lineId, file);
    await settled();
    expect(session.getState()).toMatchObject({ dialog: 'replace', replacement: { fromSeconds: 2, toSeconds: 2.5 } });
    expect(session.getState().replacement!.preview.items.length).toBeGreaterThan(5);
    warpQuestion.answer(null);
    await done;
    expect(document.records).toBe(before);
    expect(used).toEqual([]);
    expect(session.getState()).toMatchObject({ dialog: 'none', replacement: null });
  });

  it('replaces as one step; the sound follows undo and redo', async () => {
    const { document, session, used, refreshed, recordings, warpQuestion, audioFile } = setUp();
    const done = recordings.replace(lineId, file);
    await settled();
    warpQuestion.answer({});
    await done;
    expect(audioFile()).toBe('audio/pickup.wav');
    expect(document.history).toHaveLength(1);
    document.undo();
    await settled();
    expect(session.getState().media[lineId].audioFile).toBe('audio/maybe.wav');
    document.redo();
    await settled();
    expect(session.getState().media[lineId].audioFile).toBe('audio/pickup.wav');
    expect(used).toEqual(['audio/pickup.wav', 'audio/maybe.wav', 'audio/pickup.wav']);
    expect(refreshed).toEqual([lineId, lineId, lineId]);
  });
});
