import type { LineId } from '../../core/document/records';
import type { ProsodyTrack } from '../../core/audio/prosodyTrack';
import type { Heard } from '../../core/speech/listen';
import type { Job } from '../jobs/jobs';
import type { LineState, LineStore } from './lineStore';
import { PEAKS_PER_SECOND, type Stages } from './stages';
import { writeWav } from './writeWav';

/** Shares of an import's progress: decoding ends here, then the playback copy, then listening. */
const DECODED = 0.12;
const PLAYABLE = 0.2;
/** Where listening ends and finding the phonemes begins. */
export const HEARD = 0.85;

export interface SoundSource {
  readonly lineId: LineId;
  readonly bytes: Uint8Array;
  /** For messages and for the kind of file. */
  readonly fileName: string;
  /** Name inside the project, "audio/...". */
  readonly audioFile: string;
  /** Where a linked sound lies. */
  readonly linkedFrom?: string;
}

export interface PreparedLine {
  readonly state: LineState;
  /** What was heard; null when a stored prosody was taken. */
  readonly heard: Heard | null;
}

/**
 * Decodes a recording, writes its playback copy and listens to it, or takes a stored prosody instead of listening again.
 * The line is prepared in the store, not committed; when this throws, nothing is left behind.
 */
export async function importSound(
  stages: Stages,
  store: LineStore,
  job: Job,
  source: SoundSource,
  storedProsody: ProsodyTrack | null,
): Promise<PreparedLine> {
  const folderName = store.newFolderName(source.lineId);
  try {
    job.progress('Decoding', 0.02);
    await job.breathe();
    const { decoded, line } = await stages.decode(source.bytes, source.fileName, job.signal);
    job.progress('Preparing playback', DECODED);
    await writeWav(store.mediaPath(folderName), decoded, line.samples, () => job.breathe());
    const about = {
      lineId: source.lineId,
      audioFile: source.audioFile,
      durationSeconds: line.samples.length / line.sampleRateHz,
      sampleRateHz: decoded.sampleRateHz,
      channelCount: decoded.channels.length,
      format: decoded.format,
      folderName,
      peaks: stages.peaks(line),
      peaksPerSecond: PEAKS_PER_SECOND,
      ...(source.linkedFrom !== undefined && { linkedFrom: source.linkedFrom }),
    };
    job.progress('Listening', PLAYABLE);
    await job.breathe();
    const heard = storedProsody ? null : await stages.listen(line, job, PLAYABLE, HEARD);
    const state = await store.prepare({ ...about, prosody: storedProsody ?? heard!.prosody }, source.bytes);
    return { state, heard };
  } catch (error) {
    await store.remove(folderName);
    throw error;
  }
}

/** A line whose linked sound is not there: it can be shown, edited, performed and saved from what is known of the sound. */
export function prepareWithoutSound(
  store: LineStore,
  line: Pick<LineState, 'lineId' | 'audioFile' | 'durationSeconds' | 'prosody'> & { readonly missing: 'missing' | 'changed' },
): Promise<LineState> {
  const folderName = store.newFolderName(line.lineId);
  const unknown = { sampleRateHz: 0, channelCount: 0, format: '', peaks: new Float32Array(0), peaksPerSecond: PEAKS_PER_SECOND };
  return store.prepare({ ...line, ...unknown, folderName }, new Uint8Array(0));
}
