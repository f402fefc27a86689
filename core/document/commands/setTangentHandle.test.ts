import { describe, expect, it } from 'vitest';
import { DocumentStore } from '../documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import type { LayerCurveRecord } from '../records';
import { evaluateCurve } from '../../curves/evaluateCurve';
import { setChannelKey } from './channelKeys';
import { setTangentHandle } from './setTangentHandle';

function setUp() {
  const store = new DocumentStore(fixtureRecords());
  const times: [string, number, number][] = [
    ['a', 0.5, 0.2],
    ['b', 0.7, 0.8],
    ['c', 0.9, 0.3],
  ];
  for (const [id, timeSeconds, value] of times) {
    store.transact('key', (draft) =>
      setChannelKey(draft, {
        lineId: FIXTURE_LINE,
        layerId: null,
        channel: 'jawOpen',
        timeSeconds,
        value,
        newKeyId: id,
        newSpanId: `s${id}`,
        newLayerId: 'layer:1',
      }),
    );
  }
  const keys = () => (store.records['curve:layer:1:jawOpen'] as LayerCurveRecord).spans[0].keys;
  const set = (isBroken: boolean, deltaSeconds: number, deltaValue: number) =>
    store.transact('handle', (draft) =>
      setTangentHandle(draft, {
        layerId: 'layer:1',
        channel: 'jawOpen',
        keyId: 'b',
        side: 'out',
        handle: { deltaSeconds, deltaValue },
        isBroken,
      }),
    );
  return { keys, set };
}

describe('setTangentHandle', () => {
  it('turns the other handle along and keeps its length', () => {
    const { keys, set } = setUp();
    set(false, 0.05, 0.1);
    const key = keys()[1];
    expect(key.tangentMode).toBe('aligned');
    expect(key.outHandle).toEqual({ deltaSeconds: 0.05, deltaValue: 0.1 });
    expect(key.inHandle!.deltaSeconds).toBeCloseTo(-0.2 / 3);
    expect(key.inHandle!.deltaValue / key.inHandle!.deltaSeconds).toBeCloseTo(2);
  });

  it('breaks the tangent when asked, and stays broken', () => {
    const { keys, set } = setUp();
    set(true, 0.05, -0.2);
    expect(keys()[1].tangentMode).toBe('free');
    const before = keys()[1].inHandle;
    set(false, 0.05, 0.2);
    expect(keys()[1].inHandle).toEqual(before);
  });

  it('shapes the curve, and never folds time back', () => {
    const { keys, set } = setUp();
    const flat = evaluateCurve({ keys: keys() }, 0.75);
    set(false, -0.3, 0.15);
    expect(keys()[1].outHandle!.deltaSeconds).toBeGreaterThan(0);
    set(false, 0.06, 0.2);
    expect(evaluateCurve({ keys: keys() }, 0.75)).toBeGreaterThan(flat + 0.02);
  });
});
