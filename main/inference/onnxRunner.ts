import { availableParallelism } from 'node:os';
import type * as OnnxRuntime from 'onnxruntime-node';
import { MienError } from '../../core/errors';
import type { FloatTensor, InferenceRunner } from '../../core/performance/inferenceRunner';
import { loadOnnxRuntime } from './loadOnnxRuntime';
import { readModelFile, readModelManifest, type ModelEntry } from './modelManifest';
import { gpuCandidates, type ProviderChoice } from './providers';

export interface OnnxRunnerOptions {
  /** Folder with manifest.json and the .onnx files. */
  readonly modelsFolder: string;
  /** Default `auto`. */
  readonly provider?: ProviderChoice;
  /** Called with a plain sentence when a provider that was asked for cannot be used. */
  readonly onNotice?: (notice: string) => void;
  /** Threads inside one run; default the cores, at most 4: our models are too small to feed more. The smallest take one. */
  readonly threads?: number;
}

export interface OnnxRunner extends InferenceRunner {
  readonly models: readonly string[];
  /** Frees the sessions; the runner cannot be used afterwards. */
  dispose(): Promise<void>;
}

type Session = OnnxRuntime.InferenceSession;
type Feeds = Readonly<Record<string, FloatTensor>>;
type Results = Record<string, FloatTensor>;

/**
 * A model this small is through in a millisecond or two: a second thread gains a quarter of that at best, and spins on a core
 * that the window needs (a preview of the neural engine: 10 instead of 32 ms of processor time).
 */
const SMALL_MODEL_BYTES = 2_000_000;
/** Below this a run is so short on cpu that starting a GPU cannot pay within any line. */
const TRIAL_WORTH_MS = 50;
/** A GPU must be this much faster: near equality the cpu is the calmer choice (no driver, same numbers everywhere). */
const TRIAL_GAIN = 1.3;
/** Largest difference of GPU and cpu results that is rounding. */
const TRIAL_TOLERANCE = 1e-2;

/**
 * Inference by onnxruntime-node, in whichever process this runs. Models are checked against the manifest and loaded on
 * first use.
 *
 * Providers: what the user chose; when it fails to start or to run, cpu with a notice. `auto` runs each model on cpu
 * first; if that took long enough to matter and the computer has a GPU, the same input is tried there, and the GPU is
 * taken only if it is clearly faster and agrees. So software Vulkan, which "works", is never chosen, and a line is never late
 * because a driver was slow to start.
 *
 * @throws MienError 'model-unavailable' when the manifest cannot be read
 */
export async function createOnnxRunner(options: OnnxRunnerOptions): Promise<OnnxRunner> {
  return new Runner(options, await readModelManifest(options.modelsFolder));
}

class Runner implements OnnxRunner {
  provider: string;
  readonly models: readonly string[];
  private readonly options: OnnxRunnerOptions;
  private readonly entries: ReadonlyMap<string, ModelEntry>;
  private readonly sessions = new Map<string, Promise<Session>>();
  private readonly tried = new Set<string>();
  private lost = false;

  constructor(options: OnnxRunnerOptions, entries: ReadonlyMap<string, ModelEntry>) {
    this.options = options;
    this.entries = entries;
    this.models = [...entries.keys()];
    const choice = options.provider ?? 'auto';
    this.provider = choice === 'auto' ? 'cpu' : choice;
  }

  async run(model: string, feeds: Feeds): Promise<Results> {
    const session = await this.session(model);
    try {
      const startMs = performance.now();
      const results = await runSession(session, feeds);
      await this.maybeTryGpu(model, feeds, results, performance.now() - startMs);
      return results;
    } catch (cause) {
      if (this.provider === 'cpu') throw failed(model, cause);
      // A lost GPU device must not lose the line.
      this.fallBack(cause);
      return runSession(await this.session(model), feeds).catch((again) => Promise.reject(failed(model, again)));
    }
  }

  async dispose(): Promise<void> {
    this.lost = true;
    const open = [...this.sessions.values()];
    this.sessions.clear();
    for (const session of open) await session.then((s) => s.release()).catch(() => undefined);
  }

  private session(model: string): Promise<Session> {
    if (this.lost) return Promise.reject(failed(model, new Error('the runner was closed')));
    let session = this.sessions.get(model);
    if (session === undefined) {
      session = this.open(model);
      this.sessions.set(model, session);
      // A failed start may be tried again: the reason may have gone.
      session.catch(() => this.sessions.delete(model));
    }
    return session;
  }

