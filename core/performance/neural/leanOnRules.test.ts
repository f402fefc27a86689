import { describe, expect, it } from 'vitest';
import { CURVE_FRAME_RATE } from '../../time/frameRate';
import { lineOf } from '../testing/handMadeLine';
import { leanOnRules } from './leanOnRules';

const leanAt = (script: string, seconds: number) => {
  const { phonemes, durationSeconds } = lineOf(script);
  return leanOnRules(phonemes, Math.ceil(durationSeconds * 60), CURVE_FRAME_RATE)[Math.round(seconds * 60)];
};

describe('leanOnRules', () => {
  it('leans on the rules a little wherever lips do not meet', () => {
    expect(leanAt('SIL:400 L:200 UW:300 SIL:400', 0.5)).toBeCloseTo(0.2);
    expect(leanAt('SIL:400 ZH:300 ER:300 SIL:400', 0.7)).toBeCloseTo(0.2);
  });

  it('leaves lips that meet to the net', () => {
    expect(leanAt('SIL:400 AA:200 M:100 AA:200 SIL:400', 0.64)).toBeLessThan(0.01);
  });
});
