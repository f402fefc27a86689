import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { MienError } from '../../errors';
import { ACTIVE_EMOTIONS } from '../../emotion/emotions';
import { ARKIT_CHANNELS, CHANNEL_INDEX, regionOf, type PerformanceChannel } from '../../rig/channels';
import { lipOpening } from '../../rig/lipOpening';
import { PHONEMES } from '../../speech/phonemes';
import { closureReport } from '../constraints/closureReport';
import { silentFrames } from '../constraints/silentFrames';
import { DEFAULT_STYLE } from '../performanceEngine';
import type { EmotionCurves } from '../../emotion/emotionCurves';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf, scriptOf } from '../testing/handMadeLine';
import { performByRules } from '../pipeline';

/** Without breaths: they part the lips in silence, and nonverbal.test.ts looks at them. */
const generate = (script: string, more: Parameters<typeof inputOf>[1] = {}) => {
  const input = inputOf(script, more);
  return performByRules({ ...input, style: { ...input.style, breathAmount: 0 } });
};
const anyScript = fc
  .array(fc.nat({ max: 1 << 20 }), { minLength: 1, maxLength: 40 })
  .map((numbers) => scriptOf(numbers, PHONEMES));
const LABIAL_RICH = ['P', 'B', 'M', 'AA', 'IY', 'UW', 'S', 'T', 'W', 'F', 'AE', 'OW'] as const;
const mouthChannels = ARKIT_CHANNELS.filter((channel) => ['jaw', 'mouth'].includes(regionOf(channel)));
const peakOver = (tracks: SampledTracks, channel: PerformanceChannel, from: number, to: number) =>
  Math.max(...trackOf(tracks, channel).slice(Math.round(from * 60), Math.round(to * 60) + 1));
const leastOver = (read: (frame: number) => number, from: number, to: number) => {
  let least = Infinity;
  for (let frame = Math.round(from * 60); frame <= Math.round(to * 60); frame++) least = Math.min(least, read(frame));
  return least;
};

