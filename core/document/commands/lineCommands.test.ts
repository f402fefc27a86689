import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import { RecordDraft } from '../recordDraft';
import { spansOf } from '../channelSpans';
import { emotionOf, eventsOf, locksOf, markersOf, speechOf } from '../selectors';
import { RICH_LAYER, richFixtureRecords } from '../testing/richFixture';
import type { PoseRecord } from '../records';
import { insertPhoneme, lockPhonemes, restorePhonemes } from './editPhonemes';
import { lockWords } from './lockWords';
import { addEvent, moveEvents, removeEvents, setEvent } from './events';
import { removeLookAt } from './lookAts';
import { addMarker, removeMarkers, setMarker } from './markers';
import { moveBoundary } from './moveBoundary';
import { applyPose, mirrorPose, poseFromFrame, savePose } from './poses';
import { addRangeLock, setRangeLock } from './rangeLocks';
import { relabelPhoneme } from './relabelPhoneme';
import { rippleDelete, rippleInsert } from './rippleTime';

const lineId = FIXTURE_LINE;
const blink = `event:${lineId}:blink1` as const;
const newStore = () => new DocumentStore(richFixtureRecords());
const phonemesOf = (store: DocumentStore) => speechOf(store.records, lineId)!.phonemes;
const keyTimes = (store: DocumentStore) =>
  spansOf(new RecordDraft(store.records), RICH_LAYER, 'jawOpen').flatMap((span) => span.keys.map((key) => key.timeSeconds));

function expectCovered(store: DocumentStore): void {
  const phonemes = phonemesOf(store);
  expect(phonemes[0].startSeconds).toBe(0);
  expect(phonemes.at(-1)!.endSeconds).toBe(2);
  phonemes.forEach((segment, index) => index > 0 && expect(segment.startSeconds).toBe(phonemes[index - 1].endSeconds));
}

describe('events', () => {
  it('are added, cut to the line with its pre-roll, moved together and removed', () => {
    const store = newStore();
    const id = `event:${lineId}:n` as const;
    store.transact('add', (draft) =>
      addEvent(draft, { lineId, eventId: id, event: { type: 'nod', startSeconds: -3, endSeconds: 0.2 } }),
    );
    expect(eventsOf(store.records, lineId)[0]).toMatchObject({ id, startSeconds: -0.5, intensity: 1, origin: 'hand' });
    store.transact('move', (draft) => moveEvents(draft, { eventIds: [id, blink], deltaSeconds: 0.3 }));
    expect(eventsOf(store.records, lineId).map((event) => event.startSeconds)).toEqual([expect.closeTo(-0.2), 0.85]);
    store.transact('remove', (draft) => removeEvents(draft, [id, blink]));
    expect(eventsOf(store.records, lineId).map((event) => event.id)).toEqual([blink]);
  });

  it("become the animator's when changed, and a lock holds until it is taken off", () => {
    const store = newStore();
    expect(() => store.transact('x', (draft) => setEvent(draft, { eventId: blink, change: { intensity: 0.5 } }))).toThrow(
      /locked/,
    );
    store.transact('unlock', (draft) => setEvent(draft, { eventId: blink, change: { locked: false, origin: 'generated' } }));
    store.transact('x', (draft) => setEvent(draft, { eventId: blink, change: { intensity: 5, lookAtId: undefined } }));
    const [event] = eventsOf(store.records, lineId);
    expect(event).toMatchObject({ intensity: 2, origin: 'hand' });
    expect('lookAtId' in event).toBe(false);
  });

  it('keep looking where they looked when a target is removed', () => {
    const store = newStore();
    store.transact('x', (draft) => removeLookAt(draft, 'lookat:door'));
    expect(eventsOf(store.records, lineId)[0]).toMatchObject({ target: { yawRadians: 0.4, pitchRadians: 0.1 } });
    expect(eventsOf(store.records, lineId)[0].lookAtId).toBeUndefined();
  });
});

describe('markers and range locks', () => {
  it('are added, changed within the line and removed', () => {
    const store = newStore();
    const markerId = `marker:${lineId}:n` as const;
    store.transact('m', (draft) => addMarker(draft, { lineId, markerId, marker: { timeSeconds: 9, name: 'End' } }));
    store.transact('m', (draft) => setMarker(draft, { markerId, change: { timeSeconds: 0.2, endSeconds: 0.1 } }));
    expect(markersOf(store.records, lineId)[0]).toMatchObject({ timeSeconds: 0.2, endSeconds: 0.2, name: 'End' });
    store.transact('m', (draft) => removeMarkers(draft, [markerId]));
    expect(markersOf(store.records, lineId)).toHaveLength(1);
    const lockId = `lock:${lineId}:n` as const;
    store.transact('l', (draft) => addRangeLock(draft, { lineId, lockId, startSeconds: 1.5, endSeconds: 1 }));
    store.transact('l', (draft) => setRangeLock(draft, { lockId, change: { regions: ['mouth'] } }));
    expect(locksOf(store.records, lineId)[1]).toMatchObject({ startSeconds: 1, endSeconds: 1.5, regions: ['mouth'] });
  });
});

