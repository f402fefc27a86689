import { ABBREVIATIONS, BEFORE_NUMBER, SHORT_DAYS, SHORT_MONTHS, SHORT_WORDS, SYMBOLS } from './abbreviations';
import { moneyForms } from './moneyForms';
import { numberForms } from './numberForms';
import { cardinalWords, ordinalWords } from './numberWords';
import { isCountedInRoman, romanValue } from './romanNumerals';
import { webForms } from './webForms';
import { lettersOf, wordForms } from './wordForms';

/** What one written token (or a few) may be said as, and how many tokens that took. */
export interface SpokenForms {
  readonly spoken: string[][];
  readonly used: number;
}

/** More readings of one token than this only slow the alignment. */
const MOST_FORMS = 8;

/** Forms of the token at `index`; looks at its neighbours ("$3 million", "March 3", "5 km"). Empty when nothing in it can be said. */
export function spokenForms(tokens: readonly string[], index: number): SpokenForms {
  const raw = tokens[index];
  const core = coreOf(raw)!;
  const before = coreOf(tokens[index - 1])?.replace(/\.$/, '');
  const after = endsClause(raw) ? undefined : coreOf(tokens[index + 1])?.replace(/\.$/, '');
  const { spoken, used } = formsOf(raw, core, before, after);
  const seen = new Set<string>();
  const unique = spoken.filter((form) => {
    const key = form.join(' ');
    if (form.length === 0 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { spoken: unique.slice(0, MOST_FORMS), used };
}

function formsOf(raw: string, core: string, before: string | undefined, after: string | undefined): SpokenForms {
  const one = (spoken: string[][]): SpokenForms => ({ spoken, used: 1 });
  if (core === '' || isEmoticon(raw)) return one([]);
  const lower = core.toLowerCase();
  const stopped = lower.endsWith('.');
  const name = lower.replace(/\.$/, '');
  if (Object.hasOwn(SYMBOLS, core)) return one([SYMBOLS[core].split(' ')]);
  if (stopped && Object.hasOwn(BEFORE_NUMBER, name) && after !== undefined && /^#?\d/.test(after))
    return one(BEFORE_NUMBER[name]);
  if (stopped && Object.hasOwn(ABBREVIATIONS, name)) return one(ABBREVIATIONS[name]);
  if (Object.hasOwn(SHORT_WORDS, lower)) return one(SHORT_WORDS[lower]);
  if (stopped && /^[A-Z]/.test(core) && Object.hasOwn(SHORT_DAYS, name)) return one([[SHORT_DAYS[name]]]);
  if (
    /^[A-Z]/.test(core) &&
    Object.hasOwn(SHORT_MONTHS, name) &&
    (stopped || /^\d/.test(after ?? '')) &&
    (stopped || name !== 'mar')
  )
    return one([[SHORT_MONTHS[name]], wordForms(core)[0]]);
  if (/^(\p{L}\.){2,}\p{L}?\.?('?s)?$/u.test(core)) return one([initials(core)]);
  const web = webForms(core);
  if (web !== null) return one(web);
  if (/\d/.test(core)) return moneyForms(core, after) ?? numberForms(core.replace(/\.$/, ''), { before, after });
  const roman = romanValue(core.replace(/\.$/, ''));
  if (roman !== null && before !== undefined && /^\p{Lu}/u.test(before)) return one(romanForms(core, roman, before));
  return one(wordForms(core));
}

/** The token without quotes and punctuation around it; an apostrophe that stands for a letter ("'em", "runnin'") stays. */
function coreOf(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const opened = token
    .replace(/^["([{<\u00bf\u00a1]+/, '')
    .replace(/^'+(?!(?:em|tis|twas|til|cause|bout|round|gainst|n|cos)\b)/i, '');
  const closed = opened.replace(/["')\]}>,;:!?]+$/, (marks) => (/^'/.test(marks) ? "'" : ''));
  return closed.endsWith("'") && (/[^a-z]'$/i.test(closed) || /^["([{]*'/.test(token)) ? closed.slice(0, -1) : closed;
}

function endsClause(token: string): boolean {
  return /[,;:!?]["')\]]*$/.test(token);
}

function isEmoticon(token: string): boolean {
  return /^[:;=xX8][-o'^]?[()[\]DdPp|/\\3*OoS]+$/.test(token) || /^[-^<>_.;:'"~]+$/.test(token) || /^<3+$/.test(token);
}

function initials(core: string): string[] {
  const isPlural = /'?s$/.test(core) && !/\.s$/.test(core);
  const letters = lettersOf(isPlural ? core.replace(/'?s$/, '') : core);
  return isPlural ? [...letters.slice(0, -1), `${letters[letters.length - 1]}'s`] : letters;
}

function romanForms(core: string, value: number, before: string): string[][] {
  const cardinal = cardinalWords(String(value));
  const ruler = ['the', ...ordinalWords(String(value))];
  return [...(isCountedInRoman(before) ? [cardinal, ruler] : [ruler, cardinal]), lettersOf(core)];
}
