import { describe, expect, it } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import type { PerformanceEvent } from '../events/performanceEvent';
import { gazeShifts, renderGaze } from './gaze';

/** Both eyes half a second into a look straight ahead at something `distanceMetres` away. */
function eyesOn(distanceMetres: number | undefined) {
  const tracks = createTracks(60);
  const look: PerformanceEvent = {
    key: 'hand:1',
    type: 'gaze',
    startSeconds: 0.1,
    endSeconds: 1,
    intensity: 1,
    target: { yawRadians: 0.1, pitchRadians: 0 },
    ...(distanceMetres !== undefined && { distanceMetres }),
    locked: true,
    origin: 'hand',
  };
  // Only the look itself: the small shifts of a held look are random.
  renderGaze(tracks, gazeShifts([look], 1, 1).slice(0, 1), 1, { first: 0, end: 60 });
  const at = (name: Parameters<typeof trackOf>[1]) => trackOf(tracks, name)[30];
  return { left: at('leftEyeYaw'), right: at('rightEyeYaw'), inLeft: at('eyeLookInLeft'), inRight: at('eyeLookInRight') };
}

describe('vergence', () => {
  it('leaves the eyes parallel without a distance', () => {
    const { left, right } = eyesOn(undefined);
    expect(left).toBe(right);
    expect(left).toBeCloseTo(0.1, 6);
  });

  it('turns both eyes inward until their lines meet at the distance', () => {
    for (const metres of [0.25, 0.5, 1, 2]) {
      const { left, right } = eyesOn(metres);
      // Pupils 63 mm apart: half the angle between the lines has the tangent .0315 / distance.
      expect(Math.tan((right - left) / 2)).toBeCloseTo(0.0315 / metres, 6);
      expect((left + right) / 2).toBeCloseTo(0.1, 6);
    }
    expect(eyesOn(0.25).inLeft).toBeGreaterThan(0);
    expect(eyesOn(0.25).inRight).toBeGreaterThan(eyesOn(2).inRight);
  });
});
