/**
 * The stages the engine puts together, all in one place: what each is called with and from where it comes. Heavy ones
 * (the dictionary, the writers, onnxruntime) are loaded on first use, so that the engine answers soon after its start.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { computePeaks } from '../../core/audio/computePeaks';
import { ANALYSIS_RATE_HZ, type DecodedAudio, type MonoPcm } from '../../core/audio/pcm';
import { resample } from '../../core/audio/resample';
import { toMono } from '../../core/audio/toMono';
import { resampleTracks } from '../../core/curves/resampleTracks';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { MienError } from '../../core/errors';
import { closureReport } from '../../core/performance/constraints/closureReport';
import { limitTracks } from '../../core/performance/constraints/limitTracks';
import { lintTracks } from '../../core/performance/constraints/lintTracks';
import type { InferenceRunner } from '../../core/performance/inferenceRunner';
import type { EngineId, PerformanceEngine, PerformanceInput } from '../../core/performance/performanceEngine';
import { rulesEngine } from '../../core/performance/rules/rulesEngine';
import type { DecoderTables } from '../../core/speech/decoderTables';
import type { LineAnalysis } from '../../core/speech/lineAnalysis';
import type { PhonemeSegment } from '../../core/speech/segments';
import { FRAME_RATES } from '../../core/time/frameRate';
import type { ExportFormat, LintFinding } from '../ipc/api';
import type { ProviderChoice } from '../inference/providers';
import type { Job } from '../jobs/jobs';
import { decodeAudio } from '../media/decodeAudio';

/** Peak pairs a second: at 44 px for the waveform's height and 4 s over a screen this is more than a pair per pixel. */
export const PEAKS_PER_SECOND = 200;

export interface StageFolders {
  readonly modelsFolder: string;
  readonly assetsFolder: string;
  readonly provider: ProviderChoice;
}

/** Loads what is needed once and keeps it; a failed load is tried again at the next use. */
export class Stages {
  private listening: Promise<{ runner: InferenceRunner; decoder: DecoderTables }> | null = null;
  private character: Promise<Uint8Array> | null = null;
  /** What the execution provider had to say since the last line. */
  private readonly notices: string[] = [];

  constructor(private readonly folders: StageFolders) {}

  /** Execution provider in use; starts the session if it does not run yet. */
  async provider(): Promise<string> {
    return (await this.ears()).runner.provider;
  }

  async decode(bytes: Uint8Array, fileName: string, signal: AbortSignal): Promise<{ decoded: DecodedAudio; line: MonoPcm }> {
    const decoded = await decodeAudio(bytes, fileName, { signal });
    return { decoded, line: toMono(decoded) };
  }

  peaks(line: MonoPcm): Float32Array {
    return computePeaks(line, PEAKS_PER_SECOND);
  }

  forAnalysis(line: MonoPcm): MonoPcm {
    return resample(line, ANALYSIS_RATE_HZ);
  }

  /** Phonemes, words and prosody of 16 kHz sound. `from`..`to` is this stage's share of the job's progress. */
  async analyse(pcm: MonoPcm, transcript: string, job: Job, from: number, to: number): Promise<LineAnalysis> {
    const { runner, decoder } = await this.ears();
    const { analyseLine } = await import('../../core/speech/analyseLine');
    const analysis = await analyseLine({
      pcm,
      transcript,
      runner,
      decoder,
      signal: job.signal,
      onProgress: (fraction: number) => job.progress('Listening', from + (to - from) * fraction),
    });
    return { ...analysis, notices: [...this.notices.splice(0), ...analysis.notices] };
  }

  perform(engine: EngineId, input: PerformanceInput): SampledTracks {
    return this.engineOf(engine).generate(input);
  }

  /** Curves as they leave: at the wanted rate, weights within 0..1, mouthClose no more than jawOpen. */
  forExport(tracks: SampledTracks, frameRate: string): SampledTracks {
    return limitTracks(resampleTracks(tracks, FRAME_RATES[frameRate]));
  }

  findings(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): { findings: LintFinding[]; closureRate: number | null } {
    const closures = closureReport(tracks, phonemes);
    return { findings: [...lintTracks(tracks, phonemes)], closureRate: closures.total === 0 ? null : closures.rate };
  }

  async write(format: ExportFormat, tracks: SampledTracks, name: string): Promise<Uint8Array> {
    switch (format) {
      case 'glb': {
        const { writeGlb } = await import('../../core/interchange/gltf/writeGlb');
        return writeGlb({ characterGlb: await this.characterGlb(), tracks, name });
      }
      case 'fbx': {
        const { writeFbx } = await import('../../core/interchange/fbx/writeFbx');
        return writeFbx({ characterGlb: await this.characterGlb(), tracks, name });
      }
      case 'csv': {
        const { writeLiveLinkCsv } = await import('../../core/interchange/livelink/writeLiveLinkCsv');
        return writeLiveLinkCsv({ characterGlb: await this.characterGlb(), tracks, name });
      }
    }
  }

  private engineOf(engine: EngineId): PerformanceEngine {
    if (engine === 'rules') return rulesEngine;
    throw new MienError('model-unavailable', 'The learned engine is not part of this version.', 'Choose the rules engine.');
  }

  private ears() {
    this.listening ??= this.loadEars().catch((error: unknown) => {
      this.listening = null;
      throw error;
    });
    return this.listening;
  }

  private async loadEars() {
    const { createOnnxRunner } = await import('../inference/onnxRunner');
    const { loadDecoderTables } = await import('../../core/speech/decoderTables');
    const runner = await createOnnxRunner({
      modelsFolder: this.folders.modelsFolder,
      provider: this.folders.provider,
      onNotice: (notice) => this.notices.push(notice),
    });
    return { runner, decoder: loadDecoderTables(await readDecoderTables(this.folders.modelsFolder)) };
  }

  private characterGlb(): Promise<Uint8Array> {
    this.character ??= readFile(path.join(this.folders.assetsFolder, 'character', 'mien.glb')).then(
      (bytes) => new Uint8Array(bytes),
      (cause: unknown) => {
        this.character = null;
        throw new MienError('character-unreadable', 'The default character (mien.glb) is missing.', 'Install Mien again.', { cause });
      },
    );
    return this.character;
  }
}

async function readDecoderTables(modelsFolder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(modelsFolder, 'acoustic.decoder.json'), 'utf8'));
  } catch (cause) {
    throw new MienError('model-unavailable', 'The tables of the speech decoder cannot be read.', 'Install Mien again.', { cause });
  }
}
