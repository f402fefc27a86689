import { describe, expect, it } from 'vitest';
import { nearestOnset } from './nearestOnset';

describe('nearestOnset', () => {
  const level = Array.from({ length: 100 }, (_unused, hop) => (hop >= 50 ? 0.8 : hop >= 30 ? 0.1 : 0));

  it('finds the steepest rise within reach', () => {
    expect(nearestOnset(level, 100, 0.47)).toBe(0.5);
    expect(nearestOnset(level, 100, 0.31)).toBe(0.3);
  });

  it('finds nothing where the level is flat or falls', () => {
    expect(nearestOnset(level, 100, 0.8)).toBeNull();
    expect(nearestOnset([...level].reverse(), 100, 0.5)).toBeNull();
    expect(nearestOnset([], 100, 0)).toBeNull();
  });
});
