import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { DocumentStore } from '../documentStore';
import type { LineRecord } from '../records';
import { DocumentSchema } from '../schema';
import * as v from 'valibot';
import { setAudioLink, setInOut, setLipNudge, setReferenceVideo, setRolls, setStartTimecode } from './lineSettings';

const lineId = FIXTURE_LINE;

function setUp() {
  const store = new DocumentStore(fixtureRecords());
  const line = () => store.records[lineId] as LineRecord;
  const isValid = () => v.safeParse(DocumentSchema, { schemaVersion: 2, records: store.records }).success;
  return { store, line, isValid };
}

describe('settings of a line', () => {
  it('keeps a lip nudge within its limits, and none as no field', () => {
    const { store, line, isValid } = setUp();
    store.transact('Nudge', (draft) => setLipNudge(draft, { lineId, nudgeSeconds: -0.5 }));
    expect(line().lipNudgeSeconds).toBe(-0.2);
    expect(isValid()).toBe(true);
    store.transact('Nudge', (draft) => setLipNudge(draft, { lineId, nudgeSeconds: 0 }));
    expect('lipNudgeSeconds' in line()).toBe(false);
    expect(store.transact('Nudge', (draft) => setLipNudge(draft, { lineId, nudgeSeconds: 0 }))).toBeNull();
  });

  it('cuts in and out to the line and keeps them apart', () => {
    const { store, line, isValid } = setUp();
    store.transact('In', (draft) => setInOut(draft, { lineId, range: { startSeconds: -1, endSeconds: 9 } }));
    expect(line()).toMatchObject({ inSeconds: 0, outSeconds: 2 });
    store.transact('In', (draft) => setInOut(draft, { lineId, range: { startSeconds: 1.99, endSeconds: 1 } }));
    expect(line().outSeconds! - line().inSeconds!).toBeCloseTo(1 / 12, 9);
    expect(isValid()).toBe(true);
    store.transact('In', (draft) => setInOut(draft, { lineId, range: null }));
    expect('inSeconds' in line()).toBe(false);
  });

  it('takes rolls of 0 to 60 s; in and out may lie in them and are cut with them', () => {
    const { store, line, isValid } = setUp();
    store.transact('Roll', (draft) => setRolls(draft, { lineId, preRollSeconds: 0.75, postRollSeconds: 99 }));
    expect(line()).toMatchObject({ preRollSeconds: 0.75, postRollSeconds: 60 });
    expect(isValid()).toBe(true);
    store.transact('In', (draft) => setInOut(draft, { lineId, range: { startSeconds: -5, endSeconds: 30 } }));
    expect(line()).toMatchObject({ inSeconds: -0.75, outSeconds: 30 });
    store.transact('Roll', (draft) => setRolls(draft, { lineId, preRollSeconds: 0.25, postRollSeconds: 1 }));
    expect(line()).toMatchObject({ inSeconds: -0.25, outSeconds: 3 });
    store.transact('Roll', (draft) => setRolls(draft, { lineId, preRollSeconds: 0 }));
    expect('preRollSeconds' in line()).toBe(false);
    expect(line()).toMatchObject({ inSeconds: 0, postRollSeconds: 1 });
    expect(store.transact('Roll', (draft) => setRolls(draft, { lineId, preRollSeconds: 0 }))).toBeNull();
    expect(isValid()).toBe(true);
  });

  it('takes a timecode of its rate only', () => {
    const { store, line, isValid } = setUp();
    store.transact('Timecode', (draft) => setStartTimecode(draft, { lineId, timecode: { text: '01:00:10:23', rate: '24' } }));
    expect(line().startTimecode).toEqual({ text: '01:00:10:23', rate: '24' });
    expect(isValid()).toBe(true);
    for (const text of ['01:00:10:24', '1:2', '25:00:00:00', '00:61:00:00', ''])
      expect(() =>
        store.transact('Timecode', (draft) => setStartTimecode(draft, { lineId, timecode: { text, rate: '24' } })),
      ).toThrow(/timecode/);
    expect(line().startTimecode?.text).toBe('01:00:10:23');
  });

  it('links a sound and a video, and lets them go again', () => {
    const { store, line, isValid } = setUp();
    const file = { relativePath: '../takes/maybe.wav', sha256: 'a'.repeat(64), bytes: 12 };
    store.transact('Link', (draft) => setAudioLink(draft, { lineId, link: file }));
    store.transact('Video', (draft) => setReferenceVideo(draft, { lineId, video: { file, offsetSeconds: -0.25 } }));
    expect(line()).toMatchObject({ audioLink: file, referenceVideo: { offsetSeconds: -0.25 } });
    expect(isValid()).toBe(true);
    store.transact('Link', (draft) => setAudioLink(draft, { lineId, link: null }));
    store.transact('Video', (draft) => setReferenceVideo(draft, { lineId, video: null }));
    expect('audioLink' in line() || 'referenceVideo' in line()).toBe(false);
  });
});
