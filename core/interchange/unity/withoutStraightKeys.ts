/**
 * Keys of a linearly interpolated curve without those that add nothing: between two kept keys the straight line stays
 * within `tolerance` of every sample. First and last sample are always kept. `times` ascending, same length as `values`.
 */
export function withoutStraightKeys(
  times: readonly number[],
  values: readonly number[],
  tolerance: number,
): { readonly time: number; readonly value: number }[] {
  const kept: { time: number; value: number }[] = [];
  const keep = (index: number) => kept.push({ time: times[index], value: values[index] });
  if (values.length === 0) return kept;
  keep(0);
  let from = 0;
  // The line from `from` may leave with any slope in [low, high] and still pass all samples seen so far.
  let low = -Infinity;
  let high = Infinity;
  for (let at = 1; at < values.length; at++) {
    const span = times[at] - times[from];
    const slope = (values[at] - values[from]) / span;
    if (slope < low || slope > high) {
      keep(at - 1);
      from = at - 1;
      low = -Infinity;
      high = Infinity;
    }
    const reach = times[at] - times[from];
    low = Math.max(low, (values[at] - tolerance - values[from]) / reach);
    high = Math.min(high, (values[at] + tolerance - values[from]) / reach);
  }
  if (values.length > 1) keep(values.length - 1);
  return kept;
}
