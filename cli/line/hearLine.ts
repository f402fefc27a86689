import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ANALYSIS_RATE_HZ, type MonoPcm } from '../../core/audio/pcm';
import { resample } from '../../core/audio/resample';
import { toMono, type ChannelChoice } from '../../core/audio/toMono';
import { MienError } from '../../core/errors';
import { loadDecoderTables } from '../../core/speech/decoderTables';
import type { LineAnalysis } from '../../core/speech/lineAnalysis';
import type { Transcript } from '../../core/speech/transcriptSource';
import { createOnnxRunner, type OnnxRunner } from '../../main/inference/onnxRunner';
import { decodeAudio } from '../../main/media/decodeAudio';
import type { ProviderChoice } from '../args/numberArguments';
import { readInput } from '../files';
import type { Stopwatch } from '../stopwatch';

export interface HearRequest {
  readonly file: string;
  /** Empty without a transcript. */
  readonly transcript: Transcript;
  readonly channel: ChannelChoice;
  readonly provider: ProviderChoice;
  readonly modelsFolder: string;
  readonly threads?: number;
  /** A runner of the caller's, who also closes it; default one of its own. */
  readonly runner?: OnnxRunner;
  readonly signal: AbortSignal;
  readonly stopwatch: Stopwatch;
  /** `fraction` 0..1 of the hearing. */
  readonly onProgress: (step: string, fraction: number) => void;
  readonly onNotice: (notice: string) => void;
}

/** What hearing gives: the sound at the analysis rate, what was understood, and how. */
export interface HeardLine {
  readonly bytes: Uint8Array;
  /** Container, codec, rate and channels in words. */
  readonly soundFormat: string;
  readonly pcm: MonoPcm;
  readonly analysis: LineAnalysis;
  readonly provider: string;
}

/** Steps `analyseLine` reports, the stage their time counts for, and their share of the hearing's progress. */
const HEARING_STEPS: Readonly<Record<string, { readonly stage: string; readonly from: number; readonly to: number }>> = {
  'Preparing the sound': { stage: 'mel', from: 0.15, to: 0.25 },
  Listening: { stage: 'acoustic', from: 0.25, to: 0.75 },
  'Measuring the voice': { stage: 'prosody', from: 0.75, to: 0.9 },
  'Aligning the text': { stage: 'align', from: 0.9, to: 1 },
  'Finding the phonemes': { stage: 'decodePhones', from: 0.9, to: 1 },
};

/**
 * The first half of the chain: file -> decode -> mono -> 16 kHz -> phones, words, prosody.
 * @throws MienError of any stage; 'cancelled' on Ctrl-C
 */
export async function hearLine(request: HearRequest): Promise<HeardLine> {
  const { file, stopwatch, signal, onProgress } = request;
  const fileName = path.basename(file);
  onProgress('Decoding', 0);
  const bytes = await readInput(file);
  const decoded = await stopwatch.time('decode', () => decodeAudio(bytes, fileName, { signal }));
  throwIfCancelled(signal);
  const pcm = await stopwatch.time('resample', () => resample(toMono(decoded, { channel: request.channel }), ANALYSIS_RATE_HZ));
  throwIfCancelled(signal);
  onProgress('Loading the acoustic model', 0.1);
  const runner = request.runner ?? (await stopwatch.time('load', () => createOnnxRunner(request)));
  try {
    const decoder = await readDecoderTables(request.modelsFolder);
    const { analyseLine } = await import('../../core/speech/analyseLine');
    const analysis = await analyseLine({
      pcm,
      transcript: request.transcript,
      runner,
      decoder,
      signal,
      onProgress: (step, fraction) => {
        const part = HEARING_STEPS[step];
        stopwatch.switchTo(part?.stage ?? null);
        if (part) onProgress(step, part.from + (part.to - part.from) * fraction);
      },
    });
    stopwatch.switchTo(null);
    throwIfCancelled(signal);
    for (const notice of analysis.notices) request.onNotice(notice);
    const soundFormat = `${decoded.format}, ${decoded.sampleRateHz} Hz, ${decoded.channels.length} channel${decoded.channels.length === 1 ? '' : 's'}`;
    return { bytes, soundFormat, pcm, analysis, provider: runner.provider };
  } finally {
    if (!request.runner) await runner.dispose();
  }
}

async function readDecoderTables(modelsFolder: string): Promise<ReturnType<typeof loadDecoderTables>> {
  try {
    return loadDecoderTables(JSON.parse(await readFile(path.join(modelsFolder, 'acoustic.decoder.json'), 'utf8')));
  } catch (cause) {
    if (cause instanceof MienError) throw cause;
    throw new MienError(
      'model-unavailable',
      'The speech decoder tables (models/acoustic.decoder.json) cannot be read.',
      'Install Mien again, or check out the repository again.',
      { cause },
    );
  }
}

/** @throws MienError 'cancelled' */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new MienError('cancelled', 'Cancelled.', 'Run the command again.');
}
