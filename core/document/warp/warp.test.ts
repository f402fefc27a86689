import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/seededRandom';
import type { WordSegment } from '../../speech/segments';
import { spansOf } from '../channelSpans';
import { correctTranscript, replaceRecording } from '../commands/replaceRecording';
import { autoKey } from '../keyList';
import { retimeKeys } from '../retimeLine';
import { FIXTURE_LINE } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import { RecordDraft } from '../recordDraft';
import { emotionOf, eventsOf, lineOf, locksOf, markersOf, speechOf } from '../selectors';
import { RICH_LAYER, richFixtureRecords } from '../testing/richFixture';
import { matchWords } from './matchWords';
import { TimeWarp } from './timeWarp';
import { warpPreview } from './warpPreview';

const lineId = FIXTURE_LINE;
/** "Maybe" .2-.8, "now" 1.1-1.6 in the fixture, 2 s long. */
const words = (...list: readonly (readonly [string, number, number])[]): WordSegment[] =>
  list.map(([text, startSeconds, endSeconds]) => ({ text, startSeconds, endSeconds, confidence: 0.9 }));
const before = { durationSeconds: 2, words: words(['Maybe', 0.2, 0.8], ['now', 1.1, 1.6]) };

describe('matchWords', () => {
  it('finds the same words in order, whatever case and punctuation, and skips new, lost and unsaid ones', () => {
    const old = words(['Move', 0, 1], ['before', 1, 2], ['I', 2, 3], ['push', 3, 4]);
    const now = words(['"Move!', 0, 1], ['Now', 1, 2], ['before,', 2, 3], ['push', 3, 4]);
    expect(matchWords(old, now)).toEqual([
      { oldIndex: 0, newIndex: 0 },
      { oldIndex: 1, newIndex: 2 },
      { oldIndex: 3, newIndex: 3 },
    ]);
    expect(matchWords(old, [{ ...now[0], flag: 'missing' }])).toEqual([]);
    expect(matchWords([], now)).toEqual([]);
  });
});

describe('TimeWarp', () => {
  it('leads word edges to word edges and runs evenly in between', () => {
    const warp = new TimeWarp(before, { durationSeconds: 3, words: words(['maybe', 0.5, 1.1], ['now', 2, 2.4]) });
    expect([0, 0.2, 0.5, 0.8, 1.1, 1.6, 2].map(warp.map)).toEqual(
      [0, 0.5, 0.8, 1.1, 2, 2.4, 3].map((time) => expect.closeTo(time)),
    );
    expect(warp.map(-0.5)).toBe(-0.5);
    expect(warp.map(2.25)).toBeCloseTo(3.25);
    expect(warp.matchedShare).toBe(1);
  });

  it('calls what did not move kept, what lost its word or is torn a conflict', () => {
    const warp = new TimeWarp(before, { durationSeconds: 2, words: words(['Maybe', 0.2, 0.8], ['later', 1.1, 1.6]) });
    expect(warp.status(0.5)).toBe('kept');
    expect(warp.status(1.3)).toBe('conflict');
    const slow = new TimeWarp(before, { durationSeconds: 8, words: words(['Maybe', 0.2, 0.9], ['now', 6, 6.5]) });
    expect(slow.status(0.5)).toBe('warped');
    expect(slow.status(1)).toBe('conflict');
  });

  it('never runs backwards, whatever the words (seeded)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const side = () => {
        let at = 0;
        const list = Array.from({ length: Math.floor(random() * 8) }, (): readonly [string, number, number] => {
          const start = at + random() * 0.3;
          at = start + random() * 0.5;
          return ['abc'[Math.floor(random() * 3)], start, at];
        });
        return { durationSeconds: at + random(), words: words(...list) };
      };
      const warp = new TimeWarp(side(), side());
      let last = -Infinity;
      for (let time = -0.5; time < 6; time += 0.01) {
        const mapped = warp.map(time);
        if (!(mapped >= last - 1e-9)) throw new Error(`seed ${seed}: ${time} s goes to ${mapped} s after ${last} s`);
        last = mapped;
      }
    }
  });
});

