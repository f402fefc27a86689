import type { Material } from '@babylonjs/core/Materials/material';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial';
import { Texture } from '@babylonjs/core/Materials/Textures/texture';
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial';
import { Color3 } from '@babylonjs/core/Maths/math.color';
import type { Mesh } from '@babylonjs/core/Meshes/mesh';
import '@babylonjs/core/Rendering/outlineRenderer';
import type { Scene } from '@babylonjs/core/scene';
import type { PerformanceChannel } from '../../core/rig/channels';
import { bakeLightVisibility, bakeSkyVisibility, type BakeMesh } from './bakeOcclusion';
import type { Character, CharacterPart } from './character';
import { createFaceMaterial, lightFaceMaterial } from './faceMaterial';
import { catchlightCosine, LIGHT_PRESETS, type LightPresetId } from './lightPresets';
import { OcclusionPlugin } from './occlusionPlugin';
import type { Pose } from './pose';
import type { QualityTier } from './quality';
import { SURFACE_RESPONSE, type SurfaceKind, type SurfaceLook } from './surfaceKind';

export interface LookSettings {
  readonly tier: QualityTier;
  readonly look: SurfaceLook;
  readonly lights: LightPresetId;
}

/** A talking mouth at its widest; what stands open then is lit then. */
const OPEN_MOUTH: Pose = (channel) => OPEN_WEIGHTS[channel] ?? 0;
const OPEN_WEIGHTS: Readonly<Partial<Record<PerformanceChannel, number>>> = {
  jawOpen: 0.6,
  mouthUpperUpLeft: 0.5,
  mouthUpperUpRight: 0.5,
  mouthLowerDownLeft: 0.4,
  mouthLowerDownRight: 0.4,
};
const SHUT_MOUTH: Pose = () => 0;
/** Opening (as jawOpen) at which the mouth counts as open to light. */
const OPEN_AT = 0.5;
/** How far other shapes part the lips, next to jawOpen. */
const PARTING: readonly (readonly [PerformanceChannel, number])[] = [
  ['jawOpen', 1],
  ['mouthClose', -1],
  ['tongueOut', 0.4],
  ['mouthFunnel', 0.3],
  ['mouthUpperUpLeft', 0.12],
  ['mouthUpperUpRight', 0.12],
  ['mouthLowerDownLeft', 0.12],
  ['mouthLowerDownRight', 0.12],
];
/**
 * Least share of light a vertex keeps. Light passes through eyes and hair or around them, and whoever sees teeth and tongue
 * looks in through the lips as light does.
 */
const LEAST_LIGHT: Readonly<Partial<Record<SurfaceKind, number>>> = {
  eye: 0.4,
  cornea: 0.4,
  hair: 0.25,
  teeth: 0.42,
  tongue: 0.55,
};
const LEAST_LIGHT_ELSEWHERE = 0.04;
/**
 * Software GL pays for every sample of anisotropic filtering: without it a frame takes well under half the time (llvmpipe, 640 x 400,
 * a busy machine: 75 ms against 180). A graphics card does not notice.
 */
const GPU_ANISOTROPY = 4;
/** The rest is too fine or too far inside for a shadow map: the bake shades it. */
const TAKES_SHADOW: ReadonlySet<SurfaceKind> = new Set(['skin', 'hair', 'cloth', 'plain']);
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
      mesh.material = isPbr ? this.tunedOwn(part, settings.lights) : this.shaderOf(part, settings);
      mesh.receiveShadows = isPbr && TAKES_SHADOW.has(part.kind);
      mesh.renderOutline = settings.look === 'toon' && part.kind !== 'cornea' && part.kind !== 'eye' && part.kind !== 'teeth';
      // In the folds of a collar a wide line would come out on the other side.
      const width = part.kind === 'cloth' ? OUTLINE_WIDTH * 0.4 : OUTLINE_WIDTH;
      mesh.outlineWidth = (this.character.faceFrame.headHeight * width) / Math.max(1e-6, scaleOf(mesh));
      mesh.outlineColor = new Color3(0.11, 0.07, 0.07);
    }
    this.shown = settings;
  }

  /** Light in the mouth follows the jaw. */
  setPose(pose: Pose): void {
    const parting = PARTING.reduce((sum, [channel, share]) => sum + share * pose(channel), 0);
    const mouthOpen = Math.min(1, Math.max(0, parting / OPEN_AT));
    for (const material of this.shaders.values()) material.setFloat('mouthOpen', mouthOpen);
    for (const plugin of this.plugins.values()) plugin.mouthOpen = mouthOpen;
  }

  /** Whether the drawn look's lines have their shader: it is made apart from the surfaces', at the first picture. */
  get isOutlined(): boolean {
    const outlines = this.scene.getOutlineRenderer();
    return this.character.parts.every(
      ({ mesh }) => !mesh.renderOutline || mesh.subMeshes.every((subMesh) => outlines.isReady(subMesh, false)),
    );
  }

  async untilOutlined(): Promise<void> {
    while (!this.isOutlined) await new Promise((resolve) => setTimeout(resolve, 16));
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
      const floor = LEAST_LIGHT[kind] ?? LEAST_LIGHT_ELSEWHERE;
      const lift = (value: number) => floor + (1 - floor) * value;
      // Teeth and tongue are seen when the lips are apart, by whatever shape.
      const isInMouth = kind === 'teeth' || kind === 'tongue';
      const [shutSky, shutKey] = isInMouth ? [this.sky.open[index], open[index]] : [this.sky.shut[index], shut[index]];
      for (let vertex = 0; vertex < count; vertex += 1) {
        data[vertex * 4] = lift(shutSky[vertex]);
        data[vertex * 4 + 1] = lift(shutKey[vertex]);
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

  private tunedOwn({ mesh, kind }: CharacterPart, lights: LightPresetId): Material | null {
    const material = this.own.get(mesh) ?? null;
    if (!(material instanceof PBRMaterial)) return material;
    const plugin = this.plugins.get(material) ?? new OcclusionPlugin(material, kind);
    plugin.catchlight = catchlightCosine(LIGHT_PRESETS[lights]);
    this.plugins.set(material, plugin);
    // Until its shader is there a surface is left out: the one before may read another kind of shadow map, which GL refuses.
    material.allowShaderHotSwapping = false;
    material.maxSimultaneousLights = 4;
    material.environmentIntensity = 1;
    material.enableSpecularAntiAliasing = true;
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
