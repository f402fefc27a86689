import { Constants } from '@babylonjs/core/Engines/constants';
import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine';
import type { InternalTexture } from '@babylonjs/core/Materials/Textures/internalTexture';

/** What one picture takes of a graphics card; counts, so that tests may judge them. */
export interface SceneFigures {
  /** Draw calls of all passes, shadows included. */
  readonly drawCalls: number;
  /** Triangles of the picture itself. */
  readonly triangles: number;
  /** Textures in use: of materials, environment, shadows and morph targets, with their mipmaps. */
  readonly textureBytes: number;
}

const BYTES_PER_CHANNEL: Readonly<Record<number, number>> = {
  [Constants.TEXTURETYPE_UNSIGNED_BYTE]: 1,
  [Constants.TEXTURETYPE_HALF_FLOAT]: 2,
  [Constants.TEXTURETYPE_FLOAT]: 4,
};
const CHANNELS: Readonly<Record<number, number>> = {
  [Constants.TEXTUREFORMAT_RED]: 1,
  [Constants.TEXTUREFORMAT_RG]: 2,
};

/** The part of a texture its size can be told from. */
export type SizedTexture = Pick<
  InternalTexture,
  'width' | 'height' | 'depth' | 'isCube' | 'is2DArray' | 'is3D' | 'type' | 'format' | 'generateMipMaps' | 'useMipMaps'
>;

/**
 * Bytes of a texture on the card, at most: three channels count as four, as drivers store them; what has an unusual type
 * counts four bytes a channel.
 */
export function textureBytes(texture: SizedTexture): number {
  const layers = texture.isCube ? 6 : texture.is2DArray || texture.is3D ? Math.max(1, texture.depth) : 1;
  const texel = (BYTES_PER_CHANNEL[texture.type] ?? 4) * (CHANNELS[texture.format] ?? 4);
  // A chain of mipmaps adds a third.
  const mipmaps = texture.generateMipMaps || texture.useMipMaps ? 4 / 3 : 1;
  return Math.round(texture.width * texture.height * layers * texel * mipmaps);
}

/** Bytes of everything an engine holds on the card as textures. */
export function loadedTextureBytes(engine: AbstractEngine): number {
  return engine.getLoadedTexturesCache().reduce((sum, texture) => sum + textureBytes(texture), 0);
}
