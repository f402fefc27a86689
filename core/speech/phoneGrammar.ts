import { PHONEMES } from './phonemes';

const COUNT = PHONEMES.length;
/** In a stored context: no phone. */
const NONE = 255;
const BASE = COUNT + 1;

/** As stored in models/acoustic.decoder.json. */
export interface StoredGrammar {
  /** A context holds at most `order` - 1 phones. */
  readonly order: number;
  /** Natural logarithm of one unit of `costs`. */
  readonly step: number;
  /** [contexts, order - 1]: phones, oldest first, 255 in front of short contexts; the 40 single phones come first. */
  readonly contexts: Uint8Array;
  /** [contexts, 40]: -ln P(phone | context) in units of `step`. */
  readonly costs: Uint8Array;
}

/**
 * How likely a phone is after the phones before it, silences counted as phones (training/phone_grammar.py). A context is the last
 * phones of a line, as many of them as the grammar knows together; contexts 0..39 are single phones in the order of `PHONEMES`.
 */
export class PhoneGrammar {
  readonly contextCount: number;
  /** Last phone of each context. */
  readonly lastPhone: Uint8Array;
  /** Contexts by their phones written as a number; most are never asked for, so what follows what is worked out when it is. */
  private readonly places = new Map<number, number>();
  private readonly keys: Float64Array;
  /** Found before: [context * 40 + phone], 0 for not yet. */
  private readonly known: Int32Array;
  private readonly width: number;

  private constructor(private readonly stored: StoredGrammar) {
    this.width = stored.order - 1;
    this.contextCount = stored.contexts.length / this.width;
    this.lastPhone = new Uint8Array(this.contextCount);
    this.keys = new Float64Array(this.contextCount);
    this.known = new Int32Array(this.contextCount * COUNT);
    for (let context = 0, at = 0; context < this.contextCount; context++) {
      let key = 0;
      for (let i = 0; i < this.width; i++, at++) {
        const phone = stored.contexts[at];
        key = key * BASE + (phone === NONE ? 0 : phone + 1);
      }
      this.lastPhone[context] = stored.contexts[at - 1];
      this.keys[context] = key;
      this.places.set(key, context);
    }
  }

  /** null when it does not hold the 40 single phones first, or holds what is no phone. */
  static read(stored: StoredGrammar): PhoneGrammar | null {
    if (stored.contexts.some((phone) => phone >= COUNT && phone !== NONE)) return null;
    const grammar = new PhoneGrammar(stored);
    for (let phone = 0; phone < COUNT; phone++) if (grammar.places.get(phone + 1) !== phone) return null;
    return grammar;
  }

  /** ln P(phone | context). */
  logProb(context: number, phone: number): number {
    return -this.stored.step * this.stored.costs[context * COUNT + phone];
  }

  /** The context once a phone has followed: the longest end of the phones that the grammar knows. */
  next(context: number, phone: number): number {
    const pair = context * COUNT + phone;
    if (this.known[pair] > 0) return this.known[pair] - 1;
    const found = this.longestEnd(this.keys[context] * BASE + phone + 1) ?? phone;
    this.known[pair] = found + 1;
    return found;
  }

  private longestEnd(key: number): number | undefined {
    for (let size = BASE ** this.width; size > BASE; size /= BASE) {
      const place = this.places.get(key % size);
      if (place !== undefined) return place;
    }
    return undefined;
  }
}
