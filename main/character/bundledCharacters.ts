import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

const ListSchema = v.object({
  characters: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      description: v.string(),
      file: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.glb$/)),
    }),
  ),
});

export type BundledCharacterFile = v.InferOutput<typeof ListSchema>['characters'][number];

/** The characters that come with Mien; only Mien itself where the list is missing. */
export async function bundledCharacters(assetsFolder: string): Promise<readonly BundledCharacterFile[]> {
  try {
    return v.parse(ListSchema, JSON.parse(await readFile(path.join(assetsFolder, 'character', 'characters.json'), 'utf8')))
      .characters;
  } catch {
    return [{ id: 'mien', name: 'Mien', description: '', file: 'mien.glb' }];
  }
}
