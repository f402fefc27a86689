import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import { notationOf } from '../phoneSource';
import type { DictionaryRecord } from '../records';
import { eventsOf, lineOf, speechOf } from '../selectors';
import { addEvent } from './events';
import { lockWords } from './lockWords';
import { moveBoundary } from './moveBoundary';
import { setDictionary } from './setDictionary';
import { setHeardEvents, setSpeech } from './setSpeech';

const lineId = FIXTURE_LINE;
const newStore = () => new DocumentStore(fixtureRecords());
const speech = (store: DocumentStore) => speechOf(store.records, lineId)!;

describe('setSpeech', () => {
  it('takes words, phones and their source, and keeps what the recogniser said away from the change', () => {
    const store = newStore();
    store.transact('hand', (draft) =>
      moveBoundary(draft, { lineId, boundaryIndex: 1, timeSeconds: speech(store).phonemes[1].endSeconds + 0.02 }),
    );
    const before = speech(store);
    const last = before.phonemes.length - 1;
    const phonemes = before.phonemes.map((one, i) => (i === last - 1 ? { ...one, phoneme: 'ZH' as const } : one));
    store.transact('align', (draft) =>
      setSpeech(draft, { lineId, transcript: 'new', phonemes, words: [], phoneSource: 'transcript' }),
    );
    expect(lineOf(store.records, lineId)).toMatchObject({ transcript: 'new', phoneSource: 'transcript' });
    const setNotation = (notation?: 'espeak') =>
      store.transact('Align', (draft) => setSpeech(draft, { lineId, transcript: 'njuu', phonemes, words: [], notation }));
    setNotation('espeak');
    expect(notationOf(lineOf(store.records, lineId)!)).toBe('espeak');
    setNotation();
    expect(lineOf(store.records, lineId)).not.toHaveProperty('notation');
    expect(speech(store).recognisedPhonemes[1].endSeconds).toBe(before.recognisedPhonemes[1].endSeconds);
    expect(speech(store).phonemes[1].endSeconds).not.toBe(before.recognisedPhonemes[1].endSeconds);
    expect(speech(store).recognisedPhonemes[last - 1].phoneme).toBe('ZH');
    const all = [{ phoneme: 'SIL' as const, startSeconds: 0, endSeconds: 2, confidence: 1 }];
    store.transact('align', (draft) => setSpeech(draft, { lineId, transcript: '', phonemes: all, words: [] }));
    expect(speech(store).recognisedPhonemes).toEqual(all);
  });

  it('replaces what was heard before and leaves the events of the animator alone', () => {
    const store = newStore();
    const heard = (type: 'laugh' | 'breath', startSeconds: number) => ({
      type,
      startSeconds,
      endSeconds: startSeconds + 0.3,
      intensity: 1,
      confidence: 1,
      from: 'sound' as const,
    });
    store.transact('a', (draft) => setHeardEvents(draft, lineId, [heard('laugh', 0.2), heard('breath', 1)]));
    expect(eventsOf(store.records, lineId)).toHaveLength(2);
    store.transact('hand', (draft) =>
      addEvent(draft, { lineId, eventId: `event:${lineId}:h`, event: { type: 'laugh', startSeconds: 0.3, endSeconds: 0.7 } }),
    );
    store.transact('b', (draft) => setHeardEvents(draft, lineId, [heard('laugh', 0.4), heard('breath', 1.2)]));
    expect(eventsOf(store.records, lineId).map(({ type, origin, startSeconds }) => [type, origin, startSeconds])).toEqual(
      expect.arrayContaining([
        ['laugh', 'hand', 0.3],
        ['breath', 'heard', 1.2],
      ]),
    );
    expect(eventsOf(store.records, lineId)).toHaveLength(2);
  });
});

describe('words and dictionary', () => {
  it('locks and unlocks words', () => {
    const store = newStore();
    store.transact('lock', (draft) => lockWords(draft, { lineId, indices: [0], locked: true }));
    expect(speech(store).words[0].locked).toBe(true);
    expect(store.transact('again', (draft) => lockWords(draft, { lineId, indices: [0], locked: true }))).toBeNull();
    store.transact('unlock', (draft) => lockWords(draft, { lineId, indices: [0], locked: false }));
    expect('locked' in speech(store).words[0]).toBe(false);
  });

  it('keeps the dictionary sorted, refuses what is no ARPAbet, and goes with its last entry', () => {
    const store = newStore();
    const entries = () => (store.records.dictionary as DictionaryRecord | undefined)?.entries;
    store.transact('set', (draft) =>
      setDictionary(draft, [
        { word: 'Voss', pronunciations: ['V AO1 S'] },
        { word: 'Kael', pronunciations: ['K EY1 L'] },
      ]),
    );
    expect(entries()?.map(({ word }) => word)).toEqual(['Kael', 'Voss']);
    expect(() => store.transact('bad', (draft) => setDictionary(draft, [{ word: 'Kael', pronunciations: ['QQ'] }]))).toThrow(
      /no ARPAbet/,
    );
    expect(entries()).toHaveLength(2);
    store.transact('none', (draft) => setDictionary(draft, []));
    expect(entries()).toBeUndefined();
  });
});
