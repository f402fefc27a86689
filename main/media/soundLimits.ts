import { MienError } from '../../core/errors';

/** Longer recordings are sessions, not lines. */
export const MAX_DURATION_SECONDS = 3 * 3600;
/** All channels together, 4 bytes each: 2 GiB. Three hours of 48 kHz mono fit. */
export const MAX_TOTAL_SAMPLES = 2 ** 29 + 2 ** 24;
export const MAX_CHANNELS = 64;
export const MIN_RATE_HZ = 1000;
export const MAX_RATE_HZ = 768000;

/** @throws MienError 'audio-unsupported' when the rate or the number of channels is out of bounds */
export function checkShape(fileName: string, sampleRateHz: number, channelCount: number): void {
  if (!(sampleRateHz >= MIN_RATE_HZ && sampleRateHz <= MAX_RATE_HZ)) {
    throw new MienError(
      'audio-unsupported',
      `${fileName} says that its sample rate is ${sampleRateHz} Hz, which cannot be.`,
      `Export the sound again at a rate from ${MIN_RATE_HZ} to ${MAX_RATE_HZ} Hz, for example 48000 Hz.`,
    );
  }
  if (!(channelCount >= 1 && channelCount <= MAX_CHANNELS)) {
    throw new MienError(
      'audio-unsupported',
      `${fileName} says that it has ${channelCount} channels; Mien reads 1 to ${MAX_CHANNELS}.`,
      'Export the dialogue track alone, mono or stereo.',
    );
  }
}

/** @throws MienError 'audio-unsupported' when the sound is longer than we take */
export function checkLength(fileName: string, sampleRateHz: number, channelCount: number, sampleCount: number): void {
  if (sampleCount / sampleRateHz > MAX_DURATION_SECONDS || sampleCount * channelCount > MAX_TOTAL_SAMPLES) {
    throw new MienError(
      'audio-unsupported',
      `${fileName} is too long: more than ${MAX_DURATION_SECONDS / 3600} hours, or more than 2 GB when decoded.`,
      'Cut it into lines, or export it as mono at 48 kHz or less.',
    );
  }
}
