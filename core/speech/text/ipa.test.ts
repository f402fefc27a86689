import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isPhoneme } from '../phonemes';
import { espeakToIpa, ipaToPhonemes, readingsOf } from './ipa';
import { phonemeTranscript } from './phonemeTranscript';
import { editDistance } from '../editDistance';

const bare = (text: string) =>
  ipaToPhonemes(text)
    .phones.map((phone) => phone.replace(/[012]$/, ''))
    .join(' ');

/** One word or more of each language, with the sounds English lacks. */
const CASES: readonly (readonly [language: string, ipa: string, phones: string])[] = [
  ['English', 'həlˈoʊ', 'HH AH L OW'],
  ['English', 'tʃˈɜːtʃ', 'CH ER CH'],
  ['English', 'bˈʌʔn̩', 'B AH AH N'],
  ['English', 'ðə ɹˈɛd kˈɑːɹ', 'DH AH R EH D K AA R'],
  ['Spanish', 'ˈniɲo', 'N IY N Y AO'],
  ['Spanish', 'ˈpero', 'P EH D AO'],
  ['Spanish', 'beβˈjo', 'B EH V Y AO'],
  ['Spanish', 'ˈaɣwa', 'AA G W AA'],
  ['Spanish', 'ʎeˈɣo', 'L Y EH G AO'],
  ['French', 'tˈy', 'T UW'],
  ['French', 'blˈø', 'B L UH'],
  ['French', 'pˈœʁ', 'P ER HH'],
  ['French', 'œ̃ ɡʁˈɑ̃', 'AE G HH AO'],
  ['French', 'bɔ̃ pˈɛ̃', 'B OW P AE'],
  ['French', 'nɥˈi', 'N W IY'],
  ['Italian', 'ɲˈokːi', 'N Y AO K IY'],
  ['Italian', 'dzˈuppa', 'D Z UW P P AA'],
  ['Italian', 'dʒˈɛnte', 'JH EH N T EH'],
  ['German', 'ʃˈøːnə', 'SH UW N AH'],
  ['German', 'ˈbʁʏkə', 'B HH UH K AH'],
  ['German', 'dˈɔøtʃ', 'D OY CH'],
  ['German', 'ɪç ˈaʊx', 'IH HH AW HH'],
  ['German', 'pfˈɛʁt', 'P F EH HH T'],
  ['German', 'vˈiːzə', 'V IY Z AH'],
  ['German', 'ˈeːvɪɡ', 'EY V IH G'],
  ['Russian', 'prʲivʲˈet', 'P D IY V EH T'],
  ['Russian', 'ɕˈuka', 'SH UW K AA'],
  ['Russian', 'tsˈarʲ', 'T S AA D'],
  ['Russian', 'ˈtɨ', 'T IH'],
  ['Japanese', 'ɸˈɯᵝdʑi', 'F UH JH IY'],
  ['Japanese', 'tsɯᵝkˈɯᵝe̞', 'T S UH K UH EH'],
  ['Japanese', 'koɴnitɕiwä', 'K AO NG N IY CH IY W AA'],
  ['tie bar', 't͡ʃa', 'CH AA'],
];

