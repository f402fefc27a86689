import { MienError } from '../../errors';
import { spokenForms } from './spokenForms';

/** One word of the transcript as it is written, with the ways to say it. */
export interface TranscriptWord {
  /** As written, without the punctuation around it. */
  readonly text: string;
  /** Alternatives, each a sequence of lower-case words of a-z and apostrophes ("1984": nineteen eighty four, ...). Never empty. */
  readonly spoken: readonly (readonly string[])[];
}

export interface NormalisedText {
  readonly words: readonly TranscriptWord[];
  /** Words in letters we have no sounds for (another script); they are left out. */
  readonly unreadable: readonly string[];
}

/** Three hours of fast speech stay below this. */
const MAX_CHARACTERS = 200_000;
/** Stage directions: [laughs], (quietly), {beat}, <cough>, *sighs*. */
const DIRECTIONS = /\[[^\][]*\]|\([^()]*\)|\{[^{}]*\}|<[^<>]*>|\*[^*\n]*\*/g;

/**
 * A transcript to words and the ways to say them: numbers, money, dates, times, usual abbreviations, initials and hyphens are
 * written out; stage directions in brackets and punctuation are left out.
 * @throws MienError 'text-unusable' when it is longer than any line can be
 */
export function normaliseText(text: string): NormalisedText {
  if (text.length > MAX_CHARACTERS) {
    throw new MienError(
      'text-unusable',
      `The transcript has ${text.length} characters; a line can have ${MAX_CHARACTERS}.`,
      'Give the text of this line only.',
    );
  }
  const plain = unifyPunctuation(text).replace(DIRECTIONS, ' ');
  const tokens = plain.split(/\s+/).filter((token) => token !== '');
  const words: TranscriptWord[] = [];
  const unreadable: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const { spoken, used } = spokenForms(tokens, i);
    const shown = trimPunctuation(tokens.slice(i, i + used).join(' '));
    if (spoken.length > 0) words.push({ text: shown, spoken });
    else if (/\p{L}|\p{N}/u.test(tokens[i])) unreadable.push(shown);
    i += used - 1;
  }
  return { words, unreadable };
}

/** Typographic quotes, dashes and ellipses to plain ones; ligatures and full-width forms to letters. */
function unifyPunctuation(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201b\u02bc\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2012-\u2015]|--+/g, ' ')
    .replace(/\u2026|\.{2,}/g, ' ');
}

function trimPunctuation(text: string): string {
  const trimmed = text.replace(/^[^\p{L}\p{N}$£€#&@+'%]+|[^\p{L}\p{N}%'+°]+$/gu, '').replace(/^'(?=.*'$)|'$/g, '');
  return trimmed === '' ? text : trimmed;
}
