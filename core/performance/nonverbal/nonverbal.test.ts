import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import type { PhonemeSegment } from '../../speech/segments';
import { CURVE_FRAME_RATE } from '../../time/frameRate';
import { DEFAULT_STYLE, type PerformanceInput } from '../performanceEngine';
import { performByRules } from '../pipeline';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf, prosodyOf } from '../testing/handMadeLine';
import { BLINK_CLOSING_SECONDS, blinkShape, planBlinks, renderBlinks } from './blinks';
import { BROW_EFFORT_GAIN } from './browsFromProsody';
import { EYE_LOOK_FULL_RADIANS, planGaze } from './gaze';
import { hashUniform, smoothNoise } from './hashNoise';
import { speechAccents } from './speechAccents';
import { voiceFeatures } from './voiceFeatures';

const DEGREE = Math.PI / 180;
const generate = (script: string, more: Partial<PerformanceInput> = {}) => performByRules(inputOf(script, more));
const talk = (seconds: number): PhonemeSegment[] =>
  Array.from({ length: Math.round(seconds / 0.1) }, (_, k) => ({
    // A pause of 300 ms about every three seconds.
    phoneme: k % 30 < 3 ? 'SIL' : k % 2 === 0 ? 'AH' : 'D',
    startSeconds: k / 10,
    endSeconds: (k + 1) / 10,
    confidence: 1,
  }));

describe('hash noise', () => {
  it('is uniform, repeatable and different by seed, region and lane', () => {
    const values = Array.from({ length: 20000 }, (_, k) => hashUniform(9, 3, k));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(hashUniform(9, 3, 77)).toBe(values[77]);
    expect(
      new Set([hashUniform(1, 1, 1), hashUniform(2, 1, 1), hashUniform(1, 2, 1), hashUniform(1, 1, 2), hashUniform(1, 1, 1, 1)])
        .size,
    ).toBe(5);
    let together = 0;
    for (let k = 0; k + 1 < values.length; k++) together += (values[k] - 0.5) * (values[k + 1] - 0.5);
    expect(Math.abs(together / values.length)).toBeLessThan(0.003);
  });

  it('has smooth noise without steps', () => {
    for (let k = 1; k < 2000; k++)
      expect(Math.abs(smoothNoise(4, 1, k / 60, 1.7) - smoothNoise(4, 1, (k - 1) / 60, 1.7))).toBeLessThan(0.05);
  });
});

describe('blinks', () => {
  it('come at a human rate for every seed: 10.5 to 32.5 a minute in conversation (Doughty 2001)', () => {
    const rates = Array.from({ length: 20 }, (_, seed) => planBlinks(talk(300), 300, 1, seed).length / 5);
    rates.forEach((rate) => expect(rate).toBeGreaterThan(10.5));
    rates.forEach((rate) => expect(rate).toBeLessThan(32.5));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean).toBeGreaterThan(17);
    expect(mean).toBeLessThan(27);
  });

  it('favour phrase boundaries and scale with the amount', () => {
    const phonemes = talk(600);
    const events = planBlinks(phonemes, 600, 1, 3);
    const inPause = events.filter((event) =>
      phonemes.some((p) => p.phoneme === 'SIL' && event.timeSeconds >= p.startSeconds && event.timeSeconds < p.endSeconds),
    );
    // Pauses are a tenth of the line; by chance a tenth of the blinks would fall there.
    expect(inPause.length / events.length).toBeGreaterThan(0.2);
    expect(planBlinks(phonemes, 600, 0, 3)).toHaveLength(0);
    expect(planBlinks(phonemes, 600, 2, 3).length).toBeGreaterThan(events.length * 1.5);
  });

  it('close in about 90 ms, open in about 240 ms and are seen closed at 60 fps', () => {
    expect(blinkShape(-BLINK_CLOSING_SECONDS)).toBe(0);
    expect(blinkShape(0)).toBe(1);
    expect(blinkShape(0.3)).toBe(0);
    for (let offset = 0; offset < 1 / 60; offset += 0.001) {
      const tracks = createTracks(60);
      renderBlinks(tracks, [{ timeSeconds: 0.5 + offset, depth: 1 }]);
      const lid = trackOf(tracks, 'eyeBlinkLeft');
      expect(Math.max(...lid)).toBe(1);
      const shown = lid.filter((value) => value > 0.01).length / 60;
      expect(shown).toBeGreaterThan(0.23);
      expect(shown).toBeLessThanOrEqual(0.36);
    }
  });

  it('combine with other lid positions by max and clear wide and squinting lids', () => {
    const tracks = createTracks(60);
    trackOf(tracks, 'eyeBlinkLeft').fill(0.3);
    trackOf(tracks, 'eyeWideLeft').fill(0.8);
    renderBlinks(tracks, [{ timeSeconds: 0.5, depth: 1 }]);
    expect(Math.min(...trackOf(tracks, 'eyeBlinkLeft'))).toBeCloseTo(0.3, 6);
    expect(trackOf(tracks, 'eyeBlinkLeft')[30]).toBe(1);
    expect(trackOf(tracks, 'eyeWideLeft')[30]).toBe(0);
  });

  it('lids follow squint even without blinks, and a glare keeps its upper lid up', () => {
    const style = { ...DEFAULT_STYLE, blinkAmount: 0, gazeAmount: 0 };
    const joy = generate('SIL:1000', { emotions: heldEmotion('joy', 1), style });
    expect(trackOf(joy, 'eyeBlinkLeft')[30]).toBeGreaterThan(0.02);
  });
});

