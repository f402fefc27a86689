import type { NonspeechType } from './nonspeechEvent';

/** What a stage direction asks for beside words. */
export interface ReadDirection {
  readonly type: NonspeechType;
  /** 0..2; 1 as usual. */
  readonly intensity: number;
}

/** Stems of the words for a sound or gesture; the first that fits wins, so the more particular stand first. */
const TYPES: readonly (readonly [RegExp, NonspeechType])[] = [
  [/\bclear(s|ing)? (his |her |their |my |the )?throat|\bthroat[- ]clear/, 'cough'],
  [/\b(shake|shakes|shaking) (his |her |their |the )?head/, 'shake'],
  [/\b(tilt|tilts|tilting|cock|cocks) (his |her |their |the )?head/, 'tilt'],
  [/\bnod(s|ding|ded)?\b/, 'nod'],
  [/\bgasp(s|ing|ed)?\b|\bsharp(ly)? (intake|inhale|inhales|breath)|\b(inhale|breath)s? sharply|\bstartled breath/, 'gasp'],
  [/\bsigh(s|ing|ed)?\b/, 'sigh'],
  [/\b(laugh|chuckl|giggl|snicker|cackl|guffaw|titter)(e?s|ing|e?d|e|ter)?\b|^(ha[ -]?)+$|\blol\b/, 'laugh'],
  [/\b(sob|cry|cries|weep|whimper|wail|blubber)(s|bing|ing|bed|ed|ping)?\b|\bin tears\b/, 'sob'],
  [/\bcough(s|ing|ed)?\b|\bhacking\b|\bchok(e|es|ing)\b/, 'cough'],
  [/\bsniff(s|le|les|ing|ling|ed)?\b|\bsnort(s|ing)?\b/, 'sniff'],
  [/\b(scream|shriek|howl|roar|screech|yelp)(s|es|ing|ed)?\b|\bbattle ?cry\b|\bwar ?cry\b/, 'scream'],
  [/\b(grunt|groan|moan|growl|strain|snarl|oof|ugh|hmph)(s|ing|ed)?\b|\beffort(s)?\b|\bexert(s|ion)?\b/, 'grunt'],
  [/\b(swallow|gulp)(s|ing|ed)?\b/, 'swallow'],
  [/\byawn(s|ing|ed)?\b/, 'yawn'],
  [/\b(breath|breathe|inhal|exhal|pant)(s|e|es|ing|ed|ting|ts)?\b|\bdeep breath\b|\bout of breath\b/, 'breath'],
  [/\bblink(s|ing|ed)?\b/, 'blink'],
];
const SOFT =
  /\b(soft|softly|quiet|quietly|light|lightly|slight|slightly|small|faint|faintly|little|gentle|gently|half|under (his|her|their) breath|suppressed|stifled|weak|weakly)\b/;
const STRONG =
  /\b(loud|loudly|hard|heavy|heavily|deep|deeply|hysterical|hysterically|wild|wildly|big|huge|violent|violently|manic|maniacal|maniacally|terrified|in pain|agony|long)\b/;
const SOFT_INTENSITY = 0.5;
const STRONG_INTENSITY = 1.5;

/** "laughs softly" to a laugh of half intensity; null when the direction asks for no sound or gesture ("to himself", "angry"). */
export function readDirection(text: string): ReadDirection | null {
  const lower = text.toLowerCase();
  const found = TYPES.find(([stem]) => stem.test(lower));
  if (found === undefined) return null;
  return { type: found[1], intensity: STRONG.test(lower) ? STRONG_INTENSITY : SOFT.test(lower) ? SOFT_INTENSITY : 1 };
}