  private async open(model: string): Promise<Session> {
    const bytes = await this.bytes(model);
    if (this.provider !== 'cpu') {
      try {
        return await this.create(bytes, this.provider);
      } catch (cause) {
        this.fallBack(cause);
      }
    }
    return this.create(bytes, 'cpu').catch((cause) => Promise.reject(failed(model, cause)));
  }

  private bytes(model: string): Promise<Uint8Array> {
    const entry = this.entries.get(model);
    if (entry !== undefined) return readModelFile(this.options.modelsFolder, entry);
    return Promise.reject(
      new MienError('model-unavailable', `There is no model "${model}" in models/manifest.json.`, 'Install Mien again.'),
    );
  }

  private create(bytes: Uint8Array, provider: string): Promise<Session> {
    const threads = bytes.byteLength < SMALL_MODEL_BYTES ? 1 : Math.min(availableParallelism(), 4);
    return loadOnnxRuntime().InferenceSession.create(bytes, {
      executionProviders: [provider],
      intraOpNumThreads: this.options.threads ?? threads,
      interOpNumThreads: 1,
      // Fatal only: what fails is reported by us, once and in words.
      logSeverityLevel: 4,
    });
  }

  private fallBack(cause: unknown): void {
    const from = this.provider;
    if (from === 'cpu') return;
    this.provider = 'cpu';
    this.sessions.clear();
    const reason = shortReason(cause);
    const hint = from === 'cuda' ? ' Run "npm run setup:cuda" to fetch the CUDA libraries.' : '';
    this.options.onNotice?.(`The execution provider "${from}" cannot be used here, so "cpu" is used (${reason}).${hint}`);
  }

  private async maybeTryGpu(model: string, feeds: Feeds, results: Results, cpuMs: number): Promise<void> {
    if ((this.options.provider ?? 'auto') !== 'auto' || this.provider !== 'cpu') return;
    if (this.tried.has(model) || cpuMs < TRIAL_WORTH_MS) return;
    this.tried.add(model);
    for (const candidate of gpuCandidates(loadOnnxRuntime())) {
      try {
        const session = await this.create(await this.bytes(model), candidate);
        await runSession(session, feeds);
        const startMs = performance.now();
        const again = await runSession(session, feeds);
        const gpuMs = performance.now() - startMs;
        if (gpuMs * TRIAL_GAIN < cpuMs && agree(results, again)) {
          this.sessions.clear();
          this.sessions.set(model, Promise.resolve(session));
          this.provider = candidate;
          return;
        }
        await session.release();
      } catch {
        // Not this one; the user asked for nothing, so there is nothing to tell.
      }
    }
  }
}

async function runSession(session: Session, feeds: Feeds): Promise<Results> {
  const { Tensor } = loadOnnxRuntime();
  const inputs: Record<string, OnnxRuntime.Tensor> = {};
  for (const [name, tensor] of Object.entries(feeds)) inputs[name] = new Tensor('float32', tensor.data, tensor.dims);
  const outputs = await session.run(inputs);
  const results: Results = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    results[name] = { data: tensor.data as Float32Array, dims: tensor.dims };
  }
  return results;
}

function agree(a: Results, b: Results): boolean {
  return Object.entries(a).every(([name, tensor]) => {
    const other = b[name]?.data;
    return other?.length === tensor.data.length && tensor.data.every((value, i) => Math.abs(value - other[i]) < TRIAL_TOLERANCE);
  });
}

/** onnxruntime's messages begin with source paths and C++ signatures; what a reader can use comes after them. */
function shortReason(cause: unknown): string {
  const line = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
  const tail = /was false\.\s*(.+)$/.exec(line)?.[1] ?? line.replace(/^\/\S+:\d+\s+/, '');
  return tail.slice(0, 160).replace(/[.\s]+$/, '');
}

function failed(model: string, cause: unknown): MienError {
  if (cause instanceof MienError) return cause;
  const reason = shortReason(cause);
  return new MienError(
    'model-unavailable',
    `The model "${model}" could not be run: ${reason}.`,
    'Choose the provider "cpu" in the settings; if it is chosen already, install Mien again.',
    { cause },
  );
}
