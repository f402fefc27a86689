import { describe, expect, it } from 'vitest';
import { evaluateCurve } from '../../curves/evaluateCurve';
import { createTracks } from '../../curves/sampledTracks';
import { CHANNEL_INDEX, type PerformanceChannel } from '../../rig/channels';
import { spansOf, type KeyRef } from '../channelSpans';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import { copyClip } from '../keyClip';
import { RecordDraft } from '../recordDraft';
import { emotionOf, eventsOf } from '../selectors';
import { bakeRange } from './bakeRange';
import { setChannelSettings } from './channelSettings';
import { setChannelKey } from './channelKeys';
import { setEmotionKey } from './emotionKeys';
import { addEvent } from './events';
import { addLayer } from './layers';
import { matchTangents } from './matchTangents';
import { mirrorKeys } from './mirrorKeys';
import { pasteClip } from './pasteClip';
import { reduceChannelKeys } from './reduceChannelKeys';
import { setKeyTangents } from './setKeyTangents';
import { smoothChannelKeys } from './smoothChannelKeys';

const lineId = FIXTURE_LINE;
const layerId = 'layer:t' as const;

function setUp(points: readonly (readonly [number, number])[], channel: PerformanceChannel = 'mouthSmileLeft') {
  const store = new DocumentStore(fixtureRecords());
  store.transact('layer', (draft) => addLayer(draft, { lineId, layerId }));
  store.transact('keys', (draft) =>
    points.forEach(([timeSeconds, value], index) =>
      setChannelKey(draft, {
        lineId,
        layerId,
        channel,
        timeSeconds,
        value,
        newKeyId: `k${index}`,
        newSpanId: `s${index}`,
        newLayerId: 'layer:n',
      }),
    ),
  );
  const keys = (of: PerformanceChannel = channel) =>
    spansOf(new RecordDraft(store.records), layerId, of).flatMap((span) => span.keys);
  const refs = keys().map((key): KeyRef => ({ layerId, channel, keyId: key.id }));
  return { store, keys, refs };
}

describe('smoothChannelKeys', () => {
  it('takes a spike down and leaves the ends of the span', () => {
    const { store, keys, refs } = setUp([
      [0.5, 0.2],
      [0.6, 0.9],
      [0.7, 0.2],
    ]);
    store.transact('smooth', (draft) => smoothChannelKeys(draft, { keys: refs, amount: 0.5 }));
    expect(keys().map((key) => key.value)).toEqual([0.2, expect.closeTo(0.55), 0.2]);
  });
});

describe('reduceChannelKeys', () => {
  const dense = Array.from({ length: 61 }, (_unused, index) => [0.5 + index / 60, 0.5 + 0.4 * Math.sin(index / 9)] as const);

  it.each([0.002, 0.01, 0.05])('stays within %f at every frame and removes keys', (maxError) => {
    const { store, keys, refs } = setUp(dense);
    const before = keys();
    store.transact('reduce', (draft) => reduceChannelKeys(draft, { keys: refs, maxError }));
    const after = keys();
    expect(after.length).toBeLessThan(before.length * 0.6);
    expect(after.every((key) => before.some(({ id }) => id === key.id))).toBe(true);
    for (let frame = 30; frame <= 90; frame++) {
      const error = evaluateCurve({ keys: after }, frame / 60) - evaluateCurve({ keys: before }, frame / 60);
      expect(Math.abs(error)).toBeLessThanOrEqual(maxError + 1e-9);
    }
  });

  it('only takes chosen keys', () => {
    const { store, keys, refs } = setUp(dense);
    store.transact('reduce', (draft) => reduceChannelKeys(draft, { keys: refs.slice(0, 20), maxError: 0.05 }));
    expect(keys().filter((key) => key.timeSeconds > 0.84)).toHaveLength(40);
  });
});

describe('setKeyTangents', () => {
  const points = [
    [0.5, 0.2],
    [0.7, 0.8],
    [0.9, 0.3],
  ] as const;

  it('breaking and unifying keep the curve where it is, flat and auto drop the handles', () => {
    const { store, keys, refs } = setUp(points);
    const before = [0.55, 0.65, 0.75, 0.85].map((time) => evaluateCurve({ keys: keys() }, time));
    store.transact('break', (draft) => setKeyTangents(draft, { keys: refs, shape: 'free' }));
    expect(keys()[1]).toMatchObject({ tangentMode: 'free', inHandle: { deltaValue: expect.any(Number) } });
    [0.55, 0.65, 0.75, 0.85].forEach((time, index) =>
      expect(evaluateCurve({ keys: keys() }, time)).toBeCloseTo(before[index], 9),
    );
    store.transact('auto', (draft) => setKeyTangents(draft, { keys: refs, shape: 'auto' }));
    expect(keys()[1].inHandle).toBeUndefined();
  });

  it('sets linear and constant to the next key', () => {
    const { store, keys, refs } = setUp(points);
    store.transact('hold', (draft) => setKeyTangents(draft, { keys: refs, shape: 'constant' }));
    expect(evaluateCurve({ keys: keys() }, 0.69)).toBe(0.2);
    store.transact('linear', (draft) => setKeyTangents(draft, { keys: refs, shape: 'linear' }));
    expect(evaluateCurve({ keys: keys() }, 0.6)).toBeCloseTo(0.5);
  });
});

