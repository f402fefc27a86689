/** How far the picture may be from the playhead: half a frame at 60 fps when it stands, three frames at 25 fps when both run. */
export const SEEK_TOLERANCE_SECONDS = { still: 1 / 120, playing: 0.12 };

/** A picture that runs late (or early) goes faster (slower) by this share for each second it is off, up to the most. */
const CATCH_UP_PER_SECOND = 4;
const MOST_CATCH_UP = 0.25;

/** Speed at which a playing video comes back to the playhead without a jump; `lagSeconds` above 0: it is late. */
export function catchUpRate(speed: number, lagSeconds: number): number {
  const share = Math.min(MOST_CATCH_UP, Math.max(-MOST_CATCH_UP, lagSeconds * CATCH_UP_PER_SECOND));
  return speed * (1 + share);
}

/**
 * Time of a reference video at a time of the line.
 * @param offsetSeconds time of the line at which the video begins
 * @param durationSeconds of the video; 0 while it is not known
 */
export function videoTimeOf(
  lineSeconds: number,
  offsetSeconds: number,
  durationSeconds: number,
): { readonly seconds: number; readonly isInside: boolean } {
  const seconds = lineSeconds - offsetSeconds;
  return {
    seconds: Math.min(durationSeconds, Math.max(0, seconds)),
    isInside: seconds >= 0 && seconds <= durationSeconds,
  };
}
