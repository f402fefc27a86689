import { ENGINE_IDS } from '../../core/performance/engines';
import { parseEmotions } from '../args/emotionArgument';
import { parseFrameRate, parseProvider, parseRoll, parseSeed } from '../args/numberArguments';
import { chooseOutputs, PERFORMANCE_FORMATS } from '../args/outputFormat';
import { readOptions } from '../args/readOptions';
import { parseStyle } from '../args/styleArgument';
import { lineInWords, lineResult } from '../line/describeLine';
import { generateLine, type GenerateRequest } from '../line/generateLine';
import { LINE_OPTIONS, parseChannel, readTranscript } from '../line/lineOptions';
import { findResources } from '../resources';
import { UsageError } from '../usageError';
import type { Command } from './command';

/** Options that say how to perform; `batch` takes them too. */
export const PERFORMANCE_OPTIONS = {
  emotion: { type: 'string' },
  style: { type: 'string' },
  engine: { type: 'string' },
  seed: { type: 'string' },
  fps: { type: 'string' },
  character: { type: 'string' },
  profile: { type: 'string' },
} as const;

/** Silence around the sound, of commands that write files; `batch` takes them too. */
export const ROLL_OPTIONS = { 'pre-roll': { type: 'string' }, 'post-roll': { type: 'string' } } as const;

const OPTIONS = {
  ...LINE_OPTIONS,
  ...PERFORMANCE_OPTIONS,
  ...ROLL_OPTIONS,
  out: { type: 'string', short: 'o', multiple: true },
  format: { type: 'string' },
} as const;

/** `mien generate line.wav --out line.glb`: the whole chain. */
export const generate: Command = async (args, { io, reporter }) => {
  const { values, positionals } = readOptions('generate', args, OPTIONS, ['the sound file']);
  const request: GenerateRequest = {
    ...readPerformance(values),
    ...readRolls(values),
    file: positionals[0],
    channel: parseChannel(values.channel),
    provider: parseProvider(values.provider),
    outputs: chooseOutputs(values.out ?? [], values.format, PERFORMANCE_FORMATS),
    transcript: await readTranscript(values),
  };
  const line = await generateLine(request, {
    resources: findResources(),
    signal: io.signal,
    onProgress: reporter.progress,
    onNotice: reporter.notice,
  });
  reporter.result({ command: 'generate', ...lineResult(request.file, line) }, lineInWords(request.file, line));
  return true;
};

/** @throws UsageError */
export function readRolls(
  values: Partial<Record<keyof typeof ROLL_OPTIONS, string>>,
): Pick<GenerateRequest, 'preRollSeconds' | 'postRollSeconds'> {
  return {
    preRollSeconds: parseRoll('--pre-roll', values['pre-roll']),
    postRollSeconds: parseRoll('--post-roll', values['post-roll']),
  };
}

/** @throws UsageError */
export function readPerformance(
  values: Partial<Record<keyof typeof PERFORMANCE_OPTIONS, string>>,
): Pick<GenerateRequest, 'emotions' | 'style' | 'engine' | 'seed' | 'frameRate' | 'character' | 'profile'> {
  const engine = ENGINE_IDS.find((id) => id === (values.engine ?? 'rules'));
  if (!engine)
    throw new UsageError(`--engine: there is no engine "${values.engine}".`, `Choose one of ${ENGINE_IDS.join(', ')}.`);
  return {
    emotions: parseEmotions(values.emotion ?? ''),
    style: parseStyle(values.style ?? ''),
    engine,
    seed: parseSeed(values.seed),
    frameRate: parseFrameRate(values.fps),
    character: values.character ?? null,
    profile: values.profile ?? null,
  };
}
