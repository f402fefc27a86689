import { digitWords } from './numberWords';
import { wordParts } from './wordForms';

const SIGNS: Readonly<Record<string, string>> = {
  '.': 'dot',
  '/': 'slash',
  '-': 'dash',
  _: 'underscore',
  '@': 'at',
  ':': 'colon',
  '~': 'tilde',
  '?': 'question mark',
  '=': 'equals',
  '&': 'and',
  '#': 'hash',
  '%': 'percent',
  '+': 'plus',
};
/** Endings that make "name.ending" an address rather than two words without a space. */
const ENDINGS = 'com|org|net|edu|gov|io|gg|tv|me|info|biz|co|uk|de|fr|it|es|jp|ru|eu|us|ca|au|exe|txt|html|zip|wav|mp3|fbx|glb';

/** Web and mail addresses, file names, #tags and @names as they are read out; null when the token is none of them. */
export function webForms(token: string): string[][] | null {
  const body = token.replace(/[.,;!?)]+$/, '');
  const tag = /^([#@])([A-Za-z]\w*)$/.exec(body);
  if (tag !== null) {
    const words = camelWords(tag[2]);
    return tag[1] === '@' ? [['at', ...words]] : [['hashtag', ...words], words];
  }
  const scheme = /^(https?|ftp):\/\//i.exec(body);
  const rest = scheme ? body.slice(scheme[0].length) : body;
  const isMail = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(rest);
  const isAddress =
    scheme !== null ||
    /^www\./i.test(rest) ||
    isMail ||
    new RegExp(`^[\\w-]+(\\.[\\w-]+)*\\.(${ENDINGS})(/\\S*)?$`, 'i').test(rest);
  if (!isAddress || !/[A-Za-z]/.test(rest)) return null;
  const said = readOut(rest.replace(/\/$/, ''));
  if (said.length === 0) return null;
  return scheme === null ? [said] : [said, [...scheme[1].toLowerCase(), 'colon', 'slash', 'slash', ...said]];
}

function readOut(address: string): string[] {
  return address.split(/([^A-Za-z0-9'])/).flatMap((part) => {
    if (part === '') return [];
    if (SIGNS[part] !== undefined) return SIGNS[part].split(' ');
    if (/^www$/i.test(part)) return ['w', 'w', 'w'];
    return part.split(/(\d+)/).flatMap((piece) => (/^\d+$/.test(piece) ? digitWords(piece) : camelWords(piece)));
  });
}

/** "SaveTheDragon" to its words; a tag in one case stays one word. */
function camelWords(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[\s_]+|(\d+)/)
    .flatMap((part) => (part === undefined || part === '' ? [] : /^\d+$/.test(part) ? digitWords(part) : wordParts(part)));
}
