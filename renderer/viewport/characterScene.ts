import { ArcRotateCamera } from '@babylonjs/core/Cameras/arcRotateCamera';
import '@babylonjs/core/Culling/ray';
import { Engine } from '@babylonjs/core/Engines/engine';
import { DirectionalLight } from '@babylonjs/core/Lights/directionalLight';
import { HemisphericLight } from '@babylonjs/core/Lights/hemisphericLight';
import { LoadAssetContainerAsync, RegisterSceneLoaderPlugin } from '@babylonjs/core/Loading/sceneLoader';
import { ImageProcessingConfiguration } from '@babylonjs/core/Materials/imageProcessingConfiguration';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial';
import { Color3, Color4 } from '@babylonjs/core/Maths/math.color';
import { Vector3 } from '@babylonjs/core/Maths/math.vector';
import { Scene } from '@babylonjs/core/scene';
import { GLTFFileLoader } from '@babylonjs/loaders/glTF/glTFFileLoader';
import '@babylonjs/loaders/glTF/2.0/glTFLoader';
import { Character } from './character';
import { cameraView, type FaceFrame } from './cameraPresets';
import type { CameraPreset } from '../stores/viewState';
import type { Pose } from './pose';

RegisterSceneLoaderPlugin(new GLTFFileLoader());

/** The stage: camera, soft studio lights, the character. Draws only when something changed. */
export class CharacterScene {
  private readonly engine: Engine;
  private readonly scene: Scene;
  private readonly camera: ArcRotateCamera;
  private character: Character | null = null;
  private isScheduled = false;
  private isDisposed = false;
  /** Frames drawn since the start; for tests and benchmarks. */
  drawnFrames = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.engine = new Engine(
      canvas,
      true,
      { alpha: true, premultipliedAlpha: true, stencil: false, preserveDrawingBuffer: true },
      true,
    );
    this.scene = new Scene(this.engine);
    this.scene.useRightHandedSystem = true;
    this.scene.clearColor = new Color4(0, 0, 0, 0);
    this.scene.skipPointerMovePicking = true;
    this.camera = new ArcRotateCamera('camera', Math.PI / 2, Math.PI / 2, 1, Vector3.Zero(), this.scene);
    this.setUpCamera();
    this.setUpLights();
    this.setUpFilm();
  }

  /** Loads a self-contained GLB in place of the character there was. */
  async load(glb: Uint8Array): Promise<Character> {
    // A copy: the loader keeps views on what it is given.
    const container = await LoadAssetContainerAsync(glb.slice(), this.scene, { pluginExtension: '.glb', name: 'character.glb' });
    if (this.isDisposed) throw new Error('The viewport is gone.');
    // A handful of joints fits into uniforms; a texture for them costs software GL a fetch for every vertex.
    for (const skeleton of container.skeletons) skeleton.useTextureToStoreBoneMatrices = false;
    container.addAllToScene();
    this.character?.dispose();
    this.character = new Character(container);
    this.tuneMaterials();
    this.requestRender();
    return this.character;
  }

  setPose(pose: Pose): void {
    if (this.character?.setPose(pose)) this.requestRender();
  }

  setWireframe(isOn: boolean): void {
    this.scene.forceWireframe = isOn;
    this.requestRender();
  }

  /** Puts the camera on a preset, framed for the canvas' shape. */
  setCamera(preset: CameraPreset): void {
    const frame: FaceFrame | undefined = this.character?.faceFrame;
    if (!frame) return;
    const view = cameraView(preset, frame, this.camera.fov, this.canvas.clientWidth / Math.max(1, this.canvas.clientHeight));
    this.camera.setTarget(new Vector3(...view.target));
    this.camera.alpha = view.alpha;
    this.camera.beta = view.beta;
    this.camera.radius = view.radius;
    this.requestRender();
  }

  resize(): void {
    this.engine.setHardwareScalingLevel(1 / (window.devicePixelRatio || 1));
    this.engine.resize();
    this.requestRender();
  }

  requestRender(): void {
    if (this.isScheduled || this.isDisposed) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      if (this.isDisposed) return;
      this.scene.render();
      this.drawnFrames += 1;
      if (!this.scene.isReady(true) || this.isCameraMoving()) this.requestRender();
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.scene.dispose();
    this.engine.dispose();
  }

  private isCameraMoving(): boolean {
    const { inertialAlphaOffset, inertialBetaOffset, inertialRadiusOffset, inertialPanningX, inertialPanningY } = this.camera;
    return [inertialAlphaOffset, inertialBetaOffset, inertialRadiusOffset, inertialPanningX, inertialPanningY].some(
      (offset) => offset !== 0,
    );
  }

  private setUpCamera(): void {
    const { camera } = this;
    // 85 mm on a 24 mm high film: 2 atan(12 / 85).
    camera.fov = 2 * Math.atan(12 / 85);
    camera.minZ = 0.01;
    camera.maxZ = 20;
    camera.lowerRadiusLimit = 0.15;
    camera.upperRadiusLimit = 6;
    camera.wheelDeltaPercentage = 0.01;
    camera.panningSensibility = 6000;
    camera.angularSensibilityX = 600;
    camera.angularSensibilityY = 600;
    camera.inertia = 0.7;
    camera.attachControl(this.canvas, true);
    for (const type of ['pointermove', 'pointerdown', 'wheel']) this.canvas.addEventListener(type, () => this.requestRender());
  }

  /** Soft studio: sky fill, a warm key from the upper left (the viewer's), a cool fill from the right, a rim from behind. */
  private setUpLights(): void {
    const sky = new HemisphericLight('sky', new Vector3(0, 1, 0.15), this.scene);
    sky.intensity = 0.75;
    sky.diffuse = new Color3(0.98, 0.98, 1);
    sky.groundColor = new Color3(0.42, 0.38, 0.36);
    sky.specular = new Color3(0.12, 0.12, 0.12);
    this.addLight('key', [0.55, -0.55, -0.85], 2.1, new Color3(1, 0.965, 0.92), 0.6);
    this.addLight('fill', [-0.9, -0.1, -0.6], 0.55, new Color3(0.86, 0.92, 1), 0.3);
    this.addLight('rim', [-0.5, -0.35, 1], 1.2, new Color3(0.9, 0.95, 1), 0.25);
  }

  /** `shine` is the share of the light that makes highlights: skin is soft, only the eyes should sparkle. */
  private addLight(name: string, direction: [number, number, number], intensity: number, color: Color3, shine: number): void {
    const light = new DirectionalLight(name, new Vector3(...direction).normalize(), this.scene);
    light.intensity = intensity;
    light.diffuse = color;
    light.specular = color.scale(shine);
  }

  private setUpFilm(): void {
    const film = this.scene.imageProcessingConfiguration;
    film.toneMappingEnabled = true;
    film.toneMappingType = ImageProcessingConfiguration.TONEMAPPING_KHR_PBR_NEUTRAL;
    film.exposure = 1;
    film.contrast = 1.04;
  }

  /** Everything is lit by lights alone: no environment map is fetched or shipped. */
  private tuneMaterials(): void {
    for (const material of this.scene.materials) {
      if (!(material instanceof PBRMaterial)) continue;
      material.environmentIntensity = 0;
      material.maxSimultaneousLights = 4;
    }
  }
}
