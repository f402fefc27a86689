import { ARKIT_CHANNELS, regionOf, type ArkitChannel } from '../channels';
import { VISEME_POSES, type OculusViseme } from './visemePoses';

/** Channels a viseme can say something about: jaw, tongue and mouth. */
const MOUTH_CHANNELS = ARKIT_CHANNELS.filter((channel) => ['jaw', 'mouth'].includes(regionOf(channel)));
/** What one sees first is how far the mouth is open; a closed mouth must stay closed. */
const CHANNEL_WEIGHT: Readonly<Partial<Record<ArkitChannel, number>>> = {
  jawOpen: 3,
  mouthPucker: 1.5,
  mouthFunnel: 1.2,
  mouthClose: 0.3,
  mouthRollLower: 0.7,
  mouthRollUpper: 0.7,
};
/** Keeps similar visemes (CH and RR, DD and nn) from sharing one pose in equal parts of noise. */
const RIDGE = 0.01;
const SWEEPS = 60;

/** Mouth shapes of a rig that speaks in visemes, found for any ARKit pose. */
export interface VisemeSolver {
  readonly visemes: readonly OculusViseme[];
  /** Weights 0..1, in the order of `visemes`. `valueOf` gives a channel's weight. */
  solve(valueOf: (channel: ArkitChannel) => number): number[];
}

/**
 * Least squares with bounds: the weights 0..1 of the rig's visemes whose blend of ARKit poses comes nearest to the wanted one.
 * The normal matrix is made once; a pose costs a few thousand multiplications.
 */
export function createVisemeSolver(visemes: readonly OculusViseme[]): VisemeSolver {
  const poses = visemes.map((viseme) =>
    MOUTH_CHANNELS.map((channel) => (VISEME_POSES[viseme][channel] ?? 0) * weightOf(channel)),
  );
  const gram = poses.map((a, row) => poses.map((b, column) => dot(a, b) + (row === column ? RIDGE : 0)));
  return {
    visemes,
    solve(valueOf) {
      // The jaw under closed lips is not an open mouth.
      const open = Math.max(0, valueOf('jawOpen') - valueOf('mouthClose'));
      const wanted = MOUTH_CHANNELS.map((channel) => (channel === 'jawOpen' ? open : valueOf(channel)) * weightOf(channel));
      const pull = poses.map((pose) => dot(pose, wanted));
      const weights = visemes.map(() => 0);
      for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
        for (let row = 0; row < weights.length; row += 1) {
          if (visemes[row] === 'sil') continue;
          let rest = pull[row];
          for (let column = 0; column < weights.length; column += 1)
            if (column !== row) rest -= gram[row][column] * weights[column];
          weights[row] = Math.min(1, Math.max(0, rest / gram[row][row]));
        }
      }
      const silence = visemes.indexOf('sil');
      if (silence >= 0) weights[silence] = Math.max(0, 1 - weights.reduce((sum, weight) => sum + weight, 0));
      return weights;
    },
  };
}

function weightOf(channel: ArkitChannel): number {
  return CHANNEL_WEIGHT[channel] ?? 1;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index], 0);
}
