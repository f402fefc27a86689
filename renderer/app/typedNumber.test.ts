import { describe, expect, it } from 'vitest';
import { typedAfter, typedValue } from './typedNumber';

const type = (keys: string) => [...keys].reduce((text, key) => typedAfter(text, key) ?? text, '');

describe('a number typed while keys are moved', () => {
  it('takes digits, point, comma and a sign pressed at any time', () => {
    expect(typedValue(type('12'))).toBe(12);
    expect(typedValue(type('1.5'))).toBe(1.5);
    expect(typedValue(type('0,25'))).toBe(0.25);
    expect(typedValue(type('12-'))).toBe(-12);
    expect(typedValue(type('-12-'))).toBe(12);
  });

  it('ignores what makes no number, and other keys are not its business', () => {
    expect(type('1.2.3')).toBe('1.23');
    expect(typedAfter('1', 'g')).toBeNull();
    expect(typedAfter('1', 'ArrowLeft')).toBeNull();
    expect(typedAfter('', 'Backspace')).toBeNull();
    expect(typedAfter('12', 'Backspace')).toBe('1');
  });

  it('has no value before the first digit', () => {
    for (const text of ['', '-', '.', '-.']) expect(typedValue(text)).toBeNull();
  });
});
