import { MienError } from '../../errors';
import { DIRECTION, GIVEN, takeOutMarkup } from './markup';
import { spokenForms } from './spokenForms';

/** One word of the transcript as it is written, with the ways to say it. */
export interface TranscriptWord {
  /** As written, without the punctuation around it. */
  readonly text: string;
  /**
   * Alternatives, each a sequence of lower-case words of a-z and apostrophes ("1984": nineteen eighty four, ...), of capitals
   * for letters said one by one ("NPC"), or of given phones between slashes ("/K EY1 L/"). Never empty.
   */
  readonly spoken: readonly (readonly string[])[];
}

export interface NormalisedText {
  readonly words: readonly TranscriptWord[];
  /** Words in letters we have no sounds for (another script); they are left out. */
  readonly unreadable: readonly string[];
  readonly directions: readonly StageDirection[];
}

/** "[laughs softly]": not spoken, but something happens. */
export interface StageDirection {
  /** Without its brackets. */
  readonly text: string;
  /** It stands before this word; the number of words when it ends the line. */
  readonly beforeWord: number;
}

/** Three hours of fast speech stay below this. */
const MAX_CHARACTERS = 200_000;
/**
 * A transcript to words and the ways to say them: numbers, money, dates, times, units, usual abbreviations, initials, Roman
 * numerals, addresses and hyphens are written out; markup is taken out, stage directions are kept apart with their place.
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
  const { plain, directions, given } = takeOutMarkup(unifyPunctuation(text));
  const tokens = plain.split(/\s+/).filter((token) => token !== '');
  const words: TranscriptWord[] = [];
  const unreadable: string[] = [];
  const placed: StageDirection[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const mark = tokens[i][0];
    if (mark === DIRECTION) {
      placed.push({ text: directions[Number(tokens[i].slice(1))], beforeWord: words.length });
      continue;
    }
    if (mark === GIVEN) {
      words.push(given[Number(tokens[i].slice(1))]);
      continue;
    }
    const { spoken, used } = spokenForms(tokens, i);
    const shown = trimPunctuation(tokens.slice(i, i + used).join(' '));
    if (spoken.length > 0) words.push({ text: shown, spoken });
    else if (/\p{L}|\p{N}/u.test(tokens[i]) && !/^[:;=xX8][-o'^]?[DdPpOoS]+$/.test(tokens[i])) unreadable.push(shown);
    i += used - 1;
  }
  return { words, unreadable, directions: placed };
}

/** Vulgar fractions: "2½" is "2 1/2". */
const FRACTIONS: Readonly<Record<string, string>> = { '½': '1/2', '¼': '1/4', '¾': '3/4', '⅓': '1/3', '⅔': '2/3', '⅛': '1/8' };

/** Typographic quotes, dashes and ellipses to plain ones; ligatures and full-width forms to letters. */
function unifyPunctuation(text: string): string {
  return (
    text
      .replace(/[\ue000-\uf8ff]/g, ' ')
      .replace(
        /(\d)?([½¼¾⅓⅔⅛])/g,
        (_whole, digit: string | undefined, mark: string) => `${digit === undefined ? '' : `${digit} `}${FRACTIONS[mark]}`,
      )
      .replace(/\u2122|\u00ae|\u00a9/g, '')
      .replace(/²(?=\W|$)/g, ' squared ')
      .replace(/³(?=\W|$)/g, ' cubed ')
      .replace(/№\s*/g, '#')
      .normalize('NFKC')
      .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
      .replace(/[\u2018\u2019\u201b\u02bc\u00b4`]/g, "'")
      .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
      .replace(/[\u2010\u2011]/g, '-')
      .replace(/(\d)[\u2012\u2013](?=\d)/g, '$1-')
      .replace(/[\u2012-\u2015]|--+/g, ' ')
      .replace(/\u2026|\.{2,}/g, ' ')
      .replace(/\u2044/g, '/')
      // "wait,what" and "No!Stop": a space was forgotten.
      .replace(/(\p{L}[,!?;])(?=\p{L}{2})/gu, '$1 ')
  );
}

function trimPunctuation(text: string): string {
  const trimmed = text
    .replace(/^(?:[^\p{L}\p{N}$£€¥₹₽#&@+'%.-]|[.-](?!\d))+|[^\p{L}\p{N}%'+°¢€$£#]+$/gu, '')
    .replace(/^'(?=.*'$)|'$/g, '');
  return trimmed === '' ? text : trimmed;
}
