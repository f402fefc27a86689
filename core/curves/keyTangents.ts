import type { CurveKey, TangentHandle, TangentMode } from './keyedCurve';
import { segmentHandles } from './tangents';

/** The handles of a key as they are in force, computed ones too; absent on the outer side of the first and last key. */
export function handlesInForce(keys: readonly CurveKey[], index: number): { in?: TangentHandle; out?: TangentHandle } {
  const key = keys[index];
  const before = index > 0 && keys[index - 1].interpolation === 'bezier' ? segmentHandles(keys, index - 1) : null;
  const after = index < keys.length - 1 && key.interpolation === 'bezier' ? segmentHandles(keys, index) : null;
  return {
    ...(before && { in: { deltaSeconds: before.inTimeSeconds - key.timeSeconds, deltaValue: before.inValue - key.value } }),
    ...(after && { out: { deltaSeconds: after.outTimeSeconds - key.timeSeconds, deltaValue: after.outValue - key.value } }),
  };
}

/**
 * The key with another kind of tangent: auto and flat lose their handles; free (broken) and aligned (unified) keep the
 * handles in force, so that the curve does not jump, and aligned turns both to their common slope. Pure.
 */
export function withTangentMode(keys: readonly CurveKey[], index: number, tangentMode: TangentMode): CurveKey {
  const { inHandle: _in, outHandle: _out, ...plain } = keys[index];
  if (tangentMode === 'auto' || tangentMode === 'flat') return { ...plain, interpolation: 'bezier', tangentMode };
  const handles = handlesInForce(keys, index);
  const next: CurveKey = {
    ...plain,
    interpolation: 'bezier',
    tangentMode,
    ...(handles.in && { inHandle: handles.in }),
    ...(handles.out && { outHandle: handles.out }),
  };
  return tangentMode === 'aligned' ? withSlope(next, commonSlope(next)) : next;
}

/** The key with both handles turned to a slope (value per second); their reach in time stays. Pure. */
export function withSlope(key: CurveKey, slope: number): CurveKey {
  const turn = (handle: TangentHandle | undefined) => handle && { ...handle, deltaValue: handle.deltaSeconds * slope };
  const [inHandle, outHandle] = [turn(key.inHandle), turn(key.outHandle)];
  return { ...key, tangentMode: 'aligned', ...(inHandle && { inHandle }), ...(outHandle && { outHandle }) };
}

/** Slope of the line from handle to handle; of the one there is; 0 without any. */
function commonSlope({ inHandle, outHandle }: CurveKey): number {
  const seconds = (outHandle?.deltaSeconds ?? 0) - (inHandle?.deltaSeconds ?? 0);
  const value = (outHandle?.deltaValue ?? 0) - (inHandle?.deltaValue ?? 0);
  return seconds > 0 ? value / seconds : 0;
}
