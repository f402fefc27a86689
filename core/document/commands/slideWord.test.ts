import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import type { SpeechRecord } from '../records';
import { lockPhonemes } from './editPhonemes';
import { MIN_PHONEME_SECONDS } from './moveBoundary';
import { slideWord, type SlideWordArgs } from './slideWord';

const lineId = FIXTURE_LINE;
const speechOf = (store: DocumentStore) => store.records[`speech:${lineId}`] as SpeechRecord;
const lengths = (store: DocumentStore) => speechOf(store).phonemes.map((segment) => segment.endSeconds - segment.startSeconds);
/** "now": N AW, 1.1 to 1.6, silence on both sides; "Maybe" lies from .2 to .8. */
const slide = (
  deltaSeconds: number,
  neighbours: SlideWordArgs['neighbours'] = 'edges',
  store = new DocumentStore(fixtureRecords()),
) => {
  store.transact('slide', (draft) => slideWord(draft, { lineId, wordIndex: 1, deltaSeconds, neighbours }));
  return store;
};
const expectWhole = (store: DocumentStore) => {
  const { phonemes } = speechOf(store);
  phonemes.slice(1).forEach((segment, index) => expect(segment.startSeconds).toBe(phonemes[index].endSeconds));
  expect([phonemes[0].startSeconds, phonemes.at(-1)!.endSeconds]).toEqual([0, 2]);
  expect(Math.min(...lengths(store))).toBeGreaterThan(MIN_PHONEME_SECONDS - 1e-9);
};

describe('slideWord', () => {
  it('moves a word with its phonemes; the phoneme on each side gives and takes', () => {
    const before = lengths(new DocumentStore(fixtureRecords()));
    const store = slide(0.1);
    expectWhole(store);
    expect(speechOf(store).words[1]).toMatchObject({ startSeconds: expect.closeTo(1.2, 9), endSeconds: expect.closeTo(1.7, 9) });
    const after = lengths(store);
    after.forEach((length, index) => expect(length - before[index]).toBeCloseTo(index === 5 ? 0.1 : index === 8 ? -0.1 : 0, 9));
    expect(speechOf(store).phonemes[6].confidence).toBe(1);
    expect(speechOf(store).words[0]).toEqual(speechOf(new DocumentStore(fixtureRecords())).words[0]);
  });

  it('stops where a neighbour would be shorter than a phoneme may be', () => {
    for (const delta of [-5, 5]) expectWhole(slide(delta));
    expect(speechOf(slide(-5)).phonemes[5]).toMatchObject({ startSeconds: 0.8, endSeconds: expect.closeTo(0.82, 9) });
  });

  it('stretches the words on both sides in proportion when asked', () => {
    const store = slide(-0.2, 'words');
    expectWhole(store);
    const { phonemes, words } = speechOf(store);
    // Maybe and the silence behind it, .2 to 1.1, now end at .9.
    const factor = 0.7 / 0.9;
    expect(words[0]).toMatchObject({ startSeconds: 0.2, endSeconds: expect.closeTo(0.2 + 0.6 * factor, 9) });
    expect(phonemes[2].startSeconds).toBeCloseTo(0.2 + 0.12 * factor, 9);
    expect(phonemes[6].endSeconds - phonemes[6].startSeconds).toBeCloseTo(0.12, 9);
    expectWhole(slide(-5, 'words'));
    expectWhole(slide(5, 'words'));
  });

  it('leaves locked phonemes alone, and words that are not there', () => {
    const store = new DocumentStore(fixtureRecords());
    store.transact('lock', (draft) => lockPhonemes(draft, { lineId, indices: [5], locked: true }));
    const before = store.records;
    expect(() => slide(0.1, 'edges', store)).toThrow(/locked/);
    store.transact('none', (draft) => slideWord(draft, { lineId, wordIndex: 9, deltaSeconds: 0.1, neighbours: 'edges' }));
    expect(store.records).toBe(before);
  });
});
