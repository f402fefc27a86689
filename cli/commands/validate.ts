import path from 'node:path';
import { toPlainError } from '../../core/errors';
import { validateFile } from '../../core/interchange/validate/validateFile';
import type { ValidationReport } from '../../core/interchange/validate/validationReport';
import { unpackProject } from '../../main/project/unpackProject';
import { readOptions } from '../args/readOptions';
import { readInput } from '../files';
import type { Command } from './command';

/** `mien validate file`: false (exit code 1) when the file has errors. */
export const validate: Command = async (args, { reporter }) => {
  const { positionals } = readOptions('validate', args, {}, ['the file']);
  const fileName = path.basename(positionals[0]);
  reporter.progress('Reading', 0);
  const bytes = await readInput(positionals[0]);
  reporter.progress('Checking', 0.2);
  const report = withOpenedProject(await validateFile(bytes, fileName), bytes);
  reporter.progress('Done', 1);
  const summary = Object.entries(report.summary).map(([name, value]) => `${name} ${value}`);
  reporter.result({ command: 'validate', input: positionals[0], ...report }, [
    `${fileName}: ${report.ok ? 'valid' : 'NOT valid'} (${[report.format, ...summary].join(', ')})`,
    ...report.findings.map(({ severity, rule, message }) => `${severity}: ${message} [${rule}]`),
  ]);
  return report.ok;
};

/** A project is valid when it opens: the same reader as the studio's checks every record, hash and curve. */
function withOpenedProject(report: ValidationReport, bytes: Uint8Array): ValidationReport {
  if (report.format !== 'mien' || !report.ok) return report;
  try {
    const { parts, chunks } = unpackProject(bytes);
    return { ...report, summary: { ...report.summary, parts: parts.size, secondsOfCurves: Object.keys(chunks).length } };
  } catch (thrown) {
    const { message, remedy } = toPlainError(thrown);
    return {
      ...report,
      ok: false,
      findings: [...report.findings, { severity: 'error', rule: 'mien-open', message: `${message} ${remedy}` }],
    };
  }
}
