/** How far the picture may be from the playhead: half a frame at 60 fps when it stands, three frames at 25 fps when both run. */
export const SEEK_TOLERANCE_SECONDS = { still: 1 / 120, playing: 0.12 };

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
