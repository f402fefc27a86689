import { MienError } from '../errors';
import type { DecodedAudio, MonoPcm } from './pcm';

/** Which sound of a multi-channel file is the line: a channel (0-based), the mean of all, or the loudest channel. */
export type ChannelChoice = number | 'mix' | 'loudest';

/** A channel must beat the best one before it by this much; the two sides of a centred voice differ by rounding only. */
const LOUDER_FACTOR = 1.01;

/**
 * One channel of a decoded file.
 * Default `loudest`: stereo dialogue often holds two actors, and mixing them would make one mouth speak for both.
 * @throws MienError 'audio-empty' without samples, 'invalid-input' for a channel the file has not
 */
export function toMono(decoded: DecodedAudio, options: { readonly channel?: ChannelChoice } = {}): MonoPcm {
  const { channels, sampleRateHz } = decoded;
  if (channels.length === 0 || channels[0].length === 0) {
    throw new MienError('audio-empty', 'The sound file holds no samples.', 'Choose a file with sound in it.');
  }
  const choice = options.channel ?? 'loudest';
  if (choice === 'mix') return { sampleRateHz, samples: mixOf(channels) };
  const index = choice === 'loudest' ? loudestOf(channels) : choice;
  const samples = channels[index];
  if (samples === undefined) {
    throw new MienError(
      'invalid-input',
      `Channel ${Number(index) + 1} was asked for, but the file has ${channels.length}.`,
      `Choose a channel from 1 to ${channels.length}, or "mix" or "loudest".`,
    );
  }
  return { sampleRateHz, samples };
}

function loudestOf(channels: readonly Float32Array[]): number {
  let best = 0;
  let bestEnergy = energyOf(channels[0]);
  for (let c = 1; c < channels.length; c++) {
    const energy = energyOf(channels[c]);
    if (energy > bestEnergy * LOUDER_FACTOR) {
      best = c;
      bestEnergy = energy;
    }
  }
  return best;
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return sum;
}

function mixOf(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0];
  const mixed = new Float32Array(channels[0].length);
  for (const samples of channels) for (let i = 0; i < mixed.length; i++) mixed[i] += samples[i];
  for (let i = 0; i < mixed.length; i++) mixed[i] /= channels.length;
  return mixed;
}
