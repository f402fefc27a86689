import { MienError } from '../../errors';

export interface TextGridInterval {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

export interface TextGridTier {
  readonly name: string;
  /** Points of a point tier have equal start and end. */
  readonly intervals: readonly TextGridInterval[];
}

/**
 * Tiers of a Praat TextGrid, long or short text format. Praat itself reads it so: everything that is no number, quoted string or
 * <flag> standing alone is a comment, so both formats are one list of values.
 * @throws MienError 'text-unusable' when it is no TextGrid or ends too early
 */
export function readTextGrid(text: string, fileName: string): TextGridTier[] {
  const values = valuesOf(text);
  const cursor = { at: 0 };
  const next = (kind: 'number' | 'string'): string => {
    const value = values[cursor.at++];
    if (value === undefined || value.kind !== kind) throw wrong(fileName, cursor.at);
    return value.text;
  };
  const number = () => Number(next('number'));
  if (!/ooTextFile/.test(values[0]?.text ?? '') || !/TextGrid/.test(values[1]?.text ?? '')) throw wrong(fileName, 0);
  cursor.at = 2;
  number();
  number();
  if (values[cursor.at]?.kind === 'flag' && values[cursor.at++].text !== '<exists>') return [];
  const tierCount = count(number(), fileName);
  const tiers: TextGridTier[] = [];
  for (let t = 0; t < tierCount; t++) {
    const isPoints = /point|text/i.test(next('string'));
    const name = next('string');
    number();
    number();
    const intervals: TextGridInterval[] = [];
    for (let left = count(number(), fileName); left > 0; left--) {
      const startSeconds = number();
      const endSeconds = isPoints ? startSeconds : number();
      intervals.push({ startSeconds, endSeconds: Math.max(startSeconds, endSeconds), text: next('string') });
    }
    tiers.push({ name, intervals });
  }
  return tiers;
}

interface Value {
  readonly kind: 'number' | 'string' | 'flag';
  readonly text: string;
}

/** Numbers in brackets ("intervals [3]:") are comments; a quote inside a string is written twice. */
function valuesOf(text: string): Value[] {
  const values: Value[] = [];
  const pattern = /"((?:[^"]|"")*)"|<(\w+)>|\[[^\]\n]*\]|![^\n]*|(?<![^\s=:])(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![^\s])/g;
  for (const match of text.replace(/^\ufeff/, '').matchAll(pattern)) {
    if (match[1] !== undefined) values.push({ kind: 'string', text: match[1].replaceAll('""', '"') });
    else if (match[2] !== undefined) values.push({ kind: 'flag', text: `<${match[2]}>` });
    else if (match[3] !== undefined) values.push({ kind: 'number', text: match[3] });
  }
  return values;
}

function count(value: number, fileName: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 1_000_000) throw wrong(fileName, 0);
  return value;
}

function wrong(fileName: string, at: number): MienError {
  return new MienError(
    'text-unusable',
    at === 0
      ? `${fileName} is not a Praat TextGrid.`
      : `${fileName} is a damaged TextGrid: its ${at}. value is not what stands there in Praat's format.`,
    'Save it in Praat as a text file (long or short).',
  );
}
