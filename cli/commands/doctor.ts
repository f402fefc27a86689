import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { toPlainError } from '../../core/errors';
import { loadOnnxRuntime } from '../../main/inference/loadOnnxRuntime';
import { readModelFile, readModelManifest } from '../../main/inference/modelManifest';
import { createOnnxRunner } from '../../main/inference/onnxRunner';
import { readOptions } from '../args/readOptions';
import { sizeInWords } from '../files';
import { findResources, type Resources } from '../resources';
import type { Command } from './command';

interface Check {
  readonly name: string;
  /** `missing`: something optional is not there. */
  readonly state: 'ok' | 'missing' | 'failed';
  readonly detail: string;
  readonly remedy?: string;
}

/** `mien doctor`: versions, models, execution providers, decoders; false when something Mien needs is broken. */
export const doctor: Command = async (args, { reporter }) => {
  readOptions('doctor', args, {}, []);
  const resources = findResources();
  const checks: Check[] = [
    { name: 'Mien', state: 'ok', detail: resources.version },
    {
      name: 'Node',
      state: 'ok',
      detail: `${process.version} on ${process.platform} ${process.arch}, ${os.availableParallelism()} cores, ${sizeInWords(os.totalmem())} memory`,
    },
    ...(await checkModels(resources)),
    ...checkProviders(),
    await checkInference(resources),
    { name: 'decoders', state: 'ok', detail: 'wav, mp3, flac, ogg vorbis, opus (built in)' },
    await checkFfmpeg(),
    checkCharacter(resources),
    checkElectron(resources),
  ];
  const failed = checks.filter(({ state }) => state === 'failed');
  reporter.result(
    { command: 'doctor', ok: failed.length === 0, version: resources.version, checks },
    checks.flatMap(({ name, state, detail, remedy }) => [
      `${SIGN[state]} ${name}: ${detail}`,
      ...(remedy ? [`     ${remedy}`] : []),
    ]),
  );
  return failed.length === 0;
};

const SIGN = { ok: ' ok ', missing: ' -- ', failed: 'FAIL' } as const;

async function checkModels({ models }: Resources): Promise<Check[]> {
  try {
    const entries = await readModelManifest(models);
    return await Promise.all(
      [...entries.values()].map(async (entry): Promise<Check> => {
        try {
          const bytes = await readModelFile(models, entry);
          return {
            name: `model ${entry.name}`,
            state: 'ok',
            detail: `${entry.file}, ${sizeInWords(bytes.byteLength)}, sha256 ${entry.sha256.slice(0, 12)}... as listed`,
          };
        } catch (thrown) {
          return failure(`model ${entry.name}`, thrown);
        }
      }),
    );
  } catch (thrown) {
    return [failure('models', thrown)];
  }
}

function checkProviders(): Check[] {
  try {
    const runtime = loadOnnxRuntime();
    const backends = runtime.listSupportedBackends();
    const names = backends.map(({ name, bundled }) => (bundled ? name : `${name} (not bundled)`)).join(', ');
    return [
      {
        name: 'execution providers',
        state: 'ok',
        detail: `${names} (onnxruntime ${runtime.env.versions.node ?? runtime.env.versions.common})`,
      },
    ];
  } catch (thrown) {
    return [failure('execution providers', thrown)];
  }
}

/** Starts a session and runs a tenth of a second of silence through the acoustic model. */
async function checkInference({ models }: Resources): Promise<Check> {
  try {
    const startMs = performance.now();
    const runner = await createOnnxRunner({ modelsFolder: models, provider: 'cpu' });
    try {
      const mel = { data: new Float32Array(100 * 80), dims: [1, 100, 80] };
      const outputs = await runner.run('acoustic', { mel });
      const seconds = (performance.now() - startMs) / 1000;
      return {
        name: 'inference',
        state: 'ok',
        detail: `acoustic model answers on cpu (${Object.keys(outputs).join(', ')}) in ${seconds.toFixed(2)} s with start`,
      };
    } finally {
      await runner.dispose();
    }
  } catch (thrown) {
    return failure('inference', thrown);
  }
}

async function checkFfmpeg(): Promise<Check> {
  try {
    const { stdout } = await promisify(execFile)('ffmpeg', ['-version'], { timeout: 10_000 });
    return {
      name: 'ffmpeg',
      state: 'ok',
      detail: `${stdout.split(' Copyright')[0]} (used for m4a, aac, aiff, webm and wma only)`,
    };
  } catch {
    return {
      name: 'ffmpeg',
      state: 'missing',
      detail: 'not found; m4a, aac, aiff, webm and wma cannot be read on the command line',
      remedy: 'Install ffmpeg, or convert such files to wav or flac.',
    };
  }
}

function checkCharacter({ character }: Resources): Check {
  if (existsSync(character)) return { name: 'default character', state: 'ok', detail: path.basename(character) };
  return {
    name: 'default character',
    state: 'failed',
    detail: 'assets/character/mien.glb is missing',
    remedy: 'Install Mien again, or check out the repository again.',
  };
}

/** The command line does not need Electron; this only says what `npm start` would find. */
function checkElectron({ root }: Resources): Check {
  const manifest = path.join(root, 'node_modules', 'electron', 'package.json');
  if (!existsSync(manifest))
    return { name: 'Electron', state: 'missing', detail: 'not installed; the command line does not need it' };
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { name: 'Electron', state: 'ok', detail: `${version} (the studio; its binary is fetched on the first npm start)` };
}

function failure(name: string, thrown: unknown): Check {
  const { message, remedy } = toPlainError(thrown);
  return { name, state: 'failed', detail: message, remedy };
}
