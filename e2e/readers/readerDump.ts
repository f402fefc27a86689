/** What a reader saw in a file, in the character's axes (Y up, looking along +Z) and metres. */
export interface ReaderDump {
  readonly meshes: Readonly<Record<string, MeshDump>>;
  /** For each joint, per frame: rotation from rest in world axes, x, y, z, w. */
  readonly joints: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export interface MeshDump {
  /** Rest positions, one vertex after the other or one triangle corner after the other. */
  readonly rest: ArrayLike<number>;
  /** Difference from rest at weight 1, by shape, in the order of `rest`. */
  readonly shapes: Readonly<Record<string, ArrayLike<number>>>;
  /** Weight 0..1 per frame, by shape. */
  readonly weights: Readonly<Record<string, ArrayLike<number>>>;
  /** Positions with shapes and skeleton applied, by frame number. */
  readonly deformed: Readonly<Record<string, ArrayLike<number>>>;
}

/** Largest absolute differences between a dump and what was asked for. */
export interface DumpDifferences {
  /** 0..1 */
  readonly weight: number;
  readonly restMetres: number;
  readonly shapeMetres: number;
  readonly deformedMetres: number;
  readonly rotationRadians: number;
}
