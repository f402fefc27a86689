import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../core/document/chunkStore';
import { setSeed } from '../../core/document/commands/lines';
import { applyTake } from '../../core/document/commands/takes';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { DocumentStore } from '../../core/document/documentStore';
import { applyJournalEntry, parseJournalEntry } from '../../core/document/journalEntry';
import { createTracks } from '../../core/curves/sampledTracks';
import type { FileHandle, JournalApi } from '../../main/ipc/api';
import { Journal } from './journal';

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const chunks = new ChunkStore();
  const entries: string[] = [];
  const begun: Parameters<JournalApi['begin']>[0][] = [];
  const failures: string[] = [];
  const written: string[] = [];
  const state = { failure: null as string | null };
  const api = {
    begin: (project: Parameters<JournalApi['begin']>[0]) => (begun.push(project), null),
    append: (text: string) => {
      // Written down before anybody can see it.
      if (state.failure === null) entries.push(text);
      return state.failure;
    },
    appendChunks: async (given: Record<string, Float32Array>) => void written.push(...Object.keys(given)),
  } as unknown as JournalApi;
  const journal = new Journal({ api, document, chunks, nowMs: () => 7, onFailure: (why) => failures.push(why) });
  return { document, chunks, entries, begun, failures, written, state, journal };
}

const seed = (document: DocumentStore, value: number) =>
  document.transact('Seed', (draft) => setSeed(draft, { lineId: FIXTURE_LINE, seed: value }));

describe('Journal', () => {
  it('writes each change before the document shows it; replayed they give the document', () => {
    const { document, entries, journal } = setUp();
    journal.begin({ file: null, name: 'x', token: null });
    const seen: number[] = [];
    document.subscribe(() => seen.push(entries.length));
    seed(document, 5);
    seed(document, 6);
    document.undo();
    expect(seen).toEqual([1, 2, 3]);
    const replayed = entries.map(parseJournalEntry).reduce(applyJournalEntry, fixtureRecords());
    expect(replayed).toEqual(document.records);
  });

  it('gives a project without a matching file its snapshot, and one with a file only the token', () => {
    const { begun, journal } = setUp();
    journal.begin({ file: null, name: 'x', token: null });
    journal.begin({ file: 'file:1' as FileHandle, name: 'x', token: 't' });
    expect(begun[0]).toMatchObject({ project: null, token: null, snapshot: JSON.stringify(fixtureRecords()) });
    expect(begun[1]).toMatchObject({ project: 'file:1', token: 't', snapshot: null });
  });

  it('sends new curves along, each once', () => {
    const { document, chunks, written, journal } = setUp();
    journal.begin({ file: null, name: 'x', token: null });
    const put = (chunkIds: ReturnType<ChunkStore['addTracks']>) =>
      document.transact('Take', (draft) =>
        applyTake(draft, {
          lineId: FIXTURE_LINE,
          inputHash: String(chunkIds.length),
          frameCount: 60,
          chunkIds,
          newTakeId: 'take:1',
        }),
      );
    const tracks = createTracks(60);
    const first = chunks.addTracks(tracks);
    tracks.channels[3][2] = 1;
    const second = chunks.addTracks(tracks);
    put(first);
    put([...first, ...second]);
    expect(written).toEqual([...first, ...second]);
  });

  it('tells of a full disk once, keeps the edit, and tells again after it worked', () => {
    const { document, failures, state, journal } = setUp();
    journal.begin({ file: null, name: 'x', token: null });
    state.failure = 'the disk is full';
    seed(document, 5);
    seed(document, 6);
    expect(failures).toEqual(['the disk is full']);
    expect(document.history).toHaveLength(2);
    state.failure = null;
    seed(document, 7);
    state.failure = 'again';
    seed(document, 8);
    expect(failures).toEqual(['the disk is full', 'again']);
  });
});