describe('gaze', () => {
  it('keeps 90 % of shifts under 15 degrees and looks at the listener most of the time', () => {
    const shifts = planGaze(talk(600), 600, 5);
    const sizes = shifts.map((shift, k) => {
      const from = shifts[k - 1] ?? { yawRadians: 0, pitchRadians: 0 };
      return Math.hypot(shift.yawRadians - from.yawRadians, shift.pitchRadians - from.pitchRadians) / DEGREE;
    });
    sizes.sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(15);
    let away = 0;
    shifts.forEach((shift, k) => {
      const until = shifts[k + 1]?.timeSeconds ?? 600;
      if (Math.hypot(shift.yawRadians, shift.pitchRadians) > 2.9 * DEGREE) away += until - shift.timeSeconds;
    });
    // Talking: .93 s away for 3.1 s toward the listener.
    expect(away / 600).toBeGreaterThan(0.12);
    expect(away / 600).toBeLessThan(0.35);
    const microsaccades = sizes.filter((size) => size > 0 && size <= 1).length / 600;
    expect(microsaccades).toBeGreaterThan(0.3);
    expect(microsaccades).toBeLessThan(2);
    for (let k = 1; k < shifts.length; k++) expect(shifts[k].timeSeconds).toBeGreaterThanOrEqual(shifts[k - 1].timeSeconds);
  });

  it('writes eyeLook weights that match the rotation: 1 at 30 degrees, In toward the nose', () => {
    const tracks = generate(HAND_MADE_SCRIPT, { seed: 11, style: { ...DEFAULT_STYLE, blinkAmount: 0 } });
    const yaw = trackOf(tracks, 'leftEyeYaw');
    expect(yaw.some((value) => Math.abs(value) > 2 * DEGREE)).toBe(true);
    for (let frame = 0; frame < tracks.frameCount; frame++) {
      const left = trackOf(tracks, 'eyeLookOutLeft')[frame] - trackOf(tracks, 'eyeLookInLeft')[frame];
      const right = trackOf(tracks, 'eyeLookInRight')[frame] - trackOf(tracks, 'eyeLookOutRight')[frame];
      const down = trackOf(tracks, 'eyeLookDownLeft')[frame] - trackOf(tracks, 'eyeLookUpLeft')[frame];
      expect(left).toBeCloseTo(yaw[frame] / EYE_LOOK_FULL_RADIANS, 5);
      expect(right).toBeCloseTo(trackOf(tracks, 'rightEyeYaw')[frame] / EYE_LOOK_FULL_RADIANS, 5);
      expect(down).toBeCloseTo(trackOf(tracks, 'leftEyePitch')[frame] / EYE_LOOK_FULL_RADIANS, 5);
    }
  });

  it('turns the eyes against the head, so that the gaze holds', () => {
    const tracks = generate(HAND_MADE_SCRIPT, { seed: 2 });
    const world = trackOf(tracks, 'leftEyeYaw').map((eye, frame) => eye + trackOf(tracks, 'headYaw')[frame]);
    const held = world.filter((value) => Math.abs(value) < 2 * DEGREE).length;
    expect(held / world.length).toBeGreaterThan(0.5);
  });
});

