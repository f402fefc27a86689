/** A closing and opening of the lids, in frames at 60 fps. */
export interface BlinkEvent {
  readonly startFrame: number;
  readonly peakFrame: number;
  readonly endFrame: number;
}

/** A blink counts from this closure of the lids on, and begins and ends where they are this little closed. */
const BLINK_PEAK = 0.6;
const BLINK_EDGE = 0.1;

/** Blinks in a pair of lid curves: stretches above the edge that reach the peak. */
export function findBlinks(left: Float32Array, right: Float32Array): BlinkEvent[] {
  const events: BlinkEvent[] = [];
  let start = -1;
  let peak = -1;
  const closed = (frame: number) => (left[frame] + right[frame]) / 2;
  for (let frame = 0; frame <= left.length; frame += 1) {
    const value = frame < left.length ? closed(frame) : 0;
    if (value > BLINK_EDGE && start < 0) start = peak = frame;
    if (start >= 0 && value > closed(peak)) peak = frame;
    if (value > BLINK_EDGE || start < 0) continue;
    if (closed(peak) >= BLINK_PEAK) events.push({ startFrame: start, peakFrame: peak, endFrame: frame });
    start = -1;
  }
  return events;
}
