import { describe, expect, it } from 'vitest';
import { moveBoundary } from './commands/moveBoundary';
import { setEmotionKey } from './commands/emotionKeys';
import { setChannelKey } from './commands/channelKeys';
import { applyTake } from './commands/takes';
import { setSeed } from './commands/lines';
import { DocumentStore } from './documentStore';
import { FIXTURE_LINE, fixtureRecords } from './documentFixture';
import { applyDiff } from './recordDiff';
import type { LineRecord, SpeechRecord, TakeRecord } from './records';
import { inputHashOf, takeInputsOf } from './takeInputs';

const lineId = FIXTURE_LINE;
const speechOf = (store: DocumentStore) => store.records[`speech:${lineId}`] as SpeechRecord;
const hashOf = (store: DocumentStore) => inputHashOf(takeInputsOf(store.records, lineId)!);

describe('DocumentStore', () => {
  it('makes one undo step of one change and takes it back to the very same record', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = speechOf(store);
    store.transact('Move edge', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds: 0.3 }));
    expect(speechOf(store).phonemes[1].endSeconds).toBe(0.3);
    expect(store.undoLabel).toBe('Move edge');
    expect(store.undo()).toBe('Move edge');
    expect(speechOf(store)).toBe(before);
    expect(store.redo()).toBe('Move edge');
    expect(speechOf(store).phonemes[1].endSeconds).toBe(0.3);
  });

  it('leaves no step behind for an edit that changes nothing', () => {
    const store = new DocumentStore(fixtureRecords());
    expect(store.transact('Seed', (draft) => setSeed(draft, { lineId, seed: 1 }))).toBeNull();
    expect(store.canUndo).toBe(false);
  });

  it('changes nothing when an edit throws halfway', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = store.records;
    expect(() =>
      store.transact('Broken', (draft) => {
        setSeed(draft, { lineId, seed: 5 });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.records).toBe(before);
  });

  it('turns any number of drag updates into one step, each from the start of the drag', () => {
    const store = new DocumentStore(fixtureRecords());
    const drag = store.begin('Drag edge');
    for (const timeSeconds of [0.25, 0.4, 0.35])
      drag.update((draft) => moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds }));
    expect(speechOf(store).phonemes[1].endSeconds).toBe(0.35);
    expect(store.history).toHaveLength(0);
    drag.commit();
    expect(store.history).toHaveLength(1);
    store.undo();
    expect(store.records).toEqual(fixtureRecords());
  });

  it('puts everything back when a drag is discarded, by Escape or by undo', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = store.records;
    for (const end of ['discard', 'undo'] as const) {
      const drag = store.begin('Drag');
      drag.update((draft) => moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds: 0.4 }));
      if (end === 'discard') drag.discard();
      else store.undo();
      expect(store.records).toBe(before);
      expect(store.canUndo).toBe(false);
      expect(drag.commit()).toBeNull();
    }
  });

  it('keeps redo when a drag ends where it began', () => {
    const store = new DocumentStore(fixtureRecords());
    store.transact('Seed', (draft) => setSeed(draft, { lineId, seed: 9 }));
    store.undo();
    const drag = store.begin('Drag');
    drag.update((draft) => setSeed(draft, { lineId, seed: 4 }));
    drag.update((draft) => setSeed(draft, { lineId, seed: 1 }));
    drag.commit();
    expect(store.canRedo).toBe(true);
  });

  it('refuses a change in the middle of a drag', () => {
    const store = new DocumentStore(fixtureRecords());
    store.begin('Drag');
    expect(() => store.transact('Seed', (draft) => setSeed(draft, { lineId, seed: 2 }))).toThrow(/still being dragged/);
    expect(store.amendLast((draft) => setSeed(draft, { lineId, seed: 2 }))).toBe(false);
  });

  it('undoes a late generation result together with the edit that asked for it', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = store.records;
    store.transact('Move edge', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds: 0.3 }));
    store.amendLast((draft) =>
      applyTake(draft, { lineId, inputHash: hashOf(store), frameCount: 121, chunkIds: ['chunk:a'], newTakeId: 'take:1' }),
    );
    expect(store.history).toHaveLength(1);
    expect((store.records['take:1'] as TakeRecord).chunkIds).toEqual(['chunk:a']);
    store.undo();
    expect(store.records).toEqual(before);
    store.redo();
    expect((store.records[lineId] as LineRecord).activeTakeId).toBe('take:1');
  });

  it('keeps waiting redo steps true when an older step is amended', () => {
    const store = new DocumentStore(fixtureRecords());
    const put = (chunk: string) => (draft: Parameters<Parameters<DocumentStore['transact']>[1]>[0]) =>
      applyTake(draft, { lineId, inputHash: chunk, frameCount: 121, chunkIds: [`chunk:${chunk}`], newTakeId: 'take:1' });
    store.transact('First', put('a'));
    store.transact('Second', put('b'));
    store.undo();
    store.amendLast(put('late'));
    store.redo();
    expect((store.records['take:1'] as TakeRecord).inputHash).toBe('b');
    store.undo();
    expect((store.records['take:1'] as TakeRecord).inputHash).toBe('late');
  });

  it('knows when it differs from the saved file, also after undo', () => {
    const store = new DocumentStore(fixtureRecords());
    expect(store.isDirty).toBe(false);
    store.transact('Seed', (draft) => setSeed(draft, { lineId, seed: 2 }));
    expect(store.isDirty).toBe(true);
    store.undo();
    expect(store.isDirty).toBe(false);
    store.redo();
    store.markSaved();
    expect(store.isDirty).toBe(false);
    store.undo();
    expect(store.isDirty).toBe(true);
  });
});

