import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import { channelSettingsOf, editLayersOf, lineOf } from '../selectors';
import { setChannelKey } from './channelKeys';
import { setChannelSettings } from './channelSettings';
import { addLayer, moveLayer, setLayer } from './layers';
import { moveLayerWeightKeys, removeLayerWeightKeys, setLayerWeightKey } from './layerWeightKeys';

const lineId = FIXTURE_LINE;
const layerId = 'layer:1' as const;

function setUp() {
  const store = new DocumentStore(fixtureRecords());
  store.transact('layer', (draft) => addLayer(draft, { lineId, layerId }));
  store.transact('layer', (draft) => addLayer(draft, { lineId, layerId: 'layer:2' }));
  const layer = () => editLayersOf(store.records, lineOf(store.records, lineId)!).find(({ id }) => id === layerId)!;
  return { store, layer };
}

describe('layers', () => {
  it('have a weight curve that is made by its first key and gone with its last', () => {
    const { store, layer } = setUp();
    store.transact('w', (draft) => setLayerWeightKey(draft, { layerId, timeSeconds: 0.5, value: 2, newKeyId: 'a' }));
    store.transact('w', (draft) => setLayerWeightKey(draft, { layerId, timeSeconds: 1, value: 0.5, newKeyId: 'b' }));
    expect(layer().weightKeys?.map((key) => [key.timeSeconds, key.value])).toEqual([
      [0.5, 1],
      [1, 0.5],
    ]);
    store.transact('w', (draft) => moveLayerWeightKeys(draft, { layerId, keyIds: ['b'], deltaSeconds: 5, deltaValue: -0.25 }));
    expect(layer().weightKeys?.[1]).toMatchObject({ timeSeconds: 2, value: 0.25 });
    store.transact('w', (draft) => removeLayerWeightKeys(draft, { layerId, keyIds: ['a', 'b'] }));
    expect(layer().weightKeys).toBeUndefined();
    store.transact('lock', (draft) => setLayer(draft, { layerId, change: { locked: true } }));
    expect(() =>
      store.transact('w', (draft) => setLayerWeightKey(draft, { layerId, timeSeconds: 1, value: 1, newKeyId: 'c' })),
    ).toThrow(/locked/);
  });

  it('take a mask and a solo, and give them up', () => {
    const { store, layer } = setUp();
    store.transact('m', (draft) =>
      setLayer(draft, { layerId, change: { solo: true, mask: { regions: ['jaw'], channels: [] } } }),
    );
    expect(layer()).toMatchObject({ solo: true, mask: { regions: ['jaw'] } });
    store.transact('m', (draft) => setLayer(draft, { layerId, change: { mask: undefined } }));
    expect(layer().mask).toBeUndefined();
  });

  it('change places', () => {
    const { store } = setUp();
    const order = () => lineOf(store.records, lineId)!.layerIds;
    store.transact('up', (draft) => moveLayer(draft, { lineId, layerId, index: 1 }));
    expect(order()).toEqual(['layer:2', layerId]);
    expect(store.transact('same', (draft) => moveLayer(draft, { lineId, layerId, index: 9 }))).toBeNull();
  });
});

describe('setChannelSettings', () => {
  it('stores what differs from the default and nothing else', () => {
    const { store } = setUp();
    const set = (change: Parameters<typeof setChannelSettings>[1]['change']) =>
      store.transact('s', (draft) => setChannelSettings(draft, { lineId, channels: ['jawOpen', 'headYaw'], change }));
    set({ pinned: true, gain: 9 });
    expect(channelSettingsOf(store.records, lineId)).toEqual({
      jawOpen: { pinned: true, gain: 4 },
      headYaw: { pinned: true, gain: 4 },
    });
    expect(set({ pinned: true })).toBeNull();
    set({ pinned: false, gain: 1 });
    expect(store.records[`channels:${lineId}`]).toBeUndefined();
  });

  it('a locked channel refuses keys by hand', () => {
    const { store } = setUp();
    store.transact('s', (draft) => setChannelSettings(draft, { lineId, channels: ['jawOpen'], change: { locked: true } }));
    const key = { lineId, layerId, timeSeconds: 1, value: 0.5, newKeyId: 'k', newSpanId: 's', newLayerId: 'layer:n' } as const;
    const before = store.records;
    expect(() => store.transact('k', (draft) => setChannelKey(draft, { ...key, channel: 'jawOpen' }))).toThrow(
      /jawOpen is locked/,
    );
    expect(store.records).toBe(before);
    store.transact('k', (draft) => setChannelKey(draft, { ...key, channel: 'jawForward' }));
    expect(store.records[`curve:${layerId}:jawForward`]).toBeDefined();
  });
});
