import path from 'node:path';
import { readCapture } from '../../core/interchange/livelink/readCapture';
import { writeLine } from '../../core/interchange/writeLine';
import type { FileFormatId } from '../../core/interchange/fileFormats';
import type { FrameRate } from '../../core/time/frameRate';
import type { CommandContext } from './command';
import { readInput, writeOutput } from '../files';
import type { OutputTarget } from '../args/outputFormat';
import { filesInWords } from '../line/describeLine';
import { throwIfCancelled } from '../line/hearLine';
import { readCharacterOption } from '../line/readCharacterOption';
import { findResources } from '../resources';
import { UsageError } from '../usageError';

/** Files that are made of words and phones, which a captured face has none of. */
const NEEDS_SPEECH = /^(TextGrid|rhubarb)/;

export interface CaptureExport {
  readonly file: string;
  readonly outputs: readonly OutputTarget<FileFormatId>[];
  readonly frameRate: FrameRate;
  readonly character: string | null;
  readonly profile: string | null;
}

/** `mien export face.csv --out face.fbx`: a captured Live Link Face recording onto a character. */
export async function exportCapture(request: CaptureExport, { io, reporter }: CommandContext): Promise<boolean> {
  const spoken = request.outputs.find(({ format }) => NEEDS_SPEECH.test(format));
  if (spoken)
    throw new UsageError(
      `--out ${spoken.path}: a captured face has no words.`,
      'Choose .glb, .fbx, .csv or another file of curves.',
    );
  reporter.progress('Reading', 0);
  const { tracks, durationSeconds, notices } = readCapture(await readInput(request.file), request.frameRate);
  for (const notice of notices) reporter.notice(notice);
  const chosen = await readCharacterOption(request.character, request.profile, findResources(), reporter.notice);
  const name = path.parse(request.file).name || 'capture';
  const files = [];
  for (const [index, { path: target, format }] of request.outputs.entries()) {
    throwIfCancelled(io.signal);
    reporter.progress(`Writing ${path.basename(target)}`, 0.2 + (0.8 * index) / request.outputs.length);
    const bytes = await writeLine(format, { ...chosen, tracks, name, durationSeconds, phonemes: [], words: [] });
    await writeOutput(target, bytes);
    files.push({ path: target, format, bytes: bytes.byteLength });
  }
  reporter.progress('Done', 1);
  reporter.result(
    {
      command: 'export',
      input: request.file,
      durationSeconds,
      frameCount: tracks.frameCount,
      files: files.map((file) => ({ ...file, path: path.resolve(file.path) })),
    },
    [`${name}: ${durationSeconds.toFixed(2)} s captured`, ...filesInWords(files)],
  );
  return true;
}
