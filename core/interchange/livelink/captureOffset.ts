import type { StartTimecode } from '../../document/records';
import { FRAME_RATES, framesPerSecond } from '../../time/frameRate';
import { nominalFramesPerSecond, parseTimecode } from './timecode';

const SECONDS_A_DAY = 86_400;

/**
 * Where a capture begins on a line, by their timecodes: seconds after the line's first moment, below 0 for before it. Null
 * when the line has no start timecode. The shorter way around midnight is taken.
 * @param captureStartSeconds what the capture's first timecode counts since midnight
 */
export function captureOffsetSeconds(captureStartSeconds: number, start: StartTimecode | undefined): number | null {
  const rate = start && FRAME_RATES[start.rate];
  const parts = start && parseTimecode(start.text);
  if (!rate || !parts) return null;
  const nominal = nominalFramesPerSecond(rate);
  let counted = captureStartSeconds - (parts.seconds + parts.frame / nominal);
  if (counted > SECONDS_A_DAY / 2) counted -= SECONDS_A_DAY;
  if (counted < -SECONDS_A_DAY / 2) counted += SECONDS_A_DAY;
  // Without drops 29.97 counts 30 frames as a second and falls behind the clock by a thousandth; with drops it keeps up.
  return start.text.includes(';') ? counted : (counted * nominal) / framesPerSecond(rate);
}
