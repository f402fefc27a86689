import { MONTHS } from './abbreviations';
import { cardinalWords, ordinalWords, yearWords } from './numberWords';

/** "3:30", "15:00", "3:30pm"; null when it is no time of day. */
export function timeForms(body: string): string[][] | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?([ap])?\.?(m)?\.?$/i.exec(body);
  if (match === null || Number(match[1]) > 24 || Number(match[2]) > 59) return null;
  const [, hours, minutes, seconds, half] = match;
  const hour = cardinalWords(String(Number(hours)));
  const tail = half === undefined ? [] : [half.toLowerCase(), 'm'];
  if (seconds !== undefined) return [[...hour, ...twoDigits(minutes), ...twoDigits(seconds), ...tail]];
  if (minutes === '00') {
    if (half !== undefined) return [[...hour, ...tail]];
    return [[...hour, "o'clock"], hour, [...hour, 'hundred'], [...hour, 'hundred', 'hours']];
  }
  const forms = [[...hour, ...twoDigits(minutes), ...tail]];
  if (half !== undefined || Number(hours) > 12) return forms;
  if (minutes === '15') forms.push(['quarter', 'past', ...hour]);
  if (minutes === '30') forms.push(['half', 'past', ...hour]);
  if (minutes === '45') forms.push(['quarter', 'to', ...cardinalWords(String((Number(hours) % 12) + 1))]);
  return forms;
}

function twoDigits(digits: string): string[] {
  return digits.startsWith('0') ? ['oh', ...cardinalWords(digits.slice(1))] : cardinalWords(digits);
}

/** "12/25/2024", "25.12.2024", "2024-12-25": month first and, where that can be, day first. Null when it is no date. */
export function dateForms(body: string): string[][] | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(body);
  if (iso !== null) return dayForms(Number(iso[2]), Number(iso[3]), iso[1]);
  const match = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(body);
  if (match === null) return null;
  const first = Number(match[1]);
  const second = Number(match[3]);
  const forms = [
    ...(first <= 12 ? dayForms(first, second, match[4]) : []),
    ...(second <= 12 ? dayFirst(first, second, match[4]) : []),
  ];
  if (forms.length > 0) return forms;
  return [[...cardinalWords(String(first)), ...cardinalWords(String(second)), ...yearSaid(match[4])]];
}

function dayForms(month: number, day: number, year: string): string[][] {
  if (month < 1 || month > 12 || day < 1)
    return [[...cardinalWords(year), ...cardinalWords(String(month)), ...cardinalWords(String(day))]];
  return [[MONTHS[month - 1], ...ordinalWords(String(day)), ...yearSaid(year)]];
}

function dayFirst(day: number, month: number, year: string): string[][] {
  if (month < 1 || day < 1) return [];
  return [['the', ...ordinalWords(String(day)), 'of', MONTHS[month - 1], ...yearSaid(year)]];
}

function yearSaid(year: string): string[] {
  const full = year.length === 2 ? `20${year}` : year;
  return yearWords(full) ?? cardinalWords(full);
}

/** A day of the month beside its month: "March 3" and "3 March". */
export function dayOfMonthForms(day: string, isAfterMonth: boolean): string[][] {
  const ordinal = ordinalWords(day);
  const cardinal = cardinalWords(day);
  return isAfterMonth ? [ordinal, ['the', ...ordinal], cardinal] : [['the', ...ordinal, 'of'], ordinal, cardinal];
}
