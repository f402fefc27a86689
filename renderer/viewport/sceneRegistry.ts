import type { CharacterScene } from './characterScene';

let current: CharacterScene | null = null;

/** The one scene of the window, for probes and pictures. Returns how to forget it. */
export function registerScene(scene: CharacterScene): () => void {
  current = scene;
  return () => {
    if (current === scene) current = null;
  };
}

export function currentScene(): CharacterScene | null {
  return current;
}
