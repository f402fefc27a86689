import { createStore } from 'zustand/vanilla';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import { createRetarget } from '../../core/rig/retarget/retarget';
import type { CharacterChoice, LoadedCharacter } from '../../main/ipc/api';
import type { Pose } from './pose';
import type { TargetDriver } from './character';

/** The character on stage. */
export type ShownCharacter =
  | { readonly kind: 'bundled'; readonly id: string }
  | { readonly kind: 'own'; readonly loaded: LoadedCharacter; readonly profile: CharacterProfile };

export const characterChoice = createStore<{ readonly shown: ShownCharacter }>(() => ({
  shown: { kind: 'bundled', id: 'mien' },
}));

/** What an export is told. */
export function exportChoice(): CharacterChoice {
  const { shown } = characterChoice.getState();
  return shown.kind === 'bundled' ? shown : { kind: 'own', sha256: shown.loaded.sha256, profile: shown.profile };
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
