import { describe, expect, it } from 'vitest';
import { createTracks, type SampledTracks } from '../../core/curves/sampledTracks';
import { closureReport } from '../../core/performance/constraints/closureReport';
import { CHANNEL_INDEX, type PerformanceChannel } from '../../core/rig/channels';
import type { PhonemeSegment } from '../../core/speech/segments';
import { seededRandom } from '../../core/testing/seededRandom';
import { closuresOf } from './closures';

const FRAMES = 600;

describe('closures of the line on screen', () => {
  it('are those of a look at the whole line, whatever was edited since (seeded)', () => {
    const random = seededRandom(3);
    const phonemes = Array.from({ length: 100 }, (_, index): PhonemeSegment => ({
      phoneme: index % 2 === 0 ? 'M' : 'AA',
      startSeconds: index / 10,
      endSeconds: (index + 1) / 10,
      confidence: 1,
    }));
    let tracks = createTracks(FRAMES);
    tracks.channels[CHANNEL_INDEX.jawOpen].forEach((_value, frame, samples) => (samples[frame] = random() < 0.3 ? 0 : 0.4));
    const edit = (channel: PerformanceChannel): SampledTracks => {
      const index = CHANNEL_INDEX[channel];
      const samples = tracks.channels[index].slice();
      const from = Math.floor(random() * FRAMES);
      samples.fill(random() < 0.5 ? 0 : 0.5 * random(), from, from + Math.ceil(random() * 80));
      return { ...tracks, channels: tracks.channels.map((other, at) => (at === index ? samples : other)) };
    };
    const seen = new Set<number>();
    for (let turn = 0; turn < 200; turn += 1) {
      tracks = edit((['jawOpen', 'mouthClose', 'mouthFunnel', 'browInnerUp'] as const)[turn % 4]);
      const report = closuresOf(tracks, phonemes);
      expect(report).toEqual(closureReport(tracks, phonemes));
      seen.add(report.closed);
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  it('is the very report of before when no lip moved', () => {
    const phonemes: PhonemeSegment[] = [{ phoneme: 'B', startSeconds: 1, endSeconds: 1.2, confidence: 1 }];
    const tracks = createTracks(FRAMES);
    const report = closuresOf(tracks, phonemes);
    const channels = tracks.channels.map((samples, index) => (index === CHANNEL_INDEX.browInnerUp ? samples.slice() : samples));
    expect(closuresOf({ ...tracks, channels }, phonemes)).toBe(report);
  });
});
