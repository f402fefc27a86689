import { describe, expect, it } from 'vitest';
import { analyseProsody } from './analyseProsody';
import { measureVoiceProfile } from './measureEffort';
import { buzz } from './testing/buzz';

const mean = (values: Float32Array, from: number, to: number) =>
  values.subarray(from, to).reduce((sum, v) => sum + v, 0) / (to - from);
/** Ten syllables of .2 s with pauses between them; from `raisedFrom` to `raisedTo` seconds the voice is raised. */
const syllables = (raisedFrom: number, raisedTo: number, gain = 1) => {
  const raised = (time: number) => time >= raisedFrom && time < raisedTo;
  return buzz({
    seconds: 3,
    pitchHz: (time) => (time % 0.3 < 0.2 ? (raised(time) ? 170 : 130) * (1 + 0.05 * Math.sin(time * 5)) : 0),
    gain: (time) => gain * (raised(time) ? 2.2 : 1) * (1 + 0.2 * Math.sin(time * 7)),
    rolloff: (time) => (raised(time) ? 1.6 : 2),
  });
};

describe('analyseProsody', () => {
  it('measures loudness in dB of full scale, whatever the tone', () => {
    const samples = Float32Array.from({ length: 16000 }, (_, i) => Math.sin(i * 0.3));
    const { loudnessDb } = analyseProsody({ sampleRateHz: 16000, samples });
    expect(loudnessDb[50]).toBeCloseTo(-3.01, 1);
    expect(analyseProsody({ sampleRateHz: 16000, samples: new Float32Array(1600) }).loudnessDb[5]).toBe(-100);
  });

  it('measures spectral tilt in dB per octave', () => {
    // Harmonics of 50 Hz with amplitude h^-r have -6.02 r dB an octave.
    for (const rolloff of [1, 2]) {
      const { tiltDbPerOctave } = analyseProsody(buzz({ seconds: 0.5, pitchHz: () => 62, rolloff: () => rolloff }));
      expect(mean(tiltDbPerOctave, 10, 40)).toBeGreaterThan(-6.02 * rolloff - 1.5);
      expect(mean(tiltDbPerOctave, 10, 40)).toBeLessThan(-6.02 * rolloff + 1.5);
    }
  });

  it('effort rises in a raised phrase', () => {
    const { effort } = analyseProsody(syllables(1.2, 2.1));
    expect(mean(effort, 120, 210)).toBeGreaterThan(mean(effort, 0, 110) + 0.15);
    expect(mean(effort, 120, 210)).toBeGreaterThan(mean(effort, 215, 300) + 0.15);
  });

  it('a whole raised line rises against a held voice profile, and not without one', () => {
    const calm = analyseProsody(syllables(9, 9));
    const profile = measureVoiceProfile(calm)!;
    const raised = analyseProsody(syllables(0, 9), { profile });
    const alone = analyseProsody(syllables(0, 9));
    expect(mean(raised.effort, 0, 300)).toBeGreaterThan(mean(calm.effort, 0, 300) + 0.1);
    expect(Math.abs(mean(alone.effort, 0, 300) - mean(calm.effort, 0, 300))).toBeLessThan(0.05);
  });

  it('a pure gain change is no effort, with and without a profile', () => {
    const plain = analyseProsody(syllables(1.2, 2.1));
    const profile = measureVoiceProfile(plain)!;
    for (const options of [{}, { profile }]) {
      const base = analyseProsody(syllables(1.2, 2.1), options).effort;
      const quiet = analyseProsody(syllables(1.2, 2.1, 0.1), options).effort;
      const worst = base.reduce((most, value, k) => Math.max(most, Math.abs(value - quiet[k])), 0);
      expect(worst).toBeLessThan(0.02);
    }
  });

  it('silence has no effort, tracks have one length, voice passes through', () => {
    const silent = analyseProsody({ sampleRateHz: 16000, samples: new Float32Array(16000) });
    expect(silent.effort.every((value) => value === 0)).toBe(true);
    const voice = new Float32Array(101).fill(0.25);
    const track = analyseProsody({ sampleRateHz: 16000, samples: new Float32Array(16000) }, { voice });
    expect(track.voice).toBe(voice);
    for (const values of [track.f0Hz, track.voicing, track.loudnessDb, track.tiltDbPerOctave, track.effort])
      expect(values).toHaveLength(101);
    expect(() => analyseProsody({ sampleRateHz: 8000, samples: new Float32Array(8) })).toThrow(RangeError);
  });
});
