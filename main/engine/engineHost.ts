import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import type { PlainError } from '../../core/errors';
import { ENGINE_PORT_CHANNEL, ENGINE_RESTART_CHANNEL } from '../ipc/channels';
import type { Grant } from '../ipc/fileHandles';
import type { EngineNews, EngineOrder } from './engineMessages';

export interface EngineHostOptions {
  /** Path of the bundled engine (out/main/engine.cjs). */
  readonly script: string;
  readonly start: Extract<EngineOrder, { kind: 'start' }>;
  readonly grants: () => readonly Grant[];
  readonly onNews: (news: EngineNews) => void;
}

/** A process that dies this often in a row within `CRASH_WINDOW_MS` has a fault that a restart does not mend. */
const MAX_CRASHES = 5;
const CRASH_WINDOW_MS = 60_000;

/**
 * Starts the engine, starts it again when it dies, hands ports to windows and grants to the engine. Main does no work of
 * the engine itself and sees none of its data.
 */
export class EngineHost {
  private child: UtilityProcess | null = null;
  private readonly windows = new Set<WebContents>();
  private readonly crashes: number[] = [];
  private stopping = false;

  constructor(private readonly options: EngineHostOptions) {}

  start(): void {
    const child = utilityProcess.fork(this.options.script, [], { serviceName: 'Mien engine', stdio: 'pipe' });
    this.child = child;
    child.stdout?.on('data', (text: Buffer) =>
      this.options.onNews({ kind: 'log', level: 'info', message: `engine: ${String(text).trim()}` }),
    );
    child.stderr?.on('data', (text: Buffer) =>
      this.options.onNews({ kind: 'log', level: 'warn', message: `engine: ${String(text).trim()}` }),
    );
    child.on('message', (news: EngineNews) => this.options.onNews(news));
    child.on('exit', (code) => this.onExit(child, code));
    this.order(this.options.start);
    for (const grant of this.options.grants()) this.grant(grant);
    for (const window of this.windows) this.sendPort(window);
  }

  /** Ends the engine for good, at quit. */
  stop(): void {
    this.stopping = true;
    this.child?.kill();
    this.child = null;
  }

  /** Gives a window its port, now and after every restart. Call it each time the window's page has loaded. */
  connect(window: WebContents): void {
    if (!this.windows.has(window)) {
      this.windows.add(window);
      window.once('destroyed', () => this.windows.delete(window));
    }
    this.sendPort(window);
  }

  grant(grant: Grant): void {
    this.order({ kind: 'grant', grant });
  }

  /** Process id of the running engine, for tests that end it. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  private order(order: EngineOrder): void {
    this.child?.postMessage(order);
  }

  private sendPort(window: WebContents): void {
    if (!this.child || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.child.postMessage({ kind: 'port' } satisfies EngineOrder, [port1]);
    window.postMessage(ENGINE_PORT_CHANNEL, null, [port2]);
  }

  private onExit(child: UtilityProcess, code: number): void {
    if (this.stopping || child !== this.child) return;
    this.child = null;
    this.options.onNews({ kind: 'log', level: 'error', message: `the engine process ended with code ${code}` });
    const now = Date.now();
    this.crashes.push(now);
    while (this.crashes.length > 0 && now - this.crashes[0] > CRASH_WINDOW_MS) this.crashes.shift();
    const givenUp = this.crashes.length >= MAX_CRASHES;
    const reason: PlainError = {
      code: 'internal',
      message: `The engine process stopped unexpectedly (code ${code})${givenUp ? ' too often and is not started again' : ' and was started again'}.`,
      remedy: givenUp ? 'Save your work and start Mien again.' : 'Run the step again; your edits are untouched.',
    };
    for (const window of this.windows) if (!window.isDestroyed()) window.send(ENGINE_RESTART_CHANNEL, reason);
    if (!givenUp) this.start();
  }
}
