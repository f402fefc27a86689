import type { MonoPcm } from '../audio/pcm';
import type { VoiceProfile } from '../audio/voiceProfile';
import type { InferenceRunner } from '../performance/inferenceRunner';
import type { DecoderTables } from './decoderTables';
import type { LineAnalysis } from './lineAnalysis';
import { listen, type StepProgress } from './listen';
import { sourceOf, type Transcript } from './transcriptSource';
import { understand } from './understand';
import type { CancelSignal } from './cancelSignal';

export interface AnalyseLineRequest {
  /** One channel at any rate; see `toMono`. */
  readonly pcm: MonoPcm;
  /** Empty for none. */
  readonly transcript: Transcript;
  readonly runner: InferenceRunner;
  /** From `loadDecoderTables`. */
  readonly decoder: DecoderTables;
  readonly onProgress?: StepProgress;
  readonly signal?: CancelSignal;
  readonly profile?: VoiceProfile;
}

/**
 * Everything the ears can say about one line: phones, words, prosody. To change the transcript later without inference, call
 * `listen` once, keep what it heard, and call `understand`.
 * @throws MienError 'audio-empty' | 'text-unusable' | 'model-unavailable' | 'cancelled'
 */
export async function analyseLine(request: AnalyseLineRequest): Promise<LineAnalysis> {
  const heard = await listen(request.pcm, request.runner, request);
  request.onProgress?.(sourceOf(request.transcript).text.trim() === '' ? 'Finding the phonemes' : 'Aligning the text', 0);
  const understood = await understand(heard, request.transcript, request.decoder);
  request.onProgress?.('Done', 1);
  return { durationSeconds: heard.durationSeconds, prosody: heard.prosody, ...understood };
}
