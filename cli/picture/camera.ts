import type { CharacterScene } from './characterScene';

/** A perspective camera that orbits a point. Angles in degrees; yaw 0 looks at the face, positive shows the character's left side. */
export interface OrbitCamera {
  readonly target: readonly [number, number, number];
  /** Height of the picture at the target, metres. */
  readonly heightMetres: number;
  readonly yawDegrees: number;
  readonly pitchDegrees: number;
  readonly fieldOfViewDegrees: number;
}

export const CAMERA_PRESETS = ['face', 'bust', 'mouth', 'eyes'] as const;
export type CameraPreset = (typeof CAMERA_PRESETS)[number];

/** Long enough a lens that noses stay noses. */
const PORTRAIT_LENS_DEGREES = 18;

/** Frames the character by what its shapes move, so that it works for any proportions. */
export function frameCharacter(scene: CharacterScene, preset: CameraPreset, yawDegrees = 0, pitchDegrees = 0): OrbitCamera {
  const head = boundsOfFace(scene);
  const centreX = (head.low[0] + head.high[0]) / 2;
  const height = head.high[1] - head.low[1];
  const middleZ = (head.low[2] + head.high[2]) / 2;
  const base = { yawDegrees, pitchDegrees, fieldOfViewDegrees: PORTRAIT_LENS_DEGREES };
  if (preset === 'mouth' || preset === 'eyes') {
    const names = preset === 'mouth' ? ['mouthPucker', 'mouthClose', 'mouthFunnel'] : ['eyeBlinkLeft', 'eyeBlinkRight'];
    const centre = centreOfMotion(scene, names);
    if (centre) return { ...base, target: centre, heightMetres: height * (preset === 'mouth' ? 0.36 : 0.32) };
  }
  const scale = preset === 'bust' ? 1.7 : 1.12;
  const drop = preset === 'bust' ? 0.14 : 0;
  return { ...base, target: [centreX, (head.low[1] + head.high[1]) / 2 - drop * height, middleZ], heightMetres: height * scale };
}

/** Box of every vertex any shape moves, widened upward to the crown. */
function boundsOfFace(scene: CharacterScene): { low: number[]; high: number[] } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const take = (positions: Float32Array, vertex: number): void => {
    for (let k = 0; k < 3; k++) {
      low[k] = Math.min(low[k], positions[vertex * 3 + k]);
      high[k] = Math.max(high[k], positions[vertex * 3 + k]);
    }
  };
  for (const mesh of scene.meshes)
    for (const target of mesh.targets) for (const vertex of target.vertices) take(mesh.positions, vertex);
  if (low[0] === Infinity)
    for (const mesh of scene.meshes) for (let v = 0; v < mesh.positions.length / 3; v++) take(mesh.positions, v);
  for (const mesh of scene.meshes) {
    for (let at = 1; at < mesh.positions.length; at += 3) high[1] = Math.max(high[1], mesh.positions[at]);
  }
  return { low, high };
}

function centreOfMotion(scene: CharacterScene, names: readonly string[]): [number, number, number] | null {
  const sum = [0, 0, 0];
  let total = 0;
  for (const mesh of scene.meshes) {
    for (const target of mesh.targets) {
      if (!names.includes(target.name)) continue;
      target.vertices.forEach((vertex, k) => {
        const weight = Math.hypot(
          target.positionDeltas[k * 3],
          target.positionDeltas[k * 3 + 1],
          target.positionDeltas[k * 3 + 2],
        );
        total += weight;
        for (let axis = 0; axis < 3; axis++) sum[axis] += weight * mesh.positions[vertex * 3 + axis];
      });
    }
  }
  return total > 0 ? [sum[0] / total, sum[1] / total, sum[2] / total] : null;
}

/** Right, up, toward-viewer axes and the eye point. */
export interface CameraAxes {
  readonly eye: readonly [number, number, number];
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly back: readonly [number, number, number];
  /** Multiplies (x / depth) to get half picture heights. */
  readonly focal: number;
}

export function cameraAxes(camera: OrbitCamera): CameraAxes {
  const yaw = (camera.yawDegrees * Math.PI) / 180;
  const pitch = (camera.pitchDegrees * Math.PI) / 180;
  const focal = 1 / Math.tan((camera.fieldOfViewDegrees * Math.PI) / 360);
  const distance = (camera.heightMetres / 2) * focal;
  const back: [number, number, number] = [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
  const right: [number, number, number] = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const up: [number, number, number] = [-Math.sin(yaw) * Math.sin(pitch), Math.cos(pitch), -Math.cos(yaw) * Math.sin(pitch)];
  const [x, y, z] = camera.target;
  return { eye: [x + back[0] * distance, y + back[1] * distance, z + back[2] * distance], right, up, back, focal };
}
