import type { MurmurWeights } from './decoderTables';
import { PHONEMES } from './phonemes';
import type { Posteriors } from './posteriors';

const COUNT = PHONEMES.length;
/** The clearest second, and the speech in it that is needed, in frames of 10 ms. */
const WINDOW_FRAMES = 100;
const LEAST_SPEECH_FRAMES = 30;
/** What is less likely a phone than this is silence: a pause, which says nothing. */
const LEAST_WEIGHT = 0.5;
/** The voice output is trusted no further. */
const FLOOR = 1e-3;
/** A murmur is at least so long. */
const LEAST_FRAMES = 100;
/** Where a murmur meets a voice, so many frames are left to the voice. */
const EDGE_FRAMES = 8;

const FOUND = new WeakMap<Posteriors, { readonly weights: MurmurWeights; readonly frames: Uint8Array }>();

/**
 * Frames (1) that are the murmur of many voices, where nobody in particular speaks; training/murmur.py does the same and documents it.
 * @param weights absent: none are looked for
 */
export function murmurFrames(posteriors: Posteriors, weights: MurmurWeights | undefined): Uint8Array {
  if (weights === undefined) return new Uint8Array(posteriors.frameCount);
  const known = FOUND.get(posteriors);
  if (known?.weights === weights) return known.frames;
  const frames = findMurmur(posteriors, weights);
  FOUND.set(posteriors, { weights, frames });
  return frames;
}

function findMurmur({ frameCount, phoneLogProbs, voice }: Posteriors, { share, least, change }: MurmurWeights): Uint8Array {
  const speech = Float64Array.from({ length: frameCount }, (_, frame) => 1 - Math.exp(phoneLogProbs[frame * COUNT])).map(
    (probability) => (probability < LEAST_WEIGHT ? 0 : probability),
  );
  const clearness = Float64Array.from({ length: frameCount }, (_, frame) => -Math.log(Math.max(1 - voice[frame], FLOOR)));
  const limit = Math.max(least, share * clearestSecond(clearness, speech));
  return longEnough(bestPath((frame) => speech[frame] * (limit - clearness[frame]), frameCount, change));
}

/** Mean clearness of the speech in the clearest second; 0 where no second holds enough speech. */
function clearestSecond(clearness: Float64Array, speech: Float64Array): number {
  const window = Math.min(WINDOW_FRAMES, speech.length);
  let spoken = 0;
  let weighted = 0;
  let best = 0;
  for (let frame = 0; frame < speech.length; frame++) {
    spoken += speech[frame];
    weighted += speech[frame] * clearness[frame];
    const gone = frame - window;
    if (gone >= 0) {
      spoken -= speech[gone];
      weighted -= speech[gone] * clearness[gone];
    }
    if (gone >= -1 && spoken >= LEAST_SPEECH_FRAMES) best = Math.max(best, weighted / spoken);
  }
  return best;
}

/** 1 where the best path through the states voice (worth 0) and murmur (worth `gain`) is murmur. */
function bestPath(gain: (frame: number) => number, frameCount: number, change: number): Uint8Array {
  const voiceFromMurmur = new Uint8Array(frameCount);
  const murmurFromVoice = new Uint8Array(frameCount);
  let voice = 0;
  let murmur = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    if (murmur - change > voice) voiceFromMurmur[frame] = 1;
    if (voice - change > murmur) murmurFromVoice[frame] = 1;
    [voice, murmur] = [Math.max(voice, murmur - change), Math.max(murmur, voice - change) + gain(frame)];
  }
  const path = new Uint8Array(frameCount);
  let isMurmur = murmur > voice;
  for (let frame = frameCount - 1; frame >= 0; frame--) {
    path[frame] = isMurmur ? 1 : 0;
    isMurmur = isMurmur ? murmurFromVoice[frame] === 0 : voiceFromMurmur[frame] === 1;
  }
  return path;
}

/** Without the short ones, and without the edges of the others. */
function longEnough(path: Uint8Array): Uint8Array {
  const frames = new Uint8Array(path.length);
  for (let first = 0; first < path.length;) {
    let end = first + 1;
    while (end < path.length && path[end] === path[first]) end++;
    if (path[first] === 1 && end - first >= LEAST_FRAMES)
      frames.fill(1, first === 0 ? 0 : first + EDGE_FRAMES, end === path.length ? end : end - EDGE_FRAMES);
    first = end;
  }
  return frames;
}
