import { describe, expect, it } from 'vitest';
import { melFrameCount } from './logMel';
import { buzz } from './testing/buzz';
import { trackPitch } from './trackPitch';

const track = (samples: Float32Array) => trackPitch(samples, melFrameCount(samples.length));

describe('trackPitch', () => {
  it.each([62, 90, 130, 220, 330, 470, 590])('finds %i Hz within 1 %%', (hz) => {
    const { f0Hz, voicing } = track(buzz({ seconds: 0.6, pitchHz: () => hz }).samples);
    for (let k = 6; k < 54; k++) {
      expect(Math.abs(f0Hz[k] / hz - 1)).toBeLessThan(0.01);
      expect(voicing[k]).toBeGreaterThan(0.9);
    }
  });

  it('follows a glide of an octave without jumps', () => {
    const { f0Hz } = track(buzz({ seconds: 1, pitchHz: (time) => 120 * 2 ** time }).samples);
    for (let k = 6; k < 94; k++) expect(Math.abs(f0Hz[k] / (120 * 2 ** (k / 100)) - 1)).toBeLessThan(0.02);
  });

  it('tells voice from noise and from silence', () => {
    const { samples } = buzz({ seconds: 1.2, pitchHz: (time) => (time > 0.4 && time < 0.8 ? 150 : 0) });
    const { f0Hz, voicing } = track(samples);
    for (const k of [10, 20, 30, 92, 100, 110]) {
      expect(f0Hz[k]).toBe(0);
      expect(voicing[k]).toBeLessThan(0.46);
    }
    for (const k of [45, 60, 75]) expect(f0Hz[k]).toBeGreaterThan(140);
    const silence = track(new Float32Array(8000));
    expect(silence.f0Hz.every((hz) => hz === 0)).toBe(true);
    expect(silence.voicing.every((strength) => strength === 0)).toBe(true);
  });

  it('is not misled by one click that is louder than the voice', () => {
    const { samples } = buzz({ seconds: 2, pitchHz: () => 140, gain: () => 0.05 });
    samples[16000] = 1;
    const { f0Hz } = track(samples);
    expect([...f0Hz.subarray(10, 190)].filter((hz) => Math.abs(hz - 140) < 3).length).toBeGreaterThan(165);
  });

  it('takes the shortest sounds', () => {
    for (const count of [1, 2, 100]) expect(track(new Float32Array(count).fill(0.1)).f0Hz).toHaveLength(melFrameCount(count));
  });
});
