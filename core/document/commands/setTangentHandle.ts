import type { CurveKey, TangentHandle } from '../../curves/keyedCurve';
import { handlesInForce } from '../../curves/keyTangents';
import type { RecordDraft } from '../recordDraft';
import type { LayerCurveRecord, LayerId, LayerRecord } from '../records';
import type { PerformanceChannel } from '../../rig/channels';
import { MienError } from '../../errors';

export { handlesInForce };
export type HandleSide = 'in' | 'out';

export interface SetTangentHandleArgs {
  readonly layerId: LayerId;
  readonly channel: PerformanceChannel;
  readonly keyId: string;
  readonly side: HandleSide;
  /** Relative to the key; deltaSeconds <= 0 on the in side, >= 0 on the out side (cut to it). */
  readonly handle: TangentHandle;
  /** Breaks the tangent: the other handle stays. Otherwise it turns along and keeps its length. */
  readonly isBroken: boolean;
}

/** Shortest reach of a handle: shorter ones have no direction left. */
const MIN_REACH_SECONDS = 1e-3;

/** Sets one Bezier handle by hand; the key becomes aligned, or free when the tangent is broken (or was before). */
export function setTangentHandle(draft: RecordDraft, args: SetTangentHandleArgs): void {
  const layer = draft.get<LayerRecord>(args.layerId);
  if (layer.locked)
    throw new MienError('invalid-input', `The layer "${layer.name}" is locked.`, 'Unlock it in the Layers panel.');
  const id = `curve:${args.layerId}:${args.channel}` as const;
  const curve = draft.get<LayerCurveRecord>(id);
  const spans = curve.spans.map((span) => {
    const index = span.keys.findIndex((key) => key.id === args.keyId);
    if (index < 0) return span;
    const keys = [...span.keys];
    keys[index] = withHandle(span.keys, index, args);
    return { ...span, keys };
  });
  draft.put({ ...curve, spans });
}

function withHandle(keys: readonly CurveKey[], index: number, { side, handle, isBroken }: SetTangentHandleArgs): CurveKey {
  const key = keys[index];
  const sign = side === 'out' ? 1 : -1;
  const set: TangentHandle = { ...handle, deltaSeconds: sign * Math.max(MIN_REACH_SECONDS, handle.deltaSeconds * sign) };
  const present = handlesInForce(keys, index);
  const other = side === 'out' ? present.in : present.out;
  const isFree = isBroken || key.tangentMode === 'free';
  const slope = set.deltaValue / set.deltaSeconds;
  const turned = other && !isFree ? { deltaSeconds: other.deltaSeconds, deltaValue: other.deltaSeconds * slope } : other;
  const [inHandle, outHandle] = side === 'out' ? [turned, set] : [set, turned];
  return {
    ...key,
    interpolation: 'bezier',
    tangentMode: isFree ? 'free' : 'aligned',
    ...(inHandle && { inHandle }),
    ...(outHandle && { outHandle }),
  };
}
