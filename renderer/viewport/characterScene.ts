import type { AssetContainer } from '@babylonjs/core/assetContainer';
import { ArcRotateCamera } from '@babylonjs/core/Cameras/arcRotateCamera';
import '@babylonjs/core/Culling/ray';
import { Engine } from '@babylonjs/core/Engines/engine';
import { LoadAssetContainerAsync, RegisterSceneLoaderPlugin } from '@babylonjs/core/Loading/sceneLoader';
import { ImageProcessingConfiguration } from '@babylonjs/core/Materials/imageProcessingConfiguration';
import { Color4 } from '@babylonjs/core/Maths/math.color';
import { Vector3 } from '@babylonjs/core/Maths/math.vector';
import { SceneInstrumentation } from '@babylonjs/core/Instrumentation/sceneInstrumentation';
import { Scene } from '@babylonjs/core/scene';
import { GLTFFileLoader } from '@babylonjs/loaders/glTF/glTFFileLoader';
import '@babylonjs/loaders/glTF/2.0/glTFLoader';
import { Character, driveByName, type TargetDriver } from './character';
import { CharacterLook } from './characterLook';
import { cameraView, type CameraPreset, type FaceFrame } from './cameraPresets';
import type { FaceHandle } from './face-handles';
import type { PixelVector } from './handle-interaction';
import { outsideIn } from './drawingOrder';
import { Ghost } from './ghost';
import { LightRig } from './lightRig';
import type { ArkitChannel, PerformanceChannel } from '../../core/rig/channels';
import type { LightPresetId } from './lightPresets';
import {
  AdaptiveScale,
  isSoftwareRenderer,
  morphPathOf,
  rendererName,
  STILL_SCALE,
  tierOf,
  type MorphPath,
  type QualityChoice,
  type QualityTier,
} from './quality';
import { REST_POSE, type Pose } from './pose';
import { loadedTextureBytes, type SceneFigures } from './sceneFigures';
import type { SurfaceLook } from './surfaceKind';

RegisterSceneLoaderPlugin(new GLTFFileLoader());

/** After this long without a picture nothing moves; longer than the slowest frame of a busy machine. */
const STILL_MS = 700;

/** A handle on the picture, with how its channels would move it. */
export interface ScreenHandle extends PixelVector {
  readonly handle: FaceHandle;
  readonly isFacing: boolean;
  readonly motions: readonly { readonly channel: ArkitChannel; readonly pixelsPerWeight: PixelVector }[];
}

export interface PictureSettings {
  readonly quality: QualityChoice;
  readonly look: SurfaceLook;
  readonly lights: LightPresetId;
}

const DEFAULT_SETTINGS: PictureSettings = { quality: 'auto', look: 'real', lights: 'studio' };

/** The stage: camera, lights, the character. Draws only when something changed. */
export class CharacterScene {
  readonly renderer: string;
  private readonly engine: Engine;
  private readonly scene: Scene;
  private readonly camera: ArcRotateCamera;
  private readonly rig: LightRig;
  private readonly adaptive = new AdaptiveScale();
  private settings = DEFAULT_SETTINGS;
  private character: Character | null = null;
  private look: CharacterLook | null = null;
  private source: { readonly glb: Uint8Array; readonly drive: TargetDriver } | null = null;
  private ghost: Ghost | null = null;
  private ghostPose: Pose | null = null;
  private isGhostComing = false;
  private pose: Pose = REST_POSE;
  private isScheduled = false;
  private isDisposed = false;
  private lastFrameMs = 0;
  private isSharp = false;
  private isSharpNext = false;
  private stillTimer = 0;
  private readonly drawListeners = new Set<() => void>();
  /** Frames drawn since the start; for tests and benchmarks. */
  drawnFrames = 0;

  /** Size of the picture where it does not follow the canvas on the page. */
  private stageSize: { readonly width: number; readonly height: number } | null = null;
  private readonly instruments: SceneInstrumentation;
  private readonly morphPath: MorphPath;
  private readonly isSmoothed: boolean;

  constructor(
    readonly canvas: HTMLCanvasElement,
    options: { readonly morphPath?: MorphPath; readonly antialias?: boolean } = {},
  ) {
    this.morphPath = options.morphPath ?? morphPathOf(rendererName());
    // Four samples a pixel cost software GL three times the work (measured: docs/decisions).
    this.isSmoothed = options.antialias ?? !isSoftwareRenderer(rendererName());
    this.engine = new Engine(
      canvas,
      this.isSmoothed,
      { alpha: true, premultipliedAlpha: true, stencil: false, preserveDrawingBuffer: true, powerPreference: 'high-performance' },
      true,
    );
    // Babylon would put the canvas before everything else in the order of Tab.
    this.engine.canvasTabIndex = -1;
    this.renderer = this.engine.getGlInfo().renderer;
    this.scene = new Scene(this.engine);
    this.scene.useRightHandedSystem = true;
    this.scene.clearColor = new Color4(0, 0, 0, 0);
    this.scene.skipPointerMovePicking = true;
    this.camera = new ArcRotateCamera('camera', Math.PI / 2, Math.PI / 2, 1, Vector3.Zero(), this.scene);
    this.rig = new LightRig(this.scene, () => this.requestRender());
    this.instruments = new SceneInstrumentation(this.scene);
    this.scene.setRenderingOrder(0, outsideIn);
    this.setUpCamera();
    this.setUpFilm();
  }

