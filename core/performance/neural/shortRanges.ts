import type { TimeRange } from '../../time/timeRange';

/** Shorter ranges hold too few latents to sample; they are made by the rules and blended in. */
export const SHORTEST_SAMPLED_SECONDS = 0.25;

/** Whether the neural engine leaves this range to the rules. Whoever asked for it says so. */
export function isTooShortToSample({ startSeconds, endSeconds }: TimeRange): boolean {
  return endSeconds - startSeconds < SHORTEST_SAMPLED_SECONDS;
}
