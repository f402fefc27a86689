/** How a key leads to the next one. */
export type Interpolation = 'bezier' | 'linear' | 'constant';
/** auto: computed, never overshoots; flat: horizontal; aligned: both handles on one line; free: broken. */
export type TangentMode = 'auto' | 'flat' | 'aligned' | 'free';

/** A Bezier handle relative to its key: time offset (in <= 0, out >= 0) and value offset. */
export interface TangentHandle {
  readonly deltaSeconds: number;
  readonly deltaValue: number;
}

export interface CurveKey {
  readonly id: string;
  readonly timeSeconds: number;
  readonly value: number;
  readonly interpolation: Interpolation;
  readonly tangentMode: TangentMode;
  /** Only read when tangentMode is 'aligned' or 'free'. */
  readonly inHandle?: TangentHandle;
  readonly outHandle?: TangentHandle;
}

/** A keyed f-curve: keys sorted by time, no two at the same time. Before the first and after the last key it holds. */
export interface KeyedCurve {
  readonly keys: readonly CurveKey[];
}

export const EMPTY_CURVE: KeyedCurve = { keys: [] };
