import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial';
import type { Scene } from '@babylonjs/core/scene';
import type { Character } from './character';
import { createFaceMaterial, lightFaceMaterial } from './faceMaterial';
import { LIGHT_PRESETS, type LightPresetId } from './lightPresets';

/** How much of the ghost covers what is behind it. */
const GHOST_ALPHA = 0.42;
/** Where it stands beside the character, in head heights: to its left, and a little behind. */
const BESIDE = { x: 0.86, z: -0.35 } as const;

/**
 * Another take beside the character, see-through. Drawn by the Draft shader in every quality: it is there to be
 * compared with, and must not cost what a second physically based character would. Nothing is blended or sorted: the picture's own alpha lets
 * the backdrop through, and the character is drawn over it.
 */
export class Ghost {
  private readonly materials: ShaderMaterial[] = [];

  /** @param original the character on stage, of the same file: what its vertices see of light is taken over. */
  constructor(
    readonly character: Character,
    original: Character,
    lights: LightPresetId,
    scene: Scene,
  ) {
    const { headHeight } = character.faceFrame;
    character.moveBy(BESIDE.x * headHeight, 0, BESIDE.z * headHeight);
    character.parts.forEach(({ mesh, kind }, index) => {
      const source = mesh.material;
      // A clear shell over the eye would only veil it.
      mesh.setEnabled(kind !== 'cornea');
      const seen = original.parts[index]?.mesh.getVerticesData('occlusion');
      if (seen) mesh.setVerticesData('occlusion', seen.slice(), false, 4);
      mesh.hasVertexAlpha = false;
      mesh.receiveShadows = false;
      const material = createFaceMaterial(mesh, source, kind, false, scene, GHOST_ALPHA);
      mesh.material = material;
      this.materials.push(material);
    });
    this.light(lights);
  }

  light(lights: LightPresetId): void {
    for (const material of this.materials) lightFaceMaterial(material, LIGHT_PRESETS[lights]);
  }

  dispose(): void {
    for (const material of this.materials) material.dispose();
    this.character.dispose();
  }
}