describe('head and brows', () => {
  it('keeps the head within a few degrees, moving, and more while talking than listening', () => {
    const spread = (samples: Float32Array) => Math.max(...samples) - Math.min(...samples);
    for (const seed of [1, 2, 3, 4, 5]) {
      const talking = generate(HAND_MADE_SCRIPT, { seed });
      for (const channel of ['headYaw', 'headPitch', 'headRoll'] as const) {
        const samples = trackOf(talking, channel);
        expect(Math.max(...samples.map(Math.abs))).toBeLessThan(12 * DEGREE);
        expect(spread(samples)).toBeGreaterThan(0.3 * DEGREE);
        for (let frame = 1; frame < samples.length; frame++)
          expect(Math.abs(samples[frame] - samples[frame - 1])).toBeLessThan(1.2 * DEGREE);
      }
      expect(spread(trackOf(talking, 'headPitch'))).toBeGreaterThan(spread(trackOf(generate('SIL:5000', { seed }), 'headPitch')));
    }
  });

  it('finds accents on loud, long, stressed vowels, at most one a beat', () => {
    const input = inputOf(HAND_MADE_SCRIPT);
    const accents = speechAccents(input.phonemes, voiceFeatures(input.prosody, 320, CURVE_FRAME_RATE), CURVE_FRAME_RATE);
    expect(accents.length).toBeGreaterThan(3);
    for (let k = 1; k < accents.length; k++)
      expect(accents[k].timeSeconds - accents[k - 1].timeSeconds).toBeGreaterThanOrEqual(0.449);
  });

  it('lifts the brows when pitch rises', () => {
    const input = inputOf(HAND_MADE_SCRIPT);
    const flat = { ...input.prosody, f0Hz: input.prosody.f0Hz.map((hz) => (hz > 0 ? 120 : 0)) };
    const risen = { ...input.prosody, f0Hz: flat.f0Hz.map((hz, k) => (hz > 0 && k > 300 ? 160 : hz)) };
    const mean = (prosody: typeof flat) => {
      const brow = trackOf(performByRules({ ...input, prosody }), 'browInnerUp').slice(200, 280);
      return brow.reduce((sum, value) => sum + value, 0) / brow.length;
    };
    expect(mean(risen)).toBeGreaterThan(mean(flat) + 0.03);
  });

  it('grows with vocal effort inside the human band (ln ratio .089 to .359 for +4.7 semitones and +7 dB)', () => {
    const input = inputOf(HAND_MADE_SCRIPT);
    const amplitude = (effort: number) => {
      const prosody = { ...input.prosody, effort: input.prosody.f0Hz.map((hz) => (hz > 0 ? effort : 0)) };
      const brow = trackOf(performByRules({ ...input, prosody }), 'browInnerUp');
      return Math.sqrt(brow.reduce((sum, value) => sum + value * value, 0) / brow.length);
    };
    const ratio = Math.log(amplitude(0.8) / amplitude(0.5));
    expect(ratio).toBeGreaterThan(0.089);
    expect(ratio).toBeLessThan(0.359);
    expect(BROW_EFFORT_GAIN).toBeGreaterThan(0);
  });

  it('presses the brows down instead under anger', () => {
    const calm = generate(HAND_MADE_SCRIPT, { seed: 3 });
    const angry = generate(HAND_MADE_SCRIPT, { seed: 3, emotions: heldEmotion('anger', 1) });
    expect(Math.max(...trackOf(calm, 'browOuterUpLeft'))).toBeGreaterThan(0.1);
    expect(Math.max(...trackOf(angry, 'browOuterUpLeft'))).toBeLessThan(0.01);
  });

  it('follows the brow amount, up to twice', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const peak = (browAmount: number) =>
          Math.max(...trackOf(generate(HAND_MADE_SCRIPT, { seed, style: { ...DEFAULT_STYLE, browAmount } }), 'browInnerUp'));
        expect(peak(0)).toBe(0);
        expect(peak(2)).toBeGreaterThan(peak(1) * 1.3);
      }),
      { numRuns: 8 },
    );
  });

  it('hears nothing in silence: features are 0 without voice', () => {
    const silent = inputOf('SIL:2000');
    const features = voiceFeatures(prosodyOf(silent.phonemes, 2), 121, CURVE_FRAME_RATE);
    for (const values of Object.values(features)) expect((values as Float32Array).every((value) => value === 0)).toBe(true);
  });
});
