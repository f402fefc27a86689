import { describe, expect, it } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import { CURVE_FRAME_RATE } from '../../time/frameRate';
import type { NonverbalType, PerformanceEvent } from '../events/performanceEvent';
import { renderEfforts } from './efforts';

const FRAMES = 180;
const event = (type: NonverbalType, intensity = 1): PerformanceEvent => ({
  key: type,
  type,
  startSeconds: 1,
  endSeconds: 2,
  intensity,
  locked: false,
  origin: 'heard',
});

function perform(events: readonly PerformanceEvent[], loudness: (seconds: number) => number) {
  const count = 301;
  const flat = (value: number) => new Float32Array(count).fill(value);
  const prosody = {
    hopSeconds: 0.01,
    f0Hz: flat(0),
    voicing: flat(0),
    loudnessDb: Float32Array.from({ length: count }, (_, k) => loudness(k / 100)),
    tiltDbPerOctave: flat(0),
    effort: flat(0.5),
    voice: flat(0),
  };
  const tracks = createTracks(FRAMES, CURVE_FRAME_RATE);
  renderEfforts(tracks, events, prosody, { first: 0, end: FRAMES });
  return tracks;
}
const loud = () => -15;

describe('renderEfforts', () => {
  it('opens the jaw with the loudness', () => {
    const jaw = trackOf(
      perform([event('scream')], (seconds) => (seconds < 1.5 ? -10 : -30)),
      'jawOpen',
    );
    expect(jaw[78]).toBeGreaterThan(0.7);
    expect(jaw[105]).toBeLessThan(0.4 * jaw[78]);
    expect(jaw[105]).toBeGreaterThan(0.05);
  });

  it('moves nothing outside the event, and not more than its intensity asks', () => {
    for (const type of ['laugh', 'scream', 'sob', 'grunt', 'sigh', 'cough', 'gasp', 'yawn', 'sniff', 'swallow'] as const) {
      const tracks = perform([event(type)], loud);
      const strong = perform([event(type, 2)], loud);
      const weak = perform([event(type, 0.5)], loud);
      let moved = 0;
      tracks.channels.forEach((channel, index) =>
        channel.forEach((value, frame) => {
          if (frame < 60 || frame > 120) expect(value).toBe(0);
          moved = Math.max(moved, value);
          expect(weak.channels[index][frame]).toBeLessThanOrEqual(value + 1e-6);
          expect(strong.channels[index][frame]).toBeGreaterThanOrEqual(value - 1e-6);
          expect(strong.channels[index][frame]).toBeLessThanOrEqual(1);
        }),
      );
      expect(moved).toBeGreaterThan(0.1);
    }
  });

  it('laughs in bursts where no sound is, and steadily nowhere', () => {
    const jaw = trackOf(
      perform([event('laugh')], () => -80),
      'jawOpen',
    );
    let turns = 0;
    for (let frame = 62; frame < 118; frame++) if ((jaw[frame] - jaw[frame - 1]) * (jaw[frame + 1] - jaw[frame]) < 0) turns++;
    expect(turns).toBeGreaterThanOrEqual(6);
  });

  it('opens without a sound of its own, though the word before rings into it', () => {
    const ringing = (seconds: number) => (seconds < 1.1 ? -30 : -90);
    for (const type of ['sigh', 'grunt', 'scream', 'sob'] as const) {
      const [inSilence, afterWord] = [() => -90, ringing].map((loudness) => trackOf(perform([event(type)], loudness), 'jawOpen'));
      expect(afterWord[90]).toBeGreaterThan(0.1);
      expect([...afterWord]).toEqual([...inSilence]);
    }
  });

  it('has no jumps', () => {
    const tracks = perform([event('scream', 2)], loud);
    for (const channel of tracks.channels)
      for (let frame = 1; frame < FRAMES; frame++) expect(Math.abs(channel[frame] - channel[frame - 1])).toBeLessThan(0.3);
  });

  it('leaves blinks, breaths and removed events to others', () => {
    const tracks = perform([event('blink'), event('breath'), event('laugh', 0)], loud);
    expect(tracks.channels.every((channel) => channel.every((value) => value === 0))).toBe(true);
  });
});
