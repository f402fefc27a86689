import { MienError } from '../errors';
import { PhoneGrammar } from './phoneGrammar';
import { isPhoneme, PHONEMES } from './phonemes';
import { WordLexicon } from './wordLexicon';

/**
 * Grammar of phones, durations and search weights of the phone decoder, as written by training/decoder_stats.py and tune.py into
 * models/acoustic.decoder.json. Natural logarithms; every array is in the order of `PHONEMES`.
 */
export interface DecoderTables {
  readonly frameSeconds: number;
  /** How likely a segment is after those before it; segments, not frames. */
  readonly grammar: PhoneGrammar;
  /** The commonest words and which follows which; null: phones alone are searched. */
  readonly words: WordLexicon | null;
  /** ln P(a line starts with this segment). */
  readonly startLogProb: Float64Array;
  /** Mean and standard deviation of ln(duration in seconds). */
  readonly durationLogMean: Float64Array;
  readonly durationLogSd: Float64Array;
  /** ln of the phone's share of all frames. */
  readonly logPrior: Float64Array;
  readonly search: SearchWeights;
  /** How the murmur of a crowd is told from a voice; absent: it is not. */
  readonly murmur?: MurmurWeights;
}

/** What tune_murmur.py chose on validation speakers; training/murmur.py says what each does. */
export interface MurmurWeights {
  /** Of the clearness of the line's clearest second. */
  readonly share: number;
  readonly least: number;
  /** Cost of a change between voice and murmur. */
  readonly change: number;
}

/** What tune.py chose on validation speakers; training/viterbi.py says what each does. */
export interface SearchWeights {
  readonly minFrames: number;
  readonly grammarScale: number;
  readonly segmentBonus: number;
  readonly priorScale: number;
  readonly durationScale: number;
  /** Weight of the model's voice output: ln(voice) on phones, ln(1 - voice) on silence. */
  readonly voiceScale: number;
  /** Weights of the model's class output: closed lips for P B M against all other phones, teeth on the lip for F V. */
  readonly closedScale: number;
  readonly teethScale: number;
  /** Of the words, 0 where there are none: weight of ln P(word | word before), added for each word, for a pause, for phones that are no word. */
  readonly wordScale: number;
  readonly wordBonus: number;
  readonly pauseBonus: number;
  readonly unknownBonus: number;
  /** Added to each frame of a phone: how dearly the face wants to see it. Natural log, in the order of `PHONEMES`; mostly 0. */
  readonly bonus: Float64Array;
}

/**
 * Checks and packs the parsed JSON of models/acoustic.decoder.json.
 * @throws MienError 'model-unavailable' when it is not what this version of Mien knows
 */
export function loadDecoderTables(json: unknown): DecoderTables {
  const source = record(json, 'it is not an object');
  const phones = source.phones;
  if (!Array.isArray(phones) || phones.length !== PHONEMES.length || phones.some((name, i) => name !== PHONEMES[i])) {
    throw wrong('its phones are not in the order of this version');
  }
  const search = record(source.search, '"search" is missing');
  const minFrames = number(search.minFrames, 'search.minFrames');
  if (!Number.isInteger(minFrames) || minFrames < 1 || minFrames > 20)
    throw wrong('"search.minFrames" is not a whole number from 1 to 20');
  const ofWords = (name: string) => (source.words === undefined ? 0 : number(search[name], `search.${name}`));
  return {
    frameSeconds: number(source.frameSeconds, 'frameSeconds'),
    startLogProb: numbers(source.startLogProb, 'startLogProb'),
    durationLogMean: numbers(source.durationLogMean, 'durationLogMean'),
    durationLogSd: numbers(source.durationLogSd, 'durationLogSd'),
    logPrior: numbers(source.logPrior, 'logPrior'),
    search: {
      minFrames,
      grammarScale: number(search.grammarScale, 'search.grammarScale'),
      segmentBonus: number(search.segmentBonus, 'search.segmentBonus'),
      priorScale: number(search.priorScale, 'search.priorScale'),
      durationScale: number(search.durationScale, 'search.durationScale'),
      voiceScale: number(search.voiceScale, 'search.voiceScale'),
      closedScale: number(search.closedScale, 'search.closedScale'),
      teethScale: number(search.teethScale, 'search.teethScale'),
      wordScale: ofWords('wordScale'),
      wordBonus: ofWords('wordBonus'),
      pauseBonus: ofWords('pauseBonus'),
      unknownBonus: ofWords('unknownBonus'),
      bonus: bonuses(search.bonus),
    },
    grammar: grammarOf(source.grammar),
    words: source.words === undefined ? null : lexiconOf(source.words),
    ...(source.murmur !== undefined && { murmur: murmurOf(source.murmur) }),
  };
}

