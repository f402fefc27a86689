import type { PhonemeSegment, WordSegment } from '../../speech/segments';
import { isVowel } from '../../speech/phonemes';
import type { TimeRange } from '../../time/timeRange';
import { keptByIdentity } from '../keptByIdentity';
import type { PerformanceStyle } from '../performanceEngine';
import { jawStyleFactor, lipStyleFactor } from './mouthStyle';
import type { MouthSettings } from './mouthSettings';
import {
  DIPHTHONG_PARTS,
  DIPHTHONG_SPLIT,
  PHONE_TARGETS,
  SIBILANT_JAW_CEILING,
  SIBILANTS,
  type MouthShape,
  type PhoneTarget,
} from './phoneTargets';

/** Groups of mouth channels that blend together, each with its own dominance. */
export type MouthGroup = 'jaw' | 'shape' | 'opening' | 'tongue';

/** One target in time: a plateau with Gaussian flanks, stronger or weaker than its neighbours. */
export interface MouthGesture {
  readonly shape: MouthShape;
  readonly plateauStartSeconds: number;
  readonly plateauEndSeconds: number;
  /** The plateau as a group sees it comes this much earlier. */
  readonly leadSeconds: Readonly<Record<MouthGroup, number>>;
  readonly strength: Readonly<Record<MouthGroup, number>>;
  readonly onsetSeconds: Readonly<Record<MouthGroup, number>>;
  readonly releaseSeconds: Readonly<Record<MouthGroup, number>>;
  /** Scales the lip groups: style and energy of the voice. */
  readonly lipFactor: number;
}

/** How loud and how pressed a phone is: both 0 in the middle of the line. */
export interface PhoneEnergy {
  /** Vocal effort - .5, -.5..+.5. */
  readonly effort: number;
  /** dB against the line's speech median, limited to +-12. */
  readonly loudnessDb: number;
}

const ONE_FRAME_SECONDS = 1 / 60;
const LONG_SILENCE_SECONDS = 0.25;
/** The mouth sinks to rest over this long after speech, and leaves it this long before speech begins (captured lips part well before the first sound). */
const CLOSING_LAG_SECONDS = 0.07;
const OPENING_LEAD_SECONDS = 0.2;

/** No flank of a gesture is followed farther than this from its phone. */
const FARTHEST_SECONDS = 3;

/**
 * Turns phones into overlapping gestures (two for a diphthong), in time order.
 * @param energyOf loudness and effort of segment `index`
 * @param reads gestures that cannot reach this stretch are left out; default all
 */
export function mouthGestures(
  phonemes: readonly PhonemeSegment[],
  words: readonly WordSegment[],
  style: PerformanceStyle,
  settings: MouthSettings,
  energyOf: (index: number) => PhoneEnergy,
  reads: TimeRange = { startSeconds: -Infinity, endSeconds: Infinity },
): MouthGesture[] {
  const edges = wordEdges(words);
  const gestures: MouthGesture[] = [];
  phonemes.forEach((segment, index) => {
    const seconds = segment.endSeconds - segment.startSeconds;
    if (!(seconds > 0)) return;
    if (segment.endSeconds < reads.startSeconds - FARTHEST_SECONDS || segment.startSeconds > reads.endSeconds + FARTHEST_SECONDS)
      return;
    if (segment.phoneme === 'SIL') {
      gestures.push(silenceGesture(segment, settings));
      return;
    }
    const gains = phoneGains(segment, style, settings, energyOf(index));
    const parts = DIPHTHONG_PARTS[segment.phoneme];
    if (!parts) {
      const target = segment.phoneme === 'HH' ? borrowNextVowel(phonemes, index) : PHONE_TARGETS[segment.phoneme];
      gestures.push(makeGesture(target, segment, segment.startSeconds, segment.endSeconds, gains, edges, settings));
      return;
    }
    const split = segment.startSeconds + seconds * DIPHTHONG_SPLIT;
    gestures.push(makeGesture(parts[0], segment, segment.startSeconds, split, gains, edges, settings));
    gestures.push(makeGesture(parts[1], segment, split, segment.endSeconds, gains, edges, settings));
  });
  return gestures;
}

/** HH has no place of its own: it is breathed through the next vowel's mouth. */
function borrowNextVowel(phonemes: readonly PhonemeSegment[], index: number): PhoneTarget {
  const own = PHONE_TARGETS.HH;
  const next = phonemes[index + 1];
  if (!next || !isVowel(next.phoneme)) return own;
  const target = DIPHTHONG_PARTS[next.phoneme]?.[0] ?? PHONE_TARGETS[next.phoneme];
  return { ...target, dominance: own.dominance };
}

