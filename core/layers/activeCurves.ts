import { CHANNEL_INDEX } from '../rig/channels';
import { maskAllows } from './channelMask';
import type { CurveSpan, EditLayer } from './editLayer';

/** One layer's spans on one channel, when they have an effect. */
export interface ActiveCurve {
  readonly layer: EditLayer;
  readonly spans: readonly CurveSpan[];
}

/** True when a layer has a say at all: heard, of some weight, and not silenced by another layer's solo. */
export function isActiveLayer(layer: EditLayer, layers: readonly EditLayer[]): boolean {
  return !layer.muted && layer.weight > 0 && (layer.solo === true || !layers.some((other) => other.solo && !other.muted));
}

/** What acts on each channel (by index), bottom to top. Channels without anything have no entry. */
export function activeCurves(layers: readonly EditLayer[]): Map<number, ActiveCurve[]> {
  const byChannel = new Map<number, ActiveCurve[]>();
  for (const layer of layers) {
    if (!isActiveLayer(layer, layers)) continue;
    for (const { channel, spans } of layer.curves) {
      const channelIndex = CHANNEL_INDEX[channel];
      if (channelIndex === undefined || !maskAllows(layer.mask, channel) || !spans.some((span) => span.keys.length > 0)) continue;
      const list = byChannel.get(channelIndex);
      if (list) list.push({ layer, spans });
      else byChannel.set(channelIndex, [{ layer, spans }]);
    }
  }
  return byChannel;
}
