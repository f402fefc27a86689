import { Constants } from '@babylonjs/core/Engines/constants';
import { describe, expect, it } from 'vitest';
import { textureBytes, type SizedTexture } from './sceneFigures';

const BYTES: SizedTexture = {
  width: 256,
  height: 128,
  depth: 0,
  isCube: false,
  is2DArray: false,
  is3D: false,
  type: Constants.TEXTURETYPE_UNSIGNED_BYTE,
  format: Constants.TEXTUREFORMAT_RGBA,
  generateMipMaps: false,
  useMipMaps: false,
};

describe('textureBytes', () => {
  it('counts channels, faces, layers and mipmaps', () => {
    expect(textureBytes(BYTES)).toBe(256 * 128 * 4);
    expect(textureBytes({ ...BYTES, generateMipMaps: true })).toBe(Math.round((256 * 128 * 4 * 4) / 3));
    expect(textureBytes({ ...BYTES, isCube: true, type: Constants.TEXTURETYPE_HALF_FLOAT })).toBe(256 * 128 * 6 * 8);
    const morphs = { ...BYTES, is2DArray: true, depth: 52, type: Constants.TEXTURETYPE_FLOAT };
    expect(textureBytes(morphs)).toBe(256 * 128 * 52 * 16);
    expect(textureBytes({ ...BYTES, format: Constants.TEXTUREFORMAT_RED })).toBe(256 * 128);
  });

  it('takes three channels and unusual types for the most they may be', () => {
    expect(textureBytes({ ...BYTES, format: Constants.TEXTUREFORMAT_RGB })).toBe(256 * 128 * 4);
    expect(textureBytes({ ...BYTES, type: -1 })).toBe(256 * 128 * 16);
  });
});