describe('rules engine, every line', () => {
  it('keeps weights in 0..1, mouthClose at most jawOpen, rotations in human range, all finite', () => {
    fc.assert(
      fc.property(
        anyScript,
        fc.constantFrom(...ACTIVE_EMOTIONS),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (script, emotion, level, seed) => {
          const tracks = generate(script, {
            emotions: heldEmotion(emotion, level),
            seed,
            style: { ...DEFAULT_STYLE, jaw: level, lip: 1 - level, headAmount: 2, browAmount: 2, gazeAmount: 2, blinkAmount: 2 },
          });
          const jawOpen = trackOf(tracks, 'jawOpen');
          tracks.channels.forEach((samples, index) => {
            const pose = index >= ARKIT_CHANNELS.length;
            for (const value of samples) {
              if (pose ? !(Math.abs(value) < 0.7) : !(value >= 0 && value <= 1)) throw new Error(`channel ${index} is ${value}`);
            }
          });
          trackOf(tracks, 'mouthClose').forEach((value, frame) => expect(value).toBeLessThanOrEqual(jawOpen[frame]));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is deterministic, and another seed changes the eyes but not the speech', () => {
    const one = generate(HAND_MADE_SCRIPT, { seed: 5 });
    const same = generate(HAND_MADE_SCRIPT, { seed: 5 });
    const other = generate(HAND_MADE_SCRIPT, { seed: 6 });
    one.channels.forEach((samples, index) =>
      expect(Buffer.from(samples.buffer).equals(Buffer.from(same.channels[index].buffer))).toBe(true),
    );
    for (const channel of mouthChannels) expect(trackOf(other, channel)).toEqual(trackOf(one, channel));
    expect(trackOf(other, 'leftEyeYaw')).not.toEqual(trackOf(one, 'leftEyeYaw'));
    expect(trackOf(other, 'headYaw')).not.toEqual(trackOf(one, 'headYaw'));
  });

  it('is exactly still in silence without emotion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 1 << 20 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat({ max: 1 << 20 }), { minLength: 1, maxLength: 12 }),
        (a, b) => {
          const script = `${scriptOf(a, PHONEMES)} SIL:500 ${scriptOf(b, PHONEMES)} SIL:400`;
          const input = inputOf(script);
          const tracks = generate(script);
          const silent = silentFrames(input.phonemes, tracks.frameCount, tracks.frameRate);
          expect(silent.some((flag) => flag === 1)).toBe(true);
          for (const channel of mouthChannels) {
            trackOf(tracks, channel).forEach((value, frame) => {
              if (silent[frame] === 1 && value !== 0)
                throw new Error(`${channel} is ${value} in silence at frame ${frame} of ${script}`);
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('moves smoothly: no mouth channel jumps within a frame', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const tracks = generate(script);
        for (const channel of mouthChannels) {
          const samples = trackOf(tracks, channel);
          const most = channel === 'mouthRollLower' || channel === 'mouthShrugLower' ? 0.75 : 0.45;
          for (let frame = 1; frame < samples.length; frame++) {
            const step = Math.abs(samples[frame] - samples[frame - 1]);
            if (step > most) throw new Error(`${channel} steps ${step} at ${frame} of ${script}`);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes empty, silent, very short and overlapping odd lines', () => {
    for (const script of ['SIL:10', 'SIL:3000', 'AA:5', 'P:5 B:5 M:5', 'AA:1 P:1 SIL:1']) {
      const tracks = generate(script);
      expect(tracks.frameCount).toBeGreaterThanOrEqual(1);
      tracks.channels.forEach((samples) => expect(samples.every(Number.isFinite)).toBe(true));
    }
    const empty = performByRules({ ...inputOf('SIL:1000'), phonemes: [], words: [] });
    expect(mouthChannels.every((channel) => trackOf(empty, channel).every((value) => value === 0))).toBe(true);
    const deaf = inputOf(HAND_MADE_SCRIPT);
    const none = { ...deaf.prosody, f0Hz: new Float32Array(0), loudnessDb: new Float32Array(0), effort: new Float32Array(0) };
    expect(trackOf(performByRules({ ...deaf, prosody: none }), 'jawOpen').some((value) => value > 0.2)).toBe(true);
  });
});

describe('rules engine, input', () => {
  it('refuses lengths and phones that make no sense, with a remedy', () => {
    const good = inputOf(HAND_MADE_SCRIPT);
    const bad = [0, -1, NaN, Infinity, 1e9].map((durationSeconds) => ({ ...good, durationSeconds }));
    const backwards = { ...good, phonemes: [...good.phonemes].reverse() };
    const notANumber = { ...good, phonemes: [{ ...good.phonemes[0], endSeconds: NaN }] };
    for (const input of [...bad, backwards, notANumber]) expect(() => performByRules(input)).toThrowError(MienError);
  });

  it('plays phones that run past the end of the sound', () => {
    const tracks = performByRules({ ...inputOf(HAND_MADE_SCRIPT), durationSeconds: 1 });
    expect(tracks.frameCount).toBe(61);
    expect(trackOf(tracks, 'jawOpen').some((value) => value > 0.1)).toBe(true);
  });

  it('works in proportion to the length: no window looks at the whole line', () => {
    const phones = 'SIL:200 T:80 AA1:120 M:80 S:90 IY1:120 '.repeat(40).trim();
    const short = performByRules(inputOf(`${phones} SIL:400`));
    const long = performByRules(inputOf(`${phones} ${phones} SIL:400`, { prosody: inputOf('SIL:10').prosody }));
    const alone = performByRules(inputOf(`${phones} SIL:400`, { prosody: inputOf('SIL:10').prosody }));
    // The speech of the first half does not depend on what follows it.
    for (const channel of mouthChannels) {
      expect(trackOf(long, channel).slice(0, short.frameCount - 60)).toEqual(
        trackOf(alone, channel).slice(0, short.frameCount - 60),
      );
    }
  });
});

describe('rules engine, closures', () => {
  it('closes on at least 99 % of P B M in every emotion at every intensity', () => {
    const labial = fc
      .array(fc.nat({ max: 1 << 20 }), { minLength: 30, maxLength: 40 })
      .map((numbers) => scriptOf(numbers, LABIAL_RICH));
    const scripts = fc.sample(labial, { numRuns: 8, seed: 42 });
    for (const emotion of ACTIVE_EMOTIONS) {
      for (const intensity of [0.25, 0.5, 0.75, 1]) {
        let closed = 0;
        let total = 0;
        for (const script of [HAND_MADE_SCRIPT, ...scripts]) {
          const input = inputOf(script, { emotions: heldEmotion(emotion, intensity) });
          const report = closureReport(performByRules(input), input.phonemes);
          closed += report.closed;
          total += report.total;
        }
        expect(total).toBeGreaterThan(60);
        expect(closed / total).toBeGreaterThanOrEqual(0.99);
      }
    }
  });

  it('leaves the lips shut 30 to 140 ms on a stop and parts them on the vowels around', () => {
    for (const stop of ['P', 'B', 'M']) {
      for (const milliseconds of [20, 50, 80, 120, 160, 220]) {
        const tracks = generate(`SIL:400 AA:140 ${stop}:${milliseconds} AA:140 SIL:400`);
        const shut = Array.from({ length: tracks.frameCount }, (_, frame) => frame).filter(
          (frame) => frame > 0.47 * 60 && frame < (0.61 + milliseconds / 1000) * 60 && lipOpening(tracks, frame) <= 0.0166,
        );
        const seconds = (shut.length - 1) / 60;
        expect(seconds).toBeGreaterThanOrEqual(0.03);
        expect(seconds).toBeLessThanOrEqual(0.14);
        expect(leastOver((frame) => -lipOpening(tracks, frame), 0.45, 0.5)).toBeLessThan(-0.2);
      }
    }
  });

  it('does not close on phones that are no labials', () => {
    for (const phoneme of PHONEMES.filter((name) => !['SIL', 'P', 'B', 'M', 'F', 'V'].includes(name))) {
      const tracks = generate(`SIL:300 EH:120 ${phoneme}:90 EH:120 SIL:300`);
      expect(
        leastOver((frame) => lipOpening(tracks, frame), 0.42, 0.51),
        phoneme,
      ).toBeGreaterThan(0.03);
    }
  });

  it('has no closure at strength 0 and brings the lower lip to the teeth for F and V', () => {
    const open = inputOf(HAND_MADE_SCRIPT, { style: { ...DEFAULT_STYLE, closureStrength: 0 } });
    expect(closureReport(performByRules(open), open.phonemes).closed).toBeLessThan(3);
    for (const phoneme of ['F', 'V']) {
      const tracks = generate(`SIL:300 AA:120 ${phoneme}:90 AA:120 SIL:300`);
      expect(peakOver(tracks, 'mouthRollLower', 0.42, 0.51)).toBeGreaterThan(0.8);
      expect(leastOver((frame) => lipOpening(tracks, frame), 0.42, 0.51)).toBeLessThan(0.16);
    }
  });
});

describe('rules engine, coarticulation', () => {
  const word = (phones: string) => generate(`SIL:400 ${phones} SIL:400`);
  const middle = (tracks: SampledTracks, channel: PerformanceChannel, seconds: number) =>
    trackOf(tracks, channel)[Math.round(seconds * 60)];

  it('narrows the jaw on sibilants, whatever the style', () => {
    for (const phoneme of ['S', 'Z', 'SH', 'ZH', 'CH', 'JH']) {
      const tracks = generate(`SIL:400 AA:160 ${phoneme}:100 AA:160 SIL:400`, { style: { ...DEFAULT_STYLE, jaw: 1 } });
      expect(
        leastOver((frame) => trackOf(tracks, 'jawOpen')[frame], 0.56, 0.66),
        phoneme,
      ).toBeLessThan(0.35);
    }
  });

  it('rounds before a rounded vowel: "two" is rounded in its T, "tea" is not', () => {
    const two = middle(word('T:100 UW:160'), 'mouthPucker', 0.48);
    const tea = middle(word('T:100 IY:160'), 'mouthPucker', 0.48);
    expect(two).toBeGreaterThan(0.1);
    expect(tea).toBeLessThan(0.02);
  });

  it('moves through both targets of a diphthong', () => {
    const tracks = word('B:80 OY:260 D:80');
    expect(middle(tracks, 'mouthPucker', 0.55)).toBeGreaterThan(0.2);
    expect(middle(tracks, 'mouthStretchLeft', 0.72)).toBeGreaterThan(middle(tracks, 'mouthStretchLeft', 0.55) + 0.1);
  });

  it('keeps one closure for neighbouring labials and two for parted ones', () => {
    const shutRuns = (tracks: SampledTracks) => {
      let runs = 0;
      for (let frame = Math.round(0.42 * 60); frame < Math.round(0.8 * 60); frame++) {
        if (lipOpening(tracks, frame) <= 0.0166 && lipOpening(tracks, frame - 1) > 0.0166) runs++;
      }
      return runs;
    };
    expect(shutRuns(word('AA:140 P:80 M:80 AA:140'))).toBe(1);
    expect(shutRuns(word('AA:100 P:70 AA:110 M:70 AA:140'))).toBe(2);
  });

  it('undershoots short vowels', () => {
    const long = peakOver(word('T:80 AA:180 T:80'), 'jawOpen', 0.4, 0.9);
    const short = peakOver(word('T:80 AA:45 T:80'), 'jawOpen', 0.4, 0.9);
    expect(short).toBeLessThan(long * 0.85);
  });

  it('opens more for stress, effort and the jaw axis, and the lip axis moves lips only', () => {
    const jaw = (script: string, style = {}) =>
      peakOver(generate(script, { style: { ...DEFAULT_STYLE, ...style } }), 'jawOpen', 0.4, 0.9);
    expect(jaw('SIL:400 T:80 AA1:120 T:80 SIL:300')).toBeGreaterThan(jaw('SIL:400 T:80 AA0:120 T:80 SIL:300') * 1.1);
    expect(jaw('SIL:400 T:80 AA:120 T:80 SIL:300', { jaw: 1 })).toBeGreaterThan(
      jaw('SIL:400 T:80 AA:120 T:80 SIL:300', { jaw: 0 }) * 2,
    );
    const wide = generate('SIL:400 T:80 IY:160 SIL:300', { style: { ...DEFAULT_STYLE, lip: 1 } });
    const slack = generate('SIL:400 T:80 IY:160 SIL:300', { style: { ...DEFAULT_STYLE, lip: 0 } });
    expect(peakOver(wide, 'mouthStretchLeft', 0.4, 0.7)).toBeGreaterThan(peakOver(slack, 'mouthStretchLeft', 0.4, 0.7) * 1.8);
    expect(trackOf(wide, 'jawOpen')).toEqual(trackOf(slack, 'jawOpen'));
  });

  it('shows the tongue for TH and not behind closed lips', () => {
    expect(peakOver(word('AA:120 TH:90 AA:120'), 'tongueOut', 0.5, 0.65)).toBeGreaterThan(0.2);
    const tracks = word('TH:60 B:80 AA:120');
    expect(middle(tracks, 'tongueOut', 0.49)).toBeLessThan(0.01);
  });
});

describe('rules engine, emotion', () => {
  it('never lowers the jaw of speech', () => {
    const plain = trackOf(generate(HAND_MADE_SCRIPT), 'jawOpen');
    for (const emotion of ACTIVE_EMOTIONS) {
      const felt = trackOf(generate(HAND_MADE_SCRIPT, { emotions: heldEmotion(emotion, 1) }), 'jawOpen');
      felt.forEach((value, frame) => expect(value).toBeGreaterThanOrEqual(plain[frame] - 1e-6));
    }
  });

  it('grows with intensity and gives the mouth a third while speaking, its corners more, all of it in pauses', () => {
    const smile = (intensity: number) =>
      trackOf(generate(HAND_MADE_SCRIPT, { emotions: heldEmotion('joy', intensity) }), 'mouthSmileLeft');
    const plain = trackOf(generate(HAND_MADE_SCRIPT), 'mouthSmileLeft');
    const [half, full] = [smile(0.5), smile(1)];
    const pause = Math.round(2.55 * 60);
    const speaking = Math.round(0.83 * 60);
    expect(half[pause]).toBeGreaterThan(0.35);
    expect(full[pause]).toBeGreaterThan(half[pause] * 1.7);
    const added = full[speaking] - plain[speaking];
    expect(added).toBeGreaterThan(0.3);
    expect(added).toBeLessThan(full[pause] * 0.65);
    const press = (emotions?: EmotionCurves) => trackOf(generate(HAND_MADE_SCRIPT, emotions && { emotions }), 'mouthPressLeft');
    const [calm, angry] = [press(), press(heldEmotion('anger', 1))];
    expect(angry[pause] - calm[pause]).toBeGreaterThan(0.3);
    expect(angry[speaking] - calm[speaking]).toBeLessThan(0.4 * angry[pause]);
  });

  it('mixes two emotions within the range of both', () => {
    const joy = heldEmotion('joy', 1);
    const both = { ...joy, surprise: heldEmotion('surprise', 1).surprise };
    const at = (emotions: typeof joy, channel: PerformanceChannel) => trackOf(generate('SIL:2000', { emotions }), channel)[30];
    for (const channel of ['mouthSmileLeft', 'browInnerUp', 'cheekSquintLeft'] as const) {
      const [a, b] = [at(joy, channel), at(heldEmotion('surprise', 1), channel)];
      expect(at(both, channel)).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-6);
      expect(at(both, channel)).toBeLessThanOrEqual(Math.max(a, b) + 1e-6);
    }
  });

  it('turns a stepped key into a smooth change', () => {
    const step = {
      ...heldEmotion('joy', 0),
      joy: {
        keys: [
          { id: 'a', timeSeconds: 0, value: 0, interpolation: 'constant' as const, tangentMode: 'auto' as const },
          { id: 'b', timeSeconds: 1, value: 1, interpolation: 'constant' as const, tangentMode: 'auto' as const },
        ],
      },
    };
    const cheek = trackOf(
      generate('SIL:2000', { emotions: step, style: { ...DEFAULT_STYLE, blinkAmount: 0 } }),
      'cheekSquintLeft',
    );
    for (let frame = 1; frame < cheek.length; frame++) expect(Math.abs(cheek[frame] - cheek[frame - 1])).toBeLessThan(0.2);
    expect(cheek[100]).toBeGreaterThan(0.6);
  });

  it('is exactly off at 0: each amount switches its own channels off', () => {
    const off = generate(HAND_MADE_SCRIPT, {
      style: { ...DEFAULT_STYLE, blinkAmount: 0, gazeAmount: 0, headAmount: 0, browAmount: 0 },
    });
    const moving = off.channels.filter((_, index) => !mouthChannels.some((channel) => CHANNEL_INDEX[channel] === index));
    expect(moving.every((samples) => samples.every((value) => value === 0))).toBe(true);
  });
});
