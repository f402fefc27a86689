import type { ArkitChannel, PerformanceChannel } from '../channels';
import { adjustedValue } from './channelAdjustments';
import type { CharacterProfile } from './characterProfile';
import { createVisemeSolver } from './solveVisemes';
import type { OculusViseme } from './visemePoses';

/** Any channel's value in one pose. */
export type ChannelValues = (channel: PerformanceChannel) => number;

/** Weights of a character's targets in one pose. */
export type TargetWeights = (target: string, mesh: string) => number;

/** Turns poses of channels into weights of a character's targets. */
export interface Retarget {
  /** Weights for a pose; a target no row drives is 0. */
  weightsFor(pose: ChannelValues): TargetWeights;
  /** True when some row drives this target of this mesh. */
  drives(target: string, mesh: string): boolean;
  /** The weight at which a target is fully on: 1, or 100 for a rig whose weights go to 100. */
  unitOf(target: string, mesh: string): number;
}

/** A gain from here on is no exaggeration but the range of the rig's weights. */
const LEAST_PERCENT_GAIN = 10;

/** A mesh may have an empty name, which is not the same as no mesh. */
const keyOf = (target: string, mesh: string | undefined) => (mesh === undefined ? target : `${target}\n${mesh}`);

/**
 * Applies a profile: each channel with its gain, offset and limits, then the rows of the mapping added up, then visemes by least
 * squares. Rows that name a mesh act there only; the others on every mesh that has the target.
 */
export function createRetarget(profile: CharacterProfile): Retarget {
  const visemeRows = profile.visemes ?? [];
  const visemes = [...new Set(visemeRows.map((row) => row.viseme))];
  const solver = visemes.length > 0 ? createVisemeSolver(visemes) : null;
  const rows = [...profile.mapping, ...visemeRows];
  const driven = new Set(rows.map((row) => keyOf(row.target, row.mesh)));
  const inPercent = new Set(
    rows.filter((row) => Math.abs(row.gain) >= LEAST_PERCENT_GAIN).map((row) => keyOf(row.target, row.mesh)),
  );

  const adjusted = (pose: ChannelValues, channel: PerformanceChannel): number => adjustedValue(profile, channel, pose(channel));

  return {
    weightsFor(pose) {
      const sums = new Map<string, number>();
      const add = (target: string, mesh: string | undefined, weight: number) => {
        const key = keyOf(target, mesh);
        sums.set(key, (sums.get(key) ?? 0) + weight);
      };
      for (const { channel, target, mesh, gain } of profile.mapping) add(target, mesh, adjusted(pose, channel) * gain);
      if (solver) {
        const weights = solver.solve((channel: ArkitChannel) => adjusted(pose, channel));
        for (const { viseme, target, mesh, gain } of visemeRows)
          add(target, mesh, weights[visemes.indexOf(viseme as OculusViseme)] * gain);
      }
      return (target, mesh) => (sums.get(keyOf(target, mesh)) ?? 0) + (sums.get(keyOf(target, undefined)) ?? 0);
    },
    drives: (target, mesh) => driven.has(keyOf(target, mesh)) || driven.has(keyOf(target, undefined)),
    unitOf: (target, mesh) => (inPercent.has(keyOf(target, mesh)) || inPercent.has(keyOf(target, undefined)) ? 100 : 1),
  };
}
