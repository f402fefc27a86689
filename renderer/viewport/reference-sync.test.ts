import { describe, expect, it } from 'vitest';
import { middleOf } from './pictureOfFace';
import { catchUpRate, videoTimeOf } from './reference-sync';

describe('videoTimeOf', () => {
  it('shifts by where the video begins, and holds its ends outside', () => {
    expect(videoTimeOf(1, 0, 3)).toEqual({ seconds: 1, isInside: true });
    expect(videoTimeOf(1, -0.5, 3)).toEqual({ seconds: 1.5, isInside: true });
    expect(videoTimeOf(1, 2, 3)).toEqual({ seconds: 0, isInside: false });
    expect(videoTimeOf(5, 0, 3)).toEqual({ seconds: 3, isInside: false });
  });
});

describe('catchUpRate', () => {
  it('keeps the speed in sync, hurries a late picture and holds back an early one, never by more than a quarter', () => {
    expect(catchUpRate(0.5, 0)).toBe(0.5);
    expect(catchUpRate(1, 0.03)).toBeCloseTo(1.12);
    expect(catchUpRate(1, -0.03)).toBeCloseTo(0.88);
    expect(catchUpRate(2, 5)).toBe(2.5);
    expect(catchUpRate(1, -5)).toBe(0.75);
  });
});

describe('middleOf', () => {
  it('cuts the largest part of a shape, or a share of it, around the middle', () => {
    expect(middleOf(200, 100, 1)).toEqual({ x: 50, y: 0, width: 100, height: 100 });
    expect(middleOf(100, 100, 2, 0.5)).toEqual({ x: 25, y: 37.5, width: 50, height: 25 });
  });
});
