import { validateBytes } from 'gltf-validator';
import { describe, expect, test } from 'vitest';
import { CHARACTER_NAMES, readerCase } from './readerCases';

describe.each(CHARACTER_NAMES)('the Khronos validator reads %s', (character) => {
  test.each(['60', '23.976'])('0 errors, 0 warnings at %s fps', async (rate) => {
    const { glb } = await readerCase(character, rate);
    const { issues, info } = await validateBytes(glb, { format: 'glb', maxIssues: 0 });
    expect(issues.messages.filter((message) => message.severity < 2)).toEqual([]);
    expect([issues.numErrors, issues.numWarnings]).toEqual([0, 0]);
    expect(info?.animationCount).toBe(1);
  });
});
