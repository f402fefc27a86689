import { FRAME_RATES, framesPerSecond, secondsToNearestFrame } from '../../../core/time/frameRate';
import type { TimeUnit } from '../../stores/viewState';

/** "00:00:03:26" at a frame rate, "-00:00:00:12" before the sound (non-drop: frames are counted, not clock time). */
export function timecodeOf(timeSeconds: number, rateName: string): string {
  const rate = FRAME_RATES[rateName] ?? FRAME_RATES['60'];
  const perSecond = Math.round(framesPerSecond(rate));
  const counted = secondsToNearestFrame(timeSeconds, rate);
  const frame = Math.abs(counted);
  const totalSeconds = Math.floor(frame / perSecond);
  const parts = [Math.floor(totalSeconds / 3600), Math.floor(totalSeconds / 60) % 60, totalSeconds % 60, frame % perSecond];
  return `${counted < 0 ? '-' : ''}${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

export function frameOf(timeSeconds: number, rateName: string): number {
  return secondsToNearestFrame(timeSeconds, FRAME_RATES[rateName] ?? FRAME_RATES['60']);
}

/** A time as the ruler and the playhead flag say it. */
export function timeLabel(timeSeconds: number, unit: TimeUnit, rateName: string): string {
  if (unit === 'frames') return String(frameOf(timeSeconds, rateName));
  if (unit === 'seconds') return timeSeconds.toFixed(2);
  return timecodeOf(timeSeconds, rateName).replace(/^(-?)\d\d:/, '$1');
}

/**
 * Reads a time as people type it: "116" in the unit in use, "1:03:12" as minutes, seconds, frames, "2.5s" as seconds, "150f" as frames.
 * With "-" before it it lies before the sound. Null when it is no time.
 */
export function parseTime(text: string, unit: TimeUnit, rateName: string): number | null {
  const rate = FRAME_RATES[rateName] ?? FRAME_RATES['60'];
  const perSecond = framesPerSecond(rate);
  const clean = text.trim().toLowerCase();
  if (/^-\s*\d/.test(clean)) {
    const after = parseTime(clean.slice(1), unit, rateName);
    return after === null ? null : -after;
  }
  if (/^\d+(\.\d+)?s$/.test(clean) || (unit === 'seconds' && /^\d+(\.\d+)?$/.test(clean))) return parseFloat(clean);
  if (/^\d+f$/.test(clean) || (unit === 'frames' && /^\d+$/.test(clean))) return parseInt(clean, 10) / perSecond;
  if (!/^\d+(:\d+){0,3}$/.test(clean)) return null;
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = clean.split(':').map(Number).reverse();
  return (hours * 60 + minutes) * 60 + seconds + frames / perSecond;
}
