import { describe, expect, it } from 'vitest';
import { MienError } from '../../errors';
import { writeTextGrid } from '../../interchange/textgrid/writeTextGrid';
import { decodeText } from './decodeText';
import { readSubtitles } from './readSubtitles';
import { readTextGrid } from './readTextGrid';
import { readTranscriptFile } from './readTranscriptFile';

const bytes = (text: string) => new TextEncoder().encode(text);
const SRT = `1
00:00:01,000 --> 00:00:02,500
- <i>Hello,</i>
MARA: my friend!

2
00:00:03,000 --> 00:00:04,000
{\\an8}[laughs] Warning: low fuel.
`;
const GRID = {
  durationSeconds: 1,
  words: [
    { text: 'hi', startSeconds: 0.2, endSeconds: 0.5, confidence: 1 },
    { text: '"you"', startSeconds: 0.5, endSeconds: 0.9, confidence: 1 },
  ],
  phonemes: [
    { phoneme: 'SIL', startSeconds: 0, endSeconds: 0.2, confidence: 1 },
    { phoneme: 'HH', startSeconds: 0.2, endSeconds: 0.3, confidence: 1 },
    { phoneme: 'AY', startSeconds: 0.3, endSeconds: 0.5, confidence: 1 },
    { phoneme: 'Y', startSeconds: 0.5, endSeconds: 0.6, confidence: 1 },
    { phoneme: 'UW', startSeconds: 0.6, endSeconds: 0.9, confidence: 1 },
    { phoneme: 'SIL', startSeconds: 0.9, endSeconds: 1, confidence: 1 },
  ],
} as const;

describe('subtitles', () => {
  it('reads cues, without speakers, dashes and position codes', () => {
    expect(readSubtitles(SRT, 'a.srt')).toEqual([
      { startSeconds: 1, endSeconds: 2.5, text: 'Hello, my friend!' },
      { startSeconds: 3, endSeconds: 4, text: '[laughs] Warning: low fuel.' },
    ]);
  });

  it('reads WebVTT, carriage returns and files without blank lines', () => {
    const vtt =
      'WEBVTT\r\n\r\n00:01.000 --> 00:02.000 align:start\r\n<v Mara>Go &amp; run\r\n2\r\n00:02.000 --> 00:03.000\r\nnow';
    expect(readSubtitles(vtt, 'a.vtt').map((cue) => cue.text)).toEqual(['Go & run', 'now']);
  });

  it('says when there is no cue', () => expect(() => readSubtitles('hello', 'a.srt')).toThrow(/holds no subtitle/));
});

