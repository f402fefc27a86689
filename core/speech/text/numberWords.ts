const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion'];
const IRREGULAR_ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** Spoken words of a whole number given as digits; more than 15 digits, or a leading zero, are read digit by digit. */
export function cardinalWords(digits: string): string[] {
  if (digits.length > 15 || (digits.length > 1 && digits.startsWith('0'))) return digitWords(digits);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  const words = groups.flatMap((group, i) => {
    const spoken = hundredsWords(Number(group));
    const scale = SCALES[groups.length - 1 - i];
    return spoken.length > 0 && scale !== '' ? [...spoken, scale] : spoken;
  });
  return words.length > 0 ? words : ['zero'];
}

/** As `cardinalWords` with the last word as an ordinal: "twenty first". */
export function ordinalWords(digits: string): string[] {
  const words = cardinalWords(digits);
  const last = words[words.length - 1];
  const ordinal = IRREGULAR_ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return [...words.slice(0, -1), ordinal];
}

/** One word a digit. */
export function digitWords(digits: string, zero = 'zero'): string[] {
  return [...digits].map((digit) => (digit === '0' ? zero : ONES[Number(digit)]));
}

/** A year as spoken: "nineteen eighty four", "two thousand five", "nineteen oh six"; null when it is none (1100-2099). */
export function yearWords(digits: string): string[] | null {
  const year = Number(digits);
  if (digits.length !== 4 || year < 1100 || year > 2099) return null;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (rest === 0) return century % 10 === 0 ? [ONES[century / 10], 'thousand'] : [...hundredsWords(century), 'hundred'];
  if (century === 20 && rest < 10) return ['two', 'thousand', ONES[rest]];
  return [...hundredsWords(century), ...(rest < 10 ? ['oh', ONES[rest]] : hundredsWords(rest))];
}

function hundredsWords(value: number): string[] {
  const words: string[] = [];
  if (value >= 100) words.push(ONES[Math.floor(value / 100)], 'hundred');
  const rest = value % 100;
  if (rest >= 20) {
    words.push(TENS[Math.floor(rest / 10)]);
    if (rest % 10 > 0) words.push(ONES[rest % 10]);
  } else if (rest > 0) {
    words.push(ONES[rest]);
  }
  return words;
}
