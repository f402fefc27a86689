/**
 * The stages the engine puts together, all in one place: what each is called with and from where it comes. Heavy ones
 * (the dictionary, the writers, onnxruntime) are loaded on first use, so that the engine answers soon after its start.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { computePeaks } from '../../core/audio/computePeaks';
import type { DecodedAudio, MonoPcm } from '../../core/audio/pcm';
import { toMono } from '../../core/audio/toMono';
import { resampleTracks } from '../../core/curves/resampleTracks';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { MienError } from '../../core/errors';
import type { FileFormatId } from '../../core/interchange/fileFormats';
import type { LineExport } from '../../core/interchange/writeLine';
import { closureReport } from '../../core/performance/constraints/closureReport';
import { limitTracks } from '../../core/performance/constraints/limitTracks';
import { lintTracks } from '../../core/performance/constraints/lintTracks';
import type { InferenceRunner } from '../../core/performance/inferenceRunner';
import { engineNamed } from '../../core/performance/engines';
import type { EngineId, PerformanceEngine } from '../../core/performance/performanceEngine';
import { performTake, previewTake, type PerformedTake, type TakeRecipe } from '../../core/performance/performTake';
import type { DecoderTables } from '../../core/speech/decoderTables';
import type { Heard } from '../../core/speech/listen';
import type { PhonemeSegment } from '../../core/speech/segments';
import type { Transcript } from '../../core/speech/transcriptSource';
import type { KeepSpeech, Understood } from '../../core/speech/understand';
import { FRAME_RATES } from '../../core/time/frameRate';
import type { TimeRange } from '../../core/time/timeRange';
import type { LintFinding } from '../ipc/api';
import type { ProviderChoice } from '../inference/providers';
import type { Job } from '../jobs/jobs';
import { bundledCharacters } from '../character/bundledCharacters';
import type { CharacterFiles } from '../character/characterFiles';
import type { PreparedCharacter } from '../character/prepareCharacter';
import type { CharacterChoice } from '../ipc/api';
import { RecentMap } from './recentMap';
import { decodeAudio } from '../media/decodeAudio';

/** Peak pairs a second: at 44 px for the waveform's height and 4 s over a screen this is more than a pair per pixel. */
export const PEAKS_PER_SECOND = 200;

/** How the time of listening divides among its steps, measured on a two-core machine. */
const LISTENING_SHARES: Readonly<Record<string, readonly [number, number]>> = {
  'Preparing the sound': [0, 0.1],
  Listening: [0.1, 0.7],
  'Measuring the voice': [0.7, 1],
};

export interface StageFolders {
  readonly modelsFolder: string;
  readonly assetsFolder: string;
  readonly provider: ProviderChoice;
}

/** Loads what is needed once and keeps it; a failed load is tried again at the next use. */
export class Stages {
  private listening: Promise<{ runner: InferenceRunner; decoder: DecoderTables }> | null = null;
  private character: Promise<Uint8Array> | null = null;
  /** Characters of the user by their hash. */
  private readonly own = new RecentMap<string, PreparedCharacter>(4);
  /** What the execution provider had to say since the last line. */
  private readonly notices: string[] = [];

  constructor(
    private readonly folders: StageFolders,
    private readonly characterFiles: CharacterFiles,
  ) {}

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

  /** Phone probabilities and prosody of a line. `from`..`to` is this stage's share of the job's progress. */
  async listen(line: MonoPcm, job: Job, from: number, to: number): Promise<Heard> {
    const { runner } = await this.ears();
    const { listen } = await import('../../core/speech/listen');
    let done = 0;
    const onProgress = (step: string, fraction: number) => {
      const share = LISTENING_SHARES[step];
      // Steps come in order; one without a known share leaves the bar where it is.
      if (share) done = Math.max(done, share[0] + (share[1] - share[0]) * fraction);
      job.progress(step, from + (to - from) * done);
    };
    return listen(line, runner, { signal: job.signal, onProgress });
  }

  /** Phonemes and words of a line that was heard; aligned when there is a transcript. */
  async understand(heard: Heard, transcript: Transcript, keep?: KeepSpeech): Promise<Understood> {
    const { decoder } = await this.ears();
    const { understand } = await import('../../core/speech/understand');
    const understood = await understand(heard, transcript, decoder, keep);
    return { ...understood, notices: [...this.notices.splice(0), ...understood.notices] };
  }

