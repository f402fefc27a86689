import { describe, expect, it } from 'vitest';
import { CURVE_FRAME_RATE } from '../../time/frameRate';
import { lineOf } from '../testing/handMadeLine';
import { CAPTURED_PAIRS } from './capturedPairs';
import { leanOnRules, rulesShare } from './leanOnRules';

const leanAt = (script: string, seconds: number) => {
  const { phonemes, durationSeconds } = lineOf(script);
  return leanOnRules(phonemes, Math.ceil(durationSeconds * 60), CURVE_FRAME_RATE)[Math.round(seconds * 60)];
};

describe('leanOnRules', () => {
  it('leans on the rules where two phones never met in captured clips, and hardly elsewhere', () => {
    expect(CAPTURED_PAIRS.has('B L')).toBe(true);
    expect(CAPTURED_PAIRS.has('ZH ER')).toBe(false);
    expect(leanAt('SIL:400 B:200 L:200 UW:300 SIL:400', 0.6)).toBeLessThan(0.2);
    expect(leanAt('SIL:400 ZH:300 ER:300 SIL:400', 0.7)).toBeGreaterThan(0.5);
  });

  it('takes less of the shapes that the rules draw wide', () => {
    expect(rulesShare('mouthPucker')).toBeLessThan(1);
    expect(rulesShare('jawOpen')).toBe(1);
  });
});
