import { describe, expect, it } from 'vitest';
import { createTracks } from '../curves/sampledTracks';
import { curveGridOf } from '../performance/curveGrid';
import { frameToSeconds } from '../time/frameRate';
import { ChunkStore } from './chunkStore';
import { setRolls } from './commands/lineSettings';
import { applyTake } from './commands/takes';
import { FIXTURE_LINE, fixtureRecords } from './documentFixture';
import { DocumentStore } from './documentStore';
import { assembleFitted, assembleTake, lineBase } from './lineBase';
import type { LineRecord } from './records';
import { activeTakeOf } from './selectors';
import { inputHashOf, takeInputsOf } from './takeInputs';

/** A store whose line has a take on its own frames; each frame's value is its time. */
function withTake(rolls: { preRollSeconds?: number; postRollSeconds?: number }) {
  const store = new DocumentStore(fixtureRecords());
  const chunks = new ChunkStore();
  const line = () => store.records[FIXTURE_LINE] as LineRecord;
  store.transact('Roll', (draft) => setRolls(draft, { lineId: FIXTURE_LINE, ...rolls }));
  const { frameCount, frameRate } = curveGridOf(line());
  const tracks = createTracks(frameCount, frameRate);
  for (const samples of tracks.channels) samples.forEach((_, frame) => (samples[frame] = frameToSeconds(frame, frameRate)));
  const take = {
    lineId: FIXTURE_LINE,
    inputHash: 'h',
    frameCount,
    chunkIds: chunks.addTracks(tracks),
    newTakeId: 'take:1' as const,
  };
  store.transact('Take', (draft) => applyTake(draft, take));
  const base = () => lineBase(store.records, line(), (wanted) => assembleTake(chunks, wanted))!;
  return { store, chunks, line, tracks, base };
}

describe('a take with rolls', () => {
  it('lies where it was made, whatever the chunks are cut at', () => {
    const { base, tracks, store, line } = withTake({ preRollSeconds: 0.4, postRollSeconds: 0.5 });
    expect(activeTakeOf(store.records, line())).toMatchObject({ leadFrames: 60, tailFrames: 30 });
    expect(base().frameRate.startFrame).toBe(-60);
    expect(base().channels).toEqual(tracks.channels);
  });

  it('is held at its ends when a roll grows, and cut when it shrinks', () => {
    const { base, store, line, chunks } = withTake({ preRollSeconds: 1, postRollSeconds: 0.5 });
    store.transact('Roll', (draft) => setRolls(draft, { lineId: FIXTURE_LINE, preRollSeconds: 1.5, postRollSeconds: 0.25 }));
    const [samples] = base().channels;
    expect(base().frameRate.startFrame).toBe(-120);
    expect([samples[0], samples[60], samples[120]]).toEqual([-1, -1, 0]);
    expect(samples[samples.length - 1]).toBeCloseTo(2.25, 6);
    store.transact('Roll', (draft) => setRolls(draft, { lineId: FIXTURE_LINE, preRollSeconds: 0, postRollSeconds: 0 }));
    expect(base().channels[0]).toHaveLength(121);
    expect(base().channels[0][0]).toBe(0);
    expect(assembleFitted(chunks, activeTakeOf(store.records, line())!, line())).toEqual(base());
  });

  it('shares the seconds of the sound with a take without rolls', () => {
    const { chunks, tracks } = withTake({ preRollSeconds: 0.5 });
    const bare = createTracks(121);
    bare.channels.forEach((samples, index) => samples.set(tracks.channels[index].subarray(60)));
    const before = chunks.size;
    chunks.addTracks(bare);
    expect(chunks.size).toBe(before);
  });

  it('is out of date when a roll changes, and a line without rolls has the hash it always had', () => {
    const { store } = withTake({});
    const hash = () => inputHashOf(takeInputsOf(store.records, FIXTURE_LINE)!);
    const before = hash();
    store.transact('Roll', (draft) => setRolls(draft, { lineId: FIXTURE_LINE, preRollSeconds: 0.3 }));
    expect(hash()).not.toBe(before);
    store.undo();
    expect(hash()).toBe(before);
  });
});
