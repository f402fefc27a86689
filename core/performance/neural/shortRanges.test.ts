import { describe, expect, it } from 'vitest';
import { isTooShortToSample } from './shortRanges';

describe('isTooShortToSample', () => {
  it('leaves ranges under a quarter of a second to the rules', () => {
    expect(isTooShortToSample({ startSeconds: 1, endSeconds: 1.24 })).toBe(true);
    expect(isTooShortToSample({ startSeconds: 1, endSeconds: 1.25 })).toBe(false);
  });
});
