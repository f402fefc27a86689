import { validateBytes } from 'gltf-validator';
import { describe, expect, test, vi } from 'vitest';
import { CHARACTER_NAMES, READER_TIMEOUT_MILLISECONDS, readerCase } from './readerCases';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS });

describe.each(CHARACTER_NAMES)('the Khronos validator reads %s', (character) => {
  test('0 errors, 0 warnings', async () => {
    const { glb } = await readerCase(character, '23.976');
    const { issues, info } = await validateBytes(glb, { format: 'glb', maxIssues: 0 });
    expect(issues.messages.filter((message) => message.severity < 2)).toEqual([]);
    expect([issues.numErrors, issues.numWarnings]).toEqual([0, 0]);
    expect(info?.animationCount).toBe(1);
  });
});
