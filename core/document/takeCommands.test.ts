import { describe, expect, it } from 'vitest';
import { createTracks } from '../curves/sampledTracks';
import type { PerformanceEvent } from '../performance/events/performanceEvent';
import { CHANNEL_INDEX } from '../rig/channels';
import { ChunkStore } from './chunkStore';
import { acceptEmotionDraft, setEffortGain, setEmotionDrafts } from './commands/emotionDrafts';
import { setSeedRanges, withSeedRange } from './commands/seedRanges';
import { addHandEvent, changeEvent, removeEvent } from './commands/takeEvents';
import { blendTake, setTakeShare } from './commands/takeMix';
import { applyTake, selectTake } from './commands/takes';
import { FIXTURE_LINE, fixtureRecords } from './documentFixture';
import { DocumentStore } from './documentStore';
import { assembleTake, lineBase } from './lineBase';
import { shownEventsOf } from './performedEvents';
import type { LineRecord, TakeId } from './records';
import { activeTakeOf, emotionOf, lineOf } from './selectors';
import { inputHashOf, takeInputsOf } from './takeInputs';

const lineId = FIXTURE_LINE;
const planned = (key: string, startSeconds: number): PerformanceEvent => ({
  key,
  type: 'blink',
  startSeconds,
  endSeconds: startSeconds + 0.35,
  intensity: 1,
  locked: false,
  origin: 'generated',
});

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const chunks = new ChunkStore();
  const line = () => lineOf(document.records, lineId) as LineRecord;
  const take = (value: number, newTakeId: TakeId, events: PerformanceEvent[] = []) => {
    const tracks = createTracks(121);
    tracks.channels.forEach((samples) => samples.fill(value));
    const chunkIds = chunks.addTracks(tracks);
    document.transact('Take', (draft) =>
      applyTake(draft, { lineId, inputHash: 'h', frameCount: 121, chunkIds, newTakeId, asNewTake: true, events }),
    );
  };
  const base = () => lineBase(document.records, line(), (record) => assembleTake(chunks, record))!;
  const events = () => shownEventsOf(document.records, line(), activeTakeOf(document.records, line()) ?? null);
  const hash = () => inputHashOf(takeInputsOf(document.records, lineId)!);
  return { document, line, take, base, events, hash };
}
const at = (tracks: { channels: readonly Float32Array[] }, channel: keyof typeof CHANNEL_INDEX) =>
  Number(tracks.channels[CHANNEL_INDEX[channel]][10].toFixed(4));

describe('takes by part of the face', () => {
  it('come from the takes that are chosen, and go back to the active one', () => {
    const studio = setUp();
    studio.take(0.2, 'take:a');
    studio.take(0.6, 'take:b');
    expect(at(studio.base(), 'jawOpen')).toBe(0.6);
    studio.document.transact('Mouth from A', (draft) =>
      setTakeShare(draft, { lineId, region: 'mouth', share: { takeId: 'take:a' } }),
    );
    expect([at(studio.base(), 'jawOpen'), at(studio.base(), 'browInnerUp'), at(studio.base(), 'headYaw')]).toEqual([
      0.2, 0.6, 0.6,
    ]);
    studio.document.transact('Back', (draft) => setTakeShare(draft, { lineId, region: 'mouth', share: null }));
    expect(studio.line().takeMix).toBeUndefined();
    expect(at(studio.base(), 'jawOpen')).toBe(0.6);
  });

  it('blend B into A in every part, and not at all at 0', () => {
    const studio = setUp();
    studio.take(0.2, 'take:a');
    studio.take(0.6, 'take:b');
    const blend = (value: number) =>
      studio.document.transact('Blend', (draft) => blendTake(draft, { lineId, blendTakeId: 'take:a', blend: value }));
    blend(0.25);
    for (const channel of ['jawOpen', 'browInnerUp', 'headYaw'] as const) expect(at(studio.base(), channel)).toBe(0.5);
    blend(0);
    expect(studio.line().takeMix).toBeUndefined();
  });

  it('bring back seed and seed ranges of the take that is chosen', () => {
    const studio = setUp();
    studio.take(0.2, 'take:a');
    const range = { startSeconds: 0.2, endSeconds: 0.9, regions: ['upper' as const], seed: 77 };
    studio.document.transact('Range', (draft) => setSeedRanges(draft, { lineId, seedRanges: withSeedRange(undefined, range) }));
    studio.take(0.6, 'take:b');
    studio.document.transact('A', (draft) => selectTake(draft, { lineId, takeId: 'take:a' }));
    expect(studio.line().seedRanges).toBeUndefined();
    studio.document.transact('B', (draft) => selectTake(draft, { lineId, takeId: 'take:b' }));
    expect(studio.line().seedRanges).toEqual([range]);
  });

  it('drop seed ranges that a new one covers, and only those', () => {
    const small = { startSeconds: 1, endSeconds: 2, regions: ['upper' as const], seed: 1 };
    const head = { ...small, regions: ['head' as const], seed: 2 };
    const large = { startSeconds: 0.5, endSeconds: 3, regions: ['upper' as const], seed: 3 };
    expect(withSeedRange([small, head], large)).toEqual([head, large]);
  });
});

