import type { SampledTracks } from '../curves/sampledTracks';
import { MienError } from '../errors';
import { PERFORMANCE_CHANNELS, PERFORMANCE_CHANNEL_COUNT } from '../rig/channels';

/**
 * Refuses tracks no writer can write: wrong shape, no frame, or a number that is not finite.
 * Values are not clamped here: `limitTracks` does that, and the validators report what is out of range.
 * @throws MienError 'invalid-input'
 */
export function checkTracks(tracks: SampledTracks): void {
  const { frameRate, frameCount, channels } = tracks;
  const rateIsSound =
    frameRate.numerator > 0 && frameRate.denominator > 0 && Number.isFinite(frameRate.numerator / frameRate.denominator);
  if (!rateIsSound || !Number.isInteger(frameCount) || frameCount < 1 || channels.length !== PERFORMANCE_CHANNEL_COUNT) {
    throw new MienError('invalid-input', 'There is no performance to export.', 'Generate the line first.');
  }
  channels.forEach((samples, index) => {
    const frame = samples.length === frameCount ? samples.findIndex((value) => !Number.isFinite(value)) : 0;
    if (frame >= 0) {
      throw new MienError(
        'invalid-input',
        `The curve of ${PERFORMANCE_CHANNELS[index]} is broken at frame ${frame}.`,
        'Generate the line again; if it happens twice, please report it.',
      );
    }
  });
}
