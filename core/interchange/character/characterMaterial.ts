/** A picture of the character's file, as it lies there. */
export interface CharacterImage {
  /** Name of the texture, the picture or the file it came from; may be empty. */
  readonly name: string;
  /** "image/png", "image/jpeg", "image/webp", ... */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** KHR_texture_transform: u' = offset + rotate(scale * u), v down. */
export interface UvTransform {
  readonly offset: readonly [number, number];
  /** Radians, counter-clockwise as seen. */
  readonly rotation: number;
  readonly scale: readonly [number, number];
}

/** A picture on a material. */
export interface CharacterTexture {
  /** Index in `CharacterScene.images`. */
  readonly imageIndex: number;
  /** Which TEXCOORD_n of the mesh. */
  readonly uvSet: number;
  /** null: coordinates as they are. */
  readonly transform: UvTransform | null;
  /** Along u and v: true holds the edge, false repeats (mirrored repeats count as repeats). */
  readonly clamps: readonly [boolean, boolean];
}

/** A glTF material; a slot without a picture is null. */
export interface CharacterMaterial {
  readonly name: string;
  /** Linear r, g, b, a. */
  readonly baseColor: readonly [number, number, number, number];
  readonly roughness: number;
  readonly metallic: number;
  /** Linear r, g, b; may be above 1 (KHR_materials_emissive_strength). */
  readonly emissive: readonly [number, number, number];
  readonly transparent: boolean;
  /** Alpha below this is cut away; null when alpha is not cut (opaque or blended). */
  readonly alphaCutoff: number | null;
  readonly normalScale: number;
  readonly textures: {
    readonly baseColor: CharacterTexture | null;
    readonly normal: CharacterTexture | null;
    /** Green is roughness, blue is metal. */
    readonly metallicRoughness: CharacterTexture | null;
    /** Red. */
    readonly occlusion: CharacterTexture | null;
    readonly emissive: CharacterTexture | null;
  };
  readonly extras: Readonly<Record<string, unknown>>;
}
