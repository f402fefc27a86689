import path from 'node:path';
import { parseCount, parseProvider } from '../args/numberArguments';
import { readOptions } from '../args/readOptions';
import { emotionCurvesFrom } from '../args/emotionArgument';
import { readInput, sizeInWords, writeOutput } from '../files';
import { closureInWords } from '../line/describeLine';
import { hearLine } from '../line/hearLine';
import { LINE_OPTIONS, parseChannel, readTranscript } from '../line/lineOptions';
import { CAMERA_PRESETS, type CameraPreset } from '../picture/camera';
import { loadCharacterScene } from '../picture/characterScene';
import { contactSheet } from '../picture/contactSheet';
import { encodePng } from '../picture/picture';
import { checkModels } from '../../core/performance/checkModels';
import { engineNamed } from '../../core/performance/engines';
import { performLine } from '../../core/performance/performLine';
import { createOnnxRunner, type OnnxRunner } from '../../main/inference/onnxRunner';
import { findResources } from '../resources';
import { Stopwatch } from '../stopwatch';
import { UsageError } from '../usageError';
import type { Command } from './command';
import { PERFORMANCE_OPTIONS, readPerformance } from './generate';

const OPTIONS = {
  ...LINE_OPTIONS,
  ...PERFORMANCE_OPTIONS,
  out: { type: 'string', short: 'o' },
  faces: { type: 'string' },
  columns: { type: 'string' },
  camera: { type: 'string' },
  yaw: { type: 'string' },
  at: { type: 'string' },
} as const;

/** `mien picture line.wav --out sheet.png`: a contact sheet of the performance, drawn without a window. */
export const picture: Command = async (args, { io, reporter }) => {
  const { values, positionals } = readOptions('picture', args, OPTIONS, ['the sound file']);
  const out = values.out;
  if (out === undefined || !/\.png$/i.test(out)) throw new UsageError('mien picture writes PNG.', 'Add --out sheet.png.');
  const performance = readPerformance(values);
  const camera = parseCamera(values.camera);
  const faces = parseCount('faces', values.faces, 8);
  const columns = parseCount('columns', values.columns, Math.min(8, faces));
  const yawDegrees = parseNumber('yaw', values.yaw, 12);
  const timesSeconds = values.at?.split(',').map((time) => parseNumber('at', time, 0));
  const [channel, provider] = [parseChannel(values.channel), parseProvider(values.provider)];
  const transcript = await readTranscript(values);
  const resources = findResources();
  const scene = await loadCharacterScene(await readInput(performance.character ?? resources.character));
  const hooks = { onNotice: reporter.notice, signal: io.signal };
  const perform = async (runner: OnnxRunner) => {
    checkModels(engineNamed(performance.engine), runner.models);
    const heard = await hearLine({
      file: positionals[0],
      transcript,
      channel,
      provider,
      runner,
      modelsFolder: resources.models,
      stopwatch: new Stopwatch(),
      onProgress: (step, fraction) => reporter.progress(step, fraction * 0.5),
      ...hooks,
    });
    const emotions = emotionCurvesFrom(performance.emotions, heard.analysis.durationSeconds);
    return { heard, performed: await performLine(heard.analysis, { ...performance, emotions, runner }) };
  };
  const runner = await createOnnxRunner({ modelsFolder: resources.models, provider, ...hooks });
  const { heard, performed } = await perform(runner).finally(() => runner.dispose());
  const { tracks, closure } = performed;
  reporter.progress('Drawing', 0.55);
  const line = { tracks, phonemes: heard.analysis.phonemes, pcm: heard.pcm };
  const sheet = contactSheet(scene, line, { faces, columns, camera, yawDegrees, timesSeconds });
  const png = encodePng(sheet);
  await writeOutput(out, png);
  reporter.progress('Done', 1);
  reporter.result(
    {
      command: 'picture',
      input: positionals[0],
      files: [{ path: path.resolve(out), format: 'png', bytes: png.byteLength }],
      width: sheet.width,
      height: sheet.height,
    },
    [closureInWords(closure), `wrote ${out} (${sheet.width} x ${sheet.height}, ${sizeInWords(png.byteLength)})`],
  );
  return true;
};

function parseCamera(text: string | undefined): CameraPreset {
  const name = text ?? 'face';
  if ((CAMERA_PRESETS as readonly string[]).includes(name)) return name as CameraPreset;
  throw new UsageError(`--camera: there is no "${name}".`, `Choose one of ${CAMERA_PRESETS.join(', ')}.`);
}

function parseNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`--${name}: "${text}" is not a number.`, `Give a number, for example ${fallback}.`);
  return value;
}
