import type { SampledTracks } from '../curves/sampledTracks';
import { limitTracks } from '../performance/constraints/limitTracks';
import { PERFORMANCE_CHANNELS } from '../rig/channels';
import { applyLayers } from './applyLayers';
import { adjustSample, givesSameCurve, type SettingsByChannel } from './channelSettings';
import type { EditLayer } from './editLayer';

export interface ComposedTracks {
  /** Base with channel settings and layers, before the limit: what lint looks at. */
  readonly layered: SampledTracks;
  /** What is shown and exported. */
  readonly final: SampledTracks;
}

/**
 * From generated curves to what is shown and exported: gain and offset of channels, edit layers, muted channels to rest,
 * limits. All of it from scratch; `TrackEvaluator` gives the same, working only on what changed.
 */
export function composeTracks(
  base: SampledTracks,
  layers: readonly EditLayer[],
  settings: SettingsByChannel = {},
): ComposedTracks {
  const adjusted = mapChannels(base, settings, (samples, own) => samples.map((sample) => adjustSample(sample, own)));
  const layered = mapChannels(applyLayers(adjusted, layers), settings, (samples, own) =>
    own?.muted ? new Float32Array(samples.length) : samples,
  );
  return { layered, final: limitTracks(layered) };
}

function mapChannels(
  tracks: SampledTracks,
  settings: SettingsByChannel,
  map: (samples: Float32Array, own: SettingsByChannel[keyof SettingsByChannel]) => Float32Array,
): SampledTracks {
  const channels = tracks.channels.map((samples, index) => {
    const own = settings[PERFORMANCE_CHANNELS[index]];
    return givesSameCurve(own, undefined) ? samples : map(samples, own);
  });
  return { ...tracks, channels };
}