describe('ripple', () => {
  it('makes room: everything behind goes later, silence fills it, the line stays covered', () => {
    const store = newStore();
    store.transact('ripple', (draft) => rippleInsert(draft, { lineId, timeSeconds: 0.5, seconds: 0.25 }));
    expect(keyTimes(store)).toEqual([0.4, 0.85]);
    expect(emotionOf(store.records, lineId, 'joy')!.keys[0].timeSeconds).toBe(0.75);
    expect(eventsOf(store.records, lineId)[0]).toMatchObject({ startSeconds: 1.1, endSeconds: 1.3 });
    expect(markersOf(store.records, lineId)[0].timeSeconds).toBeCloseTo(1.15);
    expect(locksOf(store.records, lineId)[0]).toMatchObject({ startSeconds: 0.3, endSeconds: expect.closeTo(0.95) });
    expectCovered(store);
    const room = phonemesOf(store).find((segment) => Math.abs(segment.startSeconds - 0.5) < 1e-6)!;
    expect(room).toMatchObject({ phoneme: 'SIL', endSeconds: expect.closeTo(0.75) });
    store.undo();
    expect(store.records).toEqual(richFixtureRecords());
  });

  it('cuts the phoneme that the room opens in', () => {
    const store = newStore();
    store.transact('ripple', (draft) => rippleInsert(draft, { lineId, timeSeconds: 0.4, seconds: 0.1 }));
    expect(
      phonemesOf(store)
        .slice(2, 5)
        .map(({ phoneme }) => phoneme),
    ).toEqual(['EY', 'SIL', 'EY']);
    expectCovered(store);
  });

  it('cuts a range out and closes up', () => {
    const store = newStore();
    store.transact('ripple', (draft) => rippleDelete(draft, { lineId, range: { startSeconds: 0.5, endSeconds: 0.8 } }));
    expect(keyTimes(store)).toEqual([0.4]);
    expect(emotionOf(store.records, lineId, 'joy')!.keys).toHaveLength(0);
    expect(eventsOf(store.records, lineId)[0].startSeconds).toBeCloseTo(0.55);
    expect(locksOf(store.records, lineId)[0]).toMatchObject({ startSeconds: 0.3, endSeconds: 0.5 });
    expectCovered(store);
    expect(phonemesOf(store).map(({ phoneme }) => phoneme)).toEqual(['SIL', 'M', 'EY', 'SIL', 'N', 'AW', 'SIL']);
    store.undo();
    expect(store.records).toEqual(richFixtureRecords());
  });

  it('moves only the tracks asked for', () => {
    const store = newStore();
    const before = speechOf(store.records, lineId);
    store.transact('ripple', (draft) => rippleInsert(draft, { lineId, timeSeconds: 0.5, seconds: 0.1, tracks: ['events'] }));
    expect(speechOf(store.records, lineId)).toBe(before);
    expect(keyTimes(store)).toEqual([0.4, 0.6]);
    expect(eventsOf(store.records, lineId)[0].startSeconds).toBeCloseTo(0.95);
  });
});

