import { expect, it } from 'vitest';
import { editDistance } from './editDistance';

it.each([
  ['', '', 0],
  ['abc', '', 3],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['abc', 'acb', 2],
])('from "%s" to "%s" it takes %i', (a, b, expected) => {
  expect(editDistance([...a], [...b])).toBe(expected);
});
