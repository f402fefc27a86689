import { describe, expect, it } from 'vitest';
import type { WordSegment } from '../../speech/segments';
import type { ActiveEmotion } from '../emotions';
import labelledLines from './testing/labelledLines.json';
import { UNSEEN_LINES } from './testing/unseenLines';
import { emotionOfDirection } from './stageDirections';
import { suggestEmotions } from './suggestEmotions';

/** A line whose words follow each other every 300 ms, with a voice of one effort. */
function suggest(transcript: string, effort = 0.5) {
  const spoken = transcript.replace(/\[[^\]]*\]|\([^)]*\)/g, ' ').match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const words = spoken.map((text, k): WordSegment => ({
    text,
    startSeconds: 0.5 + k * 0.3,
    endSeconds: 0.75 + k * 0.3,
    confidence: 1,
  }));
  const durationSeconds = 1 + spoken.length * 0.3;
  const prosody = { effort: new Float32Array(Math.ceil(durationSeconds * 100)).fill(effort), hopSeconds: 0.01 };
  return { drafts: suggestEmotions({ transcript, words, prosody, durationSeconds }), words, durationSeconds };
}
const strongest = (transcript: string, effort?: number): ActiveEmotion | 'neutral' => {
  const { drafts } = suggest(transcript, effort);
  const peak = (keys: { value: number }[]) => Math.max(...keys.map(({ value }) => value));
  return [...drafts].sort((a, b) => peak([...b.keys]) - peak([...a.keys]))[0]?.emotion ?? 'neutral';
};

/** Lines whose emotion is known by construction: written for this test, with the effort such a line is spoken with. */
const KNOWN: readonly (readonly [ActiveEmotion | 'neutral', string, number])[] = [
  ['joy', "I'm so happy you made it, this is wonderful news!", 0.6],
  ['joy', 'We won! Thank you, thank you all, what a great day.', 0.7],
  ['joy', 'That was the best party, I love it here.', 0.55],
  ['sadness', "She's gone. I miss her, and I never said goodbye.", 0.3],
  ['sadness', 'I buried him alone, in tears.', 0.3],
  ['sadness', 'We lost everything, and I am so tired.', 0.25],
  ['anger', 'You lied to me! I hate you, you damn traitor!', 0.8],
  ['anger', 'Shut up, idiot. It was your fault.', 0.8],
  ['anger', 'Enough! Get out, you liar!', 0.85],
  ['fear', "Help! It's coming, we have to run and hide.", 0.7],
  ['fear', "I'm scared. There's something behind the door.", 0.45],
  ['fear', 'Be careful, it is dark, and I am terrified of this danger.', 0.5],
  ['disgust', 'That smell is disgusting, it stinks of rotten fish.', 0.5],
  ['disgust', 'Yuck, there is slime and filthy water in the sewer.', 0.5],
  ['surprise', 'Wow, unbelievable! I never expected this.', 0.7],
  ['surprise', 'What? Really? That is incredible.', 0.65],
  ['contempt', 'You are pathetic, a useless little amateur.', 0.45],
  ['contempt', 'How ridiculous. Typical, nobody would bother.', 0.4],
  ['playful', "I'm only teasing, silly. Guess again, I bet you can't catch me.", 0.6],
  ['playful', 'Ha, gotcha! That was a naughty trick.', 0.6],
  ['neutral', 'The train to the harbour departs at nine.', 0.5],
  ['neutral', 'Put the box on the second shelf by the window.', 0.5],
  ['neutral', 'The meeting moved to Tuesday morning.', 0.5],
  ['anger', '[angry] The train departs at nine.', 0.6],
  ['sadness', '[in tears] Put the box on the shelf.', 0.4],
  ['joy', '(laughing) The meeting moved to Tuesday.', 0.6],
  ['fear', '[terrified, whispering] The door is over there.', 0.3],
  ['contempt', '[sneering] Put it by the window.', 0.5],
  ['playful', '[mischievously] The key is in my pocket.', 0.5],
  ['surprise', '[startled] The window is open.', 0.6],
  ['disgust', '[disgusted] There is soup on the table.', 0.5],
  ['neutral', '[to Tomas] The window is open.', 0.5],
];

