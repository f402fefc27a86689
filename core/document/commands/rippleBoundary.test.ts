import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import type { SpeechRecord } from '../records';
import { lockPhonemes } from './editPhonemes';
import { detachBoundary, rippleBoundary } from './rippleBoundary';

const lineId = FIXTURE_LINE;
const speechOf = (store: DocumentStore) => store.records[`speech:${lineId}`] as SpeechRecord;
const names = (store: DocumentStore) =>
  speechOf(store)
    .phonemes.map((segment) => segment.phoneme)
    .join(' ');
/** M of the fixture: .2 to .32, then EY to .5. */
const M = 1;

describe('rippleBoundary', () => {
  it('makes the phoneme before longer and moves all after it by as much', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = speechOf(store).phonemes;
    store.transact('ripple', (draft) => rippleBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.42 }));
    const after = speechOf(store).phonemes;
    expect(names(store)).toBe('SIL M EY B IY SIL N AW SIL');
    expect(after[M].endSeconds).toBeCloseTo(0.42, 6);
    for (let index = M + 1; index < after.length - 1; index += 1) {
      expect(after[index].startSeconds - before[index].startSeconds).toBeCloseTo(0.1, 6);
    }
    expect(after.at(-1)!.endSeconds).toBe(2);
  });

  it('makes it shorter and pulls all after it up', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = speechOf(store).phonemes;
    store.transact('ripple', (draft) => rippleBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.27 }));
    const after = speechOf(store).phonemes;
    expect(after[M].endSeconds).toBeCloseTo(0.27, 6);
    expect(after[M + 1].startSeconds).toBeCloseTo(0.27, 6);
    expect(after[M + 1].endSeconds - before[M + 1].endSeconds).toBeCloseTo(-0.05, 6);
    expect(after.at(-1)!.endSeconds).toBe(2);
  });
});

describe('detachBoundary', () => {
  it('leaves silence where the edge was', () => {
    const store = new DocumentStore(fixtureRecords());
    store.transact('left', (draft) => detachBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.27 }));
    expect(names(store)).toBe('SIL M SIL EY B IY SIL N AW SIL');
    expect(speechOf(store).phonemes[M].endSeconds).toBeCloseTo(0.27, 6);
    expect(speechOf(store).phonemes[M + 2].startSeconds).toBeCloseTo(0.32, 6);
    store.undo();
    store.transact('right', (draft) => detachBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.4 }));
    expect(names(store)).toBe('SIL M SIL EY B IY SIL N AW SIL');
    expect(speechOf(store).phonemes[M].endSeconds).toBeCloseTo(0.32, 6);
    expect(speechOf(store).phonemes[M + 2].startSeconds).toBeCloseTo(0.4, 6);
  });

  it('does nothing for a hair', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = store.records;
    store.transact('none', (draft) => detachBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.321 }));
    store.transact('none', (draft) => rippleBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.325 }));
    expect(store.records).toBe(before);
  });
});

describe('locked phonemes', () => {
  const locked = (...indices: number[]) => {
    const store = new DocumentStore(fixtureRecords());
    store.transact('lock', (draft) => lockPhonemes(draft, { lineId, indices, locked: true }));
    return store;
  };
  const length = (store: DocumentStore, index: number) => {
    const { startSeconds, endSeconds } = speechOf(store).phonemes[index];
    return endSeconds - startSeconds;
  };

  it('neither ripple nor detach to another length', () => {
    const store = locked(M);
    const before = store.records;
    const edges: (typeof rippleBoundary)[] = [rippleBoundary, detachBoundary];
    for (const move of edges)
      expect(() => store.transact('move', (draft) => move(draft, { lineId, boundaryIndex: M, timeSeconds: 0.27 }))).toThrow(
        /locked/,
      );
    const right = locked(M + 1);
    expect(() =>
      right.transact('detach', (draft) => detachBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.4 })),
    ).toThrow(/locked/);
    expect(store.records).toBe(before);
  });

  it('keep their length when all behind an edge moves, and stay when the other side of an edge gives way', () => {
    const store = locked(M + 1);
    const before = length(store, M + 1);
    store.transact('ripple', (draft) => rippleBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.42 }));
    expect(length(store, M + 1)).toBeCloseTo(before, 6);
    expect(speechOf(store).phonemes[M].endSeconds).toBeCloseTo(0.42, 6);
    const other = locked(M + 1);
    other.transact('detach', (draft) => detachBoundary(draft, { lineId, boundaryIndex: M, timeSeconds: 0.27 }));
    expect(speechOf(other).phonemes[M].endSeconds).toBeCloseTo(0.27, 6);
    expect(speechOf(other).phonemes[M + 2]).toMatchObject({ startSeconds: 0.32, locked: true });
  });
});
