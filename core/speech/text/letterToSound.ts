import { loadLetterToSoundModel, type LetterToSoundModel } from './letterToSoundModel';

export type { LetterToSoundModel } from './letterToSoundModel';

/** Partial pronunciations kept after each letter; more gained nothing on held-out words. */
const WIDTH = 24;
/** Readings this much less likely (natural log) than the best are none. */
const FAR_BEHIND = 4;

let modelPromise: Promise<LetterToSoundModel> | null = null;

/** The learnt model, loaded once on first use (about 1 MB). */
export function loadLetterToSound(): Promise<LetterToSoundModel> {
  modelPromise ??= import('./data/letterToSound.json').then((module) => loadLetterToSoundModel(module.default));
  return modelPromise;
}

interface Partial {
  readonly score: number;
  /** Pairs of letter and phones so far, the last one last; at most order - 1 of them matter. */
  readonly history: readonly number[];
  readonly phones: string;
}

/**
 * The likeliest pronunciations of a word by its letters, as ARPAbet with stress digits: a beam search over pairs of a letter and
 * no, one or two phones, scored by a joint n-gram (training/g2p). Figures on words it has not seen: docs/decisions.
 * @param word characters other than a-z and apostrophes are skipped
 * @returns 1 to `howMany` readings, best first; a word without letters gives "AH0"
 */
export function letterToSound(model: LetterToSoundModel, word: string, howMany: number): string[] {
  const letters = [...word.toLowerCase()].filter((letter) => model.pairsOf.has(letter));
  let beam: Partial[] = [{ score: 0, history: model.start, phones: '' }];
  for (const letter of letters) {
    const grown = new Map<string, Partial>();
    for (const partial of beam) {
      const scoreOf = model.after(partial.history);
      const recent = partial.history.slice(1).join();
      for (const { pair, phones } of model.pairsOf.get(letter)!) {
        const score = partial.score + scoreOf(pair);
        const said = phones === '' ? partial.phones : partial.phones === '' ? phones : `${partial.phones} ${phones}`;
        const key = `${recent} ${pair} ${said}`;
        const rival = grown.get(key);
        if (rival === undefined || score > rival.score)
          grown.set(key, { score, history: [...partial.history.slice(1), pair], phones: said });
      }
    }
    beam = [...grown.values()].sort((a, b) => b.score - a.score).slice(0, WIDTH);
  }
  const ends = new Map<string, number>();
  for (const partial of beam) {
    const score = partial.score + model.after(partial.history)(model.end);
    if (partial.phones !== '' && score > (ends.get(partial.phones) ?? -Infinity)) ends.set(partial.phones, score);
  }
  const ranked = [...ends].sort((a, b) => b[1] - a[1]);
  if (ranked.length === 0) return ['AH0'];
  return ranked
    .filter(([, score]) => score > ranked[0][1] - FAR_BEHIND)
    .slice(0, howMany)
    .map(([phones]) => withOneStress(phones));
}

/** A word has one main stress: the first primary stays, later ones become secondary; without any the first vowel gets it. */
function withOneStress(phones: string): string {
  let hasPrimary = false;
  const marked = phones.replace(/1/g, () => {
    const mark = hasPrimary ? '2' : '1';
    hasPrimary = true;
    return mark;
  });
  return hasPrimary ? marked : marked.replace(/[02]/, '1');
}
