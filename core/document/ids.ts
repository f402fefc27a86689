/** Makes the opaque part of new ids. Tests pass a seeded one, the studio the default. */
export interface IdSource {
  /** Twelve characters of [0-9a-z]. */
  next(): string;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 12;

/** An id source over a random number generator in [0, 1); 36^12 (about 2^62) ids make a clash within one project negligible. */
export function createIdSource(random: () => number = Math.random): IdSource {
  return {
    next() {
      let id = '';
      for (let index = 0; index < ID_LENGTH; index += 1) id += ALPHABET[Math.floor(random() * ALPHABET.length)];
      return id;
    },
  };
}
