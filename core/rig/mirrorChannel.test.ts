import { describe, expect, it } from 'vitest';
import { isPerformanceChannel, PERFORMANCE_CHANNELS } from './channels';
import { mirrorChannel, mirrorValue } from './mirrorChannel';

describe('mirrorChannel', () => {
  it('is its own inverse and stays among the 61 channels', () => {
    for (const channel of PERFORMANCE_CHANNELS) {
      expect(isPerformanceChannel(mirrorChannel(channel))).toBe(true);
      expect(mirrorChannel(mirrorChannel(channel))).toBe(channel);
    }
  });

  it('swaps sides and leaves the middle', () => {
    expect(mirrorChannel('mouthSmileLeft')).toBe('mouthSmileRight');
    expect(mirrorChannel('mouthLeft')).toBe('mouthRight');
    expect(mirrorChannel('jawRight')).toBe('jawLeft');
    expect(mirrorChannel('leftEyeYaw')).toBe('rightEyeYaw');
    expect(mirrorChannel('browInnerUp')).toBe('browInnerUp');
    expect(mirrorChannel('headYaw')).toBe('headYaw');
  });

  it('turns rotations about the upright and the forward axis round', () => {
    expect(mirrorValue('headYaw', 0.3)).toBe(-0.3);
    expect(mirrorValue('rightEyeRoll', 0.3)).toBe(-0.3);
    expect(mirrorValue('headPitch', 0.3)).toBe(0.3);
    expect(mirrorValue('mouthSmileLeft', 0.3)).toBe(0.3);
  });
});
