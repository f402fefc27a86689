/** Letters apart, for initials and acronyms. */
export function lettersOf(text: string): string[] {
  return [...foldAccents(text).toLowerCase()].filter((letter) => letter >= 'a' && letter <= 'z');
}

/**
 * The words of one token: "well-known" to well, known; accents folded; what is no Latin letter or apostrophe is dropped.
 * Alternatives, the likeliest first; none when nothing in the token can be said.
 */
export function wordForms(token: string): string[][] {
  const parts = wordParts(token);
  if (parts.length === 0) return [];
  const forms = [parts];
  // "b-b-but", "I w-want": the broken-off starts may be swallowed. With them said, a start is its first sound.
  const clean = parts.filter((part, i) => !isStutter(part, parts[i + 1]));
  if (clean.length < parts.length) {
    forms.unshift(parts.map((part, i) => (isStutter(part, parts[i + 1]) ? startSound(part) : part)));
    forms[1] = clean;
  }
  // "uh-huh", "o-kay": some are one word of the dictionary.
  if (/^\p{L}+(-\p{L}+)+$/u.test(token) && parts.length > 1) forms.push([parts.join('').toLowerCase()]);
  return forms;
}

/** The words of one token in order, without alternatives. */
export function wordParts(token: string): string[] {
  return foldAccents(token)
    .replace(/&/g, ' and ')
    .split(/[-_/\\.,+|~\s]+/)
    .flatMap((part) => {
      const word = part
        .replace(/[^A-Za-z']/g, '')
        .replace(/^'+(?!(?:em|tis|twas|til|cause|bout|round|n|s|cos|gainst)$)|'+$/gi, '');
      return /[A-Za-z]/.test(word) ? [spelledOut(word, part)] : [];
    });
}

/** A word keeps its case only as long as it tells an acronym: the lexicon sees capitals as a mark in front. */
function spelledOut(word: string, written: string): string {
  // "runnin'" and "o'" keep their mark: it stands for a sound.
  const open = /(in|th|o|an)'$/i.test(written) && !word.endsWith("'") ? `${word}'` : word;
  const acronym = /^[A-Z]{2,5}('?s)?$/.test(open) && !/[a-z]{2}/.test(open);
  return acronym ? open : open.toLowerCase();
}

/** One or two letters without a vowel sound of their own, repeated at the start of what follows. */
function isStutter(part: string, next: string | undefined): boolean {
  if (next === undefined || part.length > 2 || !/^[a-z]+$/i.test(part)) return false;
  const start = part.toLowerCase();
  return (
    next.toLowerCase().startsWith(start) && (next.length > part.length || start === next.toLowerCase()) && !/^[aio]$/.test(start)
  );
}

const START_SOUNDS: Readonly<Record<string, string>> = {
  b: 'B AH0',
  c: 'K AH0',
  d: 'D AH0',
  f: 'F',
  g: 'G AH0',
  h: 'HH AH0',
  j: 'JH AH0',
  k: 'K AH0',
  l: 'L AH0',
  m: 'M',
  n: 'N',
  p: 'P AH0',
  q: 'K W AH0',
  r: 'R AH0',
  s: 'S',
  t: 'T AH0',
  v: 'V AH0',
  w: 'W AH0',
  x: 'Z',
  y: 'Y AH0',
  z: 'Z',
  th: 'DH AH0',
  sh: 'SH',
  ch: 'CH AH0',
  wh: 'W AH0',
};

/** A broken-off start as phones between slashes, which the lexicon takes as they are. */
function startSound(part: string): string {
  const sound = START_SOUNDS[part.toLowerCase()] ?? START_SOUNDS[part[0].toLowerCase()];
  return sound === undefined ? part : `/${sound}/`;
}

const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  ð: 'th',
  þ: 'th',
};

export function foldAccents(text: string): string {
  return [...text.normalize('NFD').replace(/\p{M}/gu, '')].map((letter) => FOLDED[letter] ?? letter).join('');
}
