import { MienError } from '../../errors';
import { ipaToPhonemes } from './ipa';
import { checkUserWord, type UserWord } from './lexicon';
import { parseArpabet } from './pronunciation';

/** A dictionary longer than this is none of a project. */
const MAX_LINES = 100_000;

/**
 * A pronunciation as a user writes it: ARPAbet ("K EY1 L"), or IPA between slashes or square brackets ("/keɪl/").
 * @returns ARPAbet with stress digits, or null when it is neither
 */
export function readPronunciation(text: string): string | null {
  const ipa = /^[/[](.+)[/\]]$/.exec(text.trim());
  if (ipa !== null) {
    const { phones, unknown } = ipaToPhonemes(ipa[1]);
    return phones.length > 0 && unknown.length === 0 ? phones.join(' ') : null;
  }
  return parseArpabet(text)?.join(' ') ?? null;
}

/**
 * Words of a dictionary file, one a line: the word, then ARPAbet or IPA, parted by a tab, "=", ":" or spaces; "|" parts
 * alternatives, a word may stand on several lines, CMUdict's "word(2)" too. Lines that begin with "#" or ";" are comments.
 * @throws MienError 'text-unusable' that names the first line that cannot be read
 */
export function readUserWords(text: string, fileName: string): UserWord[] {
  const found = new Map<string, { word: string; pronunciations: string[] }>();
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  if (lines.length > MAX_LINES) throw wrong(fileName, `it has more than ${MAX_LINES} lines`);
  lines.forEach((line, index) => {
    if (/^\s*([#;].*)?$/.test(line)) return;
    const match = /^\s*([^\s=:,]+?)(?:\(\d+\))?\s*[\s=:,]\s*(\S.*)$/u.exec(line);
    if (match === null) throw wrong(fileName, `line ${index + 1} has a word without a pronunciation`);
    const forms = match[2].split('|').map((form) => readPronunciation(form));
    const bad = forms.indexOf(null);
    if (bad >= 0)
      throw wrong(fileName, `line ${index + 1}: "${match[2].split('|')[bad].trim()}" is neither ARPAbet nor IPA between slashes`);
    const entry = found.get(match[1].toLowerCase()) ?? { word: match[1], pronunciations: [] };
    entry.pronunciations.push(...(forms as string[]));
    const problem = checkUserWord(entry);
    if (problem !== null) throw wrong(fileName, `line ${index + 1}: ${problem}`);
    found.set(match[1].toLowerCase(), entry);
  });
  return [...found.values()];
}

/** The file that `readUserWords` reads. */
export function writeUserWords(words: readonly UserWord[]): string {
  return words.flatMap(({ word, pronunciations }) => pronunciations.map((form) => `${word}\t${form}\n`)).join('');
}

function wrong(fileName: string, why: string): MienError {
  return new MienError(
    'text-unusable',
    `${fileName} is no dictionary Mien can read: ${why}.`,
    'Write one word a line: Kael  K EY1 L  (or Kael  /keɪl/).',
  );
}
