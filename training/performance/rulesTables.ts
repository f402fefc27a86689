/**
 * Prints the rules engine's tables as training/performance/rules_twin.py names them: {shapes: {class: [8]}, dominance: {class: [3]},
 * settings, leads}.
 *
 *   npx tsx training/performance/rulesTables.ts > $MIEN_PERFORMANCE_CACHE/rules_tables.json
 */
import { MOUTH_SETTINGS as S } from '../../core/performance/rules/mouthSettings';
import { DIPHTHONG_PARTS, PHONE_TARGETS as P, type PhoneTarget } from '../../core/performance/rules/phoneTargets';

const SHAPES = ['jawOpen', 'mouthFunnel', 'mouthPucker', 'mouthSmile', 'mouthStretch', 'mouthLowerDown', 'mouthUpperUp', 'lipApproach'] as const;
const TARGETS: Readonly<Record<string, PhoneTarget>> = {
  SIL: P.SIL, AA: P.AA, AE: P.AE, AH: P.AH, AO: P.AO, EH: P.EH, IH: P.IH, IY: P.IY, UH: P.UH, UW: P.UW, ER: P.ER, bilabial: P.B, labiodental: P.F,
  sharp: P.S, hushing: P.SH, dental: P.TH, alveolar: P.T, nasal: P.N, velar: P.K, lateral: P.L, palatal: P.Y, breath: P.HH, retroflex: P.R,
  offglide: DIPHTHONG_PARTS.AW![1], labiovelar: P.W,
};
const each = (read: (target: PhoneTarget) => number[]) => Object.fromEntries(Object.entries(TARGETS).map(([name, target]) => [name, read(target)]));

console.log(
  JSON.stringify({
    shapes: each(({ shape }) => SHAPES.map((name) => shape[name] ?? 0)),
    dominance: each(({ dominance: { jaw, shape, opening } }) => [jaw, shape, opening]),
    settings: {
      onsetJaw: S.onsetSeconds.jaw, onsetShape: S.onsetSeconds.shape, onsetOpening: S.onsetSeconds.opening,
      releaseJaw: S.releaseSeconds.jaw, releaseShape: S.releaseSeconds.shape, releaseOpening: S.releaseSeconds.opening,
      heavyOnset: S.lipHeavyOnset, heavyRelease: S.lipHeavyRelease, inset: S.insetShare, insetMax: S.insetMaxSeconds, undershoot: S.undershootPower,
      effortGain: S.effortGain, loudnessGain: S.loudnessGain, shortPause: S.shortPauseDominance,
    },
    leads: [S.leadSeconds.jaw, S.leadSeconds.shape, S.leadSeconds.opening],
  }),
);
