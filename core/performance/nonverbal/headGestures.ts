import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { smoothStep } from '../../curves/smooth';
import { frameToSeconds } from '../../time/frameRate';
import { frameSpanOf, type FrameSpan } from '../../time/frameSpan';
import { isKept, type PerformanceEvent } from '../events/performanceEvent';
import { hashUniform, NOISE_REGION } from './hashNoise';
import type { SpeechAccent } from './speechAccents';
import type { VoiceFeatures } from './voiceFeatures';

const DEGREE = Math.PI / 180;
/** Nod of intensity 1; two thirds of the full accents carry one. */
const NOD_DEGREES = 2.8;
const NOD_CHANCE = 0.65;
/** Nods start before or at the stressed word and are lowest just after the vowel's middle. */
const NOD_FALL_SECONDS = 0.2;
const NOD_RETURN_SECONDS = 0.4;
const NOD_LAG_SECONDS = 0.04;
/** A head shake turns this far to each side, about twice; a tilt leans this far and stays. Ours, by eye. */
const SHAKE_DEGREES = 6;
const SHAKE_TURNS = 2;
const TILT_DEGREES = 7;

/** Nods on accents, deeper on stronger ones. */
export function planNods(accents: readonly SpeechAccent[], headAmount: number, seed: number): PerformanceEvent[] {
  if (!(headAmount > 0)) return [];
  return accents.flatMap((accent, index): PerformanceEvent[] => {
    if (hashUniform(seed, NOISE_REGION.nod, index) > NOD_CHANCE * (0.5 + accent.strength)) return [];
    const lowest = accent.timeSeconds + NOD_LAG_SECONDS;
    return [
      {
        key: `nod:${seed}:${index}`,
        type: 'nod',
        startSeconds: lowest - NOD_FALL_SECONDS,
        endSeconds: lowest + NOD_RETURN_SECONDS,
        intensity: accent.strength * (0.6 + 0.8 * hashUniform(seed, NOISE_REGION.nod, index, 1)),
        locked: false,
        origin: 'generated',
      },
    ];
  });
}

/** Adds nods, shakes and tilts to the head. Generated ones follow `headAmount` and the voice, the animator's only their own intensity. */
export function renderHeadGestures(
  tracks: SampledTracks,
  events: readonly PerformanceEvent[],
  features: VoiceFeatures,
  headAmount: number,
  span: FrameSpan,
): void {
  for (const event of events) {
    if (event.type !== 'nod' && event.type !== 'shake' && event.type !== 'tilt') continue;
    const frames = frameSpanOf(event, tracks.frameCount, tracks.frameRate, 1);
    const kept = isKept(event);
    for (let frame = Math.max(span.first, frames.first); frame < Math.min(span.end, frames.end); frame++) {
      const voice = kept ? 1 : headAmount * (1 + features.effort[frame]);
      addGesture(tracks, frame, event, event.intensity * voice);
    }
  }
}

function addGesture(tracks: SampledTracks, frame: number, event: PerformanceEvent, strength: number): void {
  const seconds = event.endSeconds - event.startSeconds;
  const away = (frameToSeconds(frame, tracks.frameRate) - event.startSeconds) / seconds;
  if (!(away >= 0 && away <= 1)) return;
  const { target } = event;
  switch (event.type) {
    case 'nod': {
      // The way down is a third of it, as in nods on speech.
      const fall = NOD_FALL_SECONDS / (NOD_FALL_SECONDS + NOD_RETURN_SECONDS);
      const shape = away < fall ? smoothStep(0, fall, away) : 1 - smoothStep(fall, 1, away);
      trackOf(tracks, 'headPitch')[frame] += strength * shape * (target?.pitchRadians ?? NOD_DEGREES * DEGREE);
      trackOf(tracks, 'headYaw')[frame] += strength * shape * (target?.yawRadians ?? 0);
      break;
    }
    case 'shake': {
      const swell = Math.sin(Math.PI * away) ** 2;
      const turn = Math.sin(2 * Math.PI * SHAKE_TURNS * away);
      trackOf(tracks, 'headYaw')[frame] += strength * swell * turn * (target?.yawRadians ?? SHAKE_DEGREES * DEGREE);
      break;
    }
    case 'tilt': {
      const shape = smoothStep(0, 0.3, away) * (1 - smoothStep(0.7, 1, away));
      trackOf(tracks, 'headRoll')[frame] += strength * shape * (target?.yawRadians ?? TILT_DEGREES * DEGREE);
      break;
    }
  }
}
