import { framesPerSecond, type FrameRate } from '../../time/frameRate';

/** Frames a timecode counts in a second: 30 for 29.97 (non-drop), 24 for 23.976. */
export function nominalFramesPerSecond(rate: FrameRate): number {
  return Math.round(framesPerSecond(rate));
}

/** `HH:MM:SS:FF.mmm` of a frame, counted without drops; mmm are thousandths of a frame. The hour wraps at 24. */
export function formatTimecode(frame: number, nominalRate: number): string {
  const whole = Math.floor(frame);
  const seconds = Math.floor(whole / nominalRate);
  const two = (value: number): string => String(value).padStart(2, '0');
  const thousandths = String(Math.floor((frame - whole) * 1000)).padStart(3, '0');
  return `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}:${two(whole % nominalRate)}.${thousandths}`;
}

/** The parts of a timecode. */
export interface TimecodeParts {
  /** Whole seconds since midnight. */
  readonly seconds: number;
  /** Frame in that second, with its fraction. */
  readonly frame: number;
}

const TIMECODE = /^(\d{1,2}):(\d{1,2}):(\d{1,2})[:;.](\d{1,3})(?:\.(\d{1,6}))?$/;

/** Parses `HH:MM:SS:FF.mmm` (mmm may be missing); null when it is none. */
export function parseTimecode(text: string): TimecodeParts | null {
  if (text.length > 32) return null;
  const match = TIMECODE.exec(text.trim());
  if (!match) return null;
  const [hours, minutes, seconds, frame] = match.slice(1, 5).map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return { seconds: (hours * 60 + minutes) * 60 + seconds, frame: frame + Number(`0.${match[5] ?? '0'}`) };
}
