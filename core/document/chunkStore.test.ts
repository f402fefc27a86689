import { describe, expect, it } from 'vitest';
import { createTracks } from '../curves/sampledTracks';
import { ChunkStore } from './chunkStore';

function wavyTracks(frameCount: number, changedFrame = -1) {
  const tracks = createTracks(frameCount);
  tracks.channels.forEach((samples, channel) =>
    samples.forEach((_, frame) => (samples[frame] = Math.sin(frame * 0.1 + channel))),
  );
  if (changedFrame >= 0) tracks.channels[17][changedFrame] += 0.25;
  return tracks;
}

describe('ChunkStore', () => {
  it('gives back exactly what went in, also when the last second is not full', () => {
    const store = new ChunkStore();
    const tracks = wavyTracks(151);
    const ids = store.addTracks(tracks);
    expect(ids).toHaveLength(3);
    expect(store.assemble(ids, 151).channels).toEqual(tracks.channels);
  });

  it('shares the seconds two versions have in common', () => {
    const store = new ChunkStore();
    const first = store.addTracks(wavyTracks(240));
    const second = store.addTracks(wavyTracks(240, 130));
    expect(second.map((id, index) => id === first[index])).toEqual([true, true, false, true]);
    expect(store.size).toBe(5);
  });

  it('says so when a chunk is missing', () => {
    expect(new ChunkStore().hasAll(['chunk:gone'])).toBe(false);
    expect(() => new ChunkStore().assemble(['chunk:gone'], 60)).toThrow(/missing/);
  });

  it('does not take in chunks of a wrong size', () => {
    const store = new ChunkStore();
    store.load({ 'chunk:short': new Float32Array(12) });
    expect(store.size).toBe(0);
  });
});