type Labelled = Readonly<{ emotion: ActiveEmotion | 'neutral'; text: string; effort: number }>;
/**
 * Lines of games written by someone who knew neither the words nor this code, with the effort such a line is spoken with.
 * Words and manner were tuned on one half. Nothing was tuned on the other half and on UNSEEN_LINES, written by another:
 * together 51 guesses on 96 lines with an emotion, 34 right, none on the 18 lines without.
 * Whoever tunes on them needs new lines.
 */
const LINES = labelledLines as { readonly forTuning: readonly Labelled[]; readonly heldOut: readonly Labelled[] };
const UNSEEN: readonly Labelled[] = [
  ...LINES.heldOut,
  ...UNSEEN_LINES.map(([emotion, text, effort]) => ({ emotion, text, effort })),
];

describe('suggested emotions', () => {
  it('find at least four of five lines whose emotion is known by construction', () => {
    const wrong = KNOWN.filter(([emotion, text, effort]) => strongest(text, effort) !== emotion);
    const accuracy = 1 - wrong.length / KNOWN.length;
    expect(
      accuracy,
      wrong.map(([emotion, text, effort]) => `${emotion}: ${text} -> ${strongest(text, effort)}`).join('\n'),
    ).toBeGreaterThanOrEqual(0.8);
  });

  it('guess right more often than not on lines nobody tuned them on, and leave information alone', () => {
    const guesses = UNSEEN.map(({ emotion, text, effort }) => ({ emotion, guess: strongest(text, effort) }));
    const made = guesses.filter(({ guess }) => guess !== 'neutral');
    const right = made.filter(({ emotion, guess }) => emotion === guess).length;
    const shifted = made.filter(({ guess }, k) => guess === made[(k + 3) % made.length].emotion).length;
    expect(made.length).toBeGreaterThanOrEqual(45);
    expect(right / made.length).toBeGreaterThanOrEqual(0.6);
    expect(right).toBeGreaterThan(2 * shifted);
    expect(guesses.filter(({ emotion, guess }) => emotion === 'neutral' && guess !== 'neutral')).toEqual([]);
  });

  it('keep what the lines for tuning taught', () => {
    const right = LINES.forTuning.filter(({ emotion, text, effort }) => strongest(text, effort) === emotion);
    expect(right.length / LINES.forTuning.length).toBeGreaterThanOrEqual(0.9);
  });

  it('do no better than chance when the labels are shifted (control)', () => {
    const right = KNOWN.filter(([, text, effort], k) => strongest(text, effort) === KNOWN[(k + 11) % KNOWN.length][0]);
    expect(right.length / KNOWN.length).toBeLessThan(0.35);
  });

  it('change where a direction changes, and stay within the line', () => {
    const { drafts, words, durationSeconds } = suggest('[angry] Put it down. Put it down now. [sad] I am going home today.');
    const anger = drafts.find(({ emotion }) => emotion === 'anger')!;
    const sadness = drafts.find(({ emotion }) => emotion === 'sadness')!;
    const border = words[7].startSeconds;
    expect(Math.max(...anger.keys.filter(({ timeSeconds }) => timeSeconds > border + 0.5).map(({ value }) => value), 0)).toBe(0);
    expect(Math.max(...sadness.keys.filter(({ timeSeconds }) => timeSeconds > border).map(({ value }) => value))).toBeGreaterThan(
      0.4,
    );
    for (const { keys } of drafts) {
      keys.forEach((key, k) => {
        expect(key.timeSeconds).toBeGreaterThanOrEqual(0);
        expect(key.timeSeconds).toBeLessThanOrEqual(durationSeconds);
        if (k > 0) expect(key.timeSeconds).toBeGreaterThan(keys[k - 1].timeSeconds);
      });
    }
  });

  it('grow with the effort of the voice, and turn around what is negated', () => {
    const peak = (effort: number) =>
      Math.max(...suggest('[angry] Put it down.', effort).drafts[0].keys.map(({ value }) => value));
    expect(peak(0.9)).toBeGreaterThan(peak(0.2));
    expect(strongest("I'm not happy, not happy at all.")).not.toBe('joy');
    expect(suggest('').drafts).toEqual([]);
  });

  it('read how strong a direction is', () => {
    expect(emotionOfDirection('slightly sad')!.intensity).toBeLessThan(emotionOfDirection('sad')!.intensity);
    expect(emotionOfDirection('very angry')!.intensity).toBeGreaterThan(emotionOfDirection('angry')!.intensity);
    expect(emotionOfDirection('coughs')).toBeNull();
  });
});
