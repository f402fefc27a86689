import { describe, expect, it } from 'vitest';
import { normaliseText } from './normaliseText';

/** What is written, and how it is said: the first reading of each word, words joined by spaces. */
const FIRST: readonly (readonly [written: string, said: string])[] = [
  // Plain words and punctuation.
  ['Hello, world!', 'hello world'],
  ['“Quoted” — and ‘single’…', 'quoted and single'],
  ['wait,what', 'wait what'],
  ['No!Stop', 'no stop'],
  ['one -- two', 'one two'],
  ['end.', 'end'],
  ['¿Qué? ¡No!', 'que no'],
  ['naïve façade', 'naive facade'],
  ['Straße', 'strasse'],
  ['ﬁre', 'fire'],
  ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
  // Apostrophes and contractions.
  ["don't can't won't", "don't can't won't"],
  ["I'd've y'all'd", "i'd've y'all'd"],
  ["'tis 'twas 'em", "'tis 'twas 'em"],
  ["rock 'n' roll", "rock 'n roll"],
  ["the dogs' bowls", 'the dogs bowls'],
  ["runnin' and gunnin'", "runnin' and gunnin'"],
  ["she said 'stop' twice", 'she said stop twice'],
  ["o'clock ma'am", "o'clock ma'am"],
  ["Kael's", "kael's"],
  // Hyphens and stutters.
  ['well-known', 'well known'],
  ['mother-in-law', 'mother in law'],
  ['twenty-one', 'twenty one'],
  ['b-b-but', '/B AH0/ /B AH0/ but'],
  ['I-I-I know', 'i i i know'],
  ['wh-what', '/W AH0/ what'],
  ['and/or', 'and or'],
  // Cardinals.
  ['0', 'zero'],
  ['7', 'seven'],
  ['42', 'forty two'],
  ['100', 'one hundred'],
  ['105', 'one hundred five'],
  ['999', 'nine hundred ninety nine'],
  ['3,000', 'three thousand'],
  ['1,234,567', 'one million two hundred thirty four thousand five hundred sixty seven'],
  ['3.14', 'three point one four'],
  ['.5', 'point five'],
  ['0.75', 'zero point seven five'],
  ['-5', 'minus five'],
  ['−12', 'minus twelve'],
  ['+3', 'plus three'],
  ['#7', 'number seven'],
  ['№ 5', 'number five'],
  ['No. 5', 'number five'],
  ['No. Five', 'no five'],
  ['1234567', 'one two three four five six seven'],
  // Ordinals.
  ['1st 2nd 3rd 4th', 'first second third fourth'],
  ['21st', 'twenty first'],
  ['100th', 'one hundredth'],
  ['12th', 'twelfth'],
  ['1,000th', 'one thousandth'],
  // Years and decades.
  ['1984', 'nineteen eighty four'],
  ['2005', 'two thousand five'],
  ['2024', 'twenty twenty four'],
  ['1900', 'nineteen hundred'],
  ['1066', 'one thousand sixty six'],
  ['the 1980s', 'the nineteen eighties'],
  ["the '90s", 'the nineties'],
  ['the 60s', 'the sixties'],
  // Dates.
  ['March 3', 'march third'],
  ['March 3rd, 2024', 'march third twenty twenty four'],
  ['3 March', 'the third of march'],
  ['Jan. 5', 'january fifth'],
  ['Dec 31', 'december thirty first'],
  ['12/25/2024', 'december twenty fifth twenty twenty four'],
  ['25/12/2024', 'the twenty fifth of december twenty twenty four'],
  ['25.12.2024', 'the twenty fifth of december twenty twenty four'],
  ['2024-12-25', 'december twenty fifth twenty twenty four'],
  ['Mon. and Tues.', 'monday and tuesday'],
  ['May 2', 'may second'],
  ['I may 2', 'i may two'],
  // Times.
  ['3:30', 'three thirty'],
  ['7:05', 'seven oh five'],
  ['3:00', "three o'clock"],
  ['3pm', 'three p m'],
  ['3:30pm', 'three thirty p m'],
  ['3:30 p.m.', 'three thirty p m'],
  ['7 a.m.', 'seven a m'],
  ['15:45', 'fifteen forty five'],
  ['12:34:56', 'twelve thirty four fifty six'],
  // Money.
  ['$1', 'one dollar'],
  ['$20', 'twenty dollars'],
  ['$3.50', 'three dollars and fifty cents'],
  ['$1,234.56', 'one thousand two hundred thirty four dollars and fifty six cents'],
  ['$.99', 'ninety nine cents'],
  ['-$5', 'minus five dollars'],
  ['$3 million', 'three million dollars'],
  ['$2.5 billion', 'two point five billion dollars'],
  ['$5k', 'five thousand dollars'],
  ['£1.01', 'one pound and one penny'],
  ['€20', 'twenty euros'],
  ['20€', 'twenty euros'],
  ['50¢', 'fifty cents'],
  ['¥500', 'five hundred yen'],
  ['$20/hr', 'twenty dollars an hour'],
  // Percent, units, ranges.
  ['50%', 'fifty percent'],
  ['99.9%', 'ninety nine point nine percent'],
  ['5km', 'five kilometers'],
  ['5 km', 'five kilometers'],
  ['1 kg', 'one kilogram'],
  ['10 lbs', 'ten pounds'],
  ['60mph', 'sixty miles per hour'],
  ['100 km/h', 'one hundred kilometers per hour'],
  ['20°C', 'twenty degrees celsius'],
  ['98.6°', 'ninety eight point six degrees'],
  ['16 GB', 'sixteen gigabytes'],
  ['44.1kHz', 'forty four point one kilohertz'],
  ['30s', 'thirties'],
  ['5 in the morning', 'five in the morning'],
  ['6ft', 'six feet'],
  ['10-20', 'ten to twenty'],
  ['10–20%', 'ten to twenty percent'],
  ['3-1', 'three to one'],
  ['2x', 'two times'],
  ['10x10', 'ten by ten'],
  ['2^8', 'two to the eight'],
  ['5m²', 'five meters squared'],
  // Fractions.
  ['1/2', 'one half'],
  ['3/4', 'three quarters'],
  ['2/3', 'two thirds'],
  ['½', 'one half'],
  ['2½', 'two one half'],
  ['50/50', 'fifty fifty'],
  ['24/7', 'twenty four seven'],
  // Telephone numbers and codes.
  ['911', 'nine hundred eleven'],
  ['007', 'oh oh seven'],
  ['555-0123', 'five five five oh one two three'],
  ['(555) 123-4567', 'five hundred fifty five one two three four five six seven'],
  ['R2-D2', 'r two d two'],
  ['AK-47', 'AK forty seven'],
  ['F-16', 'f sixteen'],
  ['A113', 'a one one three'],
  ['3D', 'three d'],
  ['MP3', 'MP three'],
  ['1080p', 'ten eighty p'],
  // Abbreviations and titles.
  ['Mr. and Mrs. Smith', 'mister and missus smith'],
  ['Mr Jones', 'mister jones'],
  ['Dr. No', 'doctor no'],
  ['Sgt. Pepper vs. Lt. Dan', 'sergeant pepper versus lieutenant dan'],
  ['Cmdr. Shepard', 'commander shepard'],
  ['St. John', 'saint john'],
  ['etc.', 'et cetera'],
  ['e.g. this', 'for example this'],
  ['i.e., that', 'that is that'],
  ['vol. 2', 'volume two'],
  ['w/o me', 'without me'],
  ['C++', 'c plus plus'],
  // Initials and acronyms.
  ['J.R.R. Tolkien', 'j r r tolkien'],
  ['U.S.A.', 'u s a'],
  ['the U.S.', 'the u s'],
  ['NPC', 'NPC'],
  ["NPC's", "NPC's"],
  ['Ph.D.', 'p h d'],
  ['D.C.', 'd c'],
  // Roman numerals.
  ['Henry VIII', 'henry the eighth'],
  ['Chapter IV', 'chapter four'],
  ['World War II', 'world war two'],
  ['Final Fantasy XIV', 'final fantasy the fourteenth'],
  ['I am', 'i am'],
  // Symbols.
  ['salt & pepper', 'salt and pepper'],
  ['R&D', 'r and d'],
  ['2 + 2 = 4', 'two plus two equals four'],
  ['me @ home', 'me at home'],
  ['5 × 3', 'five times three'],
  // Addresses and tags.
  ['www.example.com', 'w w w dot example dot com'],
  ['https://mien.io/demo', 'mien dot io slash demo'],
  ['me@example.org', 'me at example dot org'],
  ['#SaveTheDragon', 'hashtag save the dragon'],
  ['@player1', 'at player one'],
  ['line_02.wav', 'line underscore zero two dot wav'],
  // Markup, emphasis, stage directions.
  ['[laughs] Oh (quietly) no', 'oh no'],
  ['{beat} Stop!', 'stop'],
  ['*sighs* Fine.', 'fine'],
  ['I *really* mean it', 'i really mean it'],
  ['**Never** again', 'never again'],
  ['_Now_ or ~~later~~', 'now or later'],
  ['*looks away slowly* Yes', 'yes'],
  ['<b>Bold</b> move', 'bold move'],
  ['<speak>Go <break time="500ms"/> now</speak>', 'go now'],
  ['<emphasis level="strong">Run</emphasis>!', 'run'],
  ['<phoneme alphabet="ipa" ph="təˈmeɪtoʊ">tomato</phoneme>', '/T AH0 M EY1 T OW0/'],
  ['<sub alias="World Wide Web Consortium">W3C</sub>', 'world wide web consortium'],
  ['<say-as interpret-as="characters">ABC</say-as>', 'a b c'],
  ['<cough> Sorry', 'sorry'],
  ['[never closed', 'never closed'],
  // Not speech.
  [':) hello :D <3', 'hello'],
  ['... --- ...', ''],
  ['👍 great', 'great'],
  ['', ''],
];