  get tier(): QualityTier {
    return tierOf(this.settings.quality, this.renderer);
  }

  /** Loads a self-contained GLB in place of the character there was. */
  async load(glb: Uint8Array, drive: TargetDriver = driveByName): Promise<Character> {
    const container = await this.read(glb);
    if (this.isDisposed) throw new Error('The viewport is gone.');
    this.ghost?.dispose();
    this.ghost = null;
    this.source = { glb, drive };
    container.addAllToScene();
    this.look?.dispose();
    this.character?.dispose();
    this.character = new Character(container, this.morphPath, drive);
    this.look = new CharacterLook(this.character, this.scene);
    const { headHeight } = this.character.faceFrame;
    this.camera.minZ = headHeight * 0.05;
    this.camera.maxZ = headHeight * 80;
    this.camera.lowerRadiusLimit = headHeight * 0.6;
    this.camera.upperRadiusLimit = headHeight * 25;
    this.camera.panningSensibility = 1500 / headHeight;
    this.applySettings();
    return this.character;
  }

  private async read(glb: Uint8Array): Promise<AssetContainer> {
    // A copy: the loader keeps views on what it is given.
    const container = await LoadAssetContainerAsync(glb.slice(), this.scene, { pluginExtension: '.glb', name: 'character.glb' });
    // A handful of joints fits into uniforms; a texture for them costs software GL a fetch for every vertex.
    for (const skeleton of container.skeletons) skeleton.useTextureToStoreBoneMatrices = skeleton.bones.length > 60;
    for (const light of container.lights) light.setEnabled(false);
    for (const group of container.animationGroups) group.stop();
    return container;
  }

  setSettings(settings: PictureSettings): void {
    this.settings = settings;
    this.applySettings();
  }

  setDriver(drive: TargetDriver): void {
    this.character?.setDriver(drive);
    this.requestRender();
  }

  setPose(pose: Pose): void {
    this.pose = pose;
    if (!this.character?.setPose(pose)) return;
    this.look?.setPose(pose);
    this.requestRender();
  }

  /** Puts another take beside the character, or takes it away (null). Its file is read again only the first time. */
  async setGhost(pose: Pose | null): Promise<void> {
    this.ghostPose = pose;
    if (!pose) {
      if (!this.ghost) return;
      this.ghost.dispose();
      this.ghost = null;
      return this.requestRender();
    }
    if (this.ghost) {
      if (this.ghost.character.setPose(pose)) this.requestRender();
      return;
    }
    const { character, source } = this;
    if (!character || !source || this.isGhostComing) return;
    this.isGhostComing = true;
    try {
      const container = await this.read(source.glb);
      if (this.isDisposed || this.character !== character || this.ghostPose === null) return container.dispose();
      container.addAllToScene();
      this.ghost = new Ghost(new Character(container, this.morphPath, source.drive), character, this.settings.lights, this.scene);
      this.ghost.character.setPose(this.ghostPose);
    } finally {
      this.isGhostComing = false;
    }
    this.requestRender();
  }

  setWireframe(isOn: boolean): void {
    this.scene.forceWireframe = isOn;
    this.requestRender();
  }

  /** Puts the camera on a preset, framed for the canvas' shape. */
  setCamera(preset: CameraPreset): void {
    const frame: FaceFrame | undefined = this.character?.faceFrame;
    if (!frame) return;
    const view = cameraView(preset, frame, this.camera.fov, this.aspect);
    this.camera.setTarget(new Vector3(...view.target));
    this.camera.alpha = view.alpha;
    this.camera.beta = view.beta;
    this.camera.radius = view.radius;
    this.requestRender();
  }

  /** The handles of the face in pixels of the canvas; those that face away are marked. */
  handles(): ScreenHandle[] {
    if (!this.character || this.canvas.clientWidth === 0) return [];
    const view = this.camera.getViewMatrix(true);
    const matrix = view.multiply(this.camera.getProjectionMatrix(true));
    const eye = this.camera.globalPosition;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const project = (point: Vector3): PixelVector => {
      const at = Vector3.TransformCoordinates(point, matrix);
      return { x: (at.x * 0.5 + 0.5) * width, y: (0.5 - at.y * 0.5) * height };
    };
    return this.character.handleStates().map(({ handle, position, normal, motions }) => {
      const at = project(position);
      return {
        handle,
        ...at,
        isFacing: Vector3.Dot(normal, eye.subtract(position).normalize()) > -0.05,
        motions: motions.map(({ channel, delta }) => {
          const end = project(position.add(delta));
          return { channel, pixelsPerWeight: { x: end.x - at.x, y: end.y - at.y } };
        }),
      };
    });
  }

