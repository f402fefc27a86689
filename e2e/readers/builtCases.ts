import { trackOf, type SampledTracks } from '../../core/curves/sampledTracks';
import { writeFbx } from '../../core/interchange/fbx/writeFbx';
import { writeGlb } from '../../core/interchange/gltf/writeGlb';
import { fixtureTracks } from '../../core/interchange/testing/fixtureCharacter';
import { isPoseChannel, PERFORMANCE_CHANNELS } from '../../core/rig/channels';
import { prepareCharacterBytes } from '../../main/character/prepareCharacter';
import { buildCharacter, type BuiltCharacter } from '../../main/character/testing/builtCharacters';
import { CHARACTERS } from '../../main/character/testing/fieldCharacters';
import { ExpectedPerformance } from './expectedPerformance';
import type { ReaderCase } from './readerCases';

type Packing = NonNullable<BuiltCharacter['packing']>;

export const BUILT_NAMES = Object.keys(CHARACTERS);

const FRAMES = 24;
const SPIKE_FRAME = 7;
/** Substitutes add up on a target; so nothing leaves 0..1, which Blender would cut. */
const SHARE = 0.6;

/** Curves as lint wants them: lips never close more than the jaw is open. */
export function builtTracks(): SampledTracks {
  const tracks = fixtureTracks(FRAMES, undefined, SPIKE_FRAME);
  for (const channel of PERFORMANCE_CHANNELS) {
    if (isPoseChannel(channel)) continue;
    const samples = trackOf(tracks, channel);
    for (let frame = 0; frame < FRAMES; frame++) samples[frame] *= SHARE;
  }
  const [closed, open] = [trackOf(tracks, 'mouthClose'), trackOf(tracks, 'jawOpen')];
  for (let frame = 0; frame < FRAMES; frame++) closed[frame] = Math.min(closed[frame], open[frame]);
  return tracks;
}

/**
 * A line written onto one of the built characters through the mapping its names give; in FBX the shapes of a rig whose weights go
 * to 100 are those of weight 100.
 * @param unreadable packings the reader has no decoder for: there the animation is written onto the plain copy
 */
export function builtCase(name: string, unreadable: readonly Packing[] = ['draco', 'meshopt']): Promise<ReaderCase> {
  const key = `${name} without ${unreadable.join()}`;
  const known = written.get(key) ?? writeCase(name, unreadable);
  written.set(key, known);
  return known;
}

const written = new Map<string, Promise<ReaderCase>>();

async function writeCase(name: string, unreadable: readonly Packing[]): Promise<ReaderCase> {
  const built = CHARACTERS[name];
  const originalGlb = await buildCharacter(built);
  const { plainGlb, mapping } = await prepareCharacterBytes(originalGlb, 'hero.glb');
  const tracks = builtTracks();
  const { profile } = mapping;
  const line = { characterGlb: plainGlb, profile, tracks, name: 'Línea é 1' };
  const isPacked = built.packing !== undefined && unreadable.includes(built.packing);
  return {
    name,
    expected: await ExpectedPerformance.of(plainGlb, tracks, profile),
    expectedFbx: await ExpectedPerformance.of(plainGlb, tracks, profile, { inPercent: true }),
    tracks,
    glb: await writeGlb({ ...line, originalGlb: isPacked ? null : originalGlb }),
    fbx: await writeFbx(line),
    checkedFrames: [0, SPIKE_FRAME, FRAMES - 1],
    spikeFrame: SPIKE_FRAME,
  };
}