describe('IPA to phones', () => {
  it.each(CASES)('%s: %s', (_language, ipa, phones) => expect(bare(ipa)).toBe(phones));

  it('puts stress on the vowel behind the mark', () => {
    expect(ipaToPhonemes('həˈloʊ').phones).toEqual(['HH', 'AH0', 'L', 'OW1']);
    expect(ipaToPhonemes('ˌʌndɚˈstænd').phones.filter((phone) => /\d/.test(phone))).toEqual(['AH2', 'ER0', 'AE1']);
  });

  it('names what it does not know and goes on', () => {
    expect(ipaToPhonemes('ma你ma')).toEqual({ phones: ['M', 'AA0', 'M', 'AA0'], unknown: ['你'] });
  });

  it('keeps lips shut where a language shuts them, and nowhere else', () => {
    for (const sign of 'pbmʙɓ') expect(['P', 'B', 'M']).toContain(bare(sign));
    for (const sign of 'βɸʋɱfv') expect(['F', 'V']).toContain(bare(sign));
    for (const sign of ['y', 'u', 'ʉ', 'ø', 'ʏ']) expect(['UW', 'UH']).toContain(bare(sign));
  });

  it('gives a short "a" two readings, which the sound decides between, and diphthongs with "a" one', () => {
    const said = (text: string, notation: 'ipa' | 'espeak') => readingsOf(text, notation).map(({ phones }) => phones.join(' '));
    expect(said("b'ak", 'espeak')).toEqual(['B AA1 K', 'B AE1 K']);
    expect(said("m'aI", 'espeak')).toEqual(['M AY1']);
    expect(said('kˈasa', 'ipa')).toEqual(['K AA1 S AA0', 'K AE1 S AE0']);
    expect(said('bˈæk', 'ipa')).toEqual(['B AE1 K']);
  });

  it('reads the signs of espeak-ng', () => {
    expect(readingsOf("h@l'oU", 'espeak')[0].phones).toEqual(['HH', 'AH0', 'L', 'OW1']);
    expect(espeakToIpa("n'in^o")).toBe('nˈiɲo');
    expect(readingsOf("n'in^o", 'espeak')[0].phones).toEqual(['N', 'IY1', 'N', 'Y', 'AO0']);
    expect(readingsOf("tS'3:tS_:_:", 'espeak')[0].phones).toEqual(['CH', 'ER1', 'CH']);
  });

  it('reads ARPAbet', () =>
    expect(readingsOf('hh ah0 l ow1 Q', 'arpabet')[0]).toEqual({ phones: ['HH', 'AH0', 'L', 'OW1'], unknown: ['Q'] }));

  it('never throws and gives only phones, whatever the text', () => {
    let seed = 11;
    const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
    const alphabet = [..."aeiouyøœɑɛɔəɪʊpbtdkgmnŋɲfvszʃʒxɣrlʎjwɥˈˌː̩̯̃͡ʰʲʷ .|_-:;,'~@3&^*?!#`你\n"];
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next(20) }, () => alphabet[next(alphabet.length)]).join('');
      for (const notation of ['ipa', 'espeak', 'arpabet'] as const) {
        for (const phone of readingsOf(text, notation)[0].phones) expect(isPhoneme(phone.replace(/[012]$/, ''))).toBe(true);
        for (const word of phonemeTranscript(text, notation).words) expect(word.spoken[0][0]).toMatch(/^\/.+\/$/);
      }
    }
  });
});

const TEXTS: readonly (readonly [voice: string, text: string])[] = [
  ['es', 'El niño pequeño llegó a casa con su perro, bebió agua y cantó una canción muy vieja en el jardín.'],
  ['fr', 'Un grand oiseau bleu mange du pain dans le jardin, tu veux une feuille ou bien du vin rouge, monsieur ?'],
  ['it', 'Gli gnocchi sono pronti, mangiamo la zuppa con lo zucchero e poi andiamo a giocare nella piazza.'],
  ['de', 'Die schöne Müllerin geht heute über die Brücke und pflückt Äpfel, ich möchte auch Deutsch sprechen, Köche.'],
  ['ru', 'Привет, меня зовут Анна, я живу в большом городе, где растут цветы и течёт широкая река, щука и ёж.'],
  ['ja', 'わたしはふじさんにいきました。りょうりがとてもおいしいです。でんしゃをつかってください。'],
  ['pt', 'Não sei onde está o coração da menina, mas amanhã vou comprar pão.'],
  ['en-gb', 'Hello my friend, the church is near the old bridge, and nobody ever goes there without a torch.'],
];
const hasEspeak = spawnSync('espeak-ng', ['--version'], { stdio: 'ignore' }).error === undefined;

describe.skipIf(!hasEspeak)('what espeak-ng says it spoke', () => {
  it.each(TEXTS)('%s: every sign of its IPA is known, lips close where it says so', (voice, text) => {
    const ipa = spawnSync('espeak-ng', ['-q', '-v', voice, '--ipa', text], { encoding: 'utf8' }).stdout;
    const { words, unreadable } = phonemeTranscript(ipa, 'ipa');
    expect(unreadable).toEqual([]);
    expect(words.length).toBeGreaterThan(2);
    const phones = words.flatMap((word) => word.spoken[0][0].slice(1, -1).split(' '));
    expect(phones.length).toBeGreaterThan(30);
    const closures = phones.filter((phone) => /^[PBM]$/.test(phone)).length;
    expect(closures).toBe([...ipa].filter((sign) => 'pbm'.includes(sign)).length);
  });

  it.each(TEXTS)('%s: its own signs give nearly the same phones as its IPA', (voice, text) => {
    const run = (option: string) => spawnSync('espeak-ng', ['-q', '-v', voice, option, text], { encoding: 'utf8' }).stdout;
    const phones = (notation: 'ipa' | 'espeak', output: string) =>
      phonemeTranscript(output, notation).words.flatMap((word) =>
        word.spoken[0][0].slice(1, -1).replace(/[012]/g, '').split(' '),
      );
    const fromIpa = phones('ipa', run('--ipa'));
    const fromSigns = phones('espeak', run('-x'));
    expect(editDistance(fromIpa, fromSigns) / fromIpa.length).toBeLessThan(0.25);
  });
});
