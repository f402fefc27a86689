import { describe, expect, it } from 'vitest';
import { analyseProsody } from '../../audio/analyseProsody';
import type { Heard } from '../listen';
import { PHONEMES } from '../phonemes';
import type { PhonemeSegment, WordSegment } from '../segments';
import { findNonspeech } from './findNonspeech';
import { readDirection } from './readDirection';

describe('readDirection', () => {
  it.each([
    ['laughs', 'laugh', 1],
    ['laughing softly', 'laugh', 0.5],
    ['chuckles', 'laugh', 1],
    ['giggle', 'laugh', 1],
    ['sobbing', 'sob', 1],
    ['sighs heavily', 'sigh', 1.5],
    ['gasps', 'gasp', 1],
    ['sharp intake of breath', 'gasp', 1],
    ['takes a deep breath', 'breath', 1.5],
    ['panting', 'breath', 1],
    ['screams in pain', 'scream', 1.5],
    ['grunts with effort', 'grunt', 1],
    ['clears his throat', 'cough', 1],
    ['coughs', 'cough', 1],
    ['sniffles', 'sniff', 1],
    ['yawns', 'yawn', 1],
    ['gulp', 'swallow', 1],
    ['nods', 'nod', 1],
    ['shakes her head', 'shake', 1],
  ])('%s', (text, type, intensity) => expect(readDirection(text)).toEqual({ type, intensity }));

  it.each(['quietly', 'to himself', 'angry', 'beat', 'shouting to the crowd', 'slaughter', ''])('%s is no sound', (text) =>
    expect(readDirection(text)).toBeNull(),
  );
});

/** A part of a line: what is heard, how loud (dB full scale), whether it is said by a voice. */
interface Part {
  readonly seconds: number;
  readonly db: number;
  readonly kind: 'silence' | 'speech' | 'unsure' | 'voice' | 'noise';
  /** Bursts a second, for laughter. */
  readonly rate?: number;
}

function lineOf(parts: readonly Part[]): { heard: Heard; words: WordSegment[]; phonemes: PhonemeSegment[] } {
  const samples: number[] = [];
  const truth: Part[] = [];
  const words: WordSegment[] = [];
  const phonemes: PhonemeSegment[] = [];
  let seed = 5;
  const noise = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1) * 1.7;
  for (const part of parts) {
    const startSeconds = samples.length / 16000;
    for (let i = 0; i < part.seconds * 16000; i++) {
      const time = i / 16000;
      const gate = part.rate === undefined ? 1 : Math.sin(Math.PI * part.rate * time) ** 4;
      const carrier =
        part.kind === 'noise'
          ? noise()
          : part.kind === 'silence'
            ? noise() * 0.5
            : [1, 2, 3, 4].reduce((sum, k) => sum + Math.sin(2 * Math.PI * 180 * k * time) / k, 0);
      samples.push(carrier * 10 ** (part.db / 20) * gate);
      if (samples.length % 160 === 1) truth.push(part);
    }
    const phone = part.kind === 'speech' || part.kind === 'unsure' ? PHONEMES[3] : 'SIL';
    phonemes.push({
      phoneme: phone,
      startSeconds,
      endSeconds: samples.length / 16000,
      confidence: part.kind === 'unsure' ? 0.3 : 0.9,
    });
    if (part.kind === 'speech')
      words.push({ text: `w${words.length}`, startSeconds, endSeconds: samples.length / 16000, confidence: 0.9 });
  }
  const prosody = analyseProsody({ sampleRateHz: 16000, samples: Float32Array.from(samples) });
  const frameCount = truth.length;
  const voice = Float32Array.from(truth, ({ kind }) => (kind === 'speech' || kind === 'unsure' ? 0.95 : 0.1));
  const silent = new Float32Array(frameCount);
  const phoneLogProbs = new Float32Array(frameCount * PHONEMES.length).fill(Math.log(1 / PHONEMES.length));
  truth.forEach(({ kind }, frame) => {
    if (kind === 'speech') phoneLogProbs[frame * PHONEMES.length + 3] = Math.log(0.9);
    if (kind === 'unsure') phoneLogProbs[frame * PHONEMES.length + 3] = Math.log(0.3);
  });
  return {
    heard: {
      durationSeconds: samples.length / 16000,
      prosody,
      posteriors: { frameCount, voice, phoneLogProbs, closed: silent, teeth: silent },
    },
    words,
    phonemes,
  };
}
const silence = (seconds: number): Part => ({ seconds, db: -70, kind: 'silence' });
const speech: Part = { seconds: 0.8, db: -20, kind: 'speech' };

