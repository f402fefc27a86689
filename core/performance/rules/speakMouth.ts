import { gaussianSmooth, smoothReach } from '../../curves/smooth';
import type { SampledTracks } from '../../curves/sampledTracks';
import { CHANNEL_INDEX, isPerformanceChannel, type PerformanceChannel } from '../../rig/channels';
import { framesPerSecond, frameToSeconds } from '../../time/frameRate';
import { widened, type FrameSpan } from '../../time/frameSpan';
import type { PerformanceInput } from '../performanceEngine';
import { blendGestures } from './blendGestures';
import { mouthGestures } from './mouthGestures';
import { MOUTH_SETTINGS, type MouthSettings } from './mouthSettings';
import { phoneEnergies } from './phoneEnergy';
import { speechGate } from './speechGate';

/** `smoothing` 1 adds this much, one sigma: the mouth still follows syllables, single phones blur. */
export const STYLE_SMOOTH_SECONDS = 0.05;

/** Writes the speech part of the mouth into `tracks`: phones to targets, blended, smoothed, still in silence. Closures come later. */
export function speakMouth(
  tracks: SampledTracks,
  input: PerformanceInput,
  span: FrameSpan = { first: 0, end: tracks.frameCount },
  settings: MouthSettings = MOUTH_SETTINGS,
): void {
  const { frameCount, frameRate } = tracks;
  const energies = phoneEnergies(input.phonemes, input.prosody);
  const reads = { startSeconds: frameToSeconds(span.first, frameRate), endSeconds: frameToSeconds(span.end, frameRate) };
  const gestures = mouthGestures(input.phonemes, input.words, input.style, settings, (index) => energies[index], reads);
  const gate = speechGate(input.phonemes, frameCount, frameRate);
  const sigmaSeconds = Math.hypot(settings.smoothSeconds, input.style.smoothing * STYLE_SMOOTH_SECONDS);
  const sigmaFrames = sigmaSeconds * framesPerSecond(frameRate);
  const reach = widened(span, smoothReach(sigmaFrames), frameCount);
  const curves = blendGestures(gestures, frameCount, frameRate, reach);
  for (const [name, curve] of Object.entries(curves)) {
    if (name === 'lipApproach') continue;
    const smooth = gaussianSmooth(curve, sigmaFrames, span);
    for (const channel of bothSides(name)) {
      const target = tracks.channels[CHANNEL_INDEX[channel]];
      for (let frame = span.first; frame < span.end; frame++) target[frame] = Math.min(1, smooth[frame] * gate[frame]);
    }
  }
  const approach = gaussianSmooth(curves.lipApproach, sigmaFrames, span);
  const jawOpen = tracks.channels[CHANNEL_INDEX.jawOpen];
  const mouthClose = tracks.channels[CHANNEL_INDEX.mouthClose];
  for (let frame = span.first; frame < span.end; frame++) mouthClose[frame] = Math.min(1, approach[frame]) * jawOpen[frame];
}

function bothSides(name: string): PerformanceChannel[] {
  return [name, `${name}Left`, `${name}Right`].filter(isPerformanceChannel);
}
