import { describe, expect, test, vi } from 'vitest';
import { readWithAssimp } from './assimpReader';
import { compareDump, expectSame } from './compareDump';
import { ensureReader, underCi } from './ensureReaders';
import { BUILT_NAMES, builtCase } from './builtCases';
import { CHARACTER_NAMES, expectedIn, READER_TIMEOUT_MILLISECONDS, readerCase } from './readerCases';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS });

const present = ensureReader('assimp');

test.runIf(underCi)('assimp is there under CI', () => {
  expect(present).toBe(true);
});

describe.skipIf(!present).each([...CHARACTER_NAMES, ...BUILT_NAMES])('assimp reads %s', (character) => {
  test.each(['fbx', 'glb'] as const)('%s: names, rest, shapes, weights of every frame, rotations', async (format) => {
    const asked = await (BUILT_NAMES.includes(character)
      ? builtCase(character, ['draco', 'meshopt', 'quantized'])
      : readerCase(character));
    expectSame(`assimp ${format}, ${asked.name}`, compareDump(expectedIn(asked, format), readWithAssimp(asked, format)));
  });
});
