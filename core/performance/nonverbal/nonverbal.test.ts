import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import { lipOpening } from '../../rig/lipOpening';
import type { PhonemeSegment } from '../../speech/segments';
import { CURVE_FRAME_RATE } from '../../time/frameRate';
import { DEFAULT_STYLE, type PerformanceInput } from '../performanceEngine';
import type { PerformanceEvent } from '../events/performanceEvent';
import { performByRules, planPerformance } from '../pipeline';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf, prosodyOf } from '../testing/handMadeLine';
import { BLINK_CLOSING_SECONDS, BLINK_SECONDS, blinkShape, blinkTimes, planBlinks, renderBlinks } from './blinks';
import { BROW_EFFORT_GAIN } from './browsFromProsody';
import { EYE_LOOK_FULL_RADIANS, gazeShifts, planGaze } from './gaze';
import { hashUniform, smoothNoise } from './hashNoise';
import { speechAccents } from './speechAccents';
import { voiceFeatures } from './voiceFeatures';

const DEGREE = Math.PI / 180;
const generate = (script: string, more: Partial<PerformanceInput> = {}) => performByRules(inputOf(script, more));
const wholeSecond = { first: 0, end: 60 };
const blinkAt = (shutSeconds: number, more: Partial<PerformanceEvent> = {}): PerformanceEvent => ({
  key: 'b',
  type: 'blink',
  ...blinkTimes(shutSeconds),
  intensity: 1,
  locked: false,
  origin: 'generated',
  ...more,
});
const shutAt = (event: PerformanceEvent) => event.startSeconds + BLINK_CLOSING_SECONDS;
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
      phonemes.some((p) => p.phoneme === 'SIL' && shutAt(event) >= p.startSeconds && shutAt(event) < p.endSeconds),
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
      renderBlinks(tracks, [blinkAt(0.5 + offset)], wholeSecond);
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
    renderBlinks(tracks, [blinkAt(0.5)], wholeSecond);
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
    const shifts = gazeShifts(planGaze(talk(600), 600, 5), 1, 5);
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

