import type { FrameRate } from '../../time/frameRate';

/** FBX's time unit: ticks a second (KTime of the FBX SDK). */
export const FBX_TICKS_PER_SECOND = 46186158000n;

/** Time of a frame in ticks, rounded from the exact fraction so that 29.97 and 23.976 never drift. */
export function frameToTicks(frame: number, rate: FrameRate): bigint {
  const numerator = BigInt(rate.numerator);
  return (BigInt(frame) * FBX_TICKS_PER_SECOND * BigInt(rate.denominator) * 2n + numerator) / (numerator * 2n);
}

/** FbxTime::EMode by exact rate. */
const TIME_MODES: Readonly<Record<string, number>> = {
  '60/1': 3,
  '50/1': 4,
  '30/1': 6,
  '30000/1001': 9,
  '25/1': 10,
  '24/1': 11,
  '24000/1001': 13,
  '60000/1001': 17,
};
/** The rate is in CustomFrameRate. */
const CUSTOM_TIME_MODE = 14;

/** The scene's TimeMode for a rate; 14 (custom) for any other. */
export function fbxTimeMode(rate: FrameRate): number {
  return TIME_MODES[`${rate.numerator}/${rate.denominator}`] ?? CUSTOM_TIME_MODE;
}
