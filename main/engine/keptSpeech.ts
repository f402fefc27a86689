import type { KeyedCurve } from '../../core/curves/keyedCurve';
import type { PerformSpeech } from '../ipc/api';
import { RecentMap } from './recentMap';

/** Lines whose speech is kept: the one that is worked on, and a few to go back to. */
const SPEECHES_KEPT = 6;

interface Kept {
  readonly speech: PerformSpeech;
  effortGain?: KeyedCurve;
}

/**
 * What is said in the lines worked on last, by key. A message brings equal things as new objects; what core remembers of a
 * line (its plan, its voice, its mouth) it knows by the objects, so the kept ones are used wherever they are equal.
 */
export class KeptSpeech {
  private readonly kept = new RecentMap<string, Kept>(SPEECHES_KEPT);

  /** The speech of a key: the kept one, else the one that came, which is kept from now on; null without both. */
  use(key: string, speech?: PerformSpeech): PerformSpeech | null {
    const known = this.kept.get(key);
    if (known) return known.speech;
    if (!speech) return null;
    this.kept.set(key, { speech });
    return speech;
  }

  /** The gain on the effort as the line had it last, if it is still the same. */
  gainOf(key: string, effortGain: KeyedCurve | undefined): KeyedCurve | undefined {
    const known = this.kept.get(key);
    if (!known) return effortGain;
    if (JSON.stringify(known.effortGain) !== JSON.stringify(effortGain)) known.effortGain = effortGain;
    return known.effortGain;
  }
}
