import type { CameraAxes } from './camera';
import type { SceneMesh, SceneTexture } from './characterScene';
import type { DeformedMesh } from './deformCharacter';
import { BOUNCE, SKY, specular, STUDIO_LIGHTS, type DirectionalLight, type ShadowLookup } from './lighting';
import type { VisibilityBuffer } from './rasterize';

/** How far diffuse light wraps past the terminator: skin scatters red furthest (approximates subsurface scattering), other things hardly. */
const SKIN_WRAP = [0.42, 0.24, 0.18] as const;
const PLAIN_WRAP = [0.08, 0.08, 0.08] as const;
/** Below this a highlight would be smaller than a pixel of these pictures. */
const SMALLEST_ROUGHNESS = 0.26;

/** Smoother than this is wet: eyes. */
const WET_ROUGHNESS = 0.15;

interface Surface {
  readonly point: Float32Array;
  readonly normal: Float32Array;
  readonly colour: Float32Array;
}

/**
 * Colours every covered pixel; linear RGB, three values a pixel, background where nothing is.
 *
 * @param occlusion 0..1 a pixel, share of surrounding light that arrives
 */
export function shade(
  buffer: VisibilityBuffer,
  meshes: readonly DeformedMesh[],
  axes: CameraAxes,
  shadow: ShadowLookup,
  occlusion: Float32Array,
  background: readonly [number, number, number],
): Float32Array {
  const out = new Float32Array(buffer.width * buffer.height * 3);
  const surface: Surface = { point: new Float32Array(3), normal: new Float32Array(3), colour: new Float32Array(3) };
  const view = new Float32Array(3);
  for (let pixel = 0; pixel < buffer.mesh.length; pixel++) {
    const meshIndex = buffer.mesh[pixel];
    if (meshIndex < 0) {
      out.set(background, pixel * 3);
      continue;
    }
    const deformed = meshes[meshIndex];
    readSurface(deformed, buffer, pixel, surface);
    for (let k = 0; k < 3; k++) view[k] = axes.eye[k] - surface.point[k];
    const distance = Math.hypot(view[0], view[1], view[2]);
    for (let k = 0; k < 3; k++) view[k] /= distance;
    const facing = surface.normal[0] * view[0] + surface.normal[1] * view[1] + surface.normal[2] * view[2];
    if (facing < 0 && deformed.mesh.doubleSided) for (let k = 0; k < 3; k++) surface.normal[k] = -surface.normal[k];
    lightSurface(surface, view, deformed.mesh, shadow, occlusion[pixel], out, pixel * 3);
  }
  return out;
}

function readSurface(
  { mesh, positions, normals }: DeformedMesh,
  buffer: VisibilityBuffer,
  pixel: number,
  surface: Surface,
): void {
  const w0 = buffer.corner0[pixel];
  const w1 = buffer.corner1[pixel];
  const w2 = 1 - w0 - w1;
  const first = buffer.triangle[pixel] * 3;
  const [a, b, c] = [mesh.indices[first], mesh.indices[first + 1], mesh.indices[first + 2]];
  for (let k = 0; k < 3; k++) {
    surface.point[k] = w0 * positions[a * 3 + k] + w1 * positions[b * 3 + k] + w2 * positions[c * 3 + k];
    surface.normal[k] = w0 * normals[a * 3 + k] + w1 * normals[b * 3 + k] + w2 * normals[c * 3 + k];
    surface.colour[k] =
      mesh.baseColour[k] * (w0 * mesh.colours[a * 3 + k] + w1 * mesh.colours[b * 3 + k] + w2 * mesh.colours[c * 3 + k]);
  }
  const length = Math.hypot(surface.normal[0], surface.normal[1], surface.normal[2]) || 1;
  for (let k = 0; k < 3; k++) surface.normal[k] /= length;
  if (mesh.texture && mesh.uvs) {
    const u = w0 * mesh.uvs[a * 2] + w1 * mesh.uvs[b * 2] + w2 * mesh.uvs[c * 2];
    const v = w0 * mesh.uvs[a * 2 + 1] + w1 * mesh.uvs[b * 2 + 1] + w2 * mesh.uvs[c * 2 + 1];
    multiplyByTexture(mesh.texture, u, v, surface.colour);
  }
}

/** Bilinear, repeating. */
function multiplyByTexture(texture: SceneTexture, u: number, v: number, colour: Float32Array): void {
  const x = (u - Math.floor(u)) * texture.width - 0.5;
  const y = (v - Math.floor(v)) * texture.height - 0.5;
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  const at = (column: number, row: number): number =>
    (((row + texture.height) % texture.height) * texture.width + ((column + texture.width) % texture.width)) * 3;
  const [p, q, r, s] = [at(x0, y0), at(x0 + 1, y0), at(x0, y0 + 1), at(x0 + 1, y0 + 1)];
  const t = texture.linearRgb;
  for (let k = 0; k < 3; k++) {
    colour[k] *= (t[p + k] * (1 - fx) + t[q + k] * fx) * (1 - fy) + (t[r + k] * (1 - fx) + t[s + k] * fx) * fy;
  }
}

function lightSurface(
  { point, normal, colour }: Surface,
  view: Float32Array,
  mesh: SceneMesh,
  shadow: ShadowLookup,
  occlusion: number,
  out: Float32Array,
  at: number,
): void {
  const wrap = /skin/i.test(mesh.materialName) ? SKIN_WRAP : PLAIN_WRAP;
  const roughness = Math.max(SMALLEST_ROUGHNESS, mesh.roughness);
  const up = normal[1] * 0.5 + 0.5;
  for (let k = 0; k < 3; k++) out[at + k] = colour[k] * occlusion * (SKY[k] * up + BOUNCE[k] * (1 - up));
  const add = (light: DirectionalLight, lit: number, glossLit = lit): void => {
    if (lit <= 0 && glossLit <= 0) return;
    const [lx, ly, lz] = light.direction;
    const normalDotLight = normal[0] * lx + normal[1] * ly + normal[2] * lz;
    const [hx, hy, hz] = [lx + view[0], ly + view[1], lz + view[2]];
    const half = Math.hypot(hx, hy, hz) || 1;
    const normalDotHalf = Math.max(0, (normal[0] * hx + normal[1] * hy + normal[2] * hz) / half);
    const viewDotHalf = Math.max(0, (view[0] * hx + view[1] * hy + view[2] * hz) / half);
    const normalDotView = Math.max(0, normal[0] * view[0] + normal[1] * view[1] + normal[2] * view[2]);
    const gloss = specular(normalDotLight, normalDotHalf, viewDotHalf, normalDotView, roughness);
    for (let k = 0; k < 3; k++) {
      const diffuse = Math.max(0, (normalDotLight + wrap[k]) / (1 + wrap[k])) / Math.PI;
      out[at + k] += light.colour[k] * (lit * colour[k] * diffuse * 1.15 + glossLit * gloss);
    }
  };
  const key = STUDIO_LIGHTS.key.direction;
  const towardKey = normal[0] * key[0] + normal[1] * key[1] + normal[2] * key[2];
  // Past the wrapped terminator nothing of the key arrives, so the look-up is spared.
  const lit = towardKey > -wrap[0] ? shadow(point, normal) : 0;
  // A catchlight mirrors a soft box far larger than the lashes and lid that shade the eye, so those do not put it out.
  add(STUDIO_LIGHTS.key, lit, mesh.roughness < WET_ROUGHNESS ? 1 : lit);
  add(STUDIO_LIGHTS.fill, occlusion);
  add(STUDIO_LIGHTS.rim, occlusion);
}
