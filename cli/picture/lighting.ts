import type { DeformedMesh } from './deformCharacter';
import { rasterize } from './rasterize';

export type Vector3 = readonly [number, number, number];

export interface DirectionalLight {
  /** Unit vector from the surface toward the light. */
  readonly direction: Vector3;
  /** Linear RGB. */
  readonly colour: Vector3;
}

const unit = (x: number, y: number, z: number): Vector3 => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};

/** A portrait set: warm soft key from the upper left, cool fill from the right, cool rim from behind. Values by eye. */
export const STUDIO_LIGHTS: { readonly key: DirectionalLight; readonly fill: DirectionalLight; readonly rim: DirectionalLight } =
  {
    key: { direction: unit(-0.5, 0.55, 0.75), colour: [2.2, 2.02, 1.82] },
    fill: { direction: unit(0.85, 0.15, 0.6), colour: [0.38, 0.43, 0.52] },
    rim: { direction: unit(0.55, 0.55, -0.75), colour: [1.3, 1.45, 1.7] },
  };
/** Light from all around: sky above, bounce below. Linear RGB. */
export const SKY: Vector3 = [0.24, 0.26, 0.3];
export const BOUNCE: Vector3 = [0.13, 0.1, 0.085];

const SHADOW_MAP_PIXELS = 640;
const SHADOW_BIAS_METRES = 0.0012;
/** Points are lifted off the surface by this much before the look-up, or slanted skin would shade itself in stripes. */
const SHADOW_LIFT_METRES = 0.0022;
/** A soft box is wide: in its deepest shadow some of it is still seen, and skin scatters more of it inward. */
const DIMMEST = 0.14;
/** Half the side of the square the shadow map covers; a head with its neck fits. */
const SHADOW_HALF_EXTENT_METRES = 0.24;

/** Share of the key light (0..1) that reaches a point, softened over a few millimetres. */
export type ShadowLookup = (point: ArrayLike<number>, normal: ArrayLike<number>) => number;

/** Renders the meshes' depth as the light sees them and answers how lit a point is. */
export function keyShadow(meshes: readonly DeformedMesh[], light: DirectionalLight, centre: Vector3): ShadowLookup {
  const [dx, dy, dz] = light.direction;
  const rightLength = Math.hypot(dz, dx);
  const right: Vector3 = [dz / rightLength, 0, -dx / rightLength];
  const up: Vector3 = [dy * right[2], dz * right[0] - dx * right[2], -dy * right[0]];
  const scale = SHADOW_MAP_PIXELS / (2 * SHADOW_HALF_EXTENT_METRES);
  const project = (x: number, y: number, z: number, out: Float32Array): void => {
    const [px, py, pz] = [x - centre[0], y - centre[1], z - centre[2]];
    out[0] = (px * right[0] + py * right[1] + pz * right[2]) * scale + SHADOW_MAP_PIXELS / 2;
    out[1] = SHADOW_MAP_PIXELS / 2 - (px * up[0] + py * up[1] + pz * up[2]) * scale;
    out[2] = 1 - (px * dx + py * dy + pz * dz);
  };
  const map = rasterize(meshes, SHADOW_MAP_PIXELS, SHADOW_MAP_PIXELS, project).depth;
  const point = new Float32Array(3);
  return (at, normal) => {
    const lift = SHADOW_LIFT_METRES;
    project(at[0] + normal[0] * lift, at[1] + normal[1] * lift, at[2] + normal[2] * lift, point);
    let lit = 0;
    for (let row = -2; row <= 2; row++) {
      for (let column = -2; column <= 2; column++) {
        const mapX = Math.round(point[0] + column * 1.6);
        const mapY = Math.round(point[1] + row * 1.6);
        const inside = mapX >= 0 && mapY >= 0 && mapX < SHADOW_MAP_PIXELS && mapY < SHADOW_MAP_PIXELS;
        if (!inside || map[mapY * SHADOW_MAP_PIXELS + mapX] > point[2] - SHADOW_BIAS_METRES) lit++;
      }
    }
    return DIMMEST + (1 - DIMMEST) * (lit / 25);
  };
}

/** GGX specular with Schlick Fresnel, times n.l; F0 .04 (skin, eyes and teeth are all near it). */
export function specular(
  normalDotLight: number,
  normalDotHalf: number,
  viewDotHalf: number,
  normalDotView: number,
  roughness: number,
): number {
  if (normalDotLight <= 0) return 0;
  const alpha = Math.max(0.02, roughness * roughness);
  const alpha2 = alpha * alpha;
  const denominator = normalDotHalf * normalDotHalf * (alpha2 - 1) + 1;
  const distribution = alpha2 / (Math.PI * denominator * denominator);
  const k = ((roughness + 1) * (roughness + 1)) / 8;
  const visibility = 1 / ((normalDotLight * (1 - k) + k) * (Math.max(1e-3, normalDotView) * (1 - k) + k));
  const fresnel = 0.04 + 0.96 * (1 - viewDotHalf) ** 5;
  return (distribution * visibility * fresnel * normalDotLight) / 4;
}
