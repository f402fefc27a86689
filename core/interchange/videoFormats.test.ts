import { expect, it } from 'vitest';
import { FRAME_RATES } from '../time/frameRate';
import { h264Codec, VIDEO_SIZES, videoBitrate } from './videoFormats';

it('the level of H.264 holds the picture', () => {
  expect(h264Codec({ width: 640, height: 360 }, FRAME_RATES['24'])).toBe('avc1.42001e');
  expect(h264Codec({ width: 1280, height: 720 }, FRAME_RATES['30'])).toBe('avc1.42001f');
  expect(h264Codec({ width: 1280, height: 720 }, FRAME_RATES['60'])).toBe('avc1.420028');
  expect(h264Codec({ width: 1920, height: 1080 }, FRAME_RATES['30'])).toBe('avc1.420028');
  expect(h264Codec({ width: 1920, height: 1080 }, FRAME_RATES['60'])).toBe('avc1.42002a');
});

it('sizes are even, rates of bits lie in what players take', () => {
  for (const size of VIDEO_SIZES) {
    expect([size.width % 2, size.height % 2]).toEqual([0, 0]);
    for (const rate of Object.values(FRAME_RATES)) {
      expect(videoBitrate(size, rate)).toBeGreaterThanOrEqual(1e6);
      expect(videoBitrate(size, rate)).toBeLessThanOrEqual(20e6);
    }
  }
});