describe('events', () => {
  const line = inputOf([HAND_MADE_SCRIPT, HAND_MADE_SCRIPT, HAND_MADE_SCRIPT].join(' | '), { seed: 9 });
  const planned = planPerformance(line).events;
  const kinds = (events: readonly PerformanceEvent[], type: string) => events.filter((event) => event.type === type);
  const hand = (type: PerformanceEvent['type'], startSeconds: number, endSeconds: number, more = {}): PerformanceEvent => ({
    key: `hand-${type}-${startSeconds}`,
    type,
    startSeconds,
    endSeconds,
    intensity: 1,
    locked: false,
    origin: 'hand',
    ...more,
  });
  const withEvents = (...events: PerformanceEvent[]) => ({ ...line, events });

  it('are planned for every kind, in order of time, each key once', () => {
    for (const type of ['blink', 'gaze', 'nod', 'breath']) expect(kinds(planned, type).length, type).toBeGreaterThan(0);
    expect(new Set(planned.map(({ key }) => key)).size).toBe(planned.length);
    for (let k = 1; k < planned.length; k++) expect(planned[k].startSeconds).toBeGreaterThanOrEqual(planned[k - 1].startSeconds);
  });

  it('keep those of the animator for every seed, and stay out of their way', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const mine = [
        hand('blink', 2, 2.35),
        hand('gaze', 5, 7, { target: { yawRadians: 0.3, pitchRadians: 0.1 } }),
        hand('nod', 9, 9.6),
      ];
      const events = planPerformance({ ...withEvents(...mine), seed }).events;
      for (const event of mine) expect(events).toContain(event);
      const made = events.filter(({ origin }) => origin === 'generated');
      for (const blink of kinds(made, 'blink')) expect(blink.endSeconds < 2 || blink.startSeconds > 2.35).toBe(true);
      for (const look of kinds(made, 'gaze')) expect(look.endSeconds <= 5 || look.startSeconds >= 7).toBe(true);
      for (const nod of kinds(made, 'nod')) expect(nod.endSeconds <= 9 || nod.startSeconds >= 9.6).toBe(true);
    }
  });

  it('that were moved or removed by hand do not come back where they were', () => {
    const [first, second] = kinds(planned, 'blink');
    const moved = {
      ...first,
      startSeconds: first.startSeconds + 0.5,
      endSeconds: first.endSeconds + 0.5,
      origin: 'hand' as const,
    };
    const removed = { ...second, intensity: 0, origin: 'hand' as const };
    const lid = (events: PerformanceEvent[]) => trackOf(performByRules(withEvents(...events)), 'eyeBlinkLeft');
    const at = (samples: Float32Array, event: PerformanceEvent) => samples[Math.round(shutAt(event) * 60)];
    expect(at(lid([]), first)).toBeGreaterThan(0.8);
    expect(at(lid([moved, removed]), first)).toBeLessThan(0.5);
    expect(at(lid([moved, removed]), moved)).toBeGreaterThan(0.8);
    expect(at(lid([moved, removed]), second)).toBeLessThan(0.5);
  });

  it('turn the eyes where a look says, with the share of the head that it names', () => {
    const look = hand('gaze', 3, 4.5, { target: { yawRadians: 0.4, pitchRadians: 0 }, headShare: 0.5 });
    const tracks = performByRules(withEvents(look));
    const world = trackOf(tracks, 'leftEyeYaw')[240] + trackOf(tracks, 'headYaw')[240];
    expect(world).toBeGreaterThan(0.36);
    expect(world).toBeLessThan(0.44);
    const plain = performByRules(line);
    expect(trackOf(tracks, 'headYaw')[240] - trackOf(plain, 'headYaw')[240]).toBeGreaterThan(0.1);
  });

  it('act on the head: a nod goes down, a shake to both sides, a tilt leans; also with the amount at 0', () => {
    const style = { ...line.style, headAmount: 0, gazeAmount: 0 };
    const head = (event: PerformanceEvent, channel: 'headPitch' | 'headYaw' | 'headRoll') =>
      trackOf(performByRules({ ...withEvents(event), style: { ...style, breathAmount: 0 } }), channel).slice(120, 181);
    expect(Math.max(...head(hand('nod', 2, 3), 'headPitch'))).toBeGreaterThan(2 * DEGREE);
    const shake = head(hand('shake', 2, 3), 'headYaw');
    expect(Math.max(...shake)).toBeGreaterThan(3 * DEGREE);
    expect(Math.min(...shake)).toBeLessThan(-3 * DEGREE);
    expect(Math.max(...head(hand('tilt', 2, 3), 'headRoll'))).toBeGreaterThan(5 * DEGREE);
  });

  it('blink slower when made longer', () => {
    const shutFrames = (seconds: number) => {
      const tracks = createTracks(120);
      renderBlinks(tracks, [{ ...blinkAt(0.5), endSeconds: 0.5 - BLINK_CLOSING_SECONDS + seconds }], { first: 0, end: 120 });
      return trackOf(tracks, 'eyeBlinkLeft').filter((value) => value > 0.5).length;
    };
    expect(shutFrames(2 * BLINK_SECONDS)).toBeGreaterThan(1.7 * shutFrames(BLINK_SECONDS));
  });

  it('breathe in before phrases after a pause, part the lips by .05 to .12, and can be switched off', () => {
    const breaths = kinds(planned, 'breath');
    const input = { ...line, style: { ...line.style, breathAmount: 0 } };
    const still = performByRules(input);
    const breathing = performByRules(line);
    for (const breath of breaths) {
      const next = line.phonemes.find((p) => p.phoneme !== 'SIL' && p.startSeconds >= breath.endSeconds - 1e-9)!;
      expect(next.startSeconds - breath.endSeconds).toBeLessThan(0.1);
      const peak = Math.round((breath.startSeconds + (2 / 3) * (breath.endSeconds - breath.startSeconds)) * 60);
      const parted = lipOpening(breathing, peak) - lipOpening(still, peak);
      expect(parted).toBeGreaterThan(0.03);
      expect(parted).toBeLessThan(0.2);
    }
    expect(kinds(planPerformance(input).events, 'breath')).toHaveLength(0);
  });

  it('leave the head at rest in silence when idle motion is off', () => {
    const style = { ...DEFAULT_STYLE, idleAmount: 0, gazeAmount: 0, blinkAmount: 0 };
    const still = performByRules(inputOf('SIL:4000', { style }));
    const idle = performByRules(inputOf('SIL:4000', { style: { ...style, idleAmount: 1 } }));
    const spread = (samples: Float32Array) => Math.max(...samples) - Math.min(...samples);
    for (const channel of ['headYaw', 'headPitch', 'headRoll'] as const) {
      expect(spread(trackOf(still, channel))).toBe(0);
      expect(spread(trackOf(idle, channel))).toBeGreaterThan(0.2 * DEGREE);
    }
  });

  it('head height follows pitch: correlation above .25 over voiced frames, and nothing of it with a shifted voice', () => {
    const pairs = Array.from({ length: 12 }, (_, seed) => {
      const { features } = planPerformance({ ...line, seed });
      const height = trackOf(performByRules({ ...line, seed }), 'headPitch').map((value) => -value);
      const frames = Array.from(height.keys()).filter((k) => Math.abs(features.pitchSemitones[k]) > 0.2);
      const against = (shift: number) =>
        correlation(
          frames.map((k) => height[k]),
          frames.map((k) => features.pitchSemitones[(k + shift) % height.length]),
        );
      const shifted = [97, 211, 349, 467, 593, 701].map(against);
      return [against(0), shifted.reduce((sum, value) => sum + value, 0) / shifted.length];
    });
    const mean = (index: number) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length;
    expect(mean(0)).toBeGreaterThan(0.25);
    expect(mean(0)).toBeGreaterThan(Math.abs(mean(1)) + 0.1);
  });
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, k) => {
    ab += (value - ma) * (b[k] - mb);
    aa += (value - ma) ** 2;
    bb += (b[k] - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
