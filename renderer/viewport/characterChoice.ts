import { createStore } from 'zustand/vanilla';
import { adjustPose, type ChannelAdjustments } from '../../core/rig/retarget/channelAdjustments';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import { createRetarget } from '../../core/rig/retarget/retarget';
import type { CharacterChoice, LoadedCharacter } from '../../main/ipc/api';
import type { Pose } from './pose';
import type { TargetDriver } from './character';

/** The character on stage. */
export type ShownCharacter =
  | { readonly kind: 'bundled'; readonly id: string; readonly adjustments: ChannelAdjustments | null }
  | { readonly kind: 'own'; readonly loaded: LoadedCharacter; readonly profile: CharacterProfile };

export const characterChoice = createStore<{ readonly shown: ShownCharacter }>(() => ({
  shown: { kind: 'bundled', id: 'mien', adjustments: null },
}));

/** What an export is told. */
export function exportChoice(): CharacterChoice {
  const { shown } = characterChoice.getState();
  if (shown.kind === 'own') return { kind: 'own', sha256: shown.loaded.sha256, profile: shown.profile };
  const { id, adjustments } = shown;
  return { kind: 'bundled', id, ...(adjustments && { adjustments }) };
}

/** A pose as the character on stage shows it; weights of the user's own go through its mapping. */
export function shownPose(pose: Pose): Pose {
  const { shown } = characterChoice.getState();
  return shown.kind === 'own' ? adjustPose(pose, shown.profile, 'rotations') : adjustPose(pose, shown.adjustments, 'all');
}

/** Drives targets through a profile; the weights of a pose are worked out once for all of its targets. */
export function profileDriver(profile: CharacterProfile): TargetDriver {
  const retarget = createRetarget(profile);
  let lastPose: Pose | null = null;
  let weights = retarget.weightsFor(() => 0);
  return (pose, target, mesh) => {
    if (pose !== lastPose) {
      weights = retarget.weightsFor(pose);
      lastPose = pose;
    }
    return weights(target, mesh);
  };
}
