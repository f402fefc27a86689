import { describe, expect, it } from 'vitest';
import type { JobProgress } from '../ipc/api';
import { Jobs } from './jobs';

describe('Jobs', () => {
  it('gives the result and tells every new step', async () => {
    const told: JobProgress[] = [];
    const jobs = new Jobs((progress) => told.push(progress));
    const value = await jobs.run('job-1', 'line:a', async (job) => {
      job.progress('Reading', 0);
      job.progress('Reading', 0.001);
      job.progress('Listening', 0.5);
      job.progress('Writing', 7);
      return 42;
    });
    expect(value).toBe(42);
    expect(told.map(({ step, fraction }) => [step, fraction])).toEqual([
      ['Reading', 0],
      ['Listening', 0.5],
      ['Writing', 1],
    ]);
    expect(told.every((progress) => progress.jobId === 'job-1' && progress.lineId === 'line:a')).toBe(true);
  });

  it('stops a cancelled job at its next breath with code cancelled', async () => {
    const jobs = new Jobs(() => undefined);
    let rounds = 0;
    const running = jobs.run('job-1', undefined, async (job) => {
      for (;;) {
        rounds += 1;
        await job.breathe();
      }
    });
    setTimeout(() => jobs.cancel('job-1'), 5);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(rounds).toBeGreaterThan(0);
  });

  it('tells cancelled even when the work fails of something else or ends all the same', async () => {
    const jobs = new Jobs(() => undefined);
    const failing = jobs.run('a', undefined, async () => {
      jobs.cancel('a');
      throw new TypeError('aborted inside');
    });
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' });
    const finishing = jobs.run('b', undefined, async () => {
      jobs.cancel('b');
      return 1;
    });
    await expect(finishing).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses a second job with the same id, and takes it again once the first is done', async () => {
    const jobs = new Jobs(() => undefined);
    let finish = () => {};
    const first = jobs.run('a', undefined, () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(jobs.run('a', undefined, async () => 1)).rejects.toMatchObject({ code: 'invalid-input' });
    finish();
    await first;
    await expect(jobs.run('a', undefined, async () => 2)).resolves.toBe(2);
  });

  it('ignores a cancel of a job that is not there', () => {
    expect(() => new Jobs(() => undefined).cancel('nobody')).not.toThrow();
  });
});
