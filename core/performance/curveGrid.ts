import { CURVE_FRAME_RATE, framesPerSecond, frameCountFor, gridFrom, type FrameGrid } from '../time/frameRate';

/** How long a line is: its sound, and the silence before and after it in which the face acts. */
export interface LineLength {
  readonly durationSeconds: number;
  readonly preRollSeconds?: number;
  readonly postRollSeconds?: number;
}

/** The frames on which a line's curves are made. */
export interface CurveGrid {
  readonly frameRate: FrameGrid;
  readonly frameCount: number;
}

/** Whole seconds that hold the pre-roll. */
export function leadSecondsOf({ preRollSeconds = 0 }: Pick<LineLength, 'preRollSeconds'>): number {
  return Math.max(0, Math.ceil(preRollSeconds - 1e-6));
}

/** Where the frames of a line's curves lie; see `curveGridOf`. */
export function frameGridOf(line: Pick<LineLength, 'preRollSeconds'>): FrameGrid {
  return gridFrom(CURVE_FRAME_RATE, -leadSecondsOf(line) * framesPerSecond(CURVE_FRAME_RATE));
}

/**
 * The curves of a line begin whole seconds before the sound: so the frames of the sound lie in the same chunks (of one
 * second) and on the same latents whatever the pre-roll is, and keep their values. Time 0 stays where the sound begins.
 */
export function curveGridOf(line: LineLength): CurveGrid {
  const frameRate = frameGridOf(line);
  const endSeconds = line.durationSeconds + (line.postRollSeconds ?? 0);
  return { frameRate, frameCount: frameCountFor(endSeconds, CURVE_FRAME_RATE) - (frameRate.startFrame ?? 0) };
}
