import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MienError } from '../../core/errors';
import type { ProsodyTrack } from '../../core/audio/prosodyTrack';
import type { LineId } from '../../core/document/records';
import type { LineMedia } from '../ipc/api';
import { MEDIA_HOST, MEDIA_SCHEME } from '../ipc/channels';
import { decodeProsody, encodeProsody } from '../project/prosodyCodec';

/** What the engine holds of an imported line. Decoded PCM is on the disk, not here. */
export interface LineState {
  readonly lineId: LineId;
  /** Name of the original file inside the project, "audio/...". */
  readonly audioFile: string;
  /** Original bytes as imported. */
  readonly originalPath: string;
  readonly durationSeconds: number;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly format: string;
  /** Name of its folder, and of its 16-bit WAV in the media folder. */
  readonly folderName: string;
  readonly peaks: Float32Array;
  readonly peaksPerSecond: number;
  readonly prosody: ProsodyTrack;
  /** Where a linked sound lies. */
  readonly linkedFrom?: string;
  /** The linked sound was not there (or another one was): the line works without it, and `originalPath` is empty. */
  readonly missing?: 'missing' | 'changed';
}

/**
 * Lines of the open project, kept in the run folder as well, so that an engine that was started again finds them.
 * Layout: media/<folder>.wav, lines/<folder>/{original, peaks.f32, prosody.bin, line.json}; line.json is written last and
 * makes the line count. Every import has a folder of its own: what fails half-way changes nothing.
 */
export class LineStore {
  private readonly lines = new Map<LineId, LineState>();
  /** Recordings that are not in use now (before a replacement, or taken back), by line and name in the project. */
  private readonly others = new Map<string, LineState>();

  constructor(private readonly runFolder: string) {}

  /** @throws MienError 'invalid-input' for a line that was not imported */
  get(lineId: LineId): LineState {
    const state = this.lines.get(lineId);
    if (!state) throw new MienError('invalid-input', 'The sound of this line is not loaded.', 'Import the recording again.');
    return state;
  }

  /** A fresh, safe name for an import; the id of a line comes from files and may hold anything. */
  newFolderName(lineId: LineId): string {
    return `${createHash('sha256').update(lineId).digest('hex').slice(0, 16)}-${randomUUID().slice(0, 8)}`;
  }

  /** Where the playback sound of an import goes; served as mien-media://line/<folder>.wav. */
  mediaPath(folderName: string): string {
    return path.join(this.runFolder, 'media', `${folderName}.wav`);
  }

  /** Writes a line to the run folder without showing it to anyone yet. */
  async prepare(line: Omit<LineState, 'originalPath'>, original: Uint8Array): Promise<LineState> {
    const folder = this.folderOf(line.folderName);
    const originalPath = path.join(folder, 'original');
    await mkdir(folder, { recursive: true });
    await writeFile(originalPath, original);
    await writeFile(path.join(folder, 'prosody.bin'), encodeProsody(line.prosody));
    await writeFile(
      path.join(folder, 'peaks.f32'),
      new Uint8Array(line.peaks.buffer, line.peaks.byteOffset, line.peaks.byteLength),
    );
    return { ...line, originalPath };
  }

  /** Makes a prepared line the one of its id; an earlier one is removed. */
  async commit(state: LineState): Promise<void> {
    const before = this.lines.get(state.lineId);
    await this.writeLine(state);
    this.lines.set(state.lineId, state);
    if (before && before.folderName !== state.folderName) await this.remove(before.folderName);
  }

  /** Keeps a prepared recording of a line beside the one in use. */
  async keepBeside(state: LineState): Promise<void> {
    await this.writeLine(state);
    this.others.set(otherKey(state.lineId, state.audioFile), state);
  }

  /**
   * Makes another recording of the line the one in use; the present one is kept beside.
   * @throws MienError 'invalid-input' for a recording that is not there
   */
  use(lineId: LineId, audioFile: string): LineState {
    const current = this.get(lineId);
    if (current.audioFile === audioFile) return current;
    const wanted = this.others.get(otherKey(lineId, audioFile));
    if (!wanted) throw new MienError('invalid-input', 'This recording of the line is not loaded.', 'Import the recording again.');
    this.others.delete(otherKey(lineId, audioFile));
    this.others.set(otherKey(lineId, current.audioFile), current);
    this.lines.set(lineId, wanted);
    return wanted;
  }

  /** Makes the prepared lines the only ones. */
  async replaceAll(states: readonly LineState[]): Promise<void> {
    const before = [...this.lines.values(), ...this.others.values()];
    this.lines.clear();
    this.others.clear();
    for (const state of states) await this.commit(state);
    for (const state of before) await this.remove(state.folderName);
  }

  /** Removes what an import left that did not come to its end. */
  async remove(folderName: string): Promise<void> {
    await rm(this.folderOf(folderName), { recursive: true, force: true });
    await rm(this.mediaPath(folderName), { force: true });
  }

  /** Reads back what an engine before this one left in the run folder; imports that were under way are removed. */
  async reload(): Promise<void> {
    for (const folderName of await readdir(path.join(this.runFolder, 'lines')).catch(() => [] as string[])) {
      const folder = this.folderOf(folderName);
      try {
        const plain = JSON.parse(await readFile(path.join(folder, 'line.json'), 'utf8')) as Omit<LineState, 'peaks' | 'prosody'>;
        const prosody = decodeProsody(await readFile(path.join(folder, 'prosody.bin')));
        const peakBytes = await readFile(path.join(folder, 'peaks.f32'));
        const state = { ...plain, prosody, peaks: new Float32Array(new Uint8Array(peakBytes).buffer) };
        // Of several recordings of a line the window says which one it uses.
        if (this.lines.has(plain.lineId)) this.others.set(otherKey(plain.lineId, plain.audioFile), state);
        else this.lines.set(plain.lineId, state);
      } catch {
        await this.remove(folderName);
      }
    }
  }

  /** line.json is written last and makes the recording count. */
  private async writeLine(state: LineState): Promise<void> {
    const { peaks: _peaks, prosody: _prosody, ...plain } = state;
    await writeFile(path.join(this.folderOf(state.folderName), 'line.json'), JSON.stringify(plain));
  }

  private folderOf(folderName: string): string {
    return path.join(this.runFolder, 'lines', folderName);
  }
}

function otherKey(lineId: LineId, audioFile: string): string {
  return `${lineId}\n${audioFile}`;
}

/** What the renderer needs to show and play a line. */
export function mediaOf(state: LineState): LineMedia {
  return {
    lineId: state.lineId,
    audioFile: state.audioFile,
    durationSeconds: state.durationSeconds,
    sampleRateHz: state.sampleRateHz,
    channelCount: state.channelCount,
    format: state.format,
    mediaUrl: state.missing ? '' : `${MEDIA_SCHEME}://${MEDIA_HOST}/${state.folderName}.wav`,
    peaks: state.peaks,
    peaksPerSecond: state.peaksPerSecond,
    effort: state.prosody.effort,
    ...(state.missing && { missing: state.missing }),
  };
}
