import { describe, expect, it } from 'vitest';
import { createTracks } from '../curves/sampledTracks';
import { CURVE_FRAME_RATE } from '../time/frameRate';
import { clipLine, clipSettingsOf, firstTimecodeFrame } from './clipLine';
import { writeLiveLinkCsv } from './livelink/writeLiveLinkCsv';

function line() {
  const tracks = createTracks(121, CURVE_FRAME_RATE);
  for (const samples of tracks.channels) samples.forEach((_, frame) => (samples[frame] = frame / 1000));
  const segment = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds, confidence: 1 });
  return {
    tracks,
    durationSeconds: 2,
    words: [
      { text: 'one', ...segment(0.1, 0.6) },
      { text: 'two', ...segment(0.8, 1.6) },
    ],
    phonemes: [
      { phoneme: 'SIL' as const, ...segment(0, 1) },
      { phoneme: 'AA' as const, ...segment(1, 2) },
    ],
  };
}

describe('clipLine', () => {
  it('without in and out is the line itself', () => {
    const whole = line();
    expect(clipLine(whole, {})).toBe(whole);
  });

  it('cuts curves, words and phonemes; time 0 is the in point', () => {
    const clipped = clipLine(line(), { inSeconds: 0.5, outSeconds: 1.5 });
    expect(clipped.tracks.frameCount).toBe(61);
    expect(clipped.tracks.channels[0][0]).toBeCloseTo(0.03, 6);
    expect(clipped.tracks.channels[0][60]).toBeCloseTo(0.09, 6);
    expect(clipped.durationSeconds).toBe(1);
    expect(clipped.words.map(({ text, startSeconds, endSeconds }) => [text, startSeconds, endSeconds])).toEqual([
      ['one', 0, expect.closeTo(0.1, 9)],
      ['two', expect.closeTo(0.3, 9), 1],
    ]);
    expect(clipped.phonemes.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 0.5],
      [0.5, 1],
    ]);
  });

  it('never gives less than a frame, however wrong the points are', () => {
    for (const [inSeconds, outSeconds] of [
      [5, 1],
      [1.9, 0.1],
      [-3, -1],
    ])
      expect(clipLine(line(), { inSeconds, outSeconds }).tracks.frameCount).toBeGreaterThanOrEqual(1);
  });
});

describe('a line with rolls', () => {
  /** Curves from 1 s before the sound to 1 s behind it; the value of a frame is its time. */
  function rolledLine() {
    const tracks = createTracks(241, { ...CURVE_FRAME_RATE, startFrame: -60 });
    for (const samples of tracks.channels) samples.forEach((_, frame) => (samples[frame] = (frame - 60) / 60));
    return { ...line(), tracks };
  }

  it('begins at the pre-roll and ends behind the post-roll, with silence in the phonemes', () => {
    const clip = clipSettingsOf({ durationSeconds: 2, preRollSeconds: 0.5, postRollSeconds: 0.75 });
    const clipped = clipLine(rolledLine(), clip);
    expect(clipped.tracks.frameRate).toEqual(CURVE_FRAME_RATE);
    expect(clipped.tracks.frameCount).toBe(1 + 3.25 * 60);
    expect(clipped.tracks.channels[0][0]).toBeCloseTo(-0.5, 6);
    expect(clipped.tracks.channels[0][clipped.tracks.frameCount - 1]).toBeCloseTo(2.75, 6);
    expect(clipped.durationSeconds).toBeCloseTo(3.25, 9);
    expect(clipped.phonemes.map(({ phoneme, startSeconds, endSeconds }) => [phoneme, startSeconds, endSeconds])).toEqual([
      ['SIL', 0, 1.5],
      ['AA', 1.5, 2.5],
      ['SIL', 2.5, 3.25],
    ]);
    expect(clipped.words[0].startSeconds).toBeCloseTo(0.6, 9);
  });

  it('is cut to in and out points in the rolls, and without rolls in the settings to the sound', () => {
    const part = clipLine(rolledLine(), { inSeconds: -0.25, outSeconds: 2.25 });
    expect(part.tracks.channels[0][0]).toBeCloseTo(-0.25, 6);
    expect(part.durationSeconds).toBeCloseTo(2.5, 9);
    const sound = clipLine(rolledLine(), {});
    expect(sound.tracks.channels[0][0]).toBe(0);
    expect(sound.tracks.frameCount).toBe(121);
    expect(sound.durationSeconds).toBe(2);
  });

  it('carries the timecode of the sound less the pre-roll, past midnight when it must', () => {
    const before = { inSeconds: -0.5 };
    expect(firstTimecodeFrame({ ...before, startTimecode: { text: '01:00:10:00', rate: '24' } }, 24)).toBe(3610 * 24 - 12);
    expect(firstTimecodeFrame({ ...before, startTimecode: { text: '00:00:00:00', rate: '24' } }, 24)).toBe(24 * 3600 * 24 - 12);
    expect(firstTimecodeFrame(before, 24)).toBe(0);
    const clip = { ...before, startTimecode: { text: '00:00:00:00', rate: '60' } };
    const text = new TextDecoder().decode(writeLiveLinkCsv({ ...clipLine(rolledLine(), clip), clip }));
    expect(text.split('\n')[1]).toMatch(/^23:59:59:30\.000,/);
  });
});

describe('the timecode of a clip', () => {
  it('is the start of the line plus the in point, in frames of the file', () => {
    expect(firstTimecodeFrame({}, 60)).toBe(0);
    expect(firstTimecodeFrame({ startTimecode: { text: '01:00:10:12', rate: '24' } }, 24)).toBe(3610 * 24 + 12);
    expect(firstTimecodeFrame({ startTimecode: { text: '01:00:10:12', rate: '24' }, inSeconds: 0.5 }, 60)).toBe(
      3610 * 60 + 30 + 30,
    );
  });

  it('is what the Live Link CSV begins with', () => {
    const clip = { startTimecode: { text: '01:00:10:00', rate: '60' }, inSeconds: 0.5 } as const;
    const text = new TextDecoder().decode(writeLiveLinkCsv({ ...clipLine(line(), clip), clip }));
    expect(text.split('\n')[1]).toMatch(/^01:00:10:30\.000,/);
  });
});
