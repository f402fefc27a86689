import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import type { EmotionCurveRecord, LayerCurveRecord, NonverbalEventRecord } from '../records';
import { RICH_LAYER, richFixtureRecords } from '../testing/richFixture';
import { setLayer } from './layers';
import { offsetPhrase } from './offsetPhrase';

const lineId = FIXTURE_LINE;

function setUp() {
  const store = new DocumentStore(richFixtureRecords());
  const curve = () =>
    (store.records[`curve:${RICH_LAYER}:jawOpen`] as LayerCurveRecord).spans.flatMap((span) =>
      span.keys.map((key) => key.timeSeconds),
    );
  const joy = () => (store.records[`emotion:${lineId}:joy`] as EmotionCurveRecord).keys.map((key) => key.timeSeconds);
  const offset = (startSeconds: number, endSeconds: number, deltaSeconds: number) =>
    store.transact('Offset', (draft) => offsetPhrase(draft, { lineId, range: { startSeconds, endSeconds }, deltaSeconds }));
  return { store, curve, joy, offset };
}

describe('offsetPhrase', () => {
  it('moves channel and emotion keys of the range together, in one step; speech stays', () => {
    const { store, curve, joy, offset } = setUp();
    const speech = store.records[`speech:${lineId}`];
    offset(0.45, 0.7, 0.1);
    // The key at .4 lies before the phrase.
    expect(curve()).toEqual([0.4, 0.7]);
    expect(joy()).toEqual([0.6]);
    expect(store.records[`speech:${lineId}`]).toBe(speech);
    store.undo();
    expect(curve()).toEqual([0.4, 0.6]);
  });

  it('cuts the shift once for all, so that distances stay', () => {
    const { curve, joy, offset } = setUp();
    // Emotion keys end with the sound at 2 s; channel keys could go on to 2.25.
    offset(0, 0.7, 5);
    const shift = joy()[0] - 0.5;
    expect(shift).toBeLessThanOrEqual(1.75 + 1e-9);
    expect(shift).toBeGreaterThan(1);
    expect(curve()[0] - 0.4).toBeCloseTo(shift, 9);
    expect(curve()[1] - 0.6).toBeCloseTo(shift, 9);
  });

  it('leaves locked layers, locked events and an empty range alone', () => {
    const { store, curve, joy, offset } = setUp();
    expect(offset(1.6, 1.9, 0.1)).toBeNull();
    store.transact('lock', (draft) => setLayer(draft, { layerId: RICH_LAYER, change: { locked: true } }));
    offset(0, 2, 0.1);
    expect(curve()).toEqual([0.4, 0.6]);
    expect(joy()).toEqual([0.6]);
    expect((store.records[`event:${lineId}:blink1`] as NonverbalEventRecord).startSeconds).toBe(0.85);
  });
});
