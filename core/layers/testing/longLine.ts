import type { CurveKey } from '../../curves/keyedCurve';
import { createTracks, type SampledTracks } from '../../curves/sampledTracks';
import { PERFORMANCE_CHANNELS } from '../../rig/channels';
import { seededRandom } from '../../testing/seededRandom';
import type { CurveSpan, EditLayer, LayerCurve } from '../editLayer';

export interface LongLineOptions {
  readonly minutes?: number;
  readonly keys?: number;
  readonly layers?: number;
  readonly seed?: number;
}

/** A line as heavy as the issue asks for (10 minutes, 60 fps, 10,000 keys on three layers), made from a seed. */
export function longLine(options: LongLineOptions = {}): { base: SampledTracks; layers: EditLayer[] } {
  const { minutes = 10, keys = 10_000, layers: layerCount = 3, seed = 1 } = options;
  const random = seededRandom(seed);
  const frameCount = Math.round(minutes * 3600) + 1;
  const base = createTracks(frameCount);
  base.channels.forEach((samples, channel) => {
    for (let frame = 0; frame < frameCount; frame++) samples[frame] = 0.5 + 0.45 * Math.sin(frame / (9 + channel) + channel);
  });
  const durationSeconds = minutes * 60;
  const curveCount = layerCount * PERFORMANCE_CHANNELS.length;
  const keysPerCurve = Math.ceil(keys / curveCount);
  const layers = Array.from({ length: layerCount }, (_unused, index): EditLayer => ({
    id: `layer:${index}`,
    name: `Layer ${index}`,
    mode: index % 2 === 0 ? 'override' : 'additive',
    weight: 1,
    muted: false,
    locked: false,
    curves: PERFORMANCE_CHANNELS.map((channel): LayerCurve => ({
      channel,
      spans: spansOf(random, `${index}-${channel}`, keysPerCurve, durationSeconds),
    })),
  }));
  return { base, layers };
}

/** `count` keys in spans of ten, spread over the line. */
function spansOf(random: () => number, name: string, count: number, durationSeconds: number): CurveSpan[] {
  const perSpan = 10;
  const spanCount = Math.ceil(count / perSpan);
  const room = durationSeconds / spanCount;
  return Array.from({ length: spanCount }, (_unused, span): CurveSpan => {
    const inSpan = Math.min(perSpan, count - span * perSpan);
    const step = Math.min(0.2, (room * 0.6) / perSpan);
    const start = span * room + random() * room * 0.3;
    return {
      id: `span-${name}-${span}`,
      keys: Array.from({ length: inSpan }, (_key, key): CurveKey => ({
        id: `key-${name}-${span}-${key}`,
        timeSeconds: start + key * step,
        value: random(),
        interpolation: 'bezier',
        tangentMode: 'auto',
      })),
    };
  });
}
