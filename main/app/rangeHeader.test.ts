import { describe, expect, it } from 'vitest';
import { parseRangeHeader } from './rangeHeader';

describe('parseRangeHeader', () => {
  it.each([
    [null, null],
    ['', null],
    ['bytes=-', null],
    ['items=0-3', null],
    ['bytes=0-3,5-9', null],
    ['bytes=9-3', null],
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['bytes=10-4000', { first: 10, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-1000', { first: 0, last: 99 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
  ] as const)('%s of 100 bytes', (header, expected) => {
    expect(parseRangeHeader(header, 100)).toEqual(expected);
  });

  it('cannot satisfy anything of an empty body', () => {
    expect(parseRangeHeader('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRangeHeader('bytes=-5', 0)).toBe('unsatisfiable');
  });
});
