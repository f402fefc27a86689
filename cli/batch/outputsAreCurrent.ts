import { stat } from 'node:fs/promises';
import type { GenerateRequest } from '../line/generateLine';

/** True when every output exists and none is older than the recording: `--resume` leaves such a line out. Options are not compared. */
export async function outputsAreCurrent({ file, outputs }: Pick<GenerateRequest, 'file' | 'outputs'>): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    const written = await Promise.all(outputs.map((output) => stat(output.path)));
    return written.every((info) => info.mtimeMs >= mtimeMs);
  } catch {
    return false;
  }
}
