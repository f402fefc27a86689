import { describe, expect, it } from 'vitest';
import { DocumentStore } from '../documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { editLayersOf, lineOf, speechOf } from '../selectors';
import type { LayerId } from '../records';
import { moveChannelKeys, removeChannelKeys, setChannelKey, SPAN_JOIN_SECONDS } from './channelKeys';
import { setLayer } from './layers';
import { mergePhoneme } from './mergePhoneme';
import { MIN_PHONEME_SECONDS, moveBoundary } from './moveBoundary';
import { slidePhoneme } from './slidePhoneme';
import { applyTake, removeTake, selectTake } from './takes';
import { removeLine } from './lines';

const lineId = FIXTURE_LINE;
const newStore = () => new DocumentStore(fixtureRecords());
const speech = (store: DocumentStore) => speechOf(store.records, lineId)!;

describe('speech commands', () => {
  it('rolls an edge between its neighbours and takes the word edge along', () => {
    const store = newStore();
    store.transact('roll', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 0, timeSeconds: 0.25 }));
    expect(speech(store).phonemes[0].endSeconds).toBe(0.25);
    expect(speech(store).phonemes[1].startSeconds).toBe(0.25);
    expect(speech(store).words[0].startSeconds).toBe(0.25);
    expect(speech(store).recognisedPhonemes[0].endSeconds).toBe(0.2);
  });

  it('never makes a phoneme shorter than the minimum', () => {
    const store = newStore();
    store.transact('roll', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds: 5 }));
    const [, , third] = speech(store).phonemes;
    expect(third.endSeconds - third.startSeconds).toBeCloseTo(MIN_PHONEME_SECONDS);
  });

  it('refuses an edge that is not there', () => {
    expect(() =>
      newStore().transact('roll', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 8, timeSeconds: 1 })),
    ).toThrow(/no phoneme edge/);
  });

  it('slides a phoneme whole', () => {
    const store = newStore();
    store.transact('slide', (draft) => slidePhoneme(draft, { lineId, index: 2, deltaSeconds: 0.03 }));
    const { phonemes } = speech(store);
    expect(phonemes[2].endSeconds - phonemes[2].startSeconds).toBeCloseTo(0.18);
    expect(phonemes[1].endSeconds).toBe(phonemes[2].startSeconds);
    expect(phonemes[2].endSeconds).toBe(phonemes[3].startSeconds);
  });

  it('merges with the next', () => {
    const store = newStore();
    store.transact('merge', (draft) => mergePhoneme(draft, { lineId, index: 1 }));
    expect(speech(store).phonemes).toHaveLength(8);
    expect(speech(store).phonemes[1]).toMatchObject({ phoneme: 'M', startSeconds: 0.2, endSeconds: 0.5 });
  });
});

describe('channel keys', () => {
  const layerId: LayerId = 'layer:1';
  const key = (store: DocumentStore, timeSeconds: number, value: number, id: string) =>
    store.transact('key', (draft) =>
      setChannelKey(draft, {
        lineId,
        layerId: null,
        channel: 'jawOpen',
        timeSeconds,
        value,
        newKeyId: id,
        newSpanId: `span-${id}`,
        newLayerId: layerId,
      }),
    );
  const spans = (store: DocumentStore) => editLayersOf(store.records, lineOf(store.records, lineId)!)[0].curves[0].spans;
  const times = (store: DocumentStore) => spans(store).map((span) => span.keys.map((one) => +one.timeSeconds.toFixed(3)));

  it('makes a layer and a span for the first key, joins near ones, keeps far ones apart', () => {
    const store = newStore();
    key(store, 1, 0.5, 'a');
    key(store, 1 + SPAN_JOIN_SECONDS / 2, 0.2, 'b');
    key(store, 1.8, 0.4, 'c');
    expect(times(store)).toEqual([[1, 1.15], [1.8]]);
    expect(lineOf(store.records, lineId)!.layerIds).toEqual([layerId]);
  });

  it('changes the key that is there, and clamps', () => {
    const store = newStore();
    key(store, 1, 0.5, 'a');
    key(store, 1, 3, 'b');
    expect(spans(store)[0].keys).toMatchObject([{ id: 'a', value: 1 }]);
  });

  it('joins spans that a moved key brings together', () => {
    const store = newStore();
    key(store, 0.5, 0.5, 'a');
    key(store, 0.6, 0.5, 'b');
    key(store, 1.5, 0.4, 'c');
    store.transact('move', (draft) =>
      moveChannelKeys(draft, { lineId, layerId, channel: 'jawOpen', keyIds: ['c'], deltaSeconds: -0.95, deltaValue: 0 }),
    );
    expect(times(store)).toEqual([[0.5, 0.55, 0.6]]);
  });

  it('drops the curve with its last key', () => {
    const store = newStore();
    key(store, 0.5, 0.5, 'a');
    store.transact('remove', (draft) => removeChannelKeys(draft, { layerId, channel: 'jawOpen', keyIds: ['a'] }));
    expect(store.records[`curve:${layerId}:jawOpen`]).toBeUndefined();
  });

  it('leaves locked layers alone: refuses moves, writes new keys to a new layer', () => {
    const store = newStore();
    key(store, 0.5, 0.5, 'a');
    store.transact('lock', (draft) => setLayer(draft, { layerId, change: { locked: true } }));
    expect(() =>
      store.transact('remove', (draft) => removeChannelKeys(draft, { layerId, channel: 'jawOpen', keyIds: ['a'] })),
    ).toThrow(/locked/);
    store.transact('key', (draft) =>
      setChannelKey(draft, {
        lineId,
        layerId: null,
        channel: 'jawOpen',
        timeSeconds: 0.5,
        value: 0.1,
        newKeyId: 'z',
        newSpanId: 'sz',
        newLayerId: 'layer:2',
      }),
    );
    expect(lineOf(store.records, lineId)!.layerIds).toEqual(['layer:1', 'layer:2']);
  });
});

describe('takes and lines', () => {
  const take = (id: string, asNewTake: boolean) => (draft: Parameters<Parameters<DocumentStore['transact']>[1]>[0]) =>
    applyTake(draft, { lineId, inputHash: id, frameCount: 121, chunkIds: [`chunk:${id}`], newTakeId: `take:${id}`, asNewTake });

  it('replaces the curves of the active take, or adds one', () => {
    const store = newStore();
    store.transact('a', take('a', false));
    store.transact('b', take('b', false));
    expect(lineOf(store.records, lineId)!.takeIds).toEqual(['take:a']);
    store.transact('c', take('c', true));
    expect(lineOf(store.records, lineId)).toMatchObject({ takeIds: ['take:a', 'take:c'], activeTakeId: 'take:c' });
    expect(store.records['take:c']).toMatchObject({ name: 'Take 2' });
    store.transact('select', (draft) => selectTake(draft, { lineId, takeId: 'take:a' }));
    store.transact('remove', (draft) => removeTake(draft, { lineId, takeId: 'take:c' }));
    expect(store.records['take:c']).toBeUndefined();
    expect(lineOf(store.records, lineId)!.activeTakeId).toBe('take:a');
  });

  it('removes a line with everything of it', () => {
    const store = newStore();
    store.transact('a', take('a', false));
    store.transact('gone', (draft) => removeLine(draft, lineId));
    expect(Object.keys(store.records)).toEqual(['project']);
  });
});
