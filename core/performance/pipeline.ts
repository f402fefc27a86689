import { createTracks, type SampledTracks } from '../curves/sampledTracks';
import { mixEmotions } from '../emotion/mixEmotions';
import type { PhonemeSegment } from '../speech/segments';
import { frameToSeconds, type FrameGrid } from '../time/frameRate';
import type { FrameSpan } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';
import { checkInput } from './checkInput';
import { curveGridOf } from './curveGrid';
import { closeLips, lipContacts, touchTeeth } from './constraints/lipClosures';
import { limitTracks } from './constraints/limitTracks';
import type { PerformanceEvent } from './events/performanceEvent';
import { planEvents, type PlanInput } from './events/planEvents';
import { keptByIdentity } from './keptByIdentity';
import { lineCut, tracksOver, type LineCut } from './lineCut';
import { coupleSquint, renderBlinks } from './nonverbal/blinks';
import { renderEfforts } from './nonverbal/efforts';
import { renderBreaths } from './nonverbal/breaths';
import { browsFromProsody } from './nonverbal/browsFromProsody';
import { gazeShifts, renderGaze, type GazeShift } from './nonverbal/gaze';
import { renderHeadGestures } from './nonverbal/headGestures';
import { headMotion } from './nonverbal/headMotion';
import { speechAccents, type SpeechAccent } from './nonverbal/speechAccents';
import { voiceFeatures, voiceTone, type VoiceFeatures, type VoiceTone } from './nonverbal/voiceFeatures';
import type { PerformanceInput } from './performanceEngine';
import { roundLips } from './roundLips';
import { emotionFace } from './rules/emotionFace';
import { speakMouth } from './rules/speakMouth';

/** What is decided for the whole line before any curve is drawn: the voice, its accents, and every event. */
export interface PerformancePlan {
  readonly frameCount: number;
  readonly frameRate: FrameGrid;
  readonly features: VoiceFeatures;
  readonly accents: readonly SpeechAccent[];
  readonly events: readonly PerformanceEvent[];
  /** Movements of the eyes for the looks among the events. */
  readonly shifts: readonly GazeShift[];
}

const NO_EVENTS: readonly PerformanceEvent[] = [];

/**
 * Decides on blinks, looks, nods and breaths, around those that the animator made. Every engine uses it, and the studio
 * shows its events. A few milliseconds for a minute of line, and made once: emotions are no part of it.
 * @throws MienError 'invalid-input'
 */
export function planPerformance(input: PerformanceInput): PerformancePlan {
  const { phonemes, prosody, seed, durationSeconds, preRollSeconds, postRollSeconds } = input;
  const { blinkAmount, gazeAmount, headAmount, breathAmount } = input.style;
  const numbers = { seed, durationSeconds, preRollSeconds, postRollSeconds, blinkAmount, gazeAmount, headAmount, breathAmount };
  checkInput(input);
  const { frameRate, frameCount } = curveGridOf(input);
  const tone = voiceTone(prosody, frameCount, frameRate);
  const decided = keptDecisions(phonemes, tone, input.events ?? NO_EVENTS, numbers);
  return { ...decided, frameCount, frameRate, features: voiceFeatures(prosody, frameCount, frameRate) };
}

/** What the decisions depend on beside the phones, the voice and the events. */
type DecisionNumbers = Omit<PlanInput, 'phonemes' | 'events' | 'style'> & PlanInput['style'];

/** A gain on the effort of the voice moves no accent and no event. */
const keptDecisions = keptByIdentity(
  (phonemes: readonly PhonemeSegment[], tone: VoiceTone, events: readonly PerformanceEvent[], numbers: DecisionNumbers) => {
    const { blinkAmount, gazeAmount, headAmount, breathAmount, ...rest } = numbers;
    const input: PlanInput = { ...rest, phonemes, events, style: { blinkAmount, gazeAmount, headAmount, breathAmount } };
    const accents = speechAccents(phonemes, tone, curveGridOf(input).frameRate);
    const planned = planEvents(input, accents);
    return { accents, events: planned, shifts: gazeShifts(planned, gazeAmount, input.seed) };
  },
);

/** The widest look around of a step: how slowly the head follows the eyes (three sigma of .18 s), and a little more. */
const HALO_FRAMES = 40;
/** Events act between their times; a frame more on each side takes what is rounded. */
const EVENT_MARGIN_SECONDS = 0.05;

/** The part of a plan that acts on a cut. */
export function planOver(plan: PerformancePlan, cut: LineCut): PerformancePlan {
  if (cut.frameCount === plan.frameCount) return plan;
  const { frameRate, frameCount, first } = cut;
  const over = (values: Float32Array) => values.subarray(first, first + frameCount);
  const { pitchSemitones, loudnessDb, effort } = plan.features;
  const from = frameToSeconds(0, frameRate) - EVENT_MARGIN_SECONDS;
  const to = frameToSeconds(frameCount, frameRate) + EVENT_MARGIN_SECONDS;
  return {
    ...plan,
    frameRate,
    frameCount,
    features: { pitchSemitones: over(pitchSemitones), loudnessDb: over(loudnessDb), effort: over(effort) },
    events: plan.events.filter(({ startSeconds, endSeconds }) => endSeconds >= from && startSeconds <= to),
  };
}

/**
 * The rules engine as a list of steps. Each writes into the tracks; later steps see what earlier ones wrote, and the
 * constraints come last, so that nothing can open a closure or move the mouth in silence.
 * @param only the tracks hold the frames of this range alone, equal to those of the whole line, and cost what they are
 *   long, whatever the length of the line; default the whole line
 */
export function performByRules(input: PerformanceInput, only?: TimeRange): SampledTracks {
  const whole = planPerformance(input);
  const cut = lineCut(whole, only, HALO_FRAMES);
  const { span, frameCount, frameRate } = cut;
  const tracks = createTracks(frameCount, frameRate);
  const contacts = lipContacts(input.phonemes);
  speakMouth(tracks, input, span);
  roundLips(tracks, input.style, span);
  moveUpperFace(tracks, input, planOver(whole, cut), span);
  touchTeeth(tracks, contacts, input.style.closureStrength, span);
  closeLips(tracks, contacts, input.style.closureStrength, span);
  return tracksOver(limitTracks(tracks, span), span);
}

/** Emotion, brows, head, eyes, lids and breath: everything but the speech part of the mouth. */
function moveUpperFace(tracks: SampledTracks, input: PerformanceInput, plan: PerformancePlan, span: FrameSpan): void {
  const { style, phonemes, seed } = input;
  const { features, accents, events, shifts } = plan;
  const emotions = mixEmotions(input.emotions, plan.frameCount, plan.frameRate, span);
  emotionFace(tracks, emotions, phonemes, features, seed, span);
  browsFromProsody(tracks, features, accents, emotions, style.browAmount, seed, span);
  const [headAmount, idleAmount] = [style.headAmount, style.idleAmount ?? 1];
  headMotion(tracks, { phonemes, features, shifts, emotions, headAmount, idleAmount, seed }, span);
  renderHeadGestures(tracks, events, features, headAmount, span);
  renderBreaths(tracks, events, span);
  renderEfforts(tracks, events, input.prosody, span);
  coupleSquint(tracks, span);
  renderGaze(tracks, shifts, style.gazeAmount, span);
  renderBlinks(tracks, events, span);
}
