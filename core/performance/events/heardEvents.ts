import type { NonspeechEvent } from '../../speech/nonspeech/nonspeechEvent';
import type { PerformanceEvent } from './performanceEvent';

/** What was heard beside words as events to act out; the keys are those of the records that `setHeardEvents` makes. */
export function heardEvents(events: readonly NonspeechEvent[]): PerformanceEvent[] {
  return events.map(({ type, startSeconds, endSeconds, intensity }, index) => ({
    key: `heard-${index}`,
    type,
    startSeconds,
    endSeconds,
    intensity,
    locked: false,
    origin: 'heard',
  }));
}
