import { DIPHTHONGS, DIPHTHONG_TURN, startClassOf } from '../mouthClasses';
import type { Phoneme } from '../phonemes';

export interface PhoneTime {
  readonly phoneme: Phoneme;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Mouth class (core/speech/mouthClasses) and phone of each frame of 10 ms; every silence is X here. */
export function frameLabels(segments: readonly PhoneTime[]): { readonly classes: string[]; readonly phones: Phoneme[] } {
  const classes: string[] = [];
  const phones: Phoneme[] = [];
  segments.forEach((segment, i) => {
    const from = Math.round(segment.startSeconds * 100);
    const to = Math.round(segment.endSeconds * 100);
    const start = startClassOf(segment.phoneme, segments[i + 1]?.phoneme);
    const end = DIPHTHONGS[segment.phoneme]?.[1] ?? start;
    const middle = from + Math.round((to - from) * DIPHTHONG_TURN);
    for (let k = from; k < to; k++) {
      phones[k] = segment.phoneme;
      classes[k] = k < middle ? start : end;
    }
  });
  return { classes, phones };
}
