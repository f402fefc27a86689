import { describe, expect, it } from 'vitest';
import { DEFAULT_STYLE } from '../../core/performance/performanceEngine';
import { parseChannel } from '../line/lineOptions';
import { UsageError } from '../usageError';
import { parseCount, parseFrameRate, parseProvider, parseSeed } from './numberArguments';
import { ALIGNMENT_FORMATS, chooseOutputs, PERFORMANCE_FORMATS } from './outputFormat';
import { readOptions } from './readOptions';
import { parseStyle } from './styleArgument';

describe('chooseOutputs', () => {
  const formatOf = (name: string, override?: string) => chooseOutputs([name], override, PERFORMANCE_FORMATS)[0].format;

  it('goes by the suffix, whatever its case and whatever folders are called', () => {
    expect(formatOf('take.glb')).toBe('glb');
    expect(formatOf('TAKE.FBX')).toBe('fbx');
    expect(formatOf('dir.csv/take.mien')).toBe('mien');
    expect(formatOf('a.b.textgrid')).toBe('TextGrid');
    expect(chooseOutputs(['x.json', 'x.TextGrid'], undefined, ALIGNMENT_FORMATS).map(({ format }) => format)).toEqual([
      'json',
      'TextGrid',
    ]);
  });

  it('lets --format win', () => {
    expect(formatOf('take.txt', 'csv')).toBe('csv');
    expect(formatOf('take', '.GLB')).toBe('glb');
  });

  it('takes the longest suffix, also one this command does not write', () => {
    expect(formatOf('curves.uecurves.csv')).toBe('uecurves');
    expect(formatOf('LINE.A2F.JSON')).toBe('a2f');
    expect(formatOf('line.rhubarb.tsv')).toBe('rhubarbTsv');
    expect(() => chooseOutputs(['line.a2f.json'], undefined, ALIGNMENT_FORMATS)).toThrow(/a2f/);
  });

  it.each([['take'], ['take.docx'], ['']])('refuses "%s"', (name) => {
    expect(() => formatOf(name)).toThrow(UsageError);
  });

  it('refuses no output, an unknown format, and one file twice', () => {
    expect(() => chooseOutputs([], undefined, PERFORMANCE_FORMATS)).toThrow(UsageError);
    expect(() => formatOf('take.glb', 'obj')).toThrow(UsageError);
    expect(() => chooseOutputs(['a.glb', './a.glb'], undefined, PERFORMANCE_FORMATS)).toThrow(/twice/);
  });
});

describe('parseStyle', () => {
  it('sets what is named and keeps the rest', () => {
    expect(parseStyle('jaw=0.6, lip=0.7')).toEqual({ ...DEFAULT_STYLE, jaw: 0.6, lip: 0.7 });
    expect(parseStyle('blink=0,head=2,closure=.5')).toEqual({
      ...DEFAULT_STYLE,
      blinkAmount: 0,
      headAmount: 2,
      closureStrength: 0.5,
    });
    expect(parseStyle('')).toEqual(DEFAULT_STYLE);
  });

  it.each(['jaw', 'jaw=', 'jaw=2', 'jaw=x', 'nose=1', 'toString=1', 'blink=2.1'])('refuses "%s"', (text) => {
    expect(() => parseStyle(text)).toThrow(UsageError);
  });
});

describe('numbers', () => {
  it('reads what is right', () => {
    expect([parseSeed(undefined), parseSeed('0'), parseSeed('4294967295')]).toEqual([1, 0, 4294967295]);
    expect(parseFrameRate('29.97')).toEqual({ numerator: 30000, denominator: 1001 });
    expect(parseFrameRate(undefined)).toEqual({ numerator: 60, denominator: 1 });
    expect(parseProvider('webgpu')).toBe('webgpu');
    expect([parseChannel(undefined), parseChannel('2'), parseChannel('mix')]).toEqual(['loudest', 1, 'mix']);
    expect(parseCount('faces', '3', 8)).toBe(3);
  });

  it('refuses what is not', () => {
    for (const seed of ['-1', '1.5', '4294967296', 'abc', '']) expect(() => parseSeed(seed)).toThrow(UsageError);
    for (const rate of ['61', '0', 'fast', 'constructor']) expect(() => parseFrameRate(rate)).toThrow(UsageError);
    for (const channel of ['0', '-1', 'left']) expect(() => parseChannel(channel)).toThrow(UsageError);
    expect(() => parseProvider('gpu')).toThrow(UsageError);
    expect(() => parseCount('faces', '0', 8)).toThrow(UsageError);
  });
});

describe('readOptions', () => {
  const table = { text: { type: 'string' }, out: { type: 'string', multiple: true } } as const;

  it('takes options, --json and what stands alone', () => {
    const { values, positionals } = readOptions('generate', ['a.wav', '--text', 'hi', '--out', 'x', '--out=y', '--json'], table, [
      'the sound',
    ]);
    expect(positionals).toEqual(['a.wav']);
    expect({ ...values }).toEqual({ text: 'hi', out: ['x', 'y'], json: true });
  });

  it.each([[['--nope']], [['a', 'b']], [[]], [['a', '--text']]])('refuses %j as wrong usage', (args) => {
    expect(() => readOptions('generate', args, table, ['the sound'])).toThrow(UsageError);
  });
});