describe('findNonspeech', () => {
  const find = (parts: readonly Part[], directions: readonly { text: string; beforeWord: number }[] = []) => {
    const { heard, words } = lineOf(parts);
    return findNonspeech(heard, [], words, directions);
  };

  it('puts a direction on the sound that is there', () => {
    const events = find(
      [silence(0.4), speech, silence(0.3), { seconds: 0.7, db: -25, kind: 'voice' }, silence(0.3), speech],
      [{ text: 'laughs', beforeWord: 1 }],
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'laugh', from: 'direction' });
    expect(events[0].startSeconds).toBeCloseTo(1.5, 1);
    expect(events[0].endSeconds).toBeCloseTo(2.2, 1);
  });

  it('gives a direction without sound a usual length in its gap', () => {
    const [event] = find([silence(0.6), speech, silence(1), speech], [{ text: 'sighs', beforeWord: 1 }]);
    expect(event).toMatchObject({ type: 'sigh', from: 'direction' });
    expect(event.startSeconds).toBeGreaterThanOrEqual(1.39);
    expect(event.endSeconds).toBeLessThanOrEqual(2.41);
  });

  it('hears a breath before speech, a scream, a grunt and laughter', () => {
    const heard = (part: Part) =>
      find([silence(0.5), speech, silence(0.4), part, silence(0.25), speech, silence(0.5)]).map(({ type }) => type);
    expect(heard({ seconds: 0.4, db: -42, kind: 'noise' })).toEqual(['breath']);
    expect(heard({ seconds: 0.9, db: -9, kind: 'voice' })).toEqual(['scream']);
    expect(heard({ seconds: 0.3, db: -20, kind: 'voice' })).toEqual(['grunt']);
    expect(heard({ seconds: 1.1, db: -18, kind: 'voice', rate: 5 })).toEqual(['laugh']);
  });

  it('without words takes no phone for a noise in which a voice is heard, however unsure it is', () => {
    const types = (parts: readonly Part[]) => {
      const { heard, phonemes } = lineOf(parts);
      return findNonspeech(heard, phonemes, [], []).map(({ type }) => type);
    };
    const unsure: Part = { seconds: 0.9, db: -19, kind: 'unsure', rate: 5 };
    expect(
      types([silence(0.5), speech, silence(0.4), unsure, silence(0.25), { ...unsure, rate: undefined }, silence(0.5)]),
    ).toEqual([]);
    const scream: Part = { seconds: 0.9, db: -9, kind: 'voice' };
    expect(types([silence(0.5), speech, silence(0.4), scream, silence(0.25), speech, silence(0.5)])).toEqual(['scream']);
  });

  it('laughs at an even pace only', () => {
    const burst: Part = { seconds: 0.05, db: -18, kind: 'voice' };
    const pause = (seconds: number): Part => ({ seconds, db: -45, kind: 'silence' });
    const bursts = (pauses: readonly number[]) => pauses.flatMap((seconds) => [burst, pause(seconds)]);
    const types = (pauses: readonly number[]) =>
      find([silence(0.5), speech, silence(0.4), ...bursts(pauses), burst, silence(0.4), speech, silence(0.5)]).map(
        ({ type }) => type,
      );
    expect(types([0.12, 0.13, 0.12, 0.14])).toContain('laugh');
    expect(types([0.05, 0.155, 0.05, 0.155])).not.toContain('laugh');
  });

  it('hears in the murmur of a crowd what stands far out of it, and nothing else', () => {
    const crowd: Part = { seconds: 0.6, db: -26, kind: 'voice' };
    const { heard, words } = lineOf([silence(0.5), speech, silence(0.4), crowd, silence(0.3), speech, silence(0.5)]);
    const murmur = new Uint8Array(heard.posteriors.frameCount).fill(1, 170, 230);
    expect(findNonspeech(heard, [], words, []).map(({ type }) => type)).toEqual(['grunt']);
    expect(findNonspeech(heard, [], words, [], murmur)).toEqual([]);
    const laughing = lineOf([
      silence(0.5),
      speech,
      silence(0.4),
      { ...crowd, seconds: 1.2, rate: 5, db: -18 },
      silence(0.3),
      speech,
    ]);
    const around = new Uint8Array(laughing.heard.posteriors.frameCount).fill(1, 170, 290);
    expect(findNonspeech(laughing.heard, [], laughing.words, [], around).map(({ type }) => type)).toEqual(['laugh']);
  });

  it('finds nothing in plain speech and silence', () => {
    expect(find([silence(0.5), speech, silence(0.5), speech, silence(0.5)])).toEqual([]);
    expect(find([silence(2)])).toEqual([]);
  });
});