describe('TextGrid', () => {
  it('reads what Mien writes, words and phones with their times', () => {
    const file = readTranscriptFile(bytes(writeTextGrid(GRID)), 'line.TextGrid');
    expect(file).toMatchObject({ kind: 'textgrid', text: 'hi "you"' });
    expect(file.timed).toEqual({ words: GRID.words, phonemes: GRID.phonemes });
  });

  it('reads back confidence, stress, flags and locks', () => {
    const words = [
      { text: 'hi', startSeconds: 0.2, endSeconds: 0.5, confidence: 0.25, locked: true, flag: 'missing' },
      { text: 'hi', startSeconds: 0.5, endSeconds: 0.9, confidence: 0.5, flag: 'repeated' },
    ] as const;
    const phonemes = GRID.phonemes.map((phone, i) => ({
      ...phone,
      confidence: i / 10,
      ...(phone.phoneme === 'AY' ? { stress: 1 as const, locked: true } : {}),
    }));
    const written = writeTextGrid({ ...GRID, words, phonemes });
    const file = readTranscriptFile(bytes(written), 'line.TextGrid');
    expect(file.timed).toEqual({ words, phonemes });
    expect(file.text).toBe('hi');
    expect(writeTextGrid({ durationSeconds: 1, ...file.timed! })).toBe(written);
  });

  it('keeps a confidence whose phone was moved a little in Praat, and trusts what has none', () => {
    const phonemes = GRID.phonemes.map((phone) => ({ ...phone, confidence: 0.4 }));
    const moved = writeTextGrid({ ...GRID, phonemes }).replace(
      'xmax = 0.3\n            text = "HH"',
      'xmax = 0.33\n            text = "HH"',
    );
    const file = readTranscriptFile(
      bytes(moved.replace(/"phone confidence"[^]*?"0\.40"[^]*?"0\.40"/, (part) => part.replaceAll('0.40', '?'))),
      'a.TextGrid',
    );
    expect(file.timed?.phonemes.map(({ confidence }) => confidence)).toEqual([1, 1, 0.4, 0.4, 0.4, 0.4]);
    expect(file.timed?.phonemes[1].endSeconds).toBe(0.33);
  });

  it('reads the short format, comments and UTF-16', () => {
    const short =
      'File type = "ooTextFile"\n"TextGrid"\n! a comment 5\n0\n1\n<exists>\n1\n"IntervalTier"\n"Mary"\n0\n1\n2\n0\n0.5\n""\n0.5\n1\n"say ""hi"""\n';
    expect(readTextGrid(short, 'a')).toEqual([
      {
        name: 'Mary',
        intervals: [
          { startSeconds: 0, endSeconds: 0.5, text: '' },
          { startSeconds: 0.5, endSeconds: 1, text: 'say "hi"' },
        ],
      },
    ]);
    for (const littleEndian of [true, false]) {
      const wide = new Uint8Array(2 * (short.length + 1));
      const view = new DataView(wide.buffer);
      [...`\ufeff${short}`].forEach((letter, i) => view.setUint16(2 * i, letter.charCodeAt(0), littleEndian));
      expect(readTranscriptFile(wide, 'a.TextGrid').text).toBe('say "hi"');
    }
  });

  it('reads phones in IPA as well, two in one interval where one sign stands for two', () => {
    const names: Readonly<Record<string, string>> = { HH: 'h', AY: 'ˈaɪ', Y: 'j', UW: 'uː' };
    const text = writeTextGrid(GRID).replace(/"(HH|AY|Y|UW)"/g, (_, name: string) => `"${names[name]}"`);
    const [read] = [readTranscriptFile(bytes(text), 'a.TextGrid').timed?.phonemes ?? []];
    expect(read.map(({ confidence: _, stress: __, ...times }) => times)).toEqual(
      GRID.phonemes.map(({ confidence: _, ...times }) => times),
    );
    expect(read[2].stress).toBe(1);
    const affricate = readTranscriptFile(bytes(text.replace('"h"', '"l̩"')), 'a.TextGrid').timed?.phonemes ?? [];
    expect(affricate.slice(1, 3)).toMatchObject([
      { phoneme: 'AH', startSeconds: 0.2, endSeconds: expect.closeTo(0.25, 9) as number },
      { phoneme: 'L', startSeconds: expect.closeTo(0.25, 9) as number, endSeconds: 0.3 },
    ]);
  });

  it('takes the words of a grid whose phones are of another alphabet, roughly in place, and says so', () => {
    const file = readTranscriptFile(bytes(writeTextGrid(GRID).replace('"AY"', '"aI@"')), 'a.TextGrid');
    expect(file.text).toBe('hi "you"');
    expect(file.timed).toBeUndefined();
    expect(file.cues).toEqual(GRID.words.map(({ confidence: _, ...cue }) => cue));
    expect(file.notices).toEqual([expect.stringContaining('neither ARPAbet nor IPA ("aI@" at 0.30 s)')]);
  });

  it('says what is wrong, where, and what to do', () => {
    const fault = (text: string): string => {
      try {
        readTranscriptFile(bytes(text), 'a.TextGrid');
      } catch (error) {
        return `${(error as MienError).message} ${(error as MienError).remedy}`;
      }
      return 'none';
    };
    const good = writeTextGrid(GRID);
    expect(fault('no grid')).toMatch(/a\.TextGrid is not a Praat TextGrid\. Save it in Praat/);
    expect(fault(good.slice(0, 500))).toMatch(/ends too early: the .* of tier "words" is missing\. Open it in Praat/);
    expect(fault(good.replace('size = 6', 'size = 9999999999'))).toMatch(/in line 7, 9999999999 cannot be the number of tiers/);
    const lineOf = (part: string) => good.slice(0, good.indexOf(part)).split('\n').length;
    const named = fault(good.replace('xmax = 0.3\n', 'xmax = soon\n'));
    expect(named).toMatch(/the end time of interval 2 of tier "phones" should stand where "HH" stands/);
    expect(named).toContain(`in line ${lineOf('"HH"')},`);
    const backwards = fault(good.replace('xmax = 0.3\n            text = "HH"', 'xmax = 0.1\n            text = "HH"'));
    expect(backwards).toMatch(/interval 2 of tier "phones" \(0\.2 to 0\.1 s\) runs backwards/);
    expect(fault(good.replaceAll(/text = .*/g, 'text = ""'))).toMatch(/no tier with words or phones.*Name a tier "words"/);
  });
});

describe('transcript files', () => {
  it('is plain text without its mark, by content where the name does not tell', () => {
    expect(readTranscriptFile(bytes('\ufeffHello.\n'), 'a.txt')).toEqual({ kind: 'text', text: 'Hello.' });
    expect(readTranscriptFile(bytes(SRT), 'lines').kind).toBe('subtitles');
    expect(decodeText(new Uint8Array([0x43, 0x61, 0x66, 0xe9]), 'a.txt')).toBe('Café');
    expect(() => decodeText(new Uint8Array([0, 1, 2, 3]), 'a.txt')).toThrow(/no text/);
  });

  it('reads or refuses with one clear error, whatever is damaged', () => {
    let seed = 5;
    const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
    const sources = [bytes(SRT), bytes(writeTextGrid(GRID))];
    let read = 0;
    for (let round = 0; round < 1500; round++) {
      const damaged = sources[round % 2].slice(0, next(10) < 5 ? undefined : next(sources[round % 2].length));
      for (let i = next(6); i > 0 && damaged.length > 0; i--) damaged[next(damaged.length)] = 32 + next(96);
      try {
        const file = readTranscriptFile(damaged, round % 2 === 0 ? 'a.srt' : 'a.TextGrid');
        read++;
        for (const { startSeconds, endSeconds } of file.timed?.phonemes ?? []) expect(endSeconds).toBeGreaterThan(startSeconds);
      } catch (error) {
        expect(error).toBeInstanceOf(MienError);
        expect((error as MienError).remedy.length).toBeGreaterThan(5);
      }
    }
    expect(read).toBeGreaterThan(300);
  });
});
