import { stat } from 'node:fs/promises';
import path from 'node:path';
import { resampleTracks } from '../../core/curves/resampleTracks';
import type { EmotionCurves } from '../../core/emotion/emotionCurves';
import type { ChannelChoice } from '../../core/audio/toMono';
import { checkModels } from '../../core/performance/checkModels';
import { engineNamed } from '../../core/performance/engines';
import { clipLine, clipSettingsOf } from '../../core/interchange/clipLine';
import { isVideoFormat } from '../../core/interchange/videoFormats';
import { writeLine } from '../../core/interchange/writeLine';
import { performLine, type PerformedLine } from '../../core/performance/performLine';
import type { EngineId, PerformanceStyle } from '../../core/performance/performanceEngine';
import { sourceOf, type Transcript } from '../../core/speech/transcriptSource';
import type { FrameRate } from '../../core/time/frameRate';
import { createOnnxRunner, type OnnxRunner } from '../../main/inference/onnxRunner';
import { packProject } from '../../main/project/packProject';
import { writeFileAtomic } from '../../main/project/writeFileAtomic';
import { emotionCurvesFrom, type EmotionStretch } from '../args/emotionArgument';
import type { ProviderChoice } from '../args/numberArguments';
import type { OutputTarget, PerformanceFormat } from '../args/outputFormat';
import { writeOutput } from '../files';
import { checkVideoEncoder, writeCliVideo } from '../outputs/writeVideo';
import { buildProject } from '../outputs/buildProject';
import type { Resources } from '../resources';
import { Stopwatch } from '../stopwatch';
import { hearLine, throwIfCancelled, type HeardLine } from './hearLine';
import { readCharacterOption } from './readCharacterOption';

/** How a line is to be performed and written; what `mien generate` and each line of `mien batch` ask for. */
export interface GenerateRequest {
  readonly file: string;
  readonly transcript: Transcript;
  readonly channel: ChannelChoice;
  readonly emotions: readonly EmotionStretch[];
  readonly style: PerformanceStyle;
  readonly engine: EngineId;
  readonly seed: number;
  readonly frameRate: FrameRate;
  readonly provider: ProviderChoice;
  /** A bundled name, .glb, .gltf or .vrm; null for the default character. */
  readonly character: string | null;
  /** A character profile (JSON); null maps by names. */
  readonly profile: string | null;
  /** Silence before and behind the sound in which the face acts. */
  readonly preRollSeconds: number;
  readonly postRollSeconds: number;
  readonly outputs: readonly OutputTarget<PerformanceFormat>[];
  /** Threads of one inference; default the cores. */
  readonly threads?: number;
}

export interface WrittenFile {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
}

export interface GeneratedLine {
  readonly heard: HeardLine;
  readonly performed: PerformedLine;
  readonly emotions: EmotionCurves;
  readonly files: readonly WrittenFile[];
  readonly timings: Readonly<Record<string, number>>;
  /** Length of the sound over the time the whole took; above 1 is faster than real time. */
  readonly timesRealTime: number;
}

export interface GenerateHooks {
  readonly resources: Resources;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string, fraction: number) => void;
  readonly onNotice: (notice: string) => void;
}

/** Share of the progress bar that hearing takes; performing and writing share the rest. */
const HEARD = 0.7;
const PERFORMED = 0.78;

/**
 * The whole chain for one recording: hear, perform, write every output. Each file is written as a whole or not at all.
 * @throws MienError of any stage
 */
export async function generateLine(request: GenerateRequest, hooks: GenerateHooks): Promise<GeneratedLine> {
  const stopwatch = new Stopwatch();
  const runner = await stopwatch.time('load', () =>
    createOnnxRunner({ ...request, modelsFolder: hooks.resources.models, onNotice: hooks.onNotice }),
  );
  try {
    checkModels(engineNamed(request.engine), runner.models);
    return await generateWith(runner, request, hooks, stopwatch);
  } finally {
    await runner.dispose();
  }
}

