import { readDirection } from '../nonspeech/readDirection';
import { ipaToPhonemes } from './ipa';
import { parseArpabet } from './pronunciation';

/** Written text with its markup taken out. In `plain`, `DIRECTION` and `GIVEN` followed by a decimal index stand for what was found. */
export interface PlainText {
  readonly plain: string;
  /** Stage directions without their brackets. */
  readonly directions: readonly string[];
  /** Words whose sound is given with them (SSML phoneme and sub). */
  readonly given: readonly GivenWord[];
}

export interface GivenWord {
  readonly text: string;
  readonly spoken: readonly (readonly string[])[];
}

/** Private-use letters: no text of a person holds them, and `normaliseText` removes them from input first. */
export const DIRECTION = '\ue000';
export const GIVEN = '\ue001';

/** [laughs], (quietly), {beat}; a bracket that never closes is text. A bracket of digits "(555)" is a telephone code. */
const BRACKETS = /\[[^\][]*\]|\((?!\s*\d[\d\s]*\))[^()]*\)|\{[^{}]*\}/g;
const SSML = /<\/?[A-Za-z!?][^<>]*>/g;
const ATTRIBUTE = (name: string) => new RegExp(`\\b${name}\\s*=\\s*("([^"]*)"|'([^']*)')`, 'i');

/**
 * Takes stage directions, SSML and other tags, and marks of emphasis out of a text. `*sighs*` is a direction, `*really*` an
 * emphasised word: a name of a sound, or several words of which the first is a verb or adverb, make it a direction.
 */
export function takeOutMarkup(text: string): PlainText {
  const directions: string[] = [];
  const given: GivenWord[] = [];
  const direct = (inner: string) => {
    directions.push(inner.trim());
    return ` ${DIRECTION}${directions.length - 1} `;
  };
  const give = (word: string, spoken: string[][]) => {
    given.push({ text: word.trim(), spoken });
    return ` ${GIVEN}${given.length - 1} `;
  };
  const plain = text
    .replace(/<phoneme\b([^<>]*)>([^<>]*)<\/phoneme>/gi, (_whole, attributes: string, word: string) => {
      const phones = phonesOf(attributes);
      return phones === null || word.trim() === '' ? ` ${word} ` : give(word, [[phones]]);
    })
    .replace(
      /<sub\b([^<>]*)>([^<>]*)<\/sub>/gi,
      (_whole, attributes: string, word: string) => ` ${attribute(attributes, 'alias') ?? word} `,
    )
    .replace(/<say-as\b([^<>]*)>([^<>]*)<\/say-as>/gi, (_whole, attributes: string, word: string) =>
      /characters|spell|letters|digits/i.test(attribute(attributes, 'interpret-as') ?? '')
        ? ` ${[...word.replace(/\s/g, '')].join(' ')} `
        : ` ${word} `,
    )
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(SSML, (tag) => {
      const inner = tag.replace(/^<\/?|\/?>$/g, '').trim();
      // <cough> is a sound; <b>, <break/> and <prosody ...> are markup.
      return readDirection(inner) === null ? ' ' : direct(inner);
    })
    .replace(BRACKETS, (whole) => (/[\p{L}\p{N}]/u.test(whole) ? direct(whole.slice(1, -1)) : ' '))
    .replace(/(\*{2,3}|_{2,3}|~~)(?=\S)([^*_~\n]+?)\1/g, ' $2 ')
    .replace(/\*([^*\n]+)\*/g, (_whole, inner: string) => (isDirection(inner) ? direct(inner) : ` ${inner} `))
    .replace(/(^|[\s"'(])_([^_\n]+)_(?=$|[\s"').,!?;:])/g, '$1$2');
  return { plain, directions, given };
}

function isDirection(inner: string): boolean {
  if (readDirection(inner) !== null) return true;
  const words = inner.trim().toLowerCase().split(/\s+/);
  return (
    words.length > 1 &&
    /(s|ing|ly)$/.test(words[0]) &&
    !/^(this|is|was|has|his|its|yes|us|always|sometimes|really|only|nothing|something|everything|anything|thing|things|king|what's|that's|it's|he's|she's|let's)$/.test(
      words[0],
    )
  );
}

function phonesOf(attributes: string): string | null {
  const ph = attribute(attributes, 'ph');
  if (ph === null) return null;
  const alphabet = attribute(attributes, 'alphabet') ?? 'ipa';
  const phones = /arpabet|cmu/i.test(alphabet) ? parseArpabet(ph) : ipaToPhonemes(ph).phones;
  return phones === null || phones.length === 0 ? null : `/${phones.join(' ')}/`;
}

function attribute(attributes: string, name: string): string | null {
  const match = ATTRIBUTE(name).exec(attributes);
  return match === null ? null : (match[2] ?? match[3] ?? '');
}
