import { cameraAxes, type OrbitCamera } from './camera';
import { linearToSrgb, srgbToLinear, type CharacterScene } from './characterScene';
import { deformCharacter, type FacePose } from './deformCharacter';
import { keyShadow, STUDIO_LIGHTS } from './lighting';
import { screenOcclusion } from './occlusion';
import { rasterize, type Projection } from './rasterize';
import { shade } from './shade';
import type { Picture } from './picture';

/** #2a2a2c, the studio's viewport. */
export const BACKGROUND_SRGB: readonly [number, number, number] = [0x2a, 0x2a, 0x2c];
/** Each pixel is the mean of 2 x 2 samples, averaged in linear light. */
const SAMPLES_PER_SIDE = 2;

/**
 * Draws the character with a small software renderer: z-buffer, morphs and skinning, three lights with a soft shadow.
 *
 * @param weights shape weights by name, 0..1
 * @param width, height of the picture in pixels
 */
export function renderFace(
  scene: CharacterScene,
  weights: Readonly<Record<string, number>>,
  pose: FacePose,
  camera: OrbitCamera,
  width: number,
  height: number,
): Picture {
  const meshes = deformCharacter(scene, weights, pose);
  const axes = cameraAxes(camera);
  const [sampleWidth, sampleHeight] = [width * SAMPLES_PER_SIDE, height * SAMPLES_PER_SIDE];
  const half = sampleHeight / 2;
  const project: Projection = (x, y, z, out) => {
    const [px, py, pz] = [x - axes.eye[0], y - axes.eye[1], z - axes.eye[2]];
    const depth = -(px * axes.back[0] + py * axes.back[1] + pz * axes.back[2]);
    const scale = (axes.focal * half) / depth;
    out[0] = sampleWidth / 2 + (px * axes.right[0] + py * axes.right[1] + pz * axes.right[2]) * scale;
    out[1] = half - (px * axes.up[0] + py * axes.up[1] + pz * axes.up[2]) * scale;
    out[2] = depth;
  };
  const buffer = rasterize(meshes, sampleWidth, sampleHeight, project);
  const shadow = keyShadow(meshes, STUDIO_LIGHTS.key, camera.target);
  const occlusion = screenOcclusion(buffer, sampleHeight / camera.heightMetres);
  const background = BACKGROUND_SRGB.map((value) => srgbToLinear(value / 255)) as [number, number, number];
  return resolve(shade(buffer, meshes, axes, shadow, occlusion, background), width, height);
}

/** Averages the samples and encodes to sRGB bytes. Brights roll off instead of clipping to flat white. */
function resolve(linear: Float32Array, width: number, height: number): Picture {
  const rgb = new Uint8Array(width * height * 3);
  const stride = width * SAMPLES_PER_SIDE;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let dy = 0; dy < SAMPLES_PER_SIDE; dy++) {
          for (let dx = 0; dx < SAMPLES_PER_SIDE; dx++) {
            sum += rollOff(linear[((y * SAMPLES_PER_SIDE + dy) * stride + x * SAMPLES_PER_SIDE + dx) * 3 + k]);
          }
        }
        rgb[(y * width + x) * 3 + k] = Math.round(linearToSrgb(sum / SAMPLES_PER_SIDE ** 2) * 255);
      }
    }
  }
  return { width, height, rgb };
}

function rollOff(value: number): number {
  const knee = 0.7;
  if (value <= knee) return Math.max(0, value);
  return knee + (1 - knee) * (1 - Math.exp(-(value - knee) / (1 - knee)));
}