describe('matchTangents', () => {
  it('gives the ends of a span the slope of what lies below, and heals broken keys inside', () => {
    const { store, keys, refs } = setUp([
      [0.5, 0.2],
      [0.7, 0.8],
      [0.9, 0.3],
    ]);
    store.transact('break', (draft) => setKeyTangents(draft, { keys: [refs[1]], shape: 'free' }));
    store.transact('match', (draft) => matchTangents(draft, { keys: refs, slopeBelow: () => 1.5 }));
    const [first, middle, last] = keys();
    expect(first.outHandle!.deltaValue / first.outHandle!.deltaSeconds).toBeCloseTo(1.5);
    expect(last.inHandle!.deltaValue / last.inHandle!.deltaSeconds).toBeCloseTo(1.5);
    expect(middle.tangentMode).toBe('aligned');
  });
});

describe('bakeRange', () => {
  it('makes keys that follow the tracks within the bound, in the range only', () => {
    const { store, keys } = setUp([
      [0.2, 0.1],
      [1, 0.9],
      [1.9, 0.4],
    ]);
    const tracks = createTracks(121);
    const samples = tracks.channels[CHANNEL_INDEX.mouthSmileLeft];
    samples.forEach((_, frame) => (samples[frame] = 0.5 + 0.3 * Math.sin(frame / 8)));
    const range = { startSeconds: 0.5, endSeconds: 1.5 };
    store.transact('bake', (draft) =>
      bakeRange(draft, { layerId, channels: ['mouthSmileLeft'], range, tracks, maxError: 0.01, idPrefix: 'b' }),
    );
    expect(keys().map((key) => key.id)).toEqual(expect.arrayContaining(['k0', 'k2']));
    expect(keys().some((key) => key.id === 'k1')).toBe(false);
    const baked = keys().filter((key) => key.timeSeconds >= 0.5 && key.timeSeconds <= 1.5);
    for (let frame = 30; frame <= 90; frame++)
      expect(Math.abs(evaluateCurve({ keys: baked }, frame / 60) - samples[frame])).toBeLessThanOrEqual(0.01 + 1e-6);
    expect(baked.length).toBeLessThan(30);
  });
});

describe('copy and paste', () => {
  it('brings keys, emotions and events to another time, and takes the place of what is there', () => {
    const { store, keys, refs } = setUp([
      [0.5, 0.2],
      [0.7, 0.8],
      [1.2, 0.4],
    ]);
    store.transact('more', (draft) => {
      setEmotionKey(draft, { lineId, emotion: 'joy', timeSeconds: 0.6, value: 0.5, newKeyId: 'j' });
      addEvent(draft, { lineId, eventId: `event:${lineId}:b`, event: { type: 'blink', startSeconds: 0.55, endSeconds: 0.7 } });
    });
    const selection = {
      lineId,
      keys: refs.slice(0, 2),
      emotionKeys: [{ emotion: 'joy' as const, keyIds: ['j'] }],
      eventIds: [`event:${lineId}:b` as const],
    };
    const clip = copyClip((id) => store.records[id], selection)!;
    expect(clip).toMatchObject({ startSeconds: 0.5, durationSeconds: expect.closeTo(0.2) });
    store.transact('paste', (draft) => void pasteClip(draft, { lineId, clip, timeSeconds: 1.1, layerId, idPrefix: 'p' }));
    expect(keys().map((key) => [Number(key.timeSeconds.toFixed(6)), key.value])).toEqual([
      [0.5, 0.2],
      [0.7, 0.8],
      [1.1, 0.2],
      [1.3, 0.8],
    ]);
    expect(emotionOf(store.records, lineId, 'joy')!.keys.map((key) => key.timeSeconds)).toEqual([0.6, expect.closeTo(1.2)]);
    expect(eventsOf(store.records, lineId).map((event) => event.startSeconds)).toEqual([0.55, expect.closeTo(1.15)]);
  });

  it('leaves out what would lie behind the end of the line', () => {
    const { store, keys, refs } = setUp([
      [0.5, 0.2],
      [0.7, 0.8],
    ]);
    const clip = copyClip((id) => store.records[id], { lineId, keys: refs })!;
    store.transact('paste', (draft) => void pasteClip(draft, { lineId, clip, timeSeconds: 1.9, layerId, idPrefix: 'p' }));
    expect(keys()).toHaveLength(3);
  });

  it('mirrors to the other side of the face', () => {
    const { store, keys, refs } = setUp([
      [0.5, 0.2],
      [0.7, 0.8],
    ]);
    store.transact('mirror', (draft) => void mirrorKeys(draft, { lineId, keys: refs, idPrefix: 'm' }));
    expect(keys('mouthSmileRight').map((key) => [key.timeSeconds, key.value])).toEqual([
      [0.5, 0.2],
      [0.7, 0.8],
    ]);
    const turned = copyClip((id) => store.records[id], { lineId, keys: refs })!;
    const clip = { ...turned, spans: turned.spans.map((span) => ({ ...span, channel: 'headYaw' as const })) };
    store.transact(
      'paste',
      (draft) => void pasteClip(draft, { lineId, clip, timeSeconds: 1, layerId, isMirrored: true, idPrefix: 'p' }),
    );
    expect(keys('headYaw').map((key) => key.value)).toEqual([-0.2, -0.8]);
  });

  it('changes nothing when the target channel is locked', () => {
    const { store, refs } = setUp([
      [0.5, 0.2],
      [0.7, 0.8],
    ]);
    store.transact('lock', (draft) =>
      setChannelSettings(draft, { lineId, channels: ['mouthSmileRight'], change: { locked: true } }),
    );
    const before = store.records;
    expect(() => store.transact('mirror', (draft) => void mirrorKeys(draft, { lineId, keys: refs, idPrefix: 'm' }))).toThrow(
      /locked/,
    );
    expect(store.records).toBe(before);
  });
});