  /** Calls back after every drawn picture; returns how to stop. */
  onDraw(listener: () => void): () => void {
    this.drawListeners.add(listener);
    return () => this.drawListeners.delete(listener);
  }

  /** A fixed size in pixels: the stage no longer follows the page, and draws only when told to. */
  setStageSize(width: number, height: number): void {
    this.stageSize = { width, height };
    this.engine.setHardwareScalingLevel(1);
    this.engine.setSize(width, height);
  }

  /** Waits until shaders, textures and light are there, so that the next picture is whole. */
  async untilWhole(): Promise<void> {
    await this.rig.ready;
    this.scene.incrementRenderId();
    await this.scene.whenReadyAsync(true);
    await this.look?.untilOutlined();
    this.drawNow();
  }

  /** Draws at once. */
  drawNow(): void {
    this.scene.render();
    this.drawnFrames += 1;
  }

  /** Waits until the last pixel of what was drawn is there. */
  finish(): void {
    const gl = this.canvas.getContext('webgl2');
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  /** What the last picture took. */
  figures(): SceneFigures {
    return {
      drawCalls: this.instruments.drawCallsCounter.current,
      triangles: this.scene
        .getActiveMeshes()
        .data.slice(0, this.scene.getActiveMeshes().length)
        .reduce((sum, mesh) => sum + mesh.getTotalIndices() / 3, 0),
      textureBytes: loadedTextureBytes(this.engine),
    };
  }

  private get aspect(): number {
    const { width, height } = this.stageSize ?? { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
    return width / Math.max(1, height);
  }

  resize(): void {
    if (this.stageSize) return;
    this.scaleToPage();
    this.requestRender();
  }

  /** Value of a channel in the ghost's pose; NaN without a ghost. */
  ghostValue(channel: PerformanceChannel): number {
    return this.ghost && this.ghostPose ? this.ghostPose(channel) : NaN;
  }

  /** True when nothing is about to be drawn: the last picture is the one that stays. */
  get isStill(): boolean {
    return !this.isScheduled && (this.tier !== 'draft' || this.isSharp);
  }

  private scaleToPage(): void {
    const still = this.isSmoothed ? 1 : STILL_SCALE;
    const scale = this.tier !== 'draft' ? 1 : this.isSharp ? still : this.adaptive.scale;
    this.engine.setHardwareScalingLevel(1 / ((window.devicePixelRatio || 1) * scale));
    this.engine.resize();
  }

  requestRender(): void {
    if (this.isScheduled || this.isDisposed || this.stageSize) return;
    this.isScheduled = true;
    requestAnimationFrame((timeMs) => this.draw(timeMs));
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.stillTimer);
    this.look?.dispose();
    this.rig.dispose();
    this.scene.dispose();
    this.engine.dispose();
  }

  private draw(timeMs: number): void {
    this.isScheduled = false;
    if (this.isDisposed) return;
    this.noteFrameTime(timeMs);
    // Asked before drawing (shaders that come during it are not in this picture) and anew: settings may have changed.
    this.scene.incrementRenderId();
    const isWhole = this.scene.isReady(true) && (this.look?.isOutlined ?? true);
    this.scene.render();
    this.drawnFrames += 1;
    for (const listener of this.drawListeners) listener();
    if (!isWhole || this.isCameraMoving()) this.requestRender();
  }

  /** Draft only: as coarse as this machine needs while things move, finer than the window a moment after they stop. */
  private noteFrameTime(timeMs: number): void {
    const isSharp = this.isSharpNext;
    this.isSharpNext = false;
    if (this.tier !== 'draft') return;
    const frameMs = timeMs - this.lastFrameMs;
    this.lastFrameMs = timeMs;
    // The one fine picture says nothing about how fast moving ones are.
    const hasChanged = !isSharp && !this.isSharp && frameMs < STILL_MS && this.adaptive.noteFrame(frameMs);
    if (hasChanged || isSharp !== this.isSharp) {
      this.isSharp = isSharp;
      this.scaleToPage();
    }
    clearTimeout(this.stillTimer);
    if (isSharp) return;
    this.stillTimer = window.setTimeout(() => {
      this.isSharpNext = true;
      this.requestRender();
    }, STILL_MS);
  }

  private applySettings(): void {
    const { tier } = this;
    const { look, lights } = this.settings;
    this.look?.apply({ tier, look, lights });
    this.ghost?.light(lights);
    this.look?.setPose(this.pose);
    this.rig.apply(tier, lights, this.character, tier !== 'draft' && look === 'real');
    this.resize();
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
    camera.wheelDeltaPercentage = 0.01;
    camera.angularSensibilityX = 600;
    camera.angularSensibilityY = 600;
    camera.inertia = 0.7;
    camera.attachControl(this.canvas, true);
    for (const type of ['pointermove', 'pointerdown', 'wheel']) this.canvas.addEventListener(type, () => this.requestRender());
  }

  private setUpFilm(): void {
    const film = this.scene.imageProcessingConfiguration;
    film.toneMappingEnabled = true;
    film.toneMappingType = ImageProcessingConfiguration.TONEMAPPING_KHR_PBR_NEUTRAL;
  }
}
