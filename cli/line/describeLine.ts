import path from 'node:path';
import type { ClosureReport } from '../../core/performance/constraints/closureReport';
import type { LintFinding } from '../../core/performance/constraints/lintFinding';
import { sizeInWords } from '../files';
import type { GeneratedLine, WrittenFile } from './generateLine';

/** The final object of `--json` for one generated line. */
export function lineResult(file: string, line: GeneratedLine): Record<string, unknown> {
  const { analysis, provider, soundFormat } = line.heard;
  return {
    input: file,
    soundFormat,
    durationSeconds: analysis.durationSeconds,
    frameCount: line.performed.tracks.frameCount,
    phonemeCount: analysis.phonemes.filter(({ phoneme }) => phoneme !== 'SIL').length,
    wordCount: analysis.words.length,
    files: line.files.map((written) => ({ ...written, path: path.resolve(written.path) })),
    timings: line.timings,
    timesRealTime: Math.round(line.timesRealTime * 100) / 100,
    provider,
    closure: closureResult(line.performed.closure),
    findings: line.performed.findings,
    notices: analysis.notices,
  };
}

export function closureResult({ closed, total, rate }: ClosureReport): Record<string, unknown> {
  return { closed, total, rate };
}

/** The same for people. */
export function lineInWords(file: string, line: GeneratedLine): string[] {
  const { analysis, provider, soundFormat } = line.heard;
  return [
    `${path.basename(file)}: ${analysis.durationSeconds.toFixed(2)} s (${soundFormat}), done in ${line.timings.totalSeconds.toFixed(1)} s on ${provider}`,
    closureInWords(line.performed.closure),
    ...findingsInWords(line.performed.findings),
    ...filesInWords(line.files),
  ];
}

export function closureInWords({ closed, total }: ClosureReport): string {
  return total === 0 ? 'lips: no P, B or M in this line' : `lips close on ${closed} of ${total} P, B and M`;
}

export function findingsInWords(findings: readonly LintFinding[]): string[] {
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
}

export function filesInWords(files: readonly WrittenFile[]): string[] {
  return files.map(({ path: file, bytes }) => `wrote ${file} (${sizeInWords(bytes)})`);
}
