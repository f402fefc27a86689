import type { Phoneme } from '../../speech/phonemes';

/** Mouth shape of one target in ARKit weights, symmetric (Left = Right). What is not named is 0. */
export interface MouthShape {
  readonly jawOpen?: number;
  readonly jawForward?: number;
  readonly mouthFunnel?: number;
  readonly mouthPucker?: number;
  readonly mouthSmile?: number;
  readonly mouthStretch?: number;
  readonly mouthDimple?: number;
  readonly mouthLowerDown?: number;
  readonly mouthUpperUp?: number;
  readonly mouthShrugLower?: number;
  readonly mouthShrugUpper?: number;
  readonly tongueOut?: number;
}

/** How strongly a phone insists on its own shape against its neighbours: jaw height, lip shape (rounding, spreading), lip opening, tongue. */
export interface Dominance {
  readonly jaw: number;
  readonly shape: number;
  readonly opening: number;
  readonly tongue: number;
}

export interface PhoneTarget {
  readonly shape: MouthShape;
  readonly dominance: Dominance;
  /** Lip-heavy phones (protrusion) start early and end late: Fowler and Saltzman 1993; up to 150 ms (JALI 2016). */
  readonly lipHeavy?: boolean;
}

const vowel = (shape: MouthShape, lipHeavy = false, shapeDominance = 1): PhoneTarget => ({
  shape,
  dominance: { jaw: 1, shape: lipHeavy ? 1.6 : shapeDominance, opening: 1, tongue: 0.5 },
  lipHeavy,
});

/** Tongue-only consonants: they set the jaw and show the tongue, but leave the lips to their neighbours. */
const tongueOnly = (shape: MouthShape, jaw: number): PhoneTarget => ({
  shape,
  dominance: { jaw, shape: 0.12, opening: 0.35, tongue: 1 },
});

const sibilant = (shape: MouthShape): PhoneTarget => ({
  shape,
  dominance: { jaw: 1.5, shape: 1.1, opening: 1.2, tongue: 1 },
  lipHeavy: true,
});

/** Bilabials keep their own lips: neighbours lend them nothing (JALI 2016). The closing itself is constraints/lipClosures. */
const bilabial: PhoneTarget = {
  shape: { jawOpen: 0.07 },
  dominance: { jaw: 0.9, shape: 0.9, opening: 1.2, tongue: 1 },
};

const labiodental: PhoneTarget = {
  shape: { jawOpen: 0.07, mouthUpperUp: 0.12, mouthStretch: 0.05 },
  dominance: { jaw: 1, shape: 0.9, opening: 1.2, tongue: 1 },
};

const sharp = sibilant({ jawOpen: 0.04, mouthStretch: 0.16, mouthSmile: 0.04, mouthLowerDown: 0.16, mouthUpperUp: 0.1 });
const hushing = sibilant({
  jawOpen: 0.05,
  jawForward: 0.1,
  mouthFunnel: 0.42,
  mouthPucker: 0.18,
  mouthLowerDown: 0.12,
  mouthUpperUp: 0.12,
});
const dental = tongueOnly({ jawOpen: 0.08, tongueOut: 0.25, mouthLowerDown: 0.1, mouthUpperUp: 0.05 }, 0.8);
const alveolar = tongueOnly({ jawOpen: 0.07, tongueOut: 0.05, mouthLowerDown: 0.1, mouthUpperUp: 0.04 }, 0.7);
const nasal = tongueOnly({ jawOpen: 0.07, tongueOut: 0.05, mouthLowerDown: 0.08, mouthUpperUp: 0.03 }, 0.6);
const velar = tongueOnly({ jawOpen: 0.13, mouthLowerDown: 0.08, mouthUpperUp: 0.04 }, 0.4);

