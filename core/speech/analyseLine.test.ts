import { describe, expect, it } from 'vitest';
import type { FloatTensor, InferenceRunner } from '../performance/inferenceRunner';
import { analyseLine } from './analyseLine';
import { listen } from './listen';
import { decoderForTests } from './testing/decoderForTests';
import { beats, fakePosteriors, type Beat } from './testing/fakePosteriors';
import { understand } from './understand';

const decoder = decoderForTests();

/** A runner that hears a fixed line, whatever the sound; counts its runs. */
function hears(truth: readonly Beat[], certainty = 0.8): InferenceRunner & { runs: number } {
  const { phoneLogProbs, voice, closed, teeth } = fakePosteriors([...truth, ['SIL', 400]], certainty);
  const classLogProbs = (frames: number) =>
    Float32Array.from({ length: frames * 9 }, (_, i) =>
      Math.log(
        [0.01, closed, 0.01, 0.01, 0.01, 0.01, 0.01, teeth, 0.01].map((value) =>
          typeof value === 'number' ? value : value[Math.floor(i / 9)],
        )[i % 9],
      ),
    );
  return {
    provider: 'fake',
    runs: 0,
    run(_model, feeds) {
      this.runs++;
      const frames = feeds.mel.dims[1];
      const result: Record<string, FloatTensor> = {
        phones: { data: phoneLogProbs.slice(0, frames * 40), dims: [1, frames, 40] },
        voice: { data: voice.slice(0, frames), dims: [1, frames] },
        classes: { data: classLogProbs(frames), dims: [1, frames, 9] },
      };
      return Promise.resolve(result);
    },
  };
}
const truth = beats('SIL HH AH L OW SIL M AY SIL F R EH N D SIL');
const frames = truth.reduce((sum, [, length]) => sum + length, 0);
const pcm = {
  sampleRateHz: 48000,
  samples: Float32Array.from({ length: (frames * 480) | 0 }, (_, i) => 0.2 * Math.sin(i * 0.02)),
};

describe('analyseLine', () => {
  it('gives phones, words and prosody of one length, and steps of progress', async () => {
    const steps: string[] = [];
    const onProgress = (step: string, fraction: number) => {
      expect(fraction).toBeGreaterThanOrEqual(0);
      expect(fraction).toBeLessThanOrEqual(1);
      if (steps[steps.length - 1] !== step) steps.push(step);
    };
    const line = await analyseLine({ pcm, transcript: 'Hello, my friend!', runner: hears(truth), decoder, onProgress });
    expect(line.durationSeconds).toBeCloseTo(frames / 100, 6);
    expect(line.phonemes.map((p) => p.phoneme).join(' ')).toBe('SIL HH AH L OW SIL M AY SIL F R EH N D SIL');
    expect(line.phonemes[line.phonemes.length - 1].endSeconds).toBe(line.durationSeconds);
    expect(line.phonemes[4].stress).toBe(1);
    expect(line.words.map((word) => word.text)).toEqual(['Hello', 'my', 'friend']);
    expect(line.notices).toEqual([]);
    expect(line.prosody.voice[5]).toBeLessThan(0.1);
    expect(line.prosody.voice[30]).toBeGreaterThan(0.9);
    expect(steps).toEqual(['Preparing the sound', 'Listening', 'Measuring the voice', 'Aligning the text', 'Done']);
  });

  it('understands a new transcript without running the model again', async () => {
    const runner = hears(truth);
    const heard = await listen(pcm, runner);
    const runs = runner.runs;
    expect((await understand(heard, '', decoder)).words).toEqual([]);
    expect((await understand(heard, 'hello my friend', decoder)).words).toHaveLength(3);
    expect(runner.runs).toBe(runs);
  });

  it('tells which words do not fit, which cannot be read, and when the text belongs to another line', async () => {
    const heard = await listen(pcm, hears(truth));
    const odd = await understand(heard, 'hello purple friend 你好', decoder);
    expect(odd.words).toHaveLength(3);
    expect(odd.notices.join('\n')).toMatch(/你好/);
    expect(odd.notices.join('\n')).toMatch(/"purple" at .* does not fit/);
    const wrong = await understand(heard, 'elephants eat soup', decoder);
    expect(wrong.notices.join('\n')).toMatch(/does not seem to belong/);
    expect(wrong.words).toHaveLength(3);
    // The mouth then follows the sound.
    expect(wrong.phonemes).toEqual((await understand(heard, '', decoder)).phonemes);
    const long = await understand(heard, 'far too many words for this line '.repeat(40), decoder);
    expect(long.notices.join('\n')).toMatch(/longer than the line/);
    expect(long.phonemes).toEqual(wrong.phonemes);
  });

  it('refuses no sound, and stops when asked', async () => {
    const nothing = { sampleRateHz: 16000, samples: new Float32Array(0) };
    await expect(analyseLine({ pcm: nothing, transcript: '', runner: hears(truth), decoder })).rejects.toMatchObject({
      code: 'audio-empty',
    });
    const signal = { aborted: true };
    await expect(analyseLine({ pcm, transcript: '', runner: hears(truth), decoder, signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
