import { beforeAll, describe, expect, test } from 'vitest';
import { readWithBlender, type BlenderJob } from './blenderReader';
import { compareDump, expectSame } from './compareDump';
import { ensureReader, underCi } from './ensureReaders';
import { BUILT_NAMES, builtCase } from './builtCases';
import { CHARACTER_NAMES, expectedIn, readerCase } from './readerCases';
import type { ReaderDump } from './readerDump';

const present = ensureReader('blender');
/**
 * Blender 3.4's glTF importer widens a shape key's range 0..1 to the weight of the FIRST frame, 10 at most, and cuts what is above.
 * A .glb for a rig with weights up to 100 can therefore not be right there; its .fbx is.
 */
const largestWeight = (first: number): number => Math.min(10, Math.max(1, first));
const TIMEOUT_MILLISECONDS = 15 * 60_000;

/** Every character at 60 fps, and the spike at rates whose frames are not whole milliseconds. */
const CASES: readonly (readonly [character: string, rate: string])[] = [
  ...CHARACTER_NAMES.map((character) => [character, '60'] as const),
  ['fixture', '29.97'],
  ['fixture', '24'],
  ...BUILT_NAMES.map((name) => [name, '60'] as const),
];
const FILES = CASES.flatMap(([character, rate]) => (['fbx', 'glb'] as const).map((format) => ({ character, rate, format })));

test.runIf(underCi)('Blender is there under CI', () => {
  expect(present).toBe(true);
});

describe.skipIf(!present)('Blender', () => {
  let jobs: BlenderJob[] = [];
  let dumps: ReaderDump[] = [];

  beforeAll(async () => {
    const cases = await Promise.all(
      CASES.map(([character, rate]) => (BUILT_NAMES.includes(character) ? builtCase(character) : readerCase(character, rate))),
    );
    jobs = FILES.map(({ format }, index) => ({ asked: cases[index >> 1], format }));
    dumps = readWithBlender(jobs);
  }, TIMEOUT_MILLISECONDS);

  test.each(FILES.map((file, index) => ({ ...file, index })))(
    'reads $character as $format at $rate fps: names, rest, shapes, weights of every frame, rotations, deformed positions',
    ({ index }) => {
      const { asked, format } = jobs[index];
      expectSame(
        `Blender ${format}, ${asked.name}`,
        compareDump(expectedIn(asked, format).cutAbove(largestWeight), dumps[index]),
      );
    },
  );

  test.each(FILES.map((file, index) => ({ ...file, index })).filter((file) => file.character === 'fixture'))(
    'shows a spike on one frame on that frame and no other ($format at $rate fps)',
    ({ index }) => {
      const spikes = Array.from(dumps[index].meshes.face.weights.jawOpen, (weight, frame) => (weight > 0.001 ? frame : -1));
      expect(spikes.filter((frame) => frame >= 0)).toEqual([jobs[index].asked.spikeFrame]);
    },
  );
});
