/**
 * The onset in a loudness or effort track nearest to a time: where the level rises fastest within the reach (the start of a
 * voiced stretch, a burst). Used to snap phoneme edges to what is seen in the waveform.
 * @param level one value a hop, e.g. waveform peaks 0..1 or dB
 * @param perSecond hops a second
 * @param reachSeconds how far to look on each side; default .06
 * @returns seconds, or null when nothing rises
 */
export function nearestOnset(
  level: ArrayLike<number>,
  perSecond: number,
  timeSeconds: number,
  reachSeconds = 0.06,
): number | null {
  const first = Math.max(1, Math.ceil((timeSeconds - reachSeconds) * perSecond));
  const last = Math.min(level.length - 1, Math.floor((timeSeconds + reachSeconds) * perSecond));
  let highest = 0;
  for (let hop = first; hop <= last; hop++) highest = Math.max(highest, level[hop] - level[hop - 1]);
  if (highest <= 0) return null;
  let best: number | null = null;
  for (let hop = first; hop <= last; hop++) {
    // Of rises nearly as steep as the steepest the nearest wins: the animator pointed at it.
    if (level[hop] - level[hop - 1] < highest * 0.6) continue;
    const time = hop / perSecond;
    if (best === null || Math.abs(time - timeSeconds) < Math.abs(best - timeSeconds)) best = time;
  }
  return best;
}
