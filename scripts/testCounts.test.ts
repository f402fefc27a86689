import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
// @ts-expect-error -- plain JavaScript without types
import { countPlaywright, countVitest, summaryLine } from './testCounts.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mien-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function report(content: unknown): string {
  const file = path.join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('test counts', () => {
  it('reads a vitest report', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] });
    expect(countVitest(file)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('counts a test file that could not be loaded as failed', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(countVitest(file).failed).toBe(1);
  });

  it('counts a retried test as failed', () => {
    expect(countPlaywright(report({ stats: { expected: 3, unexpected: 1, flaky: 2, skipped: 4 } }))).toEqual({
      passed: 3,
      failed: 3,
      skipped: 4,
    });
  });

  it('takes a missing or broken report for a failure', () => {
    for (const count of [countVitest, countPlaywright]) {
      expect(count(path.join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
      expect(count(report('{'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
    }
  });

  it('ends with the agreed line', () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped');
  });
});
