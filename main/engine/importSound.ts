import type { LineId } from '../../core/document/records';
import type { LineAnalysis } from '../../core/speech/lineAnalysis';
import type { ProsodyTrack } from '../../core/audio/prosodyTrack';
import type { Job } from '../jobs/jobs';
import type { LineState, LineStore } from './lineStore';
import { PEAKS_PER_SECOND, type Stages } from './stages';
import { writeWav } from './writeWav';

/** Shares of an import's progress: decoding ends here, then the playback copy, then listening. */
const DECODED = 0.12;
const PLAYABLE = 0.2;

export interface SoundSource {
  readonly lineId: LineId;
  readonly bytes: Uint8Array;
  /** For messages and for the kind of file. */
  readonly fileName: string;
  /** Name inside the project, "audio/...". */
  readonly audioFile: string;
}

export interface PreparedLine {
  readonly state: LineState;
  readonly analysis: LineAnalysis | null;
}

/**
 * Decodes a recording, writes its playback copy and analyses it, or takes a stored prosody instead of listening again.
 * The line is prepared in the store, not committed; when this throws, nothing is left behind.
 */
export async function importSound(
  stages: Stages,
  store: LineStore,
  job: Job,
  source: SoundSource,
  heard: { readonly transcript: string } | { readonly prosody: ProsodyTrack },
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
    };
    job.progress('Listening', PLAYABLE);
    await job.breathe();
    const analysis = 'prosody' in heard ? null : await stages.analyse(stages.forAnalysis(line), heard.transcript, job, PLAYABLE, 0.98);
    const prosody = 'prosody' in heard ? heard.prosody : analysis!.prosody;
    const state = await store.prepare({ ...about, prosody }, source.bytes);
    return { state, analysis };
  } catch (error) {
    await store.remove(folderName);
    throw error;
  }
}