  /** Generates curves; only an engine with models waits for the execution provider. */
  async perform(engineId: EngineId, recipe: TakeRecipe, options: Parameters<typeof performTake>[2]): Promise<PerformedTake> {
    const engine = engineNamed(engineId);
    return performTake(engine, recipe, { ...options, runner: await this.runnerOf(engine) });
  }

  /** The curves of a stretch. */
  async preview(engineId: EngineId, recipe: TakeRecipe, options: Parameters<typeof previewTake>[2]): Promise<SampledTracks> {
    const engine = engineNamed(engineId);
    return previewTake(engine, recipe, { ...options, runner: await this.runnerOf(engine) });
  }

  private async runnerOf(engine: PerformanceEngine): Promise<InferenceRunner | undefined> {
    return engine.models.length > 0 ? (await this.ears()).runner : undefined;
  }

  /** Curves as they leave: at the wanted rate, weights within 0..1, mouthClose no more than jawOpen. */
  forExport(tracks: SampledTracks, frameRate: string): SampledTracks {
    return limitTracks(resampleTracks(tracks, FRAME_RATES[frameRate]));
  }

  /** @param soundEvents breaths, laughs and the like, which may move the mouth in silence */
  findings(
    tracks: SampledTracks,
    phonemes: readonly PhonemeSegment[],
    soundEvents: readonly TimeRange[] = [],
  ): { findings: LintFinding[]; closureRate: number | null } {
    const closures = closureReport(tracks, phonemes);
    return { findings: [...lintTracks(tracks, phonemes, soundEvents)], closureRate: closures.total === 0 ? null : closures.rate };
  }

  /** Reads a character of the user and keeps it for exports and saves. */
  async loadCharacter(file: string): Promise<PreparedCharacter> {
    const { prepareCharacter } = await import('../character/prepareCharacter');
    const prepared = await prepareCharacter(file);
    this.own.set(prepared.sha256, prepared);
    if (await this.characterFiles.keep(prepared.sha256, prepared.originalGlb)) return prepared;
    const tooLarge = 'It is too large to be kept in a project: its mapping is saved, its file is not.';
    return { ...prepared, notices: [...prepared.notices, tooLarge] };
  }

  /** A character of the open project or of this run. @throws MienError 'character-unreadable' */
  async storedCharacter({ sha256, fileName }: { sha256: string; fileName: string }): Promise<PreparedCharacter> {
    const own = this.own.get(sha256);
    if (own) return own;
    const { prepareCharacterBytes } = await import('../character/prepareCharacter');
    const prepared = await prepareCharacterBytes(await this.characterFiles.read(sha256), fileName);
    this.own.set(sha256, prepared);
    return prepared;
  }

  private async chosenCharacter(
    choice: CharacterChoice | undefined,
  ): Promise<Pick<LineExport, 'characterGlb' | 'profile' | 'originalGlb' | 'adjustments'>> {
    if (choice?.kind === 'own') {
      const own = await this.storedCharacter({ sha256: choice.sha256, fileName: 'character.glb' });
      return { characterGlb: own.plainGlb, originalGlb: own.originalGlb, profile: choice.profile };
    }
    const found = (await bundledCharacters(this.folders.assetsFolder)).find(({ id }) => id === choice?.id);
    const adjustments = choice?.adjustments ?? null;
    if (!found || found.file === 'mien.glb') return { characterGlb: await this.characterGlb(), adjustments };
    const file = path.join(this.folders.assetsFolder, 'character', found.file);
    return { characterGlb: new Uint8Array(await readFile(file)), adjustments };
  }

  async write(format: FileFormatId, line: Omit<LineExport, 'characterGlb'>, choice?: CharacterChoice): Promise<Uint8Array> {
    const { writeLine } = await import('../../core/interchange/writeLine');
    return writeLine(format, { ...line, ...(await this.chosenCharacter(choice)) });
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
        throw new MienError('character-unreadable', 'The default character (mien.glb) is missing.', 'Install Mien again.', {
          cause,
        });
      },
    );
    return this.character;
  }
}

async function readDecoderTables(modelsFolder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(modelsFolder, 'acoustic.decoder.json'), 'utf8'));
  } catch (cause) {
    throw new MienError('model-unavailable', 'The tables of the speech decoder cannot be read.', 'Install Mien again.', {
      cause,
    });
  }
}
