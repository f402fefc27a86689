import { createStore } from 'zustand/vanilla';

/** What the inspector and the viewport's caption tell about the character that is loaded. */
export interface CharacterFacts {
  readonly name: string;
  readonly shapes: readonly string[];
  readonly meshes: readonly string[];
  readonly joints: readonly string[];
  readonly vertexCount: number;
}

export const characterFacts = createStore<CharacterFacts>(() => ({
  name: '',
  shapes: [],
  meshes: [],
  joints: [],
  vertexCount: 0,
}));
