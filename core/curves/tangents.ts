import type { CurveKey } from './keyedCurve';

/** The Bezier handles of the stretch between two neighbouring keys, as absolute points. */
export interface SegmentHandles {
  readonly outTimeSeconds: number;
  readonly outValue: number;
  readonly inTimeSeconds: number;
  readonly inValue: number;
}

/**
 * Slope (value per second) of an auto key, such that the curve never passes beyond its neighbouring keys:
 * flat at local peaks and at both ends, else the weighted harmonic mean of the two chords, which is inside the
 * region where a cubic Hermite is monotone. Source: Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5 (1984), eq. 6.
 */
export function autoSlope(keys: readonly CurveKey[], index: number): number {
  if (index <= 0 || index >= keys.length - 1) return 0;
  const before = keys[index].timeSeconds - keys[index - 1].timeSeconds;
  const after = keys[index + 1].timeSeconds - keys[index].timeSeconds;
  const slopeBefore = (keys[index].value - keys[index - 1].value) / before;
  const slopeAfter = (keys[index + 1].value - keys[index].value) / after;
  return monotoneSlope(slopeBefore, slopeAfter, before, after);
}

/** The Fritsch-Butland slope from two chord slopes and the lengths of their intervals (any unit). */
export function monotoneSlope(slopeBefore: number, slopeAfter: number, before: number, after: number): number {
  if (!(slopeBefore * slopeAfter > 0)) return 0;
  const weightBefore = 2 * after + before;
  const weightAfter = after + 2 * before;
  return (weightBefore + weightAfter) / (weightBefore / slopeBefore + weightAfter / slopeAfter);
}

/**
 * Handles in force between `keys[index]` and `keys[index + 1]`. Computed handles lie at a third of the stretch; hand-made
 * ones longer than the stretch are shortened along their direction, so that time never runs backwards.
 */
export function segmentHandles(keys: readonly CurveKey[], index: number): SegmentHandles {
  const start = keys[index];
  const end = keys[index + 1];
  const length = end.timeSeconds - start.timeSeconds;
  const out = handleOf(keys, index, 'out', length);
  const into = handleOf(keys, index + 1, 'in', length);
  return {
    outTimeSeconds: start.timeSeconds + out.deltaSeconds,
    outValue: start.value + out.deltaValue,
    inTimeSeconds: end.timeSeconds + into.deltaSeconds,
    inValue: end.value + into.deltaValue,
  };
}

function handleOf(keys: readonly CurveKey[], index: number, side: 'in' | 'out', length: number) {
  const key = keys[index];
  const sign = side === 'out' ? 1 : -1;
  const given = side === 'out' ? key.outHandle : key.inHandle;
  if ((key.tangentMode === 'aligned' || key.tangentMode === 'free') && given) {
    const reach = given.deltaSeconds * sign;
    // A handle that points the wrong way in time is read as vertical: it may bend the curve, never fold it.
    if (!(reach > 0)) return { deltaSeconds: 0, deltaValue: given.deltaValue };
    const shorten = reach > length ? length / reach : 1;
    return { deltaSeconds: sign * reach * shorten, deltaValue: given.deltaValue * shorten };
  }
  const third = length / 3;
  const slope = key.tangentMode === 'flat' ? 0 : autoSlope(keys, index);
  return { deltaSeconds: sign * third, deltaValue: sign * third * slope };
}
