import { describe, expect, test } from 'vitest';
import { readWithBlender } from './blenderReader';
import { compareDump, expectSame } from './compareDump';
import { ensureReader, underCi } from './ensureReaders';
import { CHARACTER_NAMES, readerCase } from './readerCases';

const present = ensureReader('blender');
const MINUTES = 60_000;

test.runIf(underCi)('Blender is there under CI', () => {
  expect(present).toBe(true);
});

describe.skipIf(!present).each(CHARACTER_NAMES)('Blender reads %s', (character) => {
  test.each(['fbx', 'glb'] as const)(
    '%s: names, rest, shapes, weights of every frame, rotations, deformed positions',
    async (format) => {
      const asked = await readerCase(character);
      const dump = readWithBlender(asked, format);
      expectSame(`Blender ${format}, ${asked.name}`, compareDump(asked.expected, dump));
    },
    10 * MINUTES,
  );
});

describe.skipIf(!present).each(['60', '29.97', '24'])('sync in Blender at %s fps', (rate) => {
  test.each(['fbx', 'glb'] as const)(
    '%s: a spike on one frame is on that frame and no other',
    async (format) => {
      const asked = await readerCase('fixture', rate);
      const dump = readWithBlender(asked, format);
      const spikes = Array.from(dump.meshes.face.weights.jawOpen, (weight, frame) => (weight > 0.001 ? frame : -1));
      expect(spikes.filter((frame) => frame >= 0)).toEqual([asked.spikeFrame]);
      expectSame(`Blender ${format}, ${asked.name}`, compareDump(asked.expected, dump));
    },
    10 * MINUTES,
  );
});
