import type { PhonemeSegment } from '../../speech/segments';
import { planBlinks } from '../nonverbal/blinks';
import { planBreaths } from '../nonverbal/breaths';
import { planGaze } from '../nonverbal/gaze';
import { planNods } from '../nonverbal/headGestures';
import type { SpeechAccent } from '../nonverbal/speechAccents';
import type { PerformanceStyle } from '../performanceEngine';
import { planPreRoll } from './planPreRoll';
import { byTime, isKept, type NonverbalType, type PerformanceEvent } from './performanceEvent';

export interface PlanInput {
  readonly phonemes: readonly PhonemeSegment[];
  /** Of the sound. */
  readonly durationSeconds: number;
  readonly preRollSeconds?: number;
  readonly postRollSeconds?: number;
  readonly style: Pick<PerformanceStyle, 'blinkAmount' | 'gazeAmount' | 'headAmount' | 'breathAmount'>;
  readonly seed: number;
  /** Events to plan around; generated ones that are not locked are ignored. */
  readonly events: readonly PerformanceEvent[];
}

/** Kinds that stand in each other's way: where one of the animator's is, no generated one of its group is made. */
type EventGroup = 'lids' | 'eyes' | 'head' | 'voice';
const GROUP: Readonly<Partial<Record<NonverbalType, EventGroup>>> = {
  blink: 'lids',
  gaze: 'eyes',
  saccade: 'eyes',
  nod: 'head',
  shake: 'head',
  tilt: 'head',
};
const groupOf = (type: NonverbalType): EventGroup => GROUP[type] ?? 'voice';

/** Two blinks nearer than this read as one flutter: a generated one gives way to one of the animator's. */
const LIDS_APART_SECONDS = 0.12;
/** A rest of a look shorter than this is not worth a shift of its own. */
const SHORTEST_LOOK_SECONDS = 0.15;

/**
 * Everything a face does beside speaking: the animator's and the heard events as they are, and generated ones (blinks,
 * looks, nods, breaths) where there is room for them. In order of time. The same input gives the same keys and times.
 */
export function planEvents(input: PlanInput, accents: readonly SpeechAccent[]): PerformanceEvent[] {
  const { phonemes, style, seed, preRollSeconds = 0 } = input;
  const endSeconds = input.durationSeconds + (input.postRollSeconds ?? 0);
  const lead = planPreRoll(phonemes, preRollSeconds, style, seed);
  const kept = input.events.filter(isKept);
  const keys = new Set(kept.map((event) => event.key));
  const planned = [
    ...lead.blinks,
    ...planBlinks(phonemes, endSeconds, style.blinkAmount, seed).filter((blink) => isApart(blink, lead.blinks)),
    ...planNods(accents, style.headAmount, seed),
    ...planBreaths(phonemes, style.breathAmount ?? 1, seed, -preRollSeconds),
  ].filter((event) => !keys.has(event.key) && !kept.some((other) => standInTheWay(other, event)));
  const looks = style.gazeAmount > 0 ? [...lead.looks, ...planGaze(phonemes, endSeconds, seed)] : [];
  const free = looks.filter(({ key }) => !keys.has(key));
  return [...kept, ...planned, ...around(free, kept)].sort(byTime);
}

/** True when no blink of the pre-roll runs into this one. */
function isApart(blink: PerformanceEvent, earlier: readonly PerformanceEvent[]): boolean {
  return earlier.every(({ endSeconds }) => endSeconds + LIDS_APART_SECONDS <= blink.startSeconds);
}

function standInTheWay(kept: PerformanceEvent, made: PerformanceEvent): boolean {
  const group = groupOf(made.type);
  if (groupOf(kept.type) !== group) return false;
  const margin = group === 'lids' ? LIDS_APART_SECONDS : 0;
  return kept.startSeconds - margin < made.endSeconds && made.startSeconds < kept.endSeconds + margin;
}

/** Generated looks cut to what the animator's looks leave of them. A removed one (intensity 0) leaves all: it only hides its own. */
function around(looks: readonly PerformanceEvent[], kept: readonly PerformanceEvent[]): PerformanceEvent[] {
  let pieces = [...looks];
  for (const hold of kept) {
    if (groupOf(hold.type) !== 'eyes' || hold.intensity === 0) continue;
    pieces = pieces.flatMap((look) => {
      if (look.endSeconds <= hold.startSeconds || look.startSeconds >= hold.endSeconds) return [look];
      return [
        { ...look, endSeconds: Math.min(look.endSeconds, hold.startSeconds) },
        { ...look, key: `${look.key}+`, startSeconds: Math.max(look.startSeconds, hold.endSeconds) },
      ].filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= SHORTEST_LOOK_SECONDS);
    });
  }
  return pieces;
}