describe('how a text is said', () => {
  it('has at least 150 cases', () => expect(FIRST.length).toBeGreaterThanOrEqual(150));
  it.each(FIRST)('%s', (written, said) => {
    expect(
      normaliseText(written)
        .words.map((word) => word.spoken[0].join(' '))
        .join(' '),
    ).toBe(said);
  });
});

/** Other ways to say it that the sound may choose. */
const ALSO: readonly (readonly [written: string, also: string])[] = [
  ['105', 'one hundred and five'],
  ['911', 'nine one one'],
  ['747', 'seven forty seven'],
  ['1984', 'one thousand nine hundred eighty four'],
  ['3:30', 'half past three'],
  ['3:15', 'quarter past three'],
  ['15:00', 'fifteen hundred hours'],
  ['$3.50', 'three fifty'],
  ['0.05', 'zero point oh five'],
  ['10x', 'ten x'],
  ['4K', 'four k'],
  ['b-but', 'but'],
  ['uh-huh', 'uhhuh'],
  ['St.', 'street'],
  ['12/25', 'twelve slash twenty five'],
  ['March', 'march'],
];
describe('other readings', () => {
  it.each(ALSO)('%s', (written, also) => {
    expect(normaliseText(written).words[0].spoken.map((form) => form.join(' '))).toContain(also);
  });
});

describe('stage directions', () => {
  it('keep their text and their place', () => {
    const { words, directions } = normaliseText('[laughs] Oh (quietly, to himself) no. *sighs heavily*');
    expect(words.map((word) => word.text)).toEqual(['Oh', 'no']);
    expect(directions).toEqual([
      { text: 'laughs', beforeWord: 0 },
      { text: 'quietly, to himself', beforeWord: 1 },
      { text: 'sighs heavily', beforeWord: 2 },
    ]);
  });
});
