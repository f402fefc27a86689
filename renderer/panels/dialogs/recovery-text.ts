import type { PendingWork } from '../../../main/ipc/api';

/** "Recovered 14:32, 3 edits newer than the file.": what the recovery dialog says of work found. */
export function recoveryText(work: PendingWork, nowMs: number, locale?: string): string {
  const edits = `${work.editCount} ${work.editCount === 1 ? 'edit' : 'edits'}`;
  const when = timeText(work.lastEditAtMs, nowMs, locale);
  return work.project
    ? `Recovered ${when}, ${edits} newer than the file.`
    : `Recovered ${when}, ${edits}; never saved to a file.`;
}

/** Time of the day, with the date when it was another day. */
export function timeText(atMs: number, nowMs: number, locale?: string): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  const time = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString(locale, { day: 'numeric', month: 'short' })} ${time}`;
}
