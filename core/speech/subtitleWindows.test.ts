import { beforeAll, describe, expect, it } from 'vitest';
import { alignTranscript } from './alignTranscript';
import { subtitleWindows } from './subtitleWindows';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors } from './testing/fakePosteriors';
import { loadLexicon, type Lexicon } from './text/lexicon';
import { normaliseText } from './text/normaliseText';

const cue = (startSeconds: number, endSeconds: number, text: string) => ({ startSeconds, endSeconds, text });
let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await loadLexicon();
});

describe('subtitleWindows', () => {
  it('gives every word the time of its subtitle, and nothing when they do not belong to the line', () => {
    const { words } = normaliseText('Come back.\nPlease come back.');
    const cues = [cue(1, 2, 'Come back.'), cue(3, 4, 'Please come back.')];
    expect(subtitleWindows(cues, words, 5)).toEqual([
      { firstFrame: 40, endFrame: 260 },
      { firstFrame: 40, endFrame: 260 },
      { firstFrame: 240, endFrame: 460 },
      { firstFrame: 240, endFrame: 460 },
      { firstFrame: 240, endFrame: 460 },
    ]);
    expect(subtitleWindows(cues, words, 3)).toBeNull();
    expect(subtitleWindows(cues, words.slice(1), 5)).toBeNull();
  });

  it('tells which of two equal sounds a word is', () => {
    // "come" is said at 1.0 s and again at 3.2 s; the text has it once, the subtitle stands at the second.
    const posteriors = fakePosteriors([['SIL', 100], ...beats('K AH M'), ['SIL', 200], ...beats('K AH M'), ['SIL', 100]]);
    const { words } = normaliseText('come');
    const startsAt = (from: number, to: number) =>
      alignTranscript(posteriors, words, lexicon, decoderForTests(), {
        windows: subtitleWindows([cue(from, to, 'come')], words, 10)!,
      })!.words.find(({ flag }) => flag === undefined)!.startSeconds;
    expect(startsAt(1, 1.4)).toBeCloseTo(1, 2);
    expect(startsAt(3.2, 3.6)).toBeCloseTo(3.24, 2);
  });

  it('lets the sound win where the words cannot lie in their subtitles', () => {
    const posteriors = fakePosteriors([['SIL', 50], ...beats('K AH M B AE K'), ['SIL', 50]]);
    const { words } = normaliseText('come back');
    const windows = words.map(() => ({ firstFrame: 0, endFrame: 3 }));
    const { words: found } = alignTranscript(posteriors, words, lexicon, decoderForTests(), { windows })!;
    expect(found.map(({ text }) => text)).toEqual(['come', 'back']);
    expect(found[0].startSeconds).toBeCloseTo(0.5, 2);
  });
});
