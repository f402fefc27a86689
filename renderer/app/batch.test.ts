import { describe, expect, it, vi } from 'vitest';
import { ChunkStore } from '../../core/document/chunkStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { DocumentStore } from '../../core/document/documentStore';
import { MienError } from '../../core/errors';
import type { StudioApi } from '../../main/ipc/api';
import { createSessionState } from '../stores/sessionState';
import { Batch, batchReportText, uniqueNames } from './batch';
import type { Jobs } from './jobs';

function setUp(generate: () => Promise<void>) {
  const session = createSessionState();
  const jobs = {
    say: vi.fn(),
    cancelAll: vi.fn(),
    run: (_title: string, _line: unknown, work: (jobId: string) => Promise<unknown>) => work('job:1'),
  };
  const chooseExportFolder = vi.fn(async () => [{ handle: 'file:1', name: 'a.csv' }]);
  const batch = new Batch({
    api: { files: { chooseExportFolder } } as unknown as StudioApi,
    document: new DocumentStore(fixtureRecords()),
    chunks: new ChunkStore(),
    session,
    jobs: jobs as unknown as Jobs,
    lines: { generate },
  });
  return { batch, session, jobs };
}

describe('Batch', () => {
  it('reports a line that fails, with what to do, and ends', async () => {
    const { batch, session } = setUp(() => Promise.reject(new MienError('internal', 'It broke.', 'Do this.')));
    await batch.generate([]);
    const run = session.getState().batch!;
    expect(run).toMatchObject({ total: 1, current: '' });
    expect(run.results).toEqual([{ lineId: FIXTURE_LINE, name: 'maybe_now', outcome: 'failed', note: 'It broke. Do this.' }]);
    expect(session.getState().dialog).toBe('batchReport');
  });

  it('cancels what is left', async () => {
    const { batch, session, jobs } = setUp(async () => batch.cancel());
    await batch.generate([FIXTURE_LINE]);
    expect(jobs.cancelAll).toHaveBeenCalledTimes(1);
    expect(session.getState().batch!.results[0].outcome).toBe('cancelled');
  });

  it('skips a line without curves on export', async () => {
    const { batch, session } = setUp(async () => undefined);
    await batch.export([], ['csv'], '60');
    expect(session.getState().batch!.results[0]).toMatchObject({ outcome: 'skipped' });
  });

  it('names files apart and writes a report a spreadsheet reads', () => {
    expect(uniqueNames([{ name: 'a' }, { name: 'A' }, { name: 'b' }])).toEqual(['a', 'A 2', 'b']);
    const run = { title: 'Export 1 lines', total: 1, current: '', startedAtMs: 0, isCancelling: false };
    const result = { lineId: FIXTURE_LINE, name: 'a, b', outcome: 'done', note: '1 file' } as const;
    expect(batchReportText({ ...run, results: [result] })).toBe('Export 1 lines\nline,outcome,note\n"a, b",done,1 file');
  });
});