describe('phonemes', () => {
  it('a new one takes its place from its neighbours', () => {
    const store = newStore();
    const range = { startSeconds: 0.45, endSeconds: 0.6 };
    store.transact('insert', (draft) => insertPhoneme(draft, { lineId, phoneme: 'F', range }));
    expectCovered(store);
    expect(
      phonemesOf(store)
        .slice(2, 5)
        .map(({ phoneme, endSeconds }) => [phoneme, endSeconds]),
    ).toEqual([
      ['EY', 0.45],
      ['F', 0.6],
      ['IY', 0.8],
    ]);
  });

  it('a locked one cannot be changed, and nothing can be put over it', () => {
    const store = newStore();
    store.transact('lock', (draft) => lockPhonemes(draft, { lineId, indices: [2], locked: true }));
    expect(() => store.transact('x', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds: 0.3 }))).toThrow(
      /EY is locked/,
    );
    expect(() => store.transact('x', (draft) => relabelPhoneme(draft, { lineId, index: 2, phoneme: 'F' }))).toThrow(/locked/);
    const range = { startSeconds: 0.45, endSeconds: 0.6 };
    expect(store.transact('insert', (draft) => insertPhoneme(draft, { lineId, phoneme: 'F', range }))).toBeNull();
    store.transact('unlock', (draft) => lockPhonemes(draft, { lineId, indices: [2], locked: false }));
    expect(store.records).toEqual(richFixtureRecords());
  });

  it('come back as the recogniser said them, in a range or all', () => {
    const store = newStore();
    store.transact('x', (draft) => relabelPhoneme(draft, { lineId, index: 2, phoneme: 'F' }));
    store.transact('x', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 5, timeSeconds: 1 }));
    store.transact('restore', (draft) => restorePhonemes(draft, { lineId, range: { startSeconds: 0.35, endSeconds: 0.5 } }));
    expect(phonemesOf(store)[2].phoneme).toBe('EY');
    expect(phonemesOf(store)[5].endSeconds).toBe(1);
    expectCovered(store);
    store.transact('restore', (draft) => restorePhonemes(draft, { lineId }));
    expect(speechOf(store.records, lineId)).toEqual(speechOf(richFixtureRecords(), lineId));
  });

  it('leave locked phonemes and words where they are when the rest comes back', () => {
    const store = newStore();
    store.transact('x', (draft) => relabelPhoneme(draft, { lineId, index: 2, phoneme: 'F' }));
    store.transact('x', (draft) => moveBoundary(draft, { lineId, boundaryIndex: 2, timeSeconds: 0.461 }));
    store.transact('x', (draft) => relabelPhoneme(draft, { lineId, index: 5, phoneme: 'UW' }));
    store.transact('lock', (draft) => lockPhonemes(draft, { lineId, indices: [2], locked: true }));
    const locked = phonemesOf(store)[2];
    for (const range of [undefined, { startSeconds: 0, endSeconds: 2 }, { startSeconds: 0.35, endSeconds: 0.5 }]) {
      store.transact('restore', (draft) => restorePhonemes(draft, { lineId, ...(range && { range }) }));
      expect(phonemesOf(store)).toContainEqual(locked);
      expectCovered(store);
      store.undo();
    }
    store.transact('restore', (draft) => restorePhonemes(draft, { lineId }));
    expect(phonemesOf(store).slice(-4)).toEqual(phonemesOf(newStore()).slice(-4));
    const word = speechOf(store.records, lineId)!.words[0];
    store.transact('x', (draft) => relabelPhoneme(draft, { lineId, index: 1, phoneme: 'K' }));
    store.transact('lock', (draft) => lockWords(draft, { lineId, indices: [0], locked: true }));
    const inWord = phonemesOf(store).filter(
      ({ startSeconds, endSeconds }) => startSeconds >= word.startSeconds && endSeconds <= word.endSeconds,
    );
    expect(inWord.length).toBeGreaterThan(1);
    store.transact('restore', (draft) => restorePhonemes(draft, { lineId }));
    for (const phoneme of inWord) expect(phonemesOf(store)).toContainEqual(phoneme);
    expect(speechOf(store.records, lineId)!.words[0]).toEqual({ ...word, locked: true });
    expect(speechOf(store.records, lineId)!.words).toHaveLength(speechOf(richFixtureRecords(), lineId)!.words.length);
    expectCovered(store);
  });
});

describe('poses', () => {
  it('mirror and back is the same pose', () => {
    const weights = { mouthSmileLeft: 0.8, headYaw: 0.2, headPitch: 0.1 };
    expect(mirrorPose(weights)).toEqual({ mouthSmileRight: 0.8, headYaw: -0.2, headPitch: 0.1 });
    expect(mirrorPose(mirrorPose(weights))).toEqual(weights);
  });

  it('a slider keys its channels part of the way from what is there', () => {
    const store = newStore();
    const args = {
      lineId,
      poseId: 'pose:smile',
      timeSeconds: 1.2,
      amount: 0.5,
      present: { mouthSmileLeft: 0.2 },
      idPrefix: 'p',
    } as const;
    store.transact('pose', (draft) => applyPose(draft, { ...args, layerId: RICH_LAYER }));
    const keys = (channel: 'mouthSmileLeft' | 'mouthSmileRight') =>
      spansOf(new RecordDraft(store.records), RICH_LAYER, channel).flatMap((span) => span.keys);
    expect(keys('mouthSmileLeft')[0]).toMatchObject({ timeSeconds: 1.2, value: expect.closeTo(0.5) });
    expect(keys('mouthSmileRight')[0].value).toBeCloseTo(0.35);
  });

  it('are taken from a frame without what is at rest', () => {
    const values = new Proxy({}, { get: (_target, channel) => (channel === 'jawOpen' ? 0.4 : 0) }) as Parameters<
      typeof poseFromFrame
    >[0];
    const store = newStore();
    store.transact('save', (draft) => savePose(draft, { poseId: 'pose:o', name: ' Open ', weights: poseFromFrame(values) }));
    expect(store.records['pose:o'] as PoseRecord).toEqual({
      id: 'pose:o',
      kind: 'pose',
      name: 'Open',
      weights: { jawOpen: 0.4 },
    });
  });
});
