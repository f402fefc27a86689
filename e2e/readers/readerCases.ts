import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { fixtureCharacter, fixtureTracks } from '../../core/interchange/testing/fixtureCharacter';
import { writeFbx } from '../../core/interchange/fbx/writeFbx';
import { writeGlb } from '../../core/interchange/gltf/writeGlb';
import { FRAME_RATES } from '../../core/time/frameRate';
import { ExpectedPerformance } from './expectedPerformance';

/** A character with curves, as written to the files under test. */
export interface ReaderCase {
  readonly name: string;
  readonly expected: ExpectedPerformance;
  /** What the .fbx must hold, where that is not what the .glb holds. */
  readonly expectedFbx?: ExpectedPerformance;
  readonly tracks: SampledTracks;
  readonly glb: Uint8Array;
  readonly fbx: Uint8Array;
  /** Frames at which deformed positions are compared. */
  readonly checkedFrames: readonly number[];
  readonly spikeFrame: number;
}

export type ReaderFormat = 'fbx' | 'glb';

/** What a file of this format must hold. */
export function expectedIn(asked: ReaderCase, format: ReaderFormat): ExpectedPerformance {
  return (format === 'fbx' && asked.expectedFbx) || asked.expected;
}

const MIEN_GLB = fileURLToPath(new URL('../../assets/character/mien.glb', import.meta.url));
/** The default character has 13,000 vertices and 94 targets: on a busy machine a reader may need minutes for it. */
export const READER_TIMEOUT_MILLISECONDS = 10 * 60_000;
/** 2 s at 60 fps. */
const FRAMES = 121;
/** jawOpen is 1 here and 0 on every other frame. */
const SPIKE_FRAME = 37;

const CHARACTERS: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  fixture: () => fixtureCharacter(),
  turnedJoints: () => fixtureCharacter({ turnedJoints: true }),
  // The face hangs under no joint and must not follow the head.
  noSkeleton: () => fixtureCharacter({ noSkeleton: true }),
  mien: async () => new Uint8Array(readFileSync(MIEN_GLB)),
};

/** Names of the characters; the default one only where its file exists. */
export const CHARACTER_NAMES = Object.keys(CHARACTERS).filter((name) => name !== 'mien' || existsSync(MIEN_GLB));

const written = new Map<string, Promise<ReaderCase>>();

/** Both files for a character, written once a test file; the line's name is not ASCII on purpose. */
export function readerCase(character: string, frameRate = '60'): Promise<ReaderCase> {
  const key = `${character} ${frameRate}`;
  const known = written.get(key) ?? writeCase(character, frameRate);
  written.set(key, known);
  return known;
}

async function writeCase(character: string, frameRate: string): Promise<ReaderCase> {
  const characterGlb = await CHARACTERS[character]();
  const tracks = fixtureTracks(FRAMES, FRAME_RATES[frameRate], SPIKE_FRAME);
  const input = { characterGlb, tracks, name: 'Línea é 1' };
  return {
    name: `${character} at ${frameRate} fps`,
    expected: await ExpectedPerformance.of(characterGlb, tracks),
    tracks,
    glb: await writeGlb(input),
    fbx: await writeFbx(input),
    checkedFrames: [0, SPIKE_FRAME, FRAMES - 1],
    spikeFrame: SPIKE_FRAME,
  };
}
