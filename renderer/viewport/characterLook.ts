import type { Material } from '@babylonjs/core/Materials/material';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial';
import { Texture } from '@babylonjs/core/Materials/Textures/texture';
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial';
import { Color3 } from '@babylonjs/core/Maths/math.color';
import type { Mesh } from '@babylonjs/core/Meshes/mesh';
import '@babylonjs/core/Rendering/outlineRenderer';
import type { Scene } from '@babylonjs/core/scene';
import { bakeLightVisibility, bakeSkyVisibility, type BakeMesh } from './bakeOcclusion';
import type { Character, CharacterPart } from './character';
import { createFaceMaterial, lightFaceMaterial } from './faceMaterial';
import { LIGHT_PRESETS, type LightPresetId } from './lightPresets';
import { OcclusionPlugin } from './occlusionPlugin';
import type { Pose } from './pose';
import type { QualityTier } from './quality';
import { SURFACE_RESPONSE, type SurfaceLook } from './surfaceKind';

export interface LookSettings {
  readonly tier: QualityTier;
  readonly look: SurfaceLook;
  readonly lights: LightPresetId;
}

/** A talking mouth at its widest; what stands open then is lit then. */
const OPEN_MOUTH: Pose = (channel) => (channel === 'jawOpen' ? 0.6 : 0);
const SHUT_MOUTH: Pose = () => 0;
/** jawOpen at which the mouth counts as open to light. */
const OPEN_AT = 0.5;
/**
 * Software GL pays for every sample of anisotropic filtering: without it a frame takes well under half the time (llvmpipe, 640 x 400,
 * a busy machine: 75 ms against 180). A graphics card does not notice.
 */
const GPU_ANISOTROPY = 4;
/** The black of toon outlines, as a share of the head's height. */
const OUTLINE_WIDTH = 0.0022;

/** The surfaces of one character: its own physically based materials, or our small shader, lit by a preset. */
export class CharacterLook {
  private readonly own: ReadonlyMap<Mesh, Material | null>;
  private readonly plugins = new Map<Material, OcclusionPlugin>();
  private readonly shaders = new Map<string, ShaderMaterial>();
  private readonly occluders: { readonly shut: readonly BakeMesh[]; readonly open: readonly BakeMesh[] };
  private readonly sky: { readonly shut: readonly Float32Array[]; readonly open: readonly Float32Array[] };
  private shown: LookSettings | null = null;

  constructor(
    private readonly character: Character,
    private readonly scene: Scene,
  ) {
    this.own = new Map(character.parts.map(({ mesh }) => [mesh, mesh.material]));
    this.occluders = { shut: this.occluding(SHUT_MOUTH), open: this.occluding(OPEN_MOUTH) };
    this.sky = { shut: bakeSkyVisibility(this.occluders.shut), open: bakeSkyVisibility(this.occluders.open) };
  }

  apply(settings: LookSettings): void {
    if (this.shown?.lights !== settings.lights) this.bakeKey(settings.lights);
    const isPbr = settings.tier !== 'draft' && settings.look === 'real';
    for (const part of this.character.parts) {
      const { mesh } = part;
      for (const texture of this.own.get(mesh)?.getActiveTextures() ?? []) {
        texture.anisotropicFilteringLevel = settings.tier === 'draft' ? 1 : GPU_ANISOTROPY;
        if (texture instanceof Texture)
          texture.updateSamplingMode(settings.tier === 'draft' ? Texture.BILINEAR_SAMPLINGMODE : Texture.TRILINEAR_SAMPLINGMODE);
      }
      // Colours with an alpha of 1 would make Babylon sort the mesh as glass; the material alone decides.
      mesh.hasVertexAlpha = this.own.get(mesh)?.needAlphaBlending() ?? false;
      mesh.material = isPbr ? this.tunedOwn(part) : this.shaderOf(part, settings);
      mesh.receiveShadows = isPbr;
      mesh.renderOutline = settings.look === 'toon' && part.kind !== 'cornea' && part.kind !== 'eye' && part.kind !== 'teeth';
      mesh.outlineWidth = (this.character.faceFrame.headHeight * OUTLINE_WIDTH) / Math.max(1e-6, scaleOf(mesh));
      mesh.outlineColor = new Color3(0.11, 0.07, 0.07);
    }
    this.shown = settings;
  }

