import { LONGEST_ROLL_SECONDS } from '../../core/performance/checkInput';
import { FRAME_RATES, type FrameRate } from '../../core/time/frameRate';
import { UsageError } from '../usageError';

/** A seed: a whole number in 0..4294967295 (the engines take 32 bits). Default 1. */
export function parseSeed(text: string | undefined): number {
  if (text === undefined) return 1;
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffffffff)
    throw new UsageError(`--seed: "${text}" is no seed.`, 'Give a whole number in 0..4294967295.');
  return seed;
}

/** A frame rate of FRAME_RATES by its label. Default 60. */
export function parseFrameRate(text: string | undefined): FrameRate {
  const label = text ?? '60';
  if (Object.hasOwn(FRAME_RATES, label)) return FRAME_RATES[label];
  throw new UsageError(
    `--fps: "${label}" is not a frame rate Mien writes.`,
    `Choose one of ${Object.keys(FRAME_RATES)
      .sort((a, b) => Number(a) - Number(b))
      .join(', ')}.`,
  );
}

/** Seconds of silence around the sound. Default 0. */
export function parseRoll(option: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0 && seconds <= LONGEST_ROLL_SECONDS))
    throw new UsageError(`${option}: "${text}" is no length.`, `Give seconds in 0..${LONGEST_ROLL_SECONDS}, as 0.5.`);
  return seconds;
}

/** A whole number of at least `least`. */
export function parseCount(name: string, text: string | undefined, fallback: number, least = 1): number {
  if (text === undefined) return fallback;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < least)
    throw new UsageError(
      `--${name}: "${text}" is not a whole number of at least ${least}.`,
      `Leave --${name} out for ${fallback}.`,
    );
  return count;
}

export const PROVIDERS = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;
export type ProviderChoice = (typeof PROVIDERS)[number];

export function parseProvider(text: string | undefined): ProviderChoice {
  const name = text ?? 'auto';
  if ((PROVIDERS as readonly string[]).includes(name)) return name as ProviderChoice;
  throw new UsageError(`--provider: there is no "${name}".`, `Choose one of ${PROVIDERS.join(', ')}.`);
}
