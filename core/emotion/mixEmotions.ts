import { evaluateCurve } from '../curves/evaluateCurve';
import { gaussianSmooth, smoothReach } from '../curves/smooth';
import { framesPerSecond, frameToSeconds, type FrameGrid } from '../time/frameRate';
import { widened, type FrameSpan } from '../time/frameSpan';
import type { EmotionCurves } from './emotionCurves';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from './emotions';

/** Intensity of one emotion at every frame, 0..1, already smoothed and limited against the others. */
export interface MixedEmotion {
  readonly emotion: ActiveEmotion;
  readonly intensity: Float32Array;
}

/** A stepped key still becomes a face that moves: one sigma of the smoothing over intensity. */
const INTENSITY_SMOOTH_SECONDS = 0.05;

/**
 * The emotion curves as per-frame intensities. Where they add up to more than 1 they share 1 between them, so that a mix
 * never leaves the range of its parts. Emotions that stay at 0 are left out.
 * @param only frames that are read; the others stay 0
 */
export function mixEmotions(
  curves: EmotionCurves,
  frameCount: number,
  rate: FrameGrid,
  only: FrameSpan = { first: 0, end: frameCount },
): MixedEmotion[] {
  const mixed: MixedEmotion[] = [];
  for (const emotion of ACTIVE_EMOTIONS) {
    const curve = curves[emotion];
    if (!curve || !curve.keys.some((key) => key.value > 0)) continue;
    const sigmaFrames = INTENSITY_SMOOTH_SECONDS * framesPerSecond(rate);
    const reach = widened(only, smoothReach(sigmaFrames), frameCount);
    const raw = new Float32Array(frameCount);
    for (let frame = reach.first; frame < reach.end; frame++)
      raw[frame] = Math.min(1, Math.max(0, evaluateCurve(curve, frameToSeconds(frame, rate)) || 0));
    mixed.push({ emotion, intensity: gaussianSmooth(raw, sigmaFrames, only) });
  }
  for (let frame = only.first; frame < only.end; frame++) {
    let total = 0;
    for (const entry of mixed) total += entry.intensity[frame];
    if (total > 1) for (const entry of mixed) entry.intensity[frame] /= total;
  }
  return mixed;
}