function murmurOf(value: unknown): MurmurWeights {
  const murmur = record(value, '"murmur" is not an object');
  return {
    share: number(murmur.share, 'murmur.share'),
    least: number(murmur.least, 'murmur.least'),
    change: number(murmur.change, 'murmur.change'),
  };
}

function grammarOf(value: unknown): PhoneGrammar {
  const source = record(value, '"grammar" is missing');
  const order = number(source.order, 'grammar.order');
  if (!Number.isInteger(order) || order < 2 || order > 6) throw wrong('"grammar.order" is not a whole number from 2 to 6');
  const contexts = bytes(source.contexts, 'grammar.contexts');
  const costs = bytes(source.costs, 'grammar.costs');
  const count = contexts.length / (order - 1);
  if (count === 0 || costs.length !== count * PHONEMES.length) throw wrong('"grammar.costs" has not 40 numbers a context');
  const grammar = PhoneGrammar.read({ order, step: number(source.step, 'grammar.step'), contexts, costs });
  if (grammar === null) throw wrong('"grammar.contexts" does not start with the single phones');
  return grammar;
}

function lexiconOf(value: unknown): WordLexicon {
  const source = record(value, '"words" is no object');
  const read = (name: string) => bytes(source[name], `words.${name}`);
  const numbers16 = (name: string) => {
    const read16 = read(name);
    return Uint16Array.from({ length: read16.length >> 1 }, (_, i) => read16[2 * i] + 256 * read16[2 * i + 1]);
  };
  const lexicon = WordLexicon.read({
    step: number(source.step, 'words.step'),
    ways: read('ways'),
    single: read('single'),
    back: read('back'),
    followers: numbers16('followers'),
    second: numbers16('second'),
    pair: read('pair'),
  });
  if (lexicon === null) throw wrong('the parts of "words" do not belong together');
  return lexicon;
}

/** Bytes written as base64. */
function bytes(value: unknown, name: string): Uint8Array {
  if (typeof value !== 'string') throw wrong(`"${name}" is not text`);
  let letters: string;
  try {
    letters = atob(value);
  } catch {
    throw wrong(`"${name}" is not base64`);
  }
  const read = new Uint8Array(letters.length);
  for (let i = 0; i < read.length; i++) read[i] = letters.charCodeAt(i);
  return read;
}

function bonuses(value: unknown): Float64Array {
  const source = record(value, '"search.bonus" is missing');
  const unknown = Object.keys(source).find((name) => !isPhoneme(name));
  if (unknown !== undefined) throw wrong(`"search.bonus" names the phone "${unknown}"`);
  return Float64Array.from(PHONEMES, (phone) => (phone in source ? number(source[phone], `search.bonus.${phone}`) : 0));
}

function record(value: unknown, why: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw wrong(why);
  return value as Record<string, unknown>;
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(`"${name}" is not a number`);
  return value;
}

function numbers(value: unknown, name: string): Float64Array {
  if (!Array.isArray(value) || value.length !== PHONEMES.length) throw wrong(`"${name}" has not 40 numbers`);
  return Float64Array.from(value, (item, i) => number(item, `${name}[${i}]`));
}

function wrong(why: string): MienError {
  return new MienError(
    'model-unavailable',
    `The tables of the speech model cannot be used: ${why}.`,
    'Install Mien again, or rebuild models/acoustic.decoder.json with training/decoder_stats.py.',
  );
}
