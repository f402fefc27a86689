import { describe, expect, it } from 'vitest';
import { NEAREST_LOOK_METRES, vergenceRadians } from './vergence';

describe('vergence', () => {
  it('is half the distance of the pupils over the distance of the point', () => {
    expect(vergenceRadians(0.3)).toBeCloseTo(Math.atan(0.0315 / 0.3), 6);
    expect(vergenceRadians(0.3, 0.05)).toBeCloseTo(Math.atan(0.025 / 0.3), 6);
  });

  it('is nothing without a distance, and no more than for the nearest point', () => {
    expect(vergenceRadians(undefined)).toBe(0);
    expect(vergenceRadians(0)).toBe(vergenceRadians(NEAREST_LOOK_METRES));
  });
});
