import { describe, expect, it } from 'vitest';
import { lookAtAngles, MAX_EYE_YAW_RADIANS } from './lookAtAngles';

describe('lookAtAngles', () => {
  it('shares the turn between head and eyes, and both together reach the target', () => {
    const angles = lookAtAngles({ yawRadians: 0.5, pitchRadians: -0.2 }, 0.4);
    expect(angles.headYaw).toBeCloseTo(0.2);
    expect(angles.headYaw + angles.leftEyeYaw).toBeCloseTo(0.5);
    expect(angles.headPitch + angles.rightEyePitch).toBeCloseTo(-0.2);
    expect(angles.leftEyeYaw).toBe(angles.rightEyeYaw);
  });

  it('never turns the eyes too far: the head takes over', () => {
    const angles = lookAtAngles({ yawRadians: 1.4, pitchRadians: 0 }, 0);
    expect(angles.leftEyeYaw).toBeCloseTo(MAX_EYE_YAW_RADIANS);
    expect(angles.headYaw + angles.leftEyeYaw).toBeCloseTo(1.4);
  });

  it('converges on a near point', () => {
    const near = lookAtAngles({ yawRadians: 0, pitchRadians: 0 }, 0.3, 0.3);
    expect(near.leftEyeYaw).toBeLessThan(0);
    expect(near.rightEyeYaw).toBeCloseTo(-near.leftEyeYaw);
    expect(Math.abs(near.leftEyeYaw)).toBeCloseTo(Math.atan(0.0315 / 0.3), 6);
  });
});
