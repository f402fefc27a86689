/** Seconds spent by named stage, in the order they first ran. */
export class Stopwatch {
  private readonly seconds = new Map<string, number>();
  private readonly startMs = performance.now();

  async time<T>(stage: string, work: () => T | Promise<T>): Promise<T> {
    const startMs = performance.now();
    try {
      return await work();
    } finally {
      this.seconds.set(stage, (this.seconds.get(stage) ?? 0) + (performance.now() - startMs) / 1000);
    }
  }

  /** `{ <stage>Seconds, ..., totalSeconds }`, rounded to a tenth of a millisecond. */
  report(): Record<string, number> {
    const round = (value: number): number => Math.round(value * 1e4) / 1e4;
    const stages = [...this.seconds].map(([stage, value]) => [`${stage}Seconds`, round(value)]);
    return { ...Object.fromEntries(stages), totalSeconds: round((performance.now() - this.startMs) / 1000) };
  }
}
