import type { CurveKey } from './keyedCurve';

/**
 * Key values drawn towards the line between their neighbours, as often as asked: noise goes, times, first and last key
 * stay. Only keys whose id is in `ids` change; the others still pull. Pure.
 * @param amount share of the way to that line, 0..1; default .5
 * @param passes how often; default 1
 */
export function smoothKeys(keys: readonly CurveKey[], ids: ReadonlySet<string>, amount = 0.5, passes = 1): CurveKey[] {
  let current = [...keys];
  for (let pass = 0; pass < passes; pass++) {
    current = current.map((key, index) => {
      if (index === 0 || index === current.length - 1 || !ids.has(key.id)) return key;
      const [before, after] = [current[index - 1], current[index + 1]];
      const share = (key.timeSeconds - before.timeSeconds) / (after.timeSeconds - before.timeSeconds);
      const line = before.value + (after.value - before.value) * share;
      return { ...key, value: key.value + (line - key.value) * Math.min(1, Math.max(0, amount)) };
    });
  }
  return current;
}