const AA = vowel({ jawOpen: 0.42, mouthLowerDown: 0.14, mouthUpperUp: 0.06 });
const AE = vowel({ jawOpen: 0.36, mouthStretch: 0.14, mouthSmile: 0.05, mouthLowerDown: 0.18, mouthUpperUp: 0.1 });
const AH = vowel({ jawOpen: 0.24, mouthLowerDown: 0.1, mouthUpperUp: 0.05 }, false, 0.6);
const AO = vowel({ jawOpen: 0.34, mouthFunnel: 0.38, mouthPucker: 0.12, mouthLowerDown: 0.06 });
const EH = vowel({ jawOpen: 0.27, mouthStretch: 0.14, mouthSmile: 0.05, mouthLowerDown: 0.16, mouthUpperUp: 0.08 });
const IH = vowel({ jawOpen: 0.16, mouthStretch: 0.16, mouthSmile: 0.08, mouthLowerDown: 0.12, mouthUpperUp: 0.06 });
const IY = vowel({ jawOpen: 0.11, mouthStretch: 0.24, mouthSmile: 0.16, mouthLowerDown: 0.12, mouthUpperUp: 0.08 });
const UH = vowel({ jawOpen: 0.15, mouthFunnel: 0.3, mouthPucker: 0.28 });
const UW = vowel({ jawOpen: 0.1, mouthFunnel: 0.28, mouthPucker: 0.62 }, true);

/** Targets of one part each. Diphthongs are in DIPHTHONG_PARTS. */
export const PHONE_TARGETS: Readonly<Record<Phoneme, PhoneTarget>> = {
  SIL: { shape: {}, dominance: { jaw: 1, shape: 1, opening: 1, tongue: 1 } },
  AA,
  AE,
  AH,
  AO,
  AW: AA,
  AY: AA,
  B: bilabial,
  CH: hushing,
  D: alveolar,
  DH: dental,
  EH,
  ER: vowel({ jawOpen: 0.15, mouthFunnel: 0.26, mouthPucker: 0.18, mouthLowerDown: 0.08 }),
  EY: EH,
  F: labiodental,
  G: velar,
  HH: tongueOnly({ jawOpen: 0.16, mouthLowerDown: 0.08 }, 0.1),
  IH,
  IY,
  JH: hushing,
  K: velar,
  L: tongueOnly({ jawOpen: 0.12, tongueOut: 0.1, mouthLowerDown: 0.1, mouthUpperUp: 0.04 }, 0.5),
  M: bilabial,
  N: nasal,
  NG: velar,
  OW: AO,
  OY: AO,
  P: bilabial,
  R: {
    shape: { jawOpen: 0.1, mouthFunnel: 0.3, mouthPucker: 0.24 },
    dominance: { jaw: 0.5, shape: 0.8, opening: 0.6, tongue: 0.8 },
  },
  S: sharp,
  SH: hushing,
  T: alveolar,
  TH: dental,
  UH,
  UW,
  V: labiodental,
  W: {
    shape: { jawOpen: 0.08, mouthFunnel: 0.2, mouthPucker: 0.68 },
    dominance: { jaw: 0.7, shape: 1.6, opening: 1, tongue: 0.8 },
    lipHeavy: true,
  },
  Y: tongueOnly({ jawOpen: 0.1, mouthStretch: 0.2, mouthSmile: 0.1, mouthLowerDown: 0.1 }, 0.5),
  Z: sharp,
  ZH: hushing,
};

/** Diphthongs move between two targets (face-facts: AY = AA->IH, AW = AA->UH, OY = AO->IH, EY = EH->IH, OW = AO->UH). */
export const DIPHTHONG_PARTS: Readonly<Partial<Record<Phoneme, readonly [PhoneTarget, PhoneTarget]>>> = {
  AY: [AA, IH],
  AW: [AA, UH],
  OY: [AO, IH],
  EY: [EH, IH],
  OW: [AO, UH],
};

/** Share of a diphthong that belongs to its first target (the nine-class convention changes at 60 %). */
export const DIPHTHONG_SPLIT = 0.6;

/** Sibilants narrow the jaw: at most .35 of its range whatever the style (JALI 2016). */
export const SIBILANTS: ReadonlySet<Phoneme> = new Set<Phoneme>(['S', 'Z', 'SH', 'ZH', 'CH', 'JH']);
export const SIBILANT_JAW_CEILING = 0.3;
