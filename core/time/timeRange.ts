/** A half-open stretch of time in seconds: start <= time < end. */
export interface TimeRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Whether the middle of one stretch lies in another. */
export function isMiddleIn({ startSeconds, endSeconds }: TimeRange, range: TimeRange): boolean {
  const middle = (startSeconds + endSeconds) / 2;
  return middle >= range.startSeconds && middle < range.endSeconds;
}

/** Stretches in order with others laid over them: those below are cut at their edges; what is shorter than `leastSeconds` is gone. */
export function laidOver<T extends TimeRange>(below: readonly T[], above: readonly T[], leastSeconds: number): T[] {
  const left = above.reduce(
    (parts, { startSeconds, endSeconds }) =>
      parts.flatMap((part) => {
        if (part.endSeconds <= startSeconds || part.startSeconds >= endSeconds) return [part];
        const before = { ...part, endSeconds: Math.min(part.endSeconds, startSeconds) };
        const after = { ...part, startSeconds: Math.max(part.startSeconds, endSeconds) };
        return [before, after].filter((one) => one.endSeconds - one.startSeconds >= leastSeconds - 1e-9);
      }),
    [...below],
  );
  return [...left, ...above].sort((a, b) => a.startSeconds - b.startSeconds);
}
