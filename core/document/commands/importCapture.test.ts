import { describe, expect, it } from 'vitest';
import { trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { MienError } from '../../errors';
import { readCapture } from '../../interchange/livelink/readCapture';
import { writeLiveLinkCsv } from '../../interchange/livelink/writeLiveLinkCsv';
import { fixtureTracks } from '../../interchange/testing/fixtureCharacter';
import { captureAsBase, type PlacedCapture } from '../../performance/placeCapture';
import { ARKIT_CHANNELS, PERFORMANCE_CHANNELS } from '../../rig/channels';
import { CURVE_FRAME_RATE, FRAME_RATES, frameToSeconds } from '../../time/frameRate';
import { evaluateCurve } from '../../curves/evaluateCurve';
import { ChunkStore } from '../chunkStore';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import type { LayerCurveRecord, LineRecord, TakeRecord } from '../records';
import { addCaptureLayer, addCaptureTake, capturedSpan } from './importCapture';
import { applyTake } from './takes';

const FRAMES = 121;
const GRID = { frameRate: CURVE_FRAME_RATE, frameCount: FRAMES };
const captureOf = (tracks: SampledTracks) => readCapture(writeLiveLinkCsv({ tracks }));
const placed = (offsetSeconds: number, frames = FRAMES, rate = '60'): PlacedCapture => ({
  ...captureOf(fixtureTracks(frames, FRAME_RATES[rate])),
  offsetSeconds,
});

describe('a captured face as base', () => {
  it('is the capture, value for value, where it covers the line', () => {
    const capture = placed(0);
    const base = captureAsBase(capture, GRID, null);
    for (const channel of PERFORMANCE_CHANNELS) expect(trackOf(base, channel)).toEqual(trackOf(capture.tracks, channel));
  });

  it('leaves everything outside its time and its columns byte-equal', () => {
    const previous = fixtureTracks(FRAMES, CURVE_FRAME_RATE);
    const { tracks } = placed(0, 31);
    const base = captureAsBase({ tracks, channels: ['jawOpen'], offsetSeconds: 0.5 }, GRID, previous);
    expect(trackOf(base, 'mouthSmileLeft')).toEqual(trackOf(previous, 'mouthSmileLeft'));
    const jaw = trackOf(base, 'jawOpen');
    expect(jaw.subarray(0, 30)).toEqual(trackOf(previous, 'jawOpen').subarray(0, 30));
    expect(jaw.subarray(61)).toEqual(trackOf(previous, 'jawOpen').subarray(61));
    // In the middle, past the blends, it is the capture.
    for (let frame = 40; frame < 50; frame += 1) expect(jaw[frame]).toBeCloseTo(trackOf(tracks, 'jawOpen')[frame - 30], 6);
  });

  it('begins before the line when the offset says so', () => {
    const capture = placed(-0.5, FRAMES);
    const base = captureAsBase(capture, { ...GRID, frameCount: 60 }, null);
    for (let frame = 0; frame < 60; frame += 1)
      expect(trackOf(base, 'jawOpen')[frame]).toBeCloseTo(trackOf(capture.tracks, 'jawOpen')[frame + 30], 6);
  });

  it('is refused outside the line', () => {
    for (const offset of [10, -10]) expect(() => captureAsBase(placed(offset), GRID, null)).toThrow(MienError);
  });

  it('is one undo step, and is never written over', () => {
    const store = new DocumentStore(fixtureRecords());
    const before = store.records;
    const chunks = new ChunkStore();
    const tracks = captureAsBase(placed(0), GRID, null);
    const chunkIds = chunks.addTracks(tracks);
    store.transact('Import', (draft) =>
      addCaptureTake(draft, {
        lineId: FIXTURE_LINE,
        takeId: 'take:captured',
        name: 'face',
        inputHash: 'h',
        frameCount: FRAMES,
        chunkIds,
      }),
    );
    expect((store.records[FIXTURE_LINE] as LineRecord).activeTakeId).toBe('take:captured');
    const captured = store.records['take:captured'];
    store.transact('Emotion', (draft) =>
      applyTake(draft, { lineId: FIXTURE_LINE, inputHash: 'other', frameCount: FRAMES, chunkIds, newTakeId: 'take:made' }),
    );
    expect(store.records['take:captured']).toBe(captured);
    expect((store.records[FIXTURE_LINE] as LineRecord).activeTakeId).toBe('take:made');
    expect((store.records['take:made'] as TakeRecord).captured).toBeUndefined();
    store.undo();
    store.undo();
    expect(store.records).toEqual(before);
  });
});

describe('a captured face as layer', () => {
  it.each(['24', '30', '60'])('keys follow a capture at %s fps within what an eye sees', (rate) => {
    const capture = placed(0.25, 40, rate);
    for (const channel of ARKIT_CHANNELS) {
      const { keys } = capturedSpan(capture, channel, { ...GRID, frameCount: FRAMES * 10 }, 'span');
      for (let frame = 0; frame < capture.tracks.frameCount; frame += 1) {
        const wanted = trackOf(capture.tracks, channel)[frame];
        const seen = evaluateCurve({ keys }, frameToSeconds(frame, CURVE_FRAME_RATE) + 0.25);
        expect(Math.abs(seen - Math.min(1, Math.max(0, wanted)))).toBeLessThanOrEqual(0.0041);
      }
    }
  });

  it('is one layer with a span for each captured channel', () => {
    const store = new DocumentStore(fixtureRecords());
    const span = capturedSpan(placed(0, 61), 'jawOpen', GRID, 'span');
    store.transact('Import', (draft) =>
      addCaptureLayer(draft, { lineId: FIXTURE_LINE, layerId: 'layer:c', name: 'face', spans: new Map([['jawOpen', span]]) }),
    );
    expect((store.records[FIXTURE_LINE] as LineRecord).layerIds).toEqual(['layer:c']);
    expect((store.records['curve:layer:c:jawOpen'] as LayerCurveRecord).spans).toEqual([span]);
    expect(store.records['curve:layer:c:mouthPucker']).toBeUndefined();
  });
});
