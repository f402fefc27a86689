import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTracks, trackOf, type SampledTracks } from '../curves/sampledTracks';
import { CHANNEL_INDEX, PERFORMANCE_CHANNELS, type PerformanceChannel } from '../rig/channels';
import { applyLayers, applyLayersInRange } from './applyLayers';
import { LAYER_BLEND_SECONDS, type CurveSpan, type EditLayer } from './editLayer';

const FRAMES = 240;

function base(): SampledTracks {
  const tracks = createTracks(FRAMES);
  tracks.channels.forEach((samples, channel) => samples.forEach((_, k) => (samples[k] = 0.5 + 0.4 * Math.sin(k / 7 + channel))));
  return tracks;
}

function span(...points: readonly (readonly [number, number])[]): CurveSpan {
  return {
    id: `span${points[0]?.[0]}`,
    keys: points.map(([timeSeconds, value]) => ({
      id: `k${timeSeconds}`,
      timeSeconds,
      value,
      interpolation: 'bezier',
      tangentMode: 'auto',
    })),
  };
}

function layer(channel: PerformanceChannel, spans: readonly CurveSpan[], more: Partial<EditLayer> = {}): EditLayer {
  return {
    id: 'l',
    name: 'Layer',
    mode: 'override',
    weight: 1,
    muted: false,
    locked: false,
    curves: [{ channel, spans }],
    ...more,
  };
}

const bytes = (samples: Float32Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

describe('applyLayers', () => {
  it('gives the base back byte for byte without layers, with muted layers and with weight 0', () => {
    const tracks = base();
    const muted = layer('jawOpen', [span([1, 0.9], [2, 0.1])], { muted: true });
    const weightless = layer('jawOpen', [span([1, 0.9], [2, 0.1])], { weight: 0 });
    for (const result of [applyLayers(tracks, []), applyLayers(tracks, [muted]), applyLayers(tracks, [weightless])]) {
      result.channels.forEach((samples, index) => expect(bytes(samples).equals(bytes(tracks.channels[index]))).toBe(true));
    }
  });

  it('meets override keys, fades over four frames, and leaves the rest byte-equal', () => {
    const tracks = base();
    const before = bytes(trackOf(tracks, 'jawOpen')).toString('hex');
    const result = trackOf(applyLayers(tracks, [layer('jawOpen', [span([1, 0.9], [2, 0.1])])]), 'jawOpen');
    const under = trackOf(tracks, 'jawOpen');
    expect(result[60]).toBeCloseTo(0.9, 6);
    expect(result[120]).toBeCloseTo(0.1, 6);
    for (let k = 0; k < FRAMES; k++) if (k <= 56 || k >= 124) expect(Object.is(result[k], under[k])).toBe(true);
    const shares = [57, 58, 59].map((k) => (result[k] - under[k]) / (0.9 - under[k]));
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[1]).toBeGreaterThan(shares[0]);
    expect(shares[2]).toBeGreaterThan(shares[1]);
    expect(shares[2]).toBeLessThan(1);
    expect(bytes(under).toString('hex')).toBe(before);
  });

  it('adds in additive mode and scales by weight', () => {
    const tracks = base();
    const added = trackOf(
      applyLayers(tracks, [layer('jawOpen', [span([1, 0.2], [2, 0.2])], { mode: 'additive', weight: 0.5 })]),
      'jawOpen',
    );
    expect(added[90] - trackOf(tracks, 'jawOpen')[90]).toBeCloseTo(0.1, 6);
  });

  it('lets upper layers win, and an additive layer act on what lies below it', () => {
    const lower = layer('jawOpen', [span([1, 0.3], [2, 0.3])]);
    const upper = layer('jawOpen', [span([1, 0.8], [2, 0.8])]);
    const plus = layer('jawOpen', [span([1, 0.1], [2, 0.1])], { mode: 'additive' });
    expect(trackOf(applyLayers(base(), [lower, upper]), 'jawOpen')[90]).toBeCloseTo(0.8, 6);
    expect(trackOf(applyLayers(base(), [upper, lower, plus]), 'jawOpen')[90]).toBeCloseTo(0.4, 6);
  });

  it('meets the keys of spans that nearly touch', () => {
    const near = layer('jawOpen', [span([1, 0.9], [1.5, 0.9]), span([1.5 + 1 / 60, 0.1], [2, 0.1])]);
    const result = trackOf(applyLayers(base(), [near]), 'jawOpen');
    expect(result[90]).toBeCloseTo(0.9, 6);
    expect(result[91]).toBeCloseTo(0.1, 6);
  });

  it('takes a single key and an empty span', () => {
    const result = trackOf(applyLayers(base(), [layer('jawOpen', [span(), span([1, 0.9])])]), 'jawOpen');
    expect(result[60]).toBeCloseTo(0.9, 6);
    expect(Object.is(result[64], trackOf(base(), 'jawOpen')[64])).toBe(true);
  });

  const anyLayers = fc.array(
    fc.record({
      channel: fc.constantFrom(...PERFORMANCE_CHANNELS),
      start: fc.integer({ min: 0, max: 200 }),
      length: fc.integer({ min: 0, max: 60 }),
      value: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.double({ min: 0, max: 1, noNaN: true }),
      mode: fc.constantFrom<'override' | 'additive'>('override', 'additive'),
      muted: fc.boolean(),
    }),
    { maxLength: 5 },
  );

  it('changes nothing outside its spans, whatever the layers (bytes)', () => {
    fc.assert(
      fc.property(anyLayers, (specs) => {
        const tracks = base();
        const layers = specs.map((spec) => toLayer(spec));
        const result = applyLayers(tracks, layers);
        tracks.channels.forEach((samples, index) => {
          for (let k = 0; k < FRAMES; k++) {
            const touched = specs.some(
              (spec) => CHANNEL_INDEX[spec.channel] === index && k > spec.start - 4 && k < spec.start + spec.length + 4,
            );
            if (!touched && !Object.is(result.channels[index][k], samples[k]))
              throw new Error(`channel ${index} frame ${k} changed`);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('updating a range gives the same bytes as doing it all again', () => {
    fc.assert(
      fc.property(
        anyLayers,
        fc.integer({ min: 0, max: 180 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (specs, start, value) => {
          const tracks = base();
          const others = specs.map((spec) => toLayer(spec));
          const drag = (level: number) => layer('mouthPucker', [span([start / 60, level], [(start + 20) / 60, level])]);
          const previous = applyLayers(tracks, [...others, drag(0.2)]);
          const range = { startSeconds: start / 60 - LAYER_BLEND_SECONDS, endSeconds: (start + 20) / 60 + LAYER_BLEND_SECONDS };
          const updated = applyLayersInRange(tracks, [...others, drag(value)], range, previous);
          const whole = applyLayers(tracks, [...others, drag(value)]);
          updated.channels.forEach((samples, index) => expect(bytes(samples).equals(bytes(whole.channels[index]))).toBe(true));
        },
      ),
      { numRuns: 60 },
    );
  });

  function toLayer(spec: {
    channel: PerformanceChannel;
    start: number;
    length: number;
    value: number;
    weight: number;
    mode: 'override' | 'additive';
    muted: boolean;
  }) {
    return layer(
      spec.channel,
      [
        span(
          [spec.start / 60, spec.value],
          ...(spec.length > 0 ? [[(spec.start + spec.length) / 60, 1 - spec.value] as const] : []),
        ),
      ],
      {
        weight: spec.weight,
        mode: spec.mode,
        muted: spec.muted,
      },
    );
  }
});