  /** Light in the mouth follows the jaw. */
  setPose(pose: Pose): void {
    const mouthOpen = Math.min(1, Math.max(0, pose('jawOpen') / OPEN_AT));
    for (const material of this.shaders.values()) material.setFloat('mouthOpen', mouthOpen);
    for (const plugin of this.plugins.values()) plugin.mouthOpen = mouthOpen;
  }

  dispose(): void {
    for (const material of this.shaders.values()) material.dispose();
  }

  private occluding(pose: Pose): BakeMesh[] {
    // A clear shell over the eye, and lashes, let light through.
    return this.character
      .bakeMeshes(pose)
      .map((mesh, index) => (this.isSolid(this.character.parts[index]) ? mesh : { ...mesh, indices: [] }));
  }

  private isSolid({ mesh, kind }: CharacterPart): boolean {
    const material = this.own.get(mesh);
    return kind !== 'cornea' && !material?.needAlphaBlending() && !/lash/i.test(mesh.name);
  }

  /** Writes what each vertex sees of sky and key, mouth shut and open. */
  private bakeKey(lights: LightPresetId): void {
    const { key, keyRadius } = LIGHT_PRESETS[lights];
    const shut = bakeLightVisibility(this.occluders.shut, key.direction, keyRadius);
    const open = bakeLightVisibility(this.occluders.open, key.direction, keyRadius);
    this.character.parts.forEach(({ mesh, kind }, index) => {
      const count = shut[index].length;
      const data = new Float32Array(count * 4);
      // Eyes and hair would look dirty with the full depth of it: light passes through them or around.
      const floor = kind === 'eye' || kind === 'cornea' ? 0.4 : kind === 'hair' ? 0.25 : 0.04;
      const lift = (value: number) => floor + (1 - floor) * value;
      for (let vertex = 0; vertex < count; vertex += 1) {
        data[vertex * 4] = lift(this.sky.shut[index][vertex]);
        data[vertex * 4 + 1] = lift(shut[index][vertex]);
        data[vertex * 4 + 2] = lift(this.sky.open[index][vertex]);
        data[vertex * 4 + 3] = lift(open[index][vertex]);
      }
      mesh.setVerticesData('occlusion', data, false, 4);
    });
  }

  private shaderOf(part: CharacterPart, { look, lights }: LookSettings): ShaderMaterial {
    const source = this.own.get(part.mesh) ?? null;
    const key = `${part.mesh.uniqueId} ${look}`;
    const material = this.shaders.get(key) ?? createFaceMaterial(part.mesh, source, part.kind, look === 'toon', this.scene);
    this.shaders.set(key, material);
    lightFaceMaterial(material, LIGHT_PRESETS[lights]);
    return material;
  }

  private tunedOwn({ mesh, kind }: CharacterPart): Material | null {
    const material = this.own.get(mesh) ?? null;
    if (!(material instanceof PBRMaterial)) return material;
    if (!this.plugins.has(material)) this.plugins.set(material, new OcclusionPlugin(material));
    material.maxSimultaneousLights = 4;
    material.environmentIntensity = 1;
    material.enableSpecularAntiAliasing = true;
    const isSkin = kind === 'skin' || kind === 'tongue';
    material.subSurface.isTranslucencyEnabled = isSkin;
    if (isSkin) {
      material.subSurface.translucencyIntensity = 0.35;
      material.subSurface.tintColor = new Color3(0.9, 0.28, 0.16);
      material.subSurface.minimumThickness = 0.2;
      material.subSurface.maximumThickness = 1.4;
    }
    if (kind === 'eye' || kind === 'cornea') {
      material.clearCoat.isEnabled = true;
      material.clearCoat.intensity = 1;
      material.clearCoat.roughness = 0.02;
    }
    if (material.roughness !== null && material.roughness >= 1 && !material.metallicTexture) {
      material.roughness = SURFACE_RESPONSE[kind].roughness;
    }
    return material;
  }
}

function scaleOf(mesh: Mesh): number {
  const matrix = mesh.getWorldMatrix().m;
  return Math.hypot(matrix[0], matrix[1], matrix[2]);
}
