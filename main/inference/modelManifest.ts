import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { MienError } from '../../core/errors';

const ManifestSchema = v.object({
  format: v.literal(1),
  models: v.array(
    v.object({
      name: v.string(),
      file: v.pipe(v.string(), v.regex(/^[\w.-]+\.onnx$/, 'a plain file name')),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

export interface ModelEntry {
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
}

/**
 * Reads models/manifest.json.
 * @returns entries by model name
 * @throws MienError 'model-unavailable'
 */
export async function readModelManifest(modelsFolder: string): Promise<ReadonlyMap<string, ModelEntry>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(join(modelsFolder, 'manifest.json'), 'utf8'));
  } catch (cause) {
    throw unavailable('The list of models (models/manifest.json) cannot be read', cause);
  }
  const result = v.safeParse(ManifestSchema, parsed);
  if (!result.success) throw unavailable(`The list of models (models/manifest.json) is not valid: ${result.issues[0].message}`);
  return new Map(result.output.models.map((entry) => [entry.name, entry]));
}

/**
 * The bytes of a model, checked against the manifest.
 * @throws MienError 'model-unavailable' when the file is missing or is not the one that was released
 */
export async function readModelFile(modelsFolder: string, entry: ModelEntry): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(modelsFolder, entry.file));
  } catch (cause) {
    throw unavailable(`The model ${entry.file} cannot be read`, cause);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== entry.sha256)
    throw unavailable(`The model ${entry.file} is not the one that belongs to this version (its sha256 differs)`);
  return bytes;
}

function unavailable(message: string, cause?: unknown): MienError {
  return new MienError('model-unavailable', `${message}.`, 'Install Mien again, or check out the repository again.', { cause });
}
