import { analyseProsody } from '../audio/analyseProsody';
import { logMel } from '../audio/logMel';
import { ANALYSIS_RATE_HZ, type MonoPcm } from '../audio/pcm';
import type { ProsodyTrack } from '../audio/prosodyTrack';
import { resample } from '../audio/resample';
import type { VoiceProfile } from '../audio/voiceProfile';
import { MienError } from '../errors';
import type { InferenceRunner } from '../performance/inferenceRunner';
import { computePosteriors, type Posteriors } from './posteriors';
import type { CancelSignal } from './cancelSignal';
import { nextTurn } from './nextTurn';

/** What was heard in a line, apart from any transcript: keep it, and a changed transcript needs no inference. */
export interface Heard {
  readonly durationSeconds: number;
  readonly posteriors: Posteriors;
  readonly prosody: ProsodyTrack;
}

/** Steps of listening in words for a status bar, with the fraction of that step that is done. */
export type StepProgress = (step: string, fraction: number) => void;

export interface ListenOptions {
  readonly onProgress?: StepProgress;
  readonly signal?: CancelSignal;
  /** What is usual for this speaker; see `measureEffort`. */
  readonly profile?: VoiceProfile;
}

/**
 * Sound to phone log-probabilities and prosody. Any sample rate.
 * @throws MienError 'audio-empty' | 'model-unavailable' | 'cancelled'
 */
export async function listen(pcm: MonoPcm, runner: InferenceRunner, options: ListenOptions = {}): Promise<Heard> {
  if (pcm.samples.length === 0)
    throw new MienError('audio-empty', 'The line holds no samples.', 'Choose a file with sound in it.');
  const progress = async (step: string, fraction: number) => {
    options.onProgress?.(step, fraction);
    // Long lines take seconds a step: let a cancel message in between.
    await nextTurn();
    if (options.signal?.aborted) throw new MienError('cancelled', 'Listening was cancelled.', 'Import the line again.');
  };
  await progress('Preparing the sound', 0);
  const analysed = resample(pcm, ANALYSIS_RATE_HZ);
  await progress('Preparing the sound', 0.5);
  const mel = logMel(analysed.samples);
  await progress('Listening', 0);
  const posteriors = await computePosteriors(mel, runner, {
    signal: options.signal,
    onProgress: (fraction) => options.onProgress?.('Listening', fraction),
  });
  await progress('Measuring the voice', 0);
  const prosody = analyseProsody(analysed, { voice: posteriors.voice, profile: options.profile });
  await progress('Measuring the voice', 1);
  return { durationSeconds: pcm.samples.length / pcm.sampleRateHz, posteriors, prosody };
}
