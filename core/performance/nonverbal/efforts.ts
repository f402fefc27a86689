import type { ProsodyTrack } from '../../audio/prosodyTrack';
import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { leastJerkStep } from '../../curves/smooth';
import type { PerformanceChannel } from '../../rig/channels';
import { frameToSeconds } from '../../time/frameRate';
import { frameSpanOf, type FrameSpan } from '../../time/frameSpan';
import type { NonverbalType, PerformanceEvent } from '../events/performanceEvent';

type Shape = Readonly<Partial<Record<PerformanceChannel, number>>>;

const bothSides = (name: string, weight: number): Shape => ({ [`${name}Left`]: weight, [`${name}Right`]: weight });

/**
 * The face of each sound at intensity 1 and full voice, by FACS: laughing AU 6+12+25+26, crying 1+4+15+20, straining 4+9+24,
 * screaming 9+10+20+27, gasping 1+25+26, yawning 27+43 (Ekman and Friesen 1978; laughter: Ruch and Ekman 2001).
 */
const SHAPES: Readonly<Partial<Record<NonverbalType, Shape>>> = {
  laugh: {
    jawOpen: 0.38,
    ...bothSides('mouthSmile', 0.55),
    ...bothSides('cheekSquint', 0.45),
    ...bothSides('mouthUpperUp', 0.2),
    ...bothSides('eyeSquint', 0.25),
  },
  scream: {
    jawOpen: 0.85,
    ...bothSides('mouthStretch', 0.35),
    ...bothSides('mouthUpperUp', 0.3),
    ...bothSides('mouthLowerDown', 0.35),
    ...bothSides('noseSneer', 0.3),
  },
  sob: {
    jawOpen: 0.22,
    ...bothSides('mouthFrown', 0.4),
    ...bothSides('mouthStretch', 0.2),
    ...bothSides('browDown', 0.2),
    browInnerUp: 0.4,
  },
  grunt: {
    jawOpen: 0.2,
    ...bothSides('mouthStretch', 0.3),
    ...bothSides('mouthUpperUp', 0.15),
    ...bothSides('noseSneer', 0.35),
    ...bothSides('browDown', 0.4),
    ...bothSides('eyeSquint', 0.4),
  },
  sigh: { jawOpen: 0.2, mouthFunnel: 0.12, ...bothSides('mouthLowerDown', 0.1) },
  cough: { jawOpen: 0.3, mouthFunnel: 0.15, ...bothSides('eyeSquint', 0.35), ...bothSides('browDown', 0.15) },
  gasp: {
    jawOpen: 0.34,
    browInnerUp: 0.3,
    ...bothSides('browOuterUp', 0.2),
    ...bothSides('eyeWide', 0.25),
    ...bothSides('mouthLowerDown', 0.1),
  },
  yawn: { jawOpen: 0.95, mouthFunnel: 0.2, ...bothSides('eyeSquint', 0.55), ...bothSides('browDown', 0.2) },
  sniff: { ...bothSides('noseSneer', 0.35), ...bothSides('mouthPress', 0.12) },
  swallow: { ...bothSides('mouthPress', 0.25), jawForward: 0.05 },
};
/** How far below the loudest moment of a sound the mouth is as good as shut. Voiced sounds fall by about this within a syllable. */
const LOUDNESS_RANGE_DB = 26;
/** Sounds whose jaw follows the loudness; the others open and close once, whatever is heard. */
const FOLLOWS_LOUDNESS: ReadonlySet<NonverbalType> = new Set(['laugh', 'scream', 'sob', 'grunt', 'sigh', 'cough']);
/**
 * Below this a frame is silent (dB full scale). An event of which less than this share sounds stands on no sound of its own: it was
 * put there by hand, or the recording is only words, the last of which may ring into it.
 */
const SILENT_DB = -58;
const LEAST_SOUND = 1 / 3;
/** Laughter without sound under it: bursts a second (Bachorowski et al. 2001: 4.4 on average). */
const LAUGH_RATE_HZ = 4.4;
/** The face opens and closes over this share of an event, at most this long. */
const FADE = { share: 0.3, mostSeconds: 0.12 };

/**
 * Laughs, screams, sobs, grunts, sighs, coughs and the like: the jaw goes with the loudness of the sound, the rest of the face
 * holds while it lasts. Raises channels only, so that words under a laugh keep their shapes; closures come later and win.
 */
export function renderEfforts(
  tracks: SampledTracks,
  events: readonly PerformanceEvent[],
  prosody: ProsodyTrack,
  span: FrameSpan,
): void {
  for (const event of events) {
    const shape = SHAPES[event.type];
    if (shape === undefined || event.intensity <= 0) continue;
    const follow = openingOf(event, prosody);
    const frames = frameSpanOf(event, tracks.frameCount, tracks.frameRate, 1);
    for (let frame = Math.max(span.first, frames.first); frame < Math.min(span.end, frames.end); frame++) {
      const timeSeconds = frameToSeconds(frame, tracks.frameRate);
      const fade = fadeAt(event, timeSeconds);
      for (const [channel, weight] of Object.entries(shape) as [PerformanceChannel, number][]) {
        const isJaw = channel === 'jawOpen' || channel.startsWith('mouthLowerDown');
        raise(trackOf(tracks, channel), frame, Math.min(1, weight * event.intensity) * fade * (isJaw ? follow(timeSeconds) : 1));
      }
    }
  }
}

/** 0..1 over an event: how far the sound opens the mouth. */
function openingOf(event: PerformanceEvent, { loudnessDb, hopSeconds }: ProsodyTrack): (timeSeconds: number) => number {
  const first = Math.max(0, Math.round(event.startSeconds / hopSeconds));
  const end = Math.min(loudnessDb.length, Math.round(event.endSeconds / hopSeconds));
  const inside = loudnessDb.subarray(first, Math.max(first, end));
  const peakDb = inside.reduce((most, db) => Math.max(most, db), -Infinity);
  const heard = inside.reduce((count, db) => count + (db > SILENT_DB ? 1 : 0), 0);
  if (!FOLLOWS_LOUDNESS.has(event.type)) return () => 1;
  if (heard === 0 || heard < LEAST_SOUND * inside.length) {
    if (event.type !== 'laugh') return () => 1;
    return (timeSeconds) => 0.55 - 0.45 * Math.cos(2 * Math.PI * LAUGH_RATE_HZ * (timeSeconds - event.startSeconds));
  }
  return (timeSeconds) => {
    // Mean of five hops (50 ms), so that a jaw does not buzz with the voice.
    const middle = timeSeconds / hopSeconds;
    let sum = 0;
    for (let k = -2; k <= 2; k++) {
      const db = loudnessDb[Math.min(loudnessDb.length - 1, Math.max(0, Math.round(middle + k)))];
      sum += Math.min(1, Math.max(0, (db - peakDb + LOUDNESS_RANGE_DB) / LOUDNESS_RANGE_DB));
    }
    return sum / 5;
  };
}

function fadeAt({ startSeconds, endSeconds }: PerformanceEvent, timeSeconds: number): number {
  const fade = Math.min(FADE.mostSeconds, FADE.share * (endSeconds - startSeconds));
  if (fade <= 0) return 0;
  return (
    leastJerkStep(startSeconds, startSeconds + fade, timeSeconds) *
    (1 - leastJerkStep(endSeconds - fade, endSeconds, timeSeconds))
  );
}

function raise(samples: Float32Array, frame: number, value: number): void {
  samples[frame] = Math.min(1, Math.max(samples[frame], value));
}
