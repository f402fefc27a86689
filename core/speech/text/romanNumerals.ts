const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
/** What is numbered in Roman figures with a plain number; behind other names it is a ruler's ("Henry VIII"). */
const COUNTED =
  /^(chapter|part|act|scene|book|volume|level|phase|stage|type|mark|mk|episode|war|class|section|article|act|version|final|quest|tier|rank)$/i;

/** Value of a Roman numeral of two letters or more up to 39; null otherwise ("I", "X" and "V" alone are a word and letters). */
export function romanValue(token: string): number | null {
  if (!/^(?=[IVX]{2,})X{0,3}(IX|IV|V?I{0,3})$/.test(token)) return null;
  let value = 0;
  [...token].forEach((letter, i) => {
    const own = VALUES[letter];
    value += own < (VALUES[token[i + 1]] ?? 0) ? -own : own;
  });
  return value;
}

export function isCountedInRoman(word: string): boolean {
  return COUNTED.test(word);
}
