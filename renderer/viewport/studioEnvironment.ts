import { Constants } from '@babylonjs/core/Engines/constants';
import { Color3 } from '@babylonjs/core/Maths/math.color';
import { SphericalHarmonics, SphericalPolynomial } from '@babylonjs/core/Maths/sphericalPolynomial';
import { Vector3 } from '@babylonjs/core/Maths/math.vector';
import '@babylonjs/core/Materials/Textures/baseTexture.polynomial';
import { ToHalfFloat } from '@babylonjs/core/Misc/halfFloat';
import { HDRFiltering } from '@babylonjs/core/Materials/Textures/Filtering/hdrFiltering';
import { RawCubeTexture } from '@babylonjs/core/Materials/Textures/rawCubeTexture';
import type { Scene } from '@babylonjs/core/scene';
import { unit, type LightPreset } from './lightPresets';

/** Texels a side; soft boxes have soft edges, more would show nothing. */
const SIZE = 64;
/** Samples for each texel of a blurred level. */
const FILTER_SAMPLES = 256;

/** Direction of a texel, by face in GL's order: +X -X +Y -Y +Z -Z. */
const FACES: readonly ((u: number, v: number) => [number, number, number])[] = [
  (u, v) => [1, -v, -u],
  (u, v) => [-1, -v, u],
  (u, v) => [u, 1, v],
  (u, v) => [u, -1, -v],
  (u, v) => [u, -v, 1],
  (u, v) => [-u, -v, -1],
];

/** What a mirror ball in the studio would show: sky to ground, and the lights as soft boxes. Linear, may exceed 1. */
export function studioRadiance(preset: LightPreset, direction: readonly [number, number, number]): [number, number, number] {
  const [, y] = direction;
  const up = y * 0.5 + 0.5;
  const blend = up * up * (3 - 2 * up);
  const lights = [
    { ...preset.key, radius: Math.max(0.16, preset.keyRadius), power: 5 },
    { ...preset.fill, radius: 0.5, power: 0.9 },
    { ...preset.rim, radius: 0.25, power: 1.1 },
  ].map(({ direction: toward, color, radius, power }) => {
    const [lx, ly, lz] = unit(toward);
    const cosine = direction[0] * lx + direction[1] * ly + direction[2] * lz;
    const edge = Math.min(
      1,
      Math.max(0, (cosine - Math.cos(radius * 1.15)) / (Math.cos(radius * 0.85) - Math.cos(radius * 1.15))),
    );
    return color.map((value) => value * power * edge * edge * (3 - 2 * edge));
  });
  return [0, 1, 2].map(
    (k) => preset.ground[k] * (1 - blend) + preset.sky[k] * blend + lights.reduce((sum, light) => sum + light[k], 0),
  ) as [number, number, number];
}

/** The studio around the character as an environment map, blurred for every roughness: computed from the preset, never fetched. */
export async function createStudioEnvironment(preset: LightPreset, scene: Scene): Promise<RawCubeTexture> {
  const harmonics = new SphericalHarmonics();
  const faces = FACES.map((directionOf) => {
    const data = new Uint16Array(SIZE * SIZE * 4);
    for (let row = 0; row < SIZE; row += 1) {
      for (let column = 0; column < SIZE; column += 1) {
        const u = ((column + 0.5) / SIZE) * 2 - 1;
        const v = ((row + 0.5) / SIZE) * 2 - 1;
        const direction = unit(directionOf(u, v));
        const radiance = studioRadiance(preset, direction);
        data.set([...radiance, 1].map(ToHalfFloat), (row * SIZE + column) * 4);
        // Lights themselves are lamps of the scene: only what is around them counts as ambient light.
        const ambient = studioAmbient(preset, direction);
        const solidAngle = (4 / (SIZE * SIZE)) * (1 + u * u + v * v) ** -1.5;
        harmonics.addLight(new Vector3(...direction), new Color3(...ambient), solidAngle);
      }
    }
    return data;
  });
  const texture = new RawCubeTexture(
    scene,
    faces,
    SIZE,
    Constants.TEXTUREFORMAT_RGBA,
    Constants.TEXTURETYPE_HALF_FLOAT,
    true,
    false,
    Constants.TEXTURE_TRILINEAR_SAMPLINGMODE,
  );
  texture.gammaSpace = false;
  // The faces above hold the world as it is; a right-handed scene would read them with front and back exchanged.
  texture.invertZ = scene.useRightHandedSystem;
  const filtering = new HDRFiltering(scene.getEngine());
  filtering.quality = FILTER_SAMPLES;
  await filtering.prefilter(texture);
  harmonics.convertIncidentRadianceToIrradiance();
  harmonics.convertIrradianceToLambertianRadiance();
  texture.sphericalPolynomial = SphericalPolynomial.FromHarmonics(harmonics);
  texture.name = `studio ${preset.name}`;
  return texture;
}

function studioAmbient(preset: LightPreset, direction: readonly [number, number, number]): [number, number, number] {
  const up = direction[1] * 0.5 + 0.5;
  const blend = up * up * (3 - 2 * up);
  return [0, 1, 2].map((k) => preset.ground[k] * (1 - blend) + preset.sky[k] * blend) as [number, number, number];
}