interface PhoneGains {
  readonly jaw: number;
  readonly lip: number;
  readonly strength: number;
}

function phoneGains(segment: PhonemeSegment, style: PerformanceStyle, settings: MouthSettings, energy: PhoneEnergy): PhoneGains {
  const seconds = segment.endSeconds - segment.startSeconds;
  const voiceGain = 1 + settings.effortGain * energy.effort + (settings.loudnessGain * energy.loudnessDb) / 10;
  const livelyGain = Math.min(1.6, Math.max(0.45, voiceGain));
  const lip = lipStyleFactor(style.lip) * Math.sqrt(livelyGain);
  if (!isVowel(segment.phoneme)) return { jaw: jawStyleFactor(style.jaw), lip, strength: 1 };
  const stress = segment.stress === undefined ? 1 : segment.stress === 0 ? settings.unstressedJaw : settings.stressedJaw;
  const undershoot = Math.min(1, seconds / settings.fullVowelSeconds) ** settings.undershootPower;
  return { jaw: jawStyleFactor(style.jaw) * livelyGain * stress, lip, strength: undershoot };
}

function makeGesture(
  target: PhoneTarget,
  segment: PhonemeSegment,
  startSeconds: number,
  endSeconds: number,
  gains: PhoneGains,
  edges: WordEdges,
  settings: MouthSettings,
): MouthGesture {
  const seconds = endSeconds - startSeconds;
  const inset = Math.min(settings.insetMaxSeconds, seconds * settings.insetShare);
  const sibilant = SIBILANTS.has(segment.phoneme);
  // Obstruents and nasals shorter than a frame do not move the jaw, except sibilants (JALI 2016).
  const tooShort = seconds < ONE_FRAME_SECONDS && !sibilant && !isVowel(segment.phoneme);
  const jawOpen = (target.shape.jawOpen ?? 0) * gains.jaw;
  const shape = { ...target.shape, jawOpen: sibilant ? Math.min(SIBILANT_JAW_CEILING, jawOpen) : jawOpen };
  // A target anticipates within its word; the last phoneme of a word looks back (JALI 2016).
  const early = edges.starts.has(key(segment.startSeconds)) ? 0.85 : 1;
  const late = edges.ends.has(key(segment.endSeconds)) ? 1.15 : 1;
  const { dominance } = target;
  return {
    shape,
    plateauStartSeconds: startSeconds + inset,
    plateauEndSeconds: endSeconds - inset,
    leadSeconds: { ...settings.leadSeconds, tongue: 0 },
    strength: {
      jaw: tooShort ? 0 : dominance.jaw * gains.strength,
      shape: dominance.shape * gains.strength,
      opening: dominance.opening * gains.strength,
      tongue: dominance.tongue,
    },
    onsetSeconds: flanks(settings.onsetSeconds, early, target.lipHeavy ? settings.lipHeavyOnset : 1),
    releaseSeconds: flanks(settings.releaseSeconds, late, target.lipHeavy ? settings.lipHeavyRelease : 1),
    lipFactor: gains.lip,
  };
}

function flanks(base: MouthSettings['onsetSeconds'], factor: number, shapeFactor: number): Record<MouthGroup, number> {
  return { jaw: base.jaw * factor, shape: base.shape * factor * shapeFactor, opening: base.opening * factor, tongue: 0.03 };
}

function silenceGesture(segment: PhonemeSegment, settings: MouthSettings): MouthGesture {
  const seconds = segment.endSeconds - segment.startSeconds;
  const strength = seconds >= LONG_SILENCE_SECONDS ? 1 : settings.shortPauseDominance;
  const same = (value: number) => ({ jaw: value, shape: value, opening: value, tongue: value });
  return {
    shape: {},
    plateauStartSeconds: segment.startSeconds + Math.min(CLOSING_LAG_SECONDS, seconds * 0.4),
    plateauEndSeconds: segment.endSeconds - Math.min(OPENING_LEAD_SECONDS, seconds * 0.4),
    leadSeconds: same(0),
    strength: same(strength),
    onsetSeconds: same(0.065),
    releaseSeconds: same(0.018),
    lipFactor: 1,
  };
}

interface WordEdges {
  readonly starts: ReadonlySet<number>;
  readonly ends: ReadonlySet<number>;
}

const wordEdges = keptByIdentity((words: readonly WordSegment[]): WordEdges => ({
  starts: new Set(words.map((word) => key(word.startSeconds))),
  ends: new Set(words.map((word) => key(word.endSeconds))),
}));

/** Word and phone edges come from the same alignment; milliseconds absorb rounding. */
function key(timeSeconds: number): number {
  return Math.round(timeSeconds * 1000);
}
