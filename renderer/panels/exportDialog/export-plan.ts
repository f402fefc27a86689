import { joinChannels } from '../../../core/curves/joinChannels';
import { clipSettingsOf } from '../../../core/interchange/clipLine';
import { FILE_FORMAT_IDS, FILE_FORMATS, type FileFormatId } from '../../../core/interchange/fileFormats';
import { lintTracks } from '../../../core/performance/constraints/lintTracks';
import { isSoundEvent, type PerformanceEvent } from '../../../core/performance/events/performanceEvent';
import type { TimeRange } from '../../../core/time/timeRange';
import type { LineModel } from '../../stores/lineModel';
import type { LintFinding } from '../../../main/ipc/api';

export interface FormatChoice {
  readonly format: FileFormatId;
  readonly label: string;
  readonly note: string;
}

export const FORMAT_CHOICES: readonly FormatChoice[] = FILE_FORMAT_IDS.map((format) => ({ format, ...FILE_FORMATS[format] }));

/** "Frames 41 to 44", "Frame 7", "12 frames from 41", "Whole line". */
export function whereLabel(frames: readonly number[] | undefined): string {
  if (!frames || frames.length === 0) return 'Whole line';
  const first = Math.min(...frames);
  const last = Math.max(...frames);
  if (first === last) return `Frame ${first}`;
  return last - first + 1 === frames.length ? `Frames ${first} to ${last}` : `${frames.length} frames from ${first}`;
}

export interface LintCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

export function countFindings(findings: readonly LintFinding[]): LintCounts {
  const count = (severity: LintFinding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), notes: count('info') };
}

/** The report as plain text for the clipboard. */
export function reportText(lineName: string, findings: readonly LintFinding[]): string {
  const lines = findings.map(({ severity, rule, message, frames }) => `${severity}\t${rule}\t${whereLabel(frames)}\t${message}`);
  return [`Lint report of ${lineName}`, ...(lines.length > 0 ? lines : ['No findings.'])].join('\n');
}

export function bytesLabel(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** When breaths, laughs and the like act; they may move the mouth in silence. */
export function soundTimes(events: readonly PerformanceEvent[]): TimeRange[] {
  return events.filter(isSoundEvent).map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds }));
}

/** What the engine is told of the line on screen, whatever the format. */
export function exportedLine(model: LineModel) {
  const { line, speech, events, final } = model;
  const samples = final ? joinChannels(final) : new Float32Array(0);
  const { phonemes, words } = speech;
  const clip = clipSettingsOf(line);
  const { frameCount = 0, frameRate } = final ?? {};
  const curves = { frameCount, startFrame: frameRate?.startFrame, samples };
  return { lineId: line.id, lineName: line.name, ...curves, phonemes, words, clip, soundEvents: soundTimes(events) };
}

/** Lint of a line as it would be written; what breathes or laughs may move the mouth in silence. */
export function findingsOf(model: LineModel | null): LintFinding[] {
  if (!model?.final) return [];
  return lintTracks(model.final, model.speech.phonemes, soundTimes(model.events));
}
