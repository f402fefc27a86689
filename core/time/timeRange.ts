/** A half-open stretch of time in seconds: start <= time < end. */
export interface TimeRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
}
