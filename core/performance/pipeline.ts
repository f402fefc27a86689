import { createTracks, type SampledTracks } from '../curves/sampledTracks';
import { mixEmotions } from '../emotion/mixEmotions';
import type { FrameGrid } from '../time/frameRate';
import { frameSpanOf, type FrameSpan } from '../time/frameSpan';
import type { TimeRange } from '../time/timeRange';
import { checkInput } from './checkInput';
import { curveGridOf } from './curveGrid';
import { closeLips, lipContacts, touchTeeth } from './constraints/lipClosures';
import { limitTracks } from './constraints/limitTracks';
import type { PerformanceEvent } from './events/performanceEvent';
import { planEvents } from './events/planEvents';
import { coupleSquint, renderBlinks } from './nonverbal/blinks';
import { renderEfforts } from './nonverbal/efforts';
import { renderBreaths } from './nonverbal/breaths';
import { browsFromProsody } from './nonverbal/browsFromProsody';
import { gazeShifts, renderGaze } from './nonverbal/gaze';
import { renderHeadGestures } from './nonverbal/headGestures';
import { headMotion } from './nonverbal/headMotion';
import { speechAccents, type SpeechAccent } from './nonverbal/speechAccents';
import { voiceFeatures, type VoiceFeatures } from './nonverbal/voiceFeatures';
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
}

/**
 * Decides on blinks, looks, nods and breaths, around those that the animator made. Every engine uses it, and the studio
 * shows its events. Cheap: a few milliseconds for a minute of line.
 * @throws MienError 'invalid-input'
 */
export function planPerformance(input: PerformanceInput): PerformancePlan {
  checkInput(input);
  const { frameRate, frameCount } = curveGridOf(input);
  const features = voiceFeatures(input.prosody, frameCount, frameRate);
  const accents = speechAccents(input.phonemes, features, frameRate);
  return { frameCount, frameRate, features, accents, events: planEvents({ ...input, events: input.events ?? [] }, accents) };
}

/**
 * The rules engine as a list of steps. Each writes into the tracks; later steps see what earlier ones wrote, and the
 * constraints come last, so that nothing can open a closure or move the mouth in silence.
 * @param only works out the frames of this range and leaves the others at 0; default the whole line
 */
export function performByRules(input: PerformanceInput, only?: TimeRange): SampledTracks {
  const plan = planPerformance(input);
  const { frameCount, frameRate } = plan;
  const tracks = createTracks(frameCount, frameRate);
  const span = only ? frameSpanOf(only, frameCount, frameRate) : { first: 0, end: frameCount };
  const contacts = lipContacts(input.phonemes);
  speakMouth(tracks, input, span);
  roundLips(tracks, input.style, span);
  moveUpperFace(tracks, input, plan, span);
  touchTeeth(tracks, contacts, input.style.closureStrength, span);
  closeLips(tracks, contacts, input.style.closureStrength, span);
  return limitTracks(tracks, span);
}

/** Emotion, brows, head, eyes, lids and breath: everything but the speech part of the mouth. */
function moveUpperFace(tracks: SampledTracks, input: PerformanceInput, plan: PerformancePlan, span: FrameSpan): void {
  const { style, phonemes, seed } = input;
  const { features, accents, events } = plan;
  const emotions = mixEmotions(input.emotions, plan.frameCount, plan.frameRate, span);
  const shifts = gazeShifts(events, style.gazeAmount, seed);
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
