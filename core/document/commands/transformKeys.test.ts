import { describe, expect, it } from 'vitest';
import type { KeyRef } from '../channelSpans';
import { spansOf } from '../channelSpans';
import { DocumentStore } from '../documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import type { LayerId } from '../records';
import { RecordDraft } from '../recordDraft';
import { setChannelKey } from './channelKeys';
import { setLayer } from './layers';
import { POSE_VIEW_RADIANS, transformKeys } from './transformKeys';

const lineId = FIXTURE_LINE;
const layerId: LayerId = 'layer:t';

function setUp(): { store: DocumentStore; refs: KeyRef[] } {
  const store = new DocumentStore(fixtureRecords());
  const refs: KeyRef[] = [];
  const add = (channel: KeyRef['channel'], timeSeconds: number, value: number) => {
    const keyId = `key:${channel}${timeSeconds}`;
    store.transact('add', (draft) =>
      setChannelKey(draft, {
        lineId,
        layerId: refs.length > 0 ? layerId : null,
        channel,
        timeSeconds,
        value,
        newKeyId: keyId,
        newSpanId: `span:${refs.length}`,
        newLayerId: layerId,
      }),
    );
    refs.push({ layerId, channel, keyId });
  };
  add('jawOpen', 0.2, 0.2);
  add('jawOpen', 0.4, 0.6);
  add('headYaw', 0.3, 0.1);
  return { store, refs };
}

const keysOf = (store: DocumentStore, channel: KeyRef['channel']) =>
  spansOf(new RecordDraft(store.records), layerId, channel).flatMap((span) => span.keys);

describe('transformKeys', () => {
  it('moves keys of several channels together, rotations by the same share of their axis', () => {
    const { store, refs } = setUp();
    store.transact('move', (draft) => transformKeys(draft, { lineId, keys: refs, deltaSeconds: 0.1, deltaValue: 0.1 }));
    expect(keysOf(store, 'jawOpen').map((key) => key.timeSeconds)).toEqual([0.2 + 0.1, 0.4 + 0.1]);
    expect(keysOf(store, 'jawOpen').map((key) => key.value)).toEqual([0.2 + 0.1, 0.6 + 0.1]);
    expect(keysOf(store, 'headYaw')[0].value).toBeCloseTo(0.1 + 0.1 * 2 * POSE_VIEW_RADIANS, 9);
  });

  it('stretches about a pivot and clamps values alone', () => {
    const { store, refs } = setUp();
    store.transact('scale', (draft) =>
      transformKeys(draft, { lineId, keys: refs.slice(0, 2), pivotSeconds: 0.2, timeScale: 2, pivotValue: 0, valueScale: 2 }),
    );
    expect(keysOf(store, 'jawOpen').map((key) => [key.timeSeconds, key.value])).toEqual([
      [0.2, 0.4],
      [0.6000000000000001, 1],
    ]);
  });

  it('keeps all keys within the line and their spacing', () => {
    const { store, refs } = setUp();
    store.transact('move', (draft) => transformKeys(draft, { lineId, keys: refs, deltaSeconds: -5 }));
    const jaw = keysOf(store, 'jawOpen').map((key) => key.timeSeconds);
    expect(jaw[0]).toBeCloseTo(0, 9);
    expect(jaw[1] - jaw[0]).toBeCloseTo(0.2, 9);
  });

  it('a key that stands still gives way to one that lands on it', () => {
    const { store, refs } = setUp();
    store.transact('move', (draft) => transformKeys(draft, { lineId, keys: [refs[0]], deltaSeconds: 0.2 }));
    expect(keysOf(store, 'jawOpen').map((key) => key.id)).toEqual([refs[0].keyId]);
  });

  it('changes nothing on a locked layer', () => {
    const { store, refs } = setUp();
    store.transact('lock', (draft) => setLayer(draft, { layerId, change: { locked: true } }));
    const before = store.records;
    expect(() => store.transact('move', (draft) => transformKeys(draft, { lineId, keys: refs, deltaSeconds: 0.1 }))).toThrow(
      /locked/,
    );
    expect(store.records).toBe(before);
  });
});
