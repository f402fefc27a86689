/** Seconds spent by named stage, in the order they first ran. */
export class Stopwatch {
  private readonly seconds = new Map<string, number>();
  private readonly startMs = performance.now();

  private running: { readonly stage: string; readonly startMs: number } | null = null;

  /** Ends the stage that runs (if any) and starts another; null only ends. For work that reports its own steps. */
  switchTo(stage: string | null): void {
    if (this.running?.stage === stage) return;
    if (this.running) this.add(this.running.stage, this.running.startMs);
    this.running = stage === null ? null : { stage, startMs: performance.now() };
  }

  async time<T>(stage: string, work: () => T | Promise<T>): Promise<T> {
    const startMs = performance.now();
    try {
      return await work();
    } finally {
      this.add(stage, startMs);
    }
  }

  private add(stage: string, startMs: number): void {
    this.seconds.set(stage, (this.seconds.get(stage) ?? 0) + (performance.now() - startMs) / 1000);
  }

  /** `{ <stage>Seconds, ..., totalSeconds }`, rounded to a tenth of a millisecond. */
  report(): Record<string, number> {
    const round = (value: number): number => Math.round(value * 1e4) / 1e4;
    const stages = [...this.seconds].map(([stage, value]) => [`${stage}Seconds`, round(value)]);
    return { ...Object.fromEntries(stages), totalSeconds: round((performance.now() - this.startMs) / 1000) };
  }
}
