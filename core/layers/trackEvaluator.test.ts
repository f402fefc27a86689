import { describe, expect, it } from 'vitest';
import { patchTracks } from '../curves/patchTracks';
import type { SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, PERFORMANCE_CHANNELS } from '../rig/channels';
import { seededRandom } from '../testing/seededRandom';
import type { SettingsByChannel } from './channelSettings';
import { soloTracks } from './channelSettings';
import { composeTracks } from './composeTracks';
import type { EditLayer } from './editLayer';
import { longLine } from './testing/longLine';
import { TrackEvaluator } from './trackEvaluator';

const bytes = (samples: Float32Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

function expectEqual(actual: SampledTracks, expected: SampledTracks, what: string): void {
  const wrong = expected.channels.findIndex((samples, index) => !bytes(samples).equals(bytes(actual.channels[index])));
  expect(wrong < 0 ? 'equal' : `${what}: ${PERFORMANCE_CHANNELS[wrong]} differs`).toBe('equal');
}

/** One key moved in time and value; everything else keeps its identity. */
function moveKey(layers: readonly EditLayer[], at: { layer: number; curve: number; span: number; key: number }, value: number) {
  return layers.map((layer, layerIndex) =>
    layerIndex !== at.layer
      ? layer
      : {
          ...layer,
          curves: layer.curves.map((curve, curveIndex) =>
            curveIndex !== at.curve
              ? curve
              : {
                  ...curve,
                  spans: curve.spans.map((span, spanIndex) =>
                    spanIndex !== at.span
                      ? span
                      : {
                          ...span,
                          keys: span.keys.map((key, keyIndex) =>
                            keyIndex === at.key ? { ...key, value, timeSeconds: key.timeSeconds + (value - 0.5) * 0.01 } : key,
                          ),
                        },
                  ),
                },
          ),
        },
  );
}

/** One random change of layers, base or settings, as edits make them. */
function change(
  random: () => number,
  state: { base: SampledTracks; layers: readonly EditLayer[]; settings: SettingsByChannel },
): void {
  const int = (below: number) => Math.floor(random() * below);
  const { layers } = state;
  const kind = int(10);
  const index = int(Math.max(1, layers.length));
  const patch = (more: Partial<EditLayer>) =>
    (state.layers = layers.map((layer, at) => (at === index ? { ...layer, ...more } : layer)));
  const channel = PERFORMANCE_CHANNELS[int(PERFORMANCE_CHANNELS.length)];
  if (kind <= 2 && layers.length > 0) {
    const curve = int(layers[index].curves.length);
    const span = int(layers[index].curves[curve].spans.length);
    const key = int(layers[index].curves[curve].spans[span].keys.length);
    state.layers = moveKey(layers, { layer: index, curve, span, key }, random());
  } else if (kind === 3) patch({ muted: random() < 0.5, solo: random() < 0.2 });
  else if (kind === 4) patch({ weight: random(), mode: random() < 0.5 ? 'override' : 'additive' });
  else if (kind === 5) {
    patch({
      weightKeys: [0, 1, 2].map((key) => ({
        id: `w${key}`,
        timeSeconds: key * 3,
        value: random() * 1.2 - 0.1,
        interpolation: 'linear' as const,
        tangentMode: 'auto' as const,
      })),
    });
  } else if (kind === 6) patch({ mask: random() < 0.5 ? { regions: ['mouth', 'jaw'], channels: [channel] } : undefined });
  else if (kind === 7) state.layers = [...layers].reverse();
  else if (kind === 8) {
    state.settings = {
      ...state.settings,
      [channel]: { muted: random() < 0.3, gain: random() * 2, offset: random() * 0.2, pinned: random() < 0.5 },
    };
  } else if (random() < 0.5) {
    // As a preview comes in: a window, with most channels as they were.
    const first = int(state.base.frameCount - 30);
    const window = state.base.channels.map((samples) =>
      Float32Array.from({ length: 30 }, (_, frame) => (random() < 0.7 ? samples[first + frame] : random() * 1.4 - 0.2)),
    );
    state.base = patchTracks(state.base, first, window);
  } else {
    const first = int(state.base.frameCount - 30);
    const channels = state.base.channels.map((samples) => {
      if (random() < 0.7) return samples;
      const copy = samples.slice();
      for (let frame = first; frame < first + 30; frame++) copy[frame] = random() * 1.4 - 0.2;
      return copy;
    });
    state.base = { ...state.base, channels };
  }
}

describe('TrackEvaluator', () => {
  it.each([3, 1, 0])('gives bit for bit what evaluating from scratch gives, whatever changes (seeded), on %i layers', (count) => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = seededRandom(seed);
      const evaluator = new TrackEvaluator();
      const line = longLine({ minutes: 0.12, keys: count * 300, layers: count, seed });
      const state = { ...line, settings: {} as SettingsByChannel };
      for (let step = 0; step < 25; step++) {
        const untouched = { ...state.base, channels: state.base.channels.map((samples) => samples.slice()) };
        const result = evaluator.evaluate(state.base, state.layers, state.settings);
        expectEqual(state.base, untouched, `seed ${seed} step ${step} base`);
        const expected = composeTracks(state.base, state.layers, state.settings);
        expectEqual(result.layered, expected.layered, `seed ${seed} step ${step} layered`);
        expectEqual(result.final, expected.final, `seed ${seed} step ${step} final`);
        change(random, state);
      }
    }
  });

  describe('on ten minutes with 10,000 keys', () => {
    const { base, layers } = longLine();
    const evaluator = new TrackEvaluator();
    const settings: SettingsByChannel = {};
    const first = evaluator.evaluate(base, layers, settings);

    it('has the size the issue asks for', () => {
      expect(base.frameCount).toBe(36001);
      const keys = layers.flatMap((layer) => layer.curves.flatMap((curve) => curve.spans.flatMap((span) => span.keys)));
      expect(keys.length).toBeGreaterThanOrEqual(10_000);
      expect(first.framesEvaluated).toBe(36001 * 61);
    });

    it('evaluates nothing when the playhead moves', () => {
      const again = evaluator.evaluate(base, layers, settings);
      expect(again.framesEvaluated).toBe(0);
      expect(again.final).toBe(first.final);
    });

    it('evaluates a few frames of one channel when a key moves, and shares all other channels', () => {
      const moved = moveKey(layers, { layer: 2, curve: CHANNEL_INDEX.mouthPucker, span: 3, key: 5 }, 0.9);
      const result = evaluator.evaluate(base, moved, settings);
      // Five keys .2 s apart at most on each side and the fades: about a second.
      expect(result.framesEvaluated).toBeLessThan(120);
      expect([...result.changed.keys()]).toEqual([CHANNEL_INDEX.mouthPucker]);
      const renewed = result.final.channels.filter((samples, index) => samples !== first.final.channels[index]);
      expect(renewed).toHaveLength(1);
    });

    it('evaluates only the regenerated stretch when a part of the base is new', () => {
      const before = evaluator.evaluate(base, layers, settings);
      const channels = base.channels.map((samples, index) => {
        if (index !== CHANNEL_INDEX.browInnerUp) return samples;
        const copy = samples.slice();
        copy.fill(0.25, 600, 660);
        return copy;
      });
      const result = evaluator.evaluate({ ...base, channels }, layers, settings);
      expect(result.framesEvaluated).toBeLessThanOrEqual(60);
      expect(result.final.channels[0]).toBe(before.final.channels[0]);
    });
  });
});

