import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial';
import '@babylonjs/core/Shaders/ShadersInclude/bonesDeclaration';
import '@babylonjs/core/Shaders/ShadersInclude/bonesVertex';
import '@babylonjs/core/Shaders/ShadersInclude/morphTargetsVertex';
import '@babylonjs/core/Shaders/ShadersInclude/morphTargetsVertexDeclaration';
import '@babylonjs/core/Shaders/ShadersInclude/morphTargetsVertexGlobal';
import '@babylonjs/core/Shaders/ShadersInclude/morphTargetsVertexGlobalDeclaration';
import { VertexBuffer } from '@babylonjs/core/Buffers/buffer';
import { Color3, Color4 } from '@babylonjs/core/Maths/math.color';
import { Vector3, Vector4 } from '@babylonjs/core/Maths/math.vector';
import type { Material } from '@babylonjs/core/Materials/material';
import { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial';
import type { BaseTexture } from '@babylonjs/core/Materials/Textures/baseTexture';
import { Texture } from '@babylonjs/core/Materials/Textures/texture';
import type { Mesh } from '@babylonjs/core/Meshes/mesh';
import type { Scene } from '@babylonjs/core/scene';
import { FACE_FRAGMENT, FACE_VERTEX } from './faceShader';
import { surfaceDefines } from './occlusionPlugin';
import { catchlightCosine, unit, type LightPreset, type LinearColor, type LightDirection } from './lightPresets';
import { SURFACE_RESPONSE, type SurfaceKind } from './surfaceKind';

const UNIFORMS = [
  'world',
  'viewProjection',
  'sky',
  'ground',
  'fillDirection',
  'fillColor',
  'baseColor',
  'mouthOpen',
  'normalSign',
  'uvTransform',
  'cameraPosition',
  'keyDirection',
  'keyColor',
  'rimDirection',
  'rimColor',
  'wrap',
  'roughness',
  'shine',
  'exposure',
  'alphaCutoff',
  'catchlight',
  'cover',
];

/** The file's own material seen by our small shader: colour, texture, transparency and what kind of surface it is. */
export function createFaceMaterial(
  mesh: Mesh,
  source: Material | null,
  kind: SurfaceKind,
  isToon: boolean,
  scene: Scene,
  /** Below 1 the canvas lets the page through where the surface is; it still hides what is behind it on stage. */
  cover = 1,
): ShaderMaterial {
  const pbr = source instanceof PBRMaterial ? source : null;
  const texture = pbr?.albedoTexture ?? null;
  const hasUv = texture !== null && mesh.isVerticesDataPresent(VertexBuffer.UVKind);
  const isBlended = source?.needAlphaBlending() ?? false;
  const isCutOut = !isBlended && (source?.needAlphaTesting() ?? false);
  const defines = [
    ...(hasUv ? ['#define UV1'] : []),
    ...(hasUv && texture.gammaSpace ? ['#define TEXTURE_GAMMA'] : []),
    ...(mesh.isVerticesDataPresent(VertexBuffer.ColorKind) ? ['#define VERTEXCOLOR'] : []),
    ...(isCutOut ? ['#define ALPHA_TEST'] : []),
    ...(source && !source.backFaceCulling ? ['#define TWO_SIDED'] : []),
    ...(isToon ? ['#define TOON'] : []),
    ...(isBlended || cover < 1 ? ['#define PREMULTIPLY'] : []),
    ...surfaceDefines(kind).map((name) => `#define ${name}`),
    '#define GLEAM 0.97',
  ];
  const material = new ShaderMaterial(
    `${source?.name ?? mesh.name} (${isToon ? 'toon' : 'draft'})`,
    scene,
    { vertexSource: FACE_VERTEX, fragmentSource: FACE_FRAGMENT },
    {
      attributes: ['position', 'normal', 'occlusion', 'color', 'uv'],
      uniforms: UNIFORMS,
      samplers: hasUv ? ['baseTexture'] : [],
      defines,
      needAlphaBlending: isBlended,
      needAlphaTesting: isCutOut,
    },
  );
  material.backFaceCulling = source?.backFaceCulling ?? true;
  if (source?.sideOrientation != null) material.sideOrientation = source.sideOrientation;
  const response = SURFACE_RESPONSE[kind];
  const color = pbr?.albedoColor ?? Color3.White();
  material.setColor4('baseColor', new Color4(color.r, color.g, color.b, pbr?.alpha ?? 1));
  material.setVector3('wrap', new Vector3(...response.wrap));
  material.setFloat('roughness', response.roughness);
  material.setFloat('shine', response.shine);
  material.setFloat('alphaCutoff', pbr?.alphaCutOff ?? 0.5);
  material.setFloat('cover', cover);
  material.setFloat('mouthOpen', 0);
  material.setFloat('normalSign', 1);
  if (hasUv) {
    material.setTexture('baseTexture', texture);
    material.setVector4('uvTransform', uvTransform(texture));
  }
  return material;
}

/** Lights a face material from a preset. */
export function lightFaceMaterial(material: ShaderMaterial, preset: LightPreset): void {
  const direction = (name: string, value: LightDirection) => material.setVector3(name, new Vector3(...unit(value)));
  const color = (name: string, value: LinearColor) => material.setVector3(name, new Vector3(...value));
  direction('keyDirection', preset.key.direction);
  color('keyColor', preset.key.color);
  direction('rimDirection', preset.rim.direction);
  color('rimColor', preset.rim.color);
  direction('fillDirection', preset.fill.direction);
  color('fillColor', preset.fill.color);
  color('sky', preset.sky);
  color('ground', preset.ground);
  material.setFloat('exposure', preset.exposure);
  material.setFloat('catchlight', catchlightCosine(preset));
}

function uvTransform(texture: BaseTexture): Vector4 {
  if (!(texture instanceof Texture)) return new Vector4(1, 1, 0, 0);
  return new Vector4(texture.uScale, texture.vScale, texture.uOffset, texture.vOffset);
}
