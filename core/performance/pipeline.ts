import { createTracks, type SampledTracks } from '../curves/sampledTracks';
import { mixEmotions } from '../emotion/mixEmotions';
import { CURVE_FRAME_RATE, frameCountFor } from '../time/frameRate';
import { checkInput } from './checkInput';
import { closeLips, lipContacts, touchTeeth } from './constraints/lipClosures';
import { limitTracks } from './constraints/limitTracks';
import { coupleSquint, planBlinks, renderBlinks } from './nonverbal/blinks';
import { browsFromProsody } from './nonverbal/browsFromProsody';
import { planGaze, renderGaze } from './nonverbal/gaze';
import { headMotion } from './nonverbal/headMotion';
import { speechAccents } from './nonverbal/speechAccents';
import { voiceFeatures } from './nonverbal/voiceFeatures';
import type { PerformanceInput } from './performanceEngine';
import { emotionFace } from './rules/emotionFace';
import { speakMouth } from './rules/speakMouth';

/**
 * The rules engine as a list of steps. Each writes into the tracks; later steps see what earlier ones wrote, and the
 * constraints come last, so that nothing can open a closure or move the mouth in silence.
 */
export function performByRules(input: PerformanceInput): SampledTracks {
  checkInput(input);
  const tracks = createTracks(frameCountFor(input.durationSeconds, CURVE_FRAME_RATE), CURVE_FRAME_RATE);
  const { frameCount, frameRate } = tracks;
  const { style, phonemes, seed } = input;
  const emotions = mixEmotions(input.emotions, frameCount, frameRate);
  const features = voiceFeatures(input.prosody, frameCount, frameRate);
  const accents = speechAccents(phonemes, features, frameRate);
  const gaze = planGaze(phonemes, input.durationSeconds, seed);
  const blinks = planBlinks(phonemes, input.durationSeconds, style.blinkAmount, seed);
  const contacts = lipContacts(phonemes);

  speakMouth(tracks, input);
  emotionFace(tracks, emotions, phonemes, features, seed);
  browsFromProsody(tracks, features, accents, emotions, style.browAmount, seed);
  headMotion(
    tracks,
    phonemes,
    features,
    accents,
    gaze,
    emotions,
    { head: style.headAmount, gaze: Math.min(1, style.gazeAmount) },
    seed,
  );
  coupleSquint(tracks);
  renderGaze(tracks, gaze, style.gazeAmount);
  renderBlinks(tracks, blinks);
  touchTeeth(tracks, contacts, style.closureStrength);
  closeLips(tracks, contacts, style.closureStrength);
  return limitTracks(tracks);
}
