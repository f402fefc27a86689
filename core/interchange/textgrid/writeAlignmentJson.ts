import type { AlignmentExport } from './writeTextGrid';

/** Version of the JSON's form; it grows when a field changes its meaning. */
export const ALIGNMENT_SCHEMA_VERSION = 1;

/** Words and phonemes with start, end (seconds, microsecond steps) and confidence (0..1) as indented JSON. */
export function writeAlignmentJson({ durationSeconds, phonemes, words }: AlignmentExport): string {
  const round = (value: number): number => Number(value.toFixed(6));
  return (
    JSON.stringify(
      {
        schemaVersion: ALIGNMENT_SCHEMA_VERSION,
        durationSeconds: round(durationSeconds),
        words: words.map((word) => ({
          text: word.text,
          startSeconds: round(word.startSeconds),
          endSeconds: round(word.endSeconds),
          confidence: round(word.confidence),
          ...(word.flag === undefined ? {} : { flag: word.flag }),
        })),
        phonemes: phonemes.map((phone) => ({
          phoneme: phone.phoneme,
          startSeconds: round(phone.startSeconds),
          endSeconds: round(phone.endSeconds),
          confidence: round(phone.confidence),
          ...(phone.stress === undefined ? {} : { stress: phone.stress }),
        })),
      },
      null,
      2,
    ) + '\n'
  );
}
