import { MienError } from '../../errors';

export interface TextGridInterval {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

/** Rounding of programs that write edges of neighbours apart. */
const OVERLAP_SECONDS = 0.002;
const MOST_INTERVALS = 1_000_000;

export interface TextGridTier {
  readonly name: string;
  /** Points of a point tier have equal start and end. */
  readonly intervals: readonly TextGridInterval[];
}

/**
 * Tiers of a Praat TextGrid, long or short text format. Praat itself reads it so: everything that is no number, quoted string or
 * <flag> standing alone is a comment, so both formats are one list of values.
 * @throws MienError 'text-unusable' when it is no TextGrid or ends too early; it names the line
 */
export function readTextGrid(text: string, fileName: string): TextGridTier[] {
  const values = valuesOf(text);
  if (!/ooTextFile/.test(values[0]?.text ?? '') || !/TextGrid/.test(values[1]?.text ?? ''))
    throw new MienError(
      'text-unusable',
      `${fileName} is not a Praat TextGrid.`,
      'Save it in Praat as a text file (long or short).',
    );
  const reader = new ValueReader(values, fileName);
  reader.number('the start time of the grid');
  reader.number('the end time of the grid');
  if (reader.skipFlag() === '<absent>') return [];
  const tierCount = reader.count('the number of tiers');
  return Array.from({ length: tierCount }, (_, index) => readTier(reader, index + 1));
}

function readTier(reader: ValueReader, order: number): TextGridTier {
  const isPoints = /point|text/i.test(reader.string(`the class of tier ${order}`));
  const name = reader.string(`the name of tier ${order}`);
  const inTier = (what: string) => `${what} of tier "${name}"`;
  reader.number(inTier('the start time'));
  reader.number(inTier('the end time'));
  const count = reader.count(inTier('the number of intervals'));
  const intervals: TextGridInterval[] = [];
  for (let i = 1; i <= count; i++) {
    const startSeconds = reader.number(inTier(`the start time of interval ${i}`));
    const endSeconds = isPoints ? startSeconds : reader.number(inTier(`the end time of interval ${i}`));
    const line = reader.line;
    intervals.push({ startSeconds, endSeconds, text: reader.string(inTier(`the text of interval ${i}`)) });
    const before = intervals[i - 2]?.endSeconds ?? startSeconds;
    if (endSeconds < startSeconds || endSeconds < before - OVERLAP_SECONDS)
      throw damaged(
        reader.fileName,
        line,
        `interval ${i} of tier "${name}" (${startSeconds} to ${endSeconds} s) runs backwards or ends before the one before it`,
      );
  }
  return { name, intervals };
}

interface Value {
  readonly kind: 'number' | 'string' | 'flag';
  readonly text: string;
  /** Of the file, counted from 1. */
  readonly line: number;
}

/** Takes one value after the other; each is asked for by what it means, for the error. */
class ValueReader {
  private at = 2;

  constructor(
    private readonly values: readonly Value[],
    readonly fileName: string,
  ) {}

  /** Where the last value stood. */
  get line(): number {
    return this.values[this.at - 1].line;
  }

  number(what: string): number {
    return Number(this.next('number', what));
  }

  string(what: string): string {
    return this.next('string', what);
  }

  count(what: string): number {
    const value = this.number(what);
    if (Number.isInteger(value) && value >= 0 && value <= MOST_INTERVALS) return value;
    throw damaged(this.fileName, this.line, `${value} cannot be ${what}`);
  }

  /** "<exists>" or "<absent>" when it stands here. */
  skipFlag(): string | undefined {
    const value = this.values[this.at];
    return value?.kind === 'flag' ? this.values[this.at++].text : undefined;
  }

  private next(kind: Value['kind'], what: string): string {
    const value = this.values[this.at];
    if (value === undefined) throw damaged(this.fileName, null, `${what} is missing`);
    this.at++;
    if (value.kind !== kind) throw damaged(this.fileName, value.line, `${what} should stand where ${quoted(value)} stands`);
    return value.text;
  }
}

function quoted({ kind, text }: Value): string {
  const shown = text.length > 30 ? `${text.slice(0, 30)}...` : text;
  return kind === 'string' ? `"${shown}"` : shown;
}

/** Numbers in brackets ("intervals [3]:") are comments; a quote inside a string is written twice. */
function valuesOf(text: string): Value[] {
  const values: Value[] = [];
  const pattern = /"((?:[^"]|"")*)"|<(\w+)>|\[[^\]\n]*\]|![^\n]*|(?<![^\s=:])(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![^\s])/g;
  let line = 1;
  let counted = 0;
  for (const match of text.replace(/^\ufeff/, '').matchAll(pattern)) {
    line += lineBreaks(match.input, counted, match.index);
    counted = match.index;
    if (match[1] !== undefined) values.push({ kind: 'string', text: match[1].replaceAll('""', '"'), line });
    else if (match[2] !== undefined) values.push({ kind: 'flag', text: `<${match[2]}>`, line });
    else if (match[3] !== undefined) values.push({ kind: 'number', text: match[3], line });
  }
  return values;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** @param line null for the end of the file */
function damaged(fileName: string, line: number | null, what: string): MienError {
  return new MienError(
    'text-unusable',
    line === null
      ? `${fileName} is a damaged TextGrid that ends too early: ${what}.`
      : `${fileName} is a damaged TextGrid: in line ${line}, ${what}.`,
    'Open it in Praat, correct it there and save it again as a text file (long or short).',
  );
}
