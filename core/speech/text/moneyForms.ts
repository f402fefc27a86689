import { MONEY } from './abbreviations';
import { cardinalWords, digitWords } from './numberWords';

const SCALE_WORD = /^(hundred|thousand|million|billion|trillion|grand|k|m|mil|bn)\b/i;
const SCALES: Readonly<Record<string, string>> = { k: 'thousand', m: 'million', mil: 'million', b: 'billion', bn: 'billion' };
const SIGNS = '$£€¥₹₽';

/**
 * "$3.50", "-$5", "5€", "50¢", "$3 million" (two tokens), "$20/hr".
 * @returns null when the token is no money
 */
export function moneyForms(core: string, next: string | undefined): { spoken: string[][]; used: number } | null {
  const text = core.replace(/[.]$/, '');
  const before = new RegExp(
    `^([-+])?([${SIGNS}])(\\d[\\d,]*)?(?:\\.(\\d{1,2}))?(k|m|mil|b|bn)?(?:/(hr|h|hour|day|week|month|mo|year|yr))?$`,
    'i',
  ).exec(text);
  const after = before ? null : new RegExp(`^([-+])?(\\d[\\d,]*)?(?:\\.(\\d{1,2}))?(k|m|bn)?([${SIGNS}¢])$`, 'i').exec(text);
  const match = before ?? (after && [after[0], after[1], after[5], after[2], after[3], after[4], undefined]);
  if (match === null || (match[3] === undefined && match[4] === undefined)) return null;
  const [one, many, minorOne, minorMany] = MONEY[match[2]];
  const lead = match[1] === '-' ? ['minus'] : match[1] === '+' ? ['plus'] : [];
  const tail =
    match[6] === undefined
      ? []
      : [
          ['an', 'hour'],
          ['a', 'day'],
          ['a', 'week'],
          ['a', 'month'],
          ['a', 'year'],
        ]['hdwmy'.indexOf(match[6][0].toLowerCase())];
  const whole = (match[3] ?? '0').replaceAll(',', '');
  const major = cardinalWords(whole);
  const scale = next === undefined ? null : SCALE_WORD.exec(next);
  const suffix = SCALES[(match[5] ?? '').toLowerCase()];
  if (scale !== null || suffix !== undefined) {
    const amount = match[4] === undefined ? major : [...major, 'point', ...digitWords(match[4])];
    const word = suffix ?? SCALES[scale![1].toLowerCase()] ?? scale![1].toLowerCase();
    const named = [...lead, ...amount, word, ...(word === 'grand' ? [] : [many]), ...tail];
    const spoken = word === 'thousand' ? [named, [...lead, ...amount, 'k', ...tail]] : [named];
    return { spoken, used: suffix === undefined ? 2 : 1 };
  }
  const cents = match[4] === undefined ? 0 : Number(match[4].padEnd(2, '0'));
  const name = whole === '1' ? one : many;
  if (cents === 0)
    return {
      spoken: [
        [...lead, ...major, name, ...tail],
        [...lead, ...major, ...tail],
      ],
      used: 1,
    };
  const minor = cardinalWords(String(cents));
  const minorName = cents === 1 ? minorOne : minorMany;
  if (whole === '0') return { spoken: [[...lead, ...minor, minorName, ...tail]], used: 1 };
  const spoken = [
    [...lead, ...major, name, 'and', ...minor, minorName, ...tail],
    [...lead, ...major, name, ...minor, ...tail],
    [...lead, ...major, ...minor, ...tail],
  ];
  return { spoken, used: 1 };
}