describe('events of a take', () => {
  it("become the animator's when changed, stay away when removed, and come back with undo", () => {
    const studio = setUp();
    const [one, two] = [planned('blink:1:0', 0.3), planned('blink:1:1', 1.2)];
    studio.take(0.2, 'take:a', [one, two]);
    const before = studio.hash();
    studio.document.transact('Move', (draft) =>
      changeEvent(draft, { lineId, event: one, change: { startSeconds: 0.5, endSeconds: 0.85 } }),
    );
    expect(studio.events().map(({ startSeconds, origin }) => [startSeconds, origin])).toEqual([
      [0.5, 'hand'],
      [1.2, 'generated'],
    ]);
    expect(studio.hash()).not.toBe(before);
    studio.document.transact('Remove', (draft) => removeEvent(draft, { lineId, event: two }));
    expect(studio.events()).toHaveLength(1);
    // The next take plans it again; it stays away.
    studio.take(0.3, 'take:b', [one, two]);
    expect(studio.events()).toHaveLength(1);
    for (let step = 0; step < 3; step++) studio.document.undo();
    expect(studio.events()).toEqual([one, two]);
    expect(studio.hash()).toBe(before);
  });

  it('are kept when locked, and are planned ones again when unlocked', () => {
    const studio = setUp();
    const one = planned('blink:1:0', 0.3);
    studio.take(0.2, 'take:a', [one]);
    studio.document.transact('Lock', (draft) => changeEvent(draft, { lineId, event: one, change: { locked: true } }));
    studio.take(0.3, 'take:b', []);
    const [locked] = studio.events();
    expect(locked).toMatchObject({ key: one.key, locked: true, origin: 'generated' });
    studio.document.transact('Move', (draft) => changeEvent(draft, { lineId, event: locked, change: { startSeconds: 0.1 } }));
    studio.document.transact('Remove', (draft) => removeEvent(draft, { lineId, event: locked }));
    expect(studio.events()).toEqual([locked]);
    studio.document.transact('Unlock', (draft) => changeEvent(draft, { lineId, event: locked, change: { locked: false } }));
    expect(studio.events()).toEqual([]);
  });

  it('of the animator are added, and removed without a trace', () => {
    const studio = setUp();
    const count = Object.keys(studio.document.records).length;
    const fields = { type: 'nod' as const, startSeconds: 0.4, endSeconds: 1, intensity: 1 };
    studio.document.transact('Add', (draft) => addHandEvent(draft, { lineId, key: 'hand:1', event: fields }));
    const [event] = studio.events();
    expect(event).toMatchObject({ ...fields, origin: 'hand' });
    studio.document.transact('Remove', (draft) => removeEvent(draft, { lineId, event }));
    expect(Object.keys(studio.document.records)).toHaveLength(count);
  });
});

describe('drafts and effort', () => {
  const key = (id: string, timeSeconds: number, value: number) =>
    ({ id, timeSeconds, value, interpolation: 'linear', tangentMode: 'auto' }) as const;

  it('a guess acts only when it is taken over', () => {
    const studio = setUp();
    const before = studio.hash();
    studio.document.transact('Suggest', (draft) =>
      setEmotionDrafts(draft, { lineId, drafts: [{ emotion: 'joy', keys: [key('d', 0.5, 0.4)] }] }),
    );
    expect(studio.hash()).toBe(before);
    let id = 0;
    studio.document.transact('Accept', (draft) =>
      acceptEmotionDraft(draft, { lineId, emotion: 'joy', newKeyId: () => `k${id++}` }),
    );
    expect(emotionOf(studio.document.records, lineId, 'joy')!.keys).toEqual([key('k0', 0.5, 0.4)]);
    expect(studio.document.records[`draft:${lineId}:joy`]).toBeUndefined();
    expect(studio.hash()).not.toBe(before);
  });

  it('the gain on the effort counts as an input, within 0..2', () => {
    const studio = setUp();
    const before = studio.hash();
    studio.document.transact('Gain', (draft) => setEffortGain(draft, { lineId, keys: [key('g', 0, 9)] }));
    expect(takeInputsOf(studio.document.records, lineId)!.effortGain.keys[0].value).toBe(2);
    expect(studio.hash()).not.toBe(before);
    studio.document.transact('None', (draft) => setEffortGain(draft, { lineId, keys: [] }));
    expect(studio.hash()).toBe(before);
  });
});
