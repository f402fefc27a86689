import { describe, expect, it } from 'vitest';
import { dragValue, parseTyped } from './slider-interaction';

const none = { shiftKey: false, ctrlKey: false };
const base = { start: { x: 50, value: 0.5 }, isFromHandle: true, left: 0, width: 100, min: 0, max: 1, modifiers: none };

describe('slider', () => {
  it('moves with the handle, a tenth with Shift, in steps with Ctrl, never past its ends', () => {
    expect(dragValue({ ...base, x: 70 })).toBeCloseTo(0.7);
    expect(dragValue({ ...base, x: 70, modifiers: { ...none, shiftKey: true } })).toBeCloseTo(0.52);
    expect(dragValue({ ...base, x: 63, modifiers: { ...none, ctrlKey: true } })).toBeCloseTo(0.65);
    expect(dragValue({ ...base, x: 400 })).toBe(1);
    expect(dragValue({ ...base, isFromHandle: false, x: 20 })).toBeCloseTo(0.2);
  });

  it('reads numbers, relative ones, products and shares', () => {
    expect(parseTyped('0.4', 0.5, 1)).toBe(0.4);
    expect(parseTyped('.4', 0.5, 1)).toBe(0.4);
    expect(parseTyped('+.1', 0.5, 1)).toBeCloseTo(0.6);
    expect(parseTyped('-.1', 0.5, 1)).toBeCloseTo(0.4);
    expect(parseTyped('*2', 0.3, 1)).toBeCloseTo(0.6);
    expect(parseTyped('50%', 0.1, 2)).toBe(1);
    for (const bad of ['', 'x', '1.2.3', '*', '%']) expect(parseTyped(bad, 0.5, 1)).toBeNull();
  });
});
