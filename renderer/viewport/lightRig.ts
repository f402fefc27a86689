import { DirectionalLight } from '@babylonjs/core/Lights/directionalLight';
import { ShadowGenerator } from '@babylonjs/core/Lights/Shadows/shadowGenerator';
import { Color3 } from '@babylonjs/core/Maths/math.color';
import { Vector3 } from '@babylonjs/core/Maths/math.vector';
import type { RawCubeTexture } from '@babylonjs/core/Materials/Textures/rawCubeTexture';
import type { Scene } from '@babylonjs/core/scene';
import type { FaceFrame } from './cameraPresets';
import type { Character } from './character';
import { LIGHT_PRESETS, unit, type LightPresetId, type PresetLight } from './lightPresets';
import type { QualityTier } from './quality';
import { createStudioEnvironment } from './studioEnvironment';

/** Real lights for the Standard and High tiers: three lamps, the key with a soft shadow, and the studio around as environment. */
export class LightRig {
  private readonly lamps: Record<'key' | 'fill' | 'rim', DirectionalLight>;
  private shadow: ShadowGenerator | null = null;
  private environment: RawCubeTexture | null = null;
  private shownPreset: LightPresetId | null = null;

  private isDisposed = false;
  /** When the studio around has been made for the preset last asked for. */
  ready: Promise<void> = Promise.resolve();

  /** @param onChange something arrived that the picture should show */
  constructor(
    private readonly scene: Scene,
    private readonly onChange: () => void,
  ) {
    const lamp = (name: string) => new DirectionalLight(name, new Vector3(0, -1, 0), scene);
    this.lamps = { key: lamp('key'), fill: lamp('fill'), rim: lamp('rim') };
  }

  apply(tier: QualityTier, presetId: LightPresetId, character: Character | null, isPbr: boolean): void {
    for (const lamp of Object.values(this.lamps)) lamp.setEnabled(isPbr);
    this.shadow?.dispose();
    this.shadow = null;
    if (!isPbr) return;
    const preset = LIGHT_PRESETS[presetId];
    // An environment mirrors the lamps already; as lights they only add what makes form, and highlights of their own size.
    aim(this.lamps.key, preset.key, 1.25, 0.4);
    aim(this.lamps.fill, preset.fill, Math.PI * 0.85, 0.05);
    aim(this.lamps.rim, preset.rim, 0.8, 0.35);
    if (this.shownPreset !== presetId) this.ready = this.showEnvironment(presetId);
    this.scene.imageProcessingConfiguration.exposure = preset.exposure;
    if (character) this.castShadows(tier, character, preset.keyRadius);
  }

  private async showEnvironment(presetId: LightPresetId): Promise<void> {
    this.shownPreset = presetId;
    const environment = await createStudioEnvironment(LIGHT_PRESETS[presetId], this.scene);
    // Another preset may have been chosen, or the viewport closed, while it was made.
    if (this.isDisposed || this.shownPreset !== presetId) return environment.dispose();
    this.environment?.dispose();
    this.environment = environment;
    this.scene.environmentTexture = environment;
    this.onChange();
  }

  private castShadows(tier: QualityTier, character: Character, keyRadius: number): void {
    const { key } = this.lamps;
    placeLamp(key, character.faceFrame);
    const shadow = new ShadowGenerator(tier === 'high' ? 1536 : 1024, key);
    if (tier === 'high') {
      shadow.useContactHardeningShadow = true;
      shadow.contactHardeningLightSizeUVRatio = Math.min(0.2, keyRadius * 0.4);
      shadow.filteringQuality = ShadowGenerator.QUALITY_HIGH;
    } else {
      shadow.usePercentageCloserFiltering = true;
      shadow.filteringQuality = ShadowGenerator.QUALITY_HIGH;
    }
    shadow.bias = 0.0012;
    // Metres: more than skin is thick would shade a mouth by its own inside.
    shadow.normalBias = 0.0015;
    shadow.setDarkness(0.12);
    for (const { mesh, kind } of character.parts) {
      if (kind !== 'cornea' && !/lash/i.test(mesh.name)) shadow.addShadowCaster(mesh, false);
    }
    this.shadow = shadow;
  }

  dispose(): void {
    this.isDisposed = true;
    this.shadow?.dispose();
    this.environment?.dispose();
    for (const lamp of Object.values(this.lamps)) lamp.dispose();
  }
}

function aim(lamp: DirectionalLight, { direction, color }: PresetLight, intensity: number, shine: number): void {
  lamp.direction = new Vector3(...unit(direction)).scale(-1);
  lamp.intensity = intensity;
  lamp.diffuse = new Color3(...color);
  lamp.specular = new Color3(...color).scale(shine);
}

function placeLamp(lamp: DirectionalLight, { center, headHeight }: FaceFrame): void {
  lamp.position = new Vector3(...center).subtract(lamp.direction.scale(headHeight * 3));
  lamp.autoUpdateExtends = false;
  lamp.autoCalcShadowZBounds = false;
  const reach = headHeight * 0.95;
  lamp.orthoLeft = -reach;
  lamp.orthoRight = reach;
  lamp.orthoTop = reach;
  lamp.orthoBottom = -reach;
  lamp.shadowMinZ = headHeight;
  lamp.shadowMaxZ = headHeight * 5;
}
