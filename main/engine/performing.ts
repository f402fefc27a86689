import { joinChannels } from '../../core/curves/joinChannels';
import { frameGridOf } from '../../core/performance/curveGrid';
import { firstFrameOf } from '../../core/performance/lineCut';
import type { PerformRequest, PerformResult, PerformSpeech, PreviewRequest, PreviewResult } from '../ipc/api';
import { splitChannels } from './channelSamples';
import type { EngineContext } from './engineContext';
import { KeptSpeech } from './keptSpeech';

/** The performing part of the engine: whole lines and parts of them, and previews of a stretch. */
export class Performing {
  private readonly speech = new KeptSpeech();

  constructor(private readonly context: EngineContext) {}

  perform(request: PerformRequest): Promise<PerformResult> {
    const { stages, store, jobs } = this.context;
    return jobs.run(request.jobId, request.lineId, async (job) => {
      job.progress('Performing', 0.05);
      await job.breathe();
      const { durationSeconds, prosody } = store.get(request.lineId);
      const { engine, part, jobId: _job, lineId: _line, inputHash, speechKey, ...sent } = request;
      const recipe = { ...sent, ...(speechKey !== undefined && this.keptPartsOf(speechKey, sent, sent)) };
      const { tracks, events } = await stages.perform(
        engine,
        { ...recipe, durationSeconds, prosody },
        {
          signal: job.signal,
          onProgress: (fraction) => job.progress('Performing', 0.05 + 0.9 * fraction),
          ...(part && {
            previous: splitChannels(part.previousSamples, part.frameCount, frameGridOf(recipe)),
            range: part.range,
            regions: part.regions,
          }),
        },
      );
      // A cancel that came during the curves is still in the queue.
      await job.breathe();
      job.progress('Done', 1);
      return { inputHash, frameCount: tracks.frameCount, samples: joinChannels(tracks), events };
    });
  }

  preview(request: PreviewRequest): Promise<PreviewResult | null> {
    const { stages, store, jobs } = this.context;
    return jobs.run(request.jobId, request.lineId, async (job) => {
      const { engine, only, jobId: _job, lineId, inputHash, speechKey, speech, ...settings } = request;
      const kept = this.keptPartsOf(speechKey, speech, settings);
      if (!kept) return null;
      const { durationSeconds, prosody } = store.get(lineId);
      const recipe = { ...settings, ...kept, durationSeconds, prosody };
      const tracks = await stages.preview(engine, recipe, { only, signal: job.signal });
      const firstFrame = firstFrameOf(tracks, frameGridOf(recipe));
      return { inputHash, firstFrame, frameCount: tracks.frameCount, samples: joinChannels(tracks) };
    });
  }

  /** The parts of a recipe that core remembers a line by, as the objects it knows; null for a key nobody sent speech for. */
  private keptPartsOf(key: string, sent: PerformSpeech | undefined, { effortGain }: Pick<PreviewRequest, 'effortGain'>) {
    const speech = this.speech.use(key, sent);
    if (!speech) return null;
    const { phonemes, words, events } = speech;
    return { phonemes, words, events, effortGain: this.speech.gainOf(key, effortGain) };
  }
}