describe('channel settings', () => {
  const { base } = longLine({ minutes: 0.1, keys: 0, layers: 0 });
  const jaw = CHANNEL_INDEX.jawOpen;

  it('gain and offset act on the base, a muted channel rests, and nothing else changes', () => {
    const { final } = composeTracks(base, [], { jawOpen: { gain: 0.5, offset: 0.1 }, browInnerUp: { muted: true } });
    expect(final.channels[jaw][10]).toBeCloseTo(base.channels[jaw][10] * 0.5 + 0.1, 6);
    expect(final.channels[CHANNEL_INDEX.browInnerUp].every((value) => value === 0)).toBe(true);
    expect(final.channels[0]).toBe(base.channels[0]);
  });

  it('a hand key is met exactly, whatever the gain', () => {
    const { layers } = longLine({ minutes: 0.1, keys: 61, layers: 1 });
    const curve = layers[0].curves[jaw];
    const [key] = curve.spans[0].keys;
    const onFrame = { ...curve, spans: [{ id: 's', keys: [{ ...key, timeSeconds: 1, value: 0.3 }] }] };
    const { final } = composeTracks(base, [{ ...layers[0], curves: [onFrame] }], { jawOpen: { gain: 2 } });
    expect(final.channels[jaw][60]).toBeCloseTo(0.3, 6);
  });

  it('a solo shows only the soloed channels and leaves the tracks alone', () => {
    const shown = soloTracks(base, { jawOpen: { solo: true } });
    expect(shown.channels[jaw]).toBe(base.channels[jaw]);
    expect(shown.channels[0].every((value) => value === 0)).toBe(true);
    expect(soloTracks(base, { jawOpen: { pinned: true } })).toBe(base);
  });
});