describe('inputHashOf', () => {
  it('follows what the engine sees and nothing else', () => {
    const store = new DocumentStore(fixtureRecords());
    const start = hashOf(store);
    store.transact('Key', (draft) => setEmotionKey(draft, { lineId, emotion: 'joy', timeSeconds: 1, value: 0.5, newKeyId: 'k' }));
    const withKey = hashOf(store);
    expect(withKey).not.toBe(start);
    store.transact('Hand', (draft) =>
      setChannelKey(draft, {
        lineId,
        layerId: null,
        channel: 'jawOpen',
        timeSeconds: 1,
        value: 0.5,
        newKeyId: 'c',
        newSpanId: 's',
        newLayerId: 'layer:1',
      }),
    );
    expect(hashOf(store)).toBe(withKey);
    store.undo();
    store.undo();
    expect(hashOf(store)).toBe(start);
  });
});

describe('history', () => {
  const seeds = (store: DocumentStore, count: number) => {
    for (let seed = 1; seed <= count; seed++)
      store.transact(`Seed ${seed}`, (draft) => setSeed(draft, { lineId, seed: 1000 + seed }));
  };
  const seedOf = (store: DocumentStore) => (store.records[lineId] as LineRecord).seed;

  it('keeps thousands of steps', () => {
    const store = new DocumentStore(fixtureRecords());
    seeds(store, 3000);
    expect(store.history).toHaveLength(3000);
    while (store.canUndo) store.undo();
    expect(store.records).toEqual(fixtureRecords());
  });

  it('is bounded by memory, never below the last step', () => {
    const store = new DocumentStore(fixtureRecords(), 20_000);
    seeds(store, 300);
    expect(store.history.length).toBeGreaterThan(5);
    expect(store.history.length).toBeLessThan(100);
    const tiny = new DocumentStore(fixtureRecords(), 1);
    seeds(tiny, 3);
    expect(tiny.history).toHaveLength(1);
    tiny.undo();
    expect(seedOf(tiny)).toBe(1002);
  });

  it('goes to any step, back and forth', () => {
    const store = new DocumentStore(fixtureRecords());
    seeds(store, 5);
    const { timeline } = store;
    expect(store.jumpTo(timeline[1].id)).toBe(3);
    expect(seedOf(store)).toBe(1002);
    expect(store.timeline.map(({ label, isDone }) => [label, isDone])).toEqual([
      ['Seed 1', true],
      ['Seed 2', true],
      ['Seed 3', false],
      ['Seed 4', false],
      ['Seed 5', false],
    ]);
    expect(store.jumpTo(timeline[3].id)).toBe(2);
    expect(seedOf(store)).toBe(1004);
    expect(store.jumpTo(0)).toBe(4);
    expect(store.records).toEqual(fixtureRecords());
    expect(store.jumpTo(999)).toBe(0);
  });

  it('tells of every commit before anybody sees it, and replaying the diffs gives the document', () => {
    const store = new DocumentStore(fixtureRecords());
    let replayed = fixtureRecords();
    const kinds: string[] = [];
    store.onCommit = ({ kind, diff }) => {
      expect(store.records).toEqual(replayed);
      replayed = applyDiff(replayed, diff);
      kinds.push(kind);
    };
    store.transact('Seed', (draft) => setSeed(draft, { lineId, seed: 2 }));
    const drag = store.begin('Drag');
    drag.discard();
    const second = store.begin('Drag');
    second.commit((draft) => setSeed(draft, { lineId, seed: 3 }));
    store.undo();
    store.amendLast((draft) =>
      applyTake(draft, { lineId, inputHash: 'h', frameCount: 121, chunkIds: ['chunk:a'], newTakeId: 'take:1' }),
    );
    store.undo();
    store.redo();
    expect(kinds).toEqual(['step', 'step', 'undo', 'amend', 'undo', 'redo']);
    expect(replayed).toEqual(store.records);
  });
});
