import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import { readProfile } from '../../core/rig/retarget/characterProfile';
import { readInput } from '../files';
import type { Resources } from '../resources';

/** The character of an export, as `writeLine` takes it. */
export interface ChosenCharacter {
  readonly characterGlb: Uint8Array;
  readonly profile: CharacterProfile | null;
  readonly originalGlb: Uint8Array | null;
}

/**
 * `--character`: nothing (Mien), the name of a bundled one, or a .glb, .gltf or .vrm of the user's, mapped by `--profile` or else
 * by its names; what a mapping by names leaves out is told.
 * @throws MienError
 */
export async function readCharacterOption(
  character: string | null,
  profileFile: string | null,
  resources: Pick<Resources, 'character'>,
  onNotice: (notice: string) => void,
): Promise<ChosenCharacter> {
  const profile = profileFile === null ? null : readProfile(new TextDecoder().decode(await readInput(profileFile)));
  const bundled = character === null ? resources.character : bundledCharacter(character, path.dirname(resources.character));
  if (bundled) return { characterGlb: await readInput(bundled), profile, originalGlb: null };
  const { prepareCharacter } = await import('../../main/character/prepareCharacter');
  const { plainGlb, originalGlb, mapping, notices } = await prepareCharacter(character!);
  for (const notice of notices) onNotice(notice);
  if (!profile) {
    const count = mapping.mapped.length;
    const speaks = mapping.profile.visemes?.length ? `, ${mapping.profile.visemes.length} visemes` : '';
    onNotice(`${path.basename(character!)}: ${count} of 52 shapes found by name${speaks}.`);
    if (mapping.substituted.length > 0)
      onNotice(`Shown by the nearest shape: ${mapping.substituted.map(({ channel }) => channel).join(', ')}.`);
    if (mapping.missing.length > 0) onNotice(`Nothing shows: ${mapping.missing.join(', ')}.`);
  }
  return { characterGlb: plainGlb, profile: profile ?? mapping.profile, originalGlb };
}

/** Path of a bundled character by its id ("elder"), null for anything else. */
function bundledCharacter(name: string, folder: string): string | null {
  if (/[\\/.]/.test(name)) return null;
  try {
    const { characters } = JSON.parse(readFileSync(path.join(folder, 'characters.json'), 'utf8')) as {
      characters: { id: string; file: string }[];
    };
    const found = characters.find(({ id }) => id === name.toLowerCase());
    return found ? path.join(folder, found.file) : null;
  } catch {
    return null;
  }
}
