import { describe, expect, it } from 'vitest';
import { trackOf } from '../curves/sampledTracks';
import { PERFORMANCE_CHANNELS } from '../rig/channels';
import { frameToSeconds, secondsToNearestFrame } from '../time/frameRate';
import { curveGridOf } from './curveGrid';
import { performByRules, planPerformance } from './pipeline';
import { performTake } from './performTake';
import { rulesEngine } from './rules/rulesEngine';
import { heldEmotion, inputOf } from './testing/handMadeLine';

/** Speaks from the very start to the very end, as a tightly cut recording does. */
const TIGHT = 'M:90 AE1:190 N:70 | SIL:700 | B:70 L:50 UW1:160 | M:80 AY1:220';
const ROLLS = { preRollSeconds: 0.8, postRollSeconds: 1.2 };
const bare = inputOf(TIGHT, { emotions: heldEmotion('joy', 0.6) });
const rolled = { ...bare, ...ROLLS };

describe('a line with pre- and post-roll', () => {
  it('has curves from before the sound to behind it, on whole seconds before time 0', () => {
    const { frameRate, frameCount } = curveGridOf(rolled);
    const tracks = performByRules(rolled);
    expect(tracks.frameCount).toBe(frameCount);
    expect(frameToSeconds(0, tracks.frameRate)).toBe(-1);
    expect(frameToSeconds(frameCount - 1, frameRate)).toBeGreaterThanOrEqual(bare.durationSeconds + 1.2 - 1e-6);
    expect(secondsToNearestFrame(0, frameRate)).toBe(60);
  });

  it('keeps the curves of the sound as they were, away from its ends', () => {
    const [before, after] = [performByRules(bare), performByRules(rolled)];
    for (const channel of PERFORMANCE_CHANNELS) {
      const [old, now] = [trackOf(before, channel), trackOf(after, channel)];
      for (let frame = 40; frame < before.frameCount - 60; frame++)
        expect(Math.abs(now[frame + 60] - old[frame]), `${channel} at ${frame}`).toBeLessThan(1e-5);
    }
  });

  it('breathes in before the first word, and opens the lips for it before the sound', () => {
    const events = planPerformance(rolled).events;
    const [breath] = events.filter(({ type }) => type === 'breath');
    expect(breath.startSeconds).toBeGreaterThanOrEqual(-ROLLS.preRollSeconds);
    expect(breath.endSeconds).toBeLessThan(0);
    // Without the roll there is no room for it.
    const first = planPerformance(bare).events.find(({ type }) => type === 'breath');
    expect(first?.startSeconds).toBeGreaterThan(0.3);
    const tracks = performByRules(rolled);
    const middle = secondsToNearestFrame((breath.startSeconds * 1 + breath.endSeconds * 2) / 3, tracks.frameRate);
    expect(trackOf(tracks, 'jawOpen')[middle]).toBeGreaterThan(0.01);
  });

  it('lives while nobody speaks and comes to rest behind the last word', () => {
    const tracks = performByRules(rolled);
    const yaw = trackOf(tracks, 'headYaw');
    expect(new Set(Array.from(yaw.subarray(12, 60))).size).toBeGreaterThan(30);
    // The emotion stands from the first frame on; the speech part of the mouth ends .2 s after the sound.
    expect(trackOf(tracks, 'cheekSquintLeft')[13]).toBeGreaterThan(0.05);
    const still = secondsToNearestFrame(bare.durationSeconds + 0.25, tracks.frameRate);
    const jaw = trackOf(tracks, 'jawOpen');
    const spread = Math.max(...jaw.subarray(still)) - Math.min(...jaw.subarray(still));
    expect(spread).toBeLessThan(0.01);
  });

  it('plans blinks and looks over the rolls with keys of their own, and never two of a kind at once', () => {
    for (let seed = 0; seed < 30; seed++) {
      const events = planPerformance({ ...rolled, preRollSeconds: 6, postRollSeconds: 6, seed }).events;
      expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
      const blinks = events.filter(({ type }) => type === 'blink');
      expect(blinks.some(({ startSeconds }) => startSeconds < 0)).toBe(true);
      expect(blinks.some(({ startSeconds }) => startSeconds > bare.durationSeconds)).toBe(true);
      blinks.slice(1).forEach((blink, index) => expect(blink.startSeconds).toBeGreaterThan(blinks[index].startSeconds + 0.2));
      expect(Math.min(...events.map(({ startSeconds }) => startSeconds))).toBeGreaterThanOrEqual(-6);
    }
  });

  it('makes a part of the roll anew and leaves the rest byte-equal', async () => {
    const { tracks } = await performTake(rulesEngine, rolled);
    const range = { startSeconds: -0.7, endSeconds: -0.2 };
    const { tracks: again } = await performTake(rulesEngine, { ...rolled, seed: 9 }, { previous: tracks, range });
    const [first, end] = [secondsToNearestFrame(-0.7, tracks.frameRate), secondsToNearestFrame(-0.2, tracks.frameRate)];
    let changed = 0;
    tracks.channels.forEach((samples, channel) =>
      samples.forEach((value, frame) => {
        if (frame >= first && frame < end) changed += Number(again.channels[channel][frame] !== value);
        else expect(again.channels[channel][frame]).toBe(value);
      }),
    );
    expect(changed).toBeGreaterThan(20);
  });

  it('refuses rolls that are none', () => {
    expect(() => planPerformance({ ...bare, preRollSeconds: -1 })).toThrow(/pre- or post-roll/);
    expect(() => planPerformance({ ...bare, postRollSeconds: NaN })).toThrow(/pre- or post-roll/);
  });
});