async function generateWith(
  runner: OnnxRunner,
  request: GenerateRequest,
  hooks: GenerateHooks,
  stopwatch: Stopwatch,
): Promise<GeneratedLine> {
  const { onProgress, signal } = hooks;
  // Read before the work, so that a wrong name does not cost a minute of listening.
  if (request.outputs.some(({ format }) => isVideoFormat(format))) checkVideoEncoder();
  const character = await readCharacterOption(request.character, request.profile, hooks.resources, hooks.onNotice);
  const heard = await hearLine({
    ...request,
    runner,
    modelsFolder: hooks.resources.models,
    signal,
    stopwatch,
    onProgress: (step, fraction) => onProgress(step, fraction * HEARD),
    onNotice: hooks.onNotice,
  });
  onProgress('Performing', HEARD);
  const { analysis } = heard;
  const emotions = emotionCurvesFrom(request.emotions, analysis.durationSeconds);
  warnOfLateEmotions(request.emotions, analysis.durationSeconds, hooks.onNotice);
  const { style, seed, engine, preRollSeconds, postRollSeconds } = request;
  const performed = await stopwatch.time('perform', () =>
    performLine(analysis, { emotions, style, seed, engine, preRollSeconds, postRollSeconds, runner, signal }),
  );
  const fileName = path.basename(request.file);
  const name = path.parse(fileName).name || 'line';
  const { durationSeconds, phonemes, words } = analysis;
  const clip = clipSettingsOf({ durationSeconds, preRollSeconds, postRollSeconds });
  const clipped = clipLine({ tracks: performed.tracks, durationSeconds, phonemes, words }, clip);
  const tracks = resampleTracks(clipped.tracks, request.frameRate);
  const files: WrittenFile[] = [];
  for (const [index, { path: target, format }] of request.outputs.entries()) {
    throwIfCancelled(signal);
    onProgress(`Writing ${path.basename(target)}`, PERFORMED + ((1 - PERFORMED) * index) / request.outputs.length);
    const bytes = await stopwatch.time(`write${format[0].toUpperCase()}${format.slice(1)}`, async () => {
      if (format === 'mien') {
        const project = buildProject({
          fileName,
          soundBytes: heard.bytes,
          transcript: sourceOf(request.transcript),
          analysis,
          emotions,
          style,
          engine,
          seed,
          preRollSeconds,
          postRollSeconds,
          base: performed.base,
          events: performed.events,
        });
        return writeFileAtomic(path.resolve(target), (write) => packProject(project, write));
      }
      if (isVideoFormat(format)) {
        await writeCliVideo({
          ...character,
          format,
          target,
          tracks,
          soundFile: request.file,
          soundStartSeconds: clip.inSeconds ?? 0,
          signal,
          onProgress: (fraction) =>
            onProgress(
              `Drawing ${path.basename(target)}`,
              PERFORMED + ((1 - PERFORMED) * (index + fraction)) / request.outputs.length,
            ),
        });
        return (await stat(target)).size;
      }
      const content = { ...character, ...clipped, tracks, name, clip };
      const encoded = await writeLine(format, content);
      await writeOutput(target, encoded);
      return encoded.byteLength;
    });
    files.push({ path: target, format, bytes });
  }
  onProgress('Done', 1);
  const timings = stopwatch.report();
  return { heard, performed, emotions, files, timings, timesRealTime: analysis.durationSeconds / timings.totalSeconds };
}

function warnOfLateEmotions(
  stretches: readonly EmotionStretch[],
  durationSeconds: number,
  onNotice: (notice: string) => void,
): void {
  for (const stretch of stretches) {
    if (stretch.startSeconds < durationSeconds) continue;
    onNotice(
      `${stretch.emotion} at ${stretch.startSeconds} s starts after the line ends (${durationSeconds.toFixed(2)} s) and does nothing.`,
    );
  }
}