describe('replaceRecording', () => {
  const now = words(['Maybe', 0.5, 1.1], ['now', 2, 2.4]);
  const args = {
    lineId,
    audioFile: 'audio/pickup.wav',
    durationSeconds: 3,
    transcript: 'Maybe now',
    phonemes: [{ phoneme: 'SIL' as const, startSeconds: 0, endSeconds: 3, confidence: 1 }],
    words: now,
  };

  it('takes everything made by hand along with its words, as one undo step', () => {
    const store = new DocumentStore(richFixtureRecords());
    const warp = new TimeWarp(before, args);
    store.transact('Replace the recording', (draft) => replaceRecording(draft, args));
    const keys = spansOf(new RecordDraft(store.records), RICH_LAYER, 'jawOpen').flatMap((span) => span.keys);
    expect(keys.map((key) => key.timeSeconds)).toEqual([expect.closeTo(0.7), expect.closeTo(0.9)]);
    expect(keys.map((key) => key.value)).toEqual([0.2, 0.7]);
    expect(emotionOf(store.records, lineId, 'joy')!.keys[0].timeSeconds).toBeCloseTo(0.8);
    expect(eventsOf(store.records, lineId)[0].startSeconds).toBeCloseTo(warp.map(0.85));
    expect(markersOf(store.records, lineId)[0].timeSeconds).toBeCloseTo(warp.map(0.9));
    expect(locksOf(store.records, lineId)[0].endSeconds).toBeCloseTo(1);
    expect(lineOf(store.records, lineId)).toMatchObject({ audioFile: 'audio/pickup.wav', durationSeconds: 3, outSeconds: 3 });
    expect(speechOf(store.records, lineId)!.words).toBe(now);
    expect(store.history).toHaveLength(1);
    store.undo();
    expect(store.records).toEqual(richFixtureRecords());
  });

  it('loses nothing to a shorter recording', () => {
    const store = new DocumentStore(richFixtureRecords());
    const short = { ...args, durationSeconds: 0.9, words: words(['Maybe', 0.1, 0.4], ['now', 0.5, 0.8]) };
    store.transact('Replace the recording', (draft) => replaceRecording(draft, short));
    const keys = spansOf(new RecordDraft(store.records), RICH_LAYER, 'jawOpen').flatMap((span) => span.keys);
    expect(keys).toHaveLength(2);
    expect(keys[1].timeSeconds).toBeLessThan(0.4);
    expect(eventsOf(store.records, lineId)).toHaveLength(1);
  });

  it('a corrected transcript of the same sound moves only what its words moved', () => {
    const store = new DocumentStore(richFixtureRecords());
    const { audioFile: _file, durationSeconds: _duration, ...transcript } = args;
    const corrected = { ...transcript, words: words(['Maybe', 0.2, 0.8], ['now', 1.2, 1.6]) };
    store.transact('Correct the transcript', (draft) => correctTranscript(draft, corrected));
    const keys = spansOf(new RecordDraft(store.records), RICH_LAYER, 'jawOpen').flatMap((span) => span.keys);
    expect(keys.map((key) => key.timeSeconds)).toEqual([expect.closeTo(0.4), expect.closeTo(0.6)]);
    expect(eventsOf(store.records, lineId)[0].endSeconds).toBeCloseTo(0.8 + (0.25 * 0.4) / 0.3);
  });

  it('does for single things what the animator chose: stays, goes, or follows', () => {
    const records = richFixtureRecords();
    const [first, second] = spansOf(new RecordDraft(records), RICH_LAYER, 'jawOpen').flatMap((span) => span.keys);
    const [event] = eventsOf(records, lineId);
    const [marker] = markersOf(records, lineId);
    const store = new DocumentStore(records);
    const choices = { [first.id]: 'remove', [second.id]: 'keep', [event.id]: 'keep', [marker.id]: 'remove' } as const;
    store.transact('Replace the recording', (draft) => replaceRecording(draft, { ...args, choices }));
    const keys = spansOf(new RecordDraft(store.records), RICH_LAYER, 'jawOpen').flatMap((span) => span.keys);
    expect(keys).toEqual([second]);
    expect(eventsOf(store.records, lineId)[0]).toMatchObject({ startSeconds: event.startSeconds, endSeconds: event.endSeconds });
    expect(markersOf(store.records, lineId)).toEqual([]);
    expect(emotionOf(store.records, lineId, 'joy')!.keys[0].timeSeconds).toBeCloseTo(0.8);
    store.undo();
    expect(store.records).toEqual(records);
  });

  it('a key that stays takes the place of one that lands on it, and order is kept', () => {
    const key = (id: string, timeSeconds: number) => autoKey(id, timeSeconds, 0.5);
    const moved = retimeKeys([key('a', 1), key('b', 2), key('c', 3)], (time) => time + 1, { b: 'keep', c: 'keep' });
    expect(moved.map(({ id, timeSeconds }) => [id, timeSeconds])).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
    const crossed = retimeKeys([key('a', 1), key('b', 2)], (time) => time + 1.5, { b: 'keep' });
    expect(crossed.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('the preview says what goes where before anything is done', () => {
    const records = richFixtureRecords();
    const lost = new TimeWarp(before, { durationSeconds: 2, words: words(['now', 1.1, 1.6]) });
    const preview = warpPreview(records, lineId, lost);
    expect(preview.matchedShare).toBe(0.5);
    expect(preview.items.filter((item) => item.status === 'conflict').map((item) => item.label)).toEqual([
      'Approved',
      'jawOpen, Edits 1',
      'joy',
      'jawOpen, Edits 1',
    ]);
    const { kept, warped, conflict } = preview.counts;
    expect(kept + warped + conflict).toBe(preview.items.length);
  });
});
