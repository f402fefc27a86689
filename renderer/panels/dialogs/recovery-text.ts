import type { PendingWork } from '../../../main/ipc/api';
import { bytesLabel } from '../exportDialog/export-plan';

/** "Recovered 14:32, 3 edits newer than the file.": what the recovery dialog says of work found. */
export function recoveryText(work: PendingWork, nowMs: number, locale?: string): string {
  if (work.isDamaged) return 'The list of single edits cannot be read; the last whole copy can.';
  const edits = `${work.editCount} ${work.editCount === 1 ? 'edit' : 'edits'}`;
  const when = timeText(work.lastEditAtMs, nowMs, locale);
  return work.project
    ? `Recovered ${when}, ${edits} newer than the file.`
    : `Recovered ${when}, ${edits}; never saved to a file.`;
}

/** "14:32, 1.2 MB" */
export function copyText(atMs: number, bytes: number, nowMs: number, locale?: string): string {
  return `${timeText(atMs, nowMs, locale)}, ${bytesLabel(bytes)}`;
}

/** Time of the day, with the date when it was another day. */
export function timeText(atMs: number, nowMs: number, locale?: string): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  const time = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString(locale, { day: 'numeric', month: 'short' })} ${time}`;
}
