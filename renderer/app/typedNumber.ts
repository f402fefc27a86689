/** A number being typed while keys follow the mouse, as in Blender's modal tools. */
const TYPED = /^-?\d{0,6}(\.\d{0,4})?$/;

/**
 * The text after one more key: digits, a point or comma, a minus (which turns the sign wherever it is pressed) and Backspace.
 * Null when the key has nothing to do with numbers; the text stays as it is when the key would make no number of it.
 */
export function typedAfter(text: string, key: string): string | null {
  if (key === 'Backspace') return text === '' ? null : text.slice(0, -1);
  if (key === '-') return text.startsWith('-') ? text.slice(1) : `-${text}`;
  if (!/^[\d.,]$/.test(key)) return null;
  const next = text + (key === ',' ? '.' : key);
  return TYPED.test(next) ? next : text;
}

/** The number of a typed text; null while there is none yet ("", "-", "."). */
export function typedValue(text: string): number | null {
  return /\d/.test(text) ? Number(text) : null;
}
