import { mat4, quat, vec3 } from 'gl-matrix';
import { trackOf, type SampledTracks } from '../../core/curves/sampledTracks';
import { bakePoseRotations, NECK_SHARE, poseQuaternion } from '../../core/interchange/character/bakePoseRotations';
import type { CharacterMesh, CharacterScene } from '../../core/interchange/character/characterScene';
import { readCharacter } from '../../core/interchange/character/readCharacter';
import { targetTracks, type TargetTracks } from '../../core/interchange/character/targetTracks';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';

/** What every reader must find, computed from the character and the curves alone, never from an exported file. */
export class ExpectedPerformance {
  private readonly rest = new Map<CharacterMesh, Float64Array>();
  private readonly driven: TargetTracks;

  private constructor(
    readonly scene: CharacterScene,
    readonly tracks: SampledTracks,
    private readonly profile: CharacterProfile | null,
    private readonly inPercent: boolean,
    private readonly largestWeight: (first: number) => number = () => Infinity,
  ) {
    this.driven = targetTracks(scene, tracks, profile);
  }

  /**
   * @param profile how channels move the character; by ARKit names when null
   * @param options inPercent: as FBX has it, where a shape of a rig with weights 0..100 is whole at 1
   */
  static async of(
    characterGlb: Uint8Array,
    tracks: SampledTracks,
    profile: CharacterProfile | null = null,
    { inPercent = false } = {},
  ): Promise<ExpectedPerformance> {
    return new ExpectedPerformance(await readCharacter(characterGlb, { needsChannels: !profile }), tracks, profile, inPercent);
  }

  /**
   * The same as a reader shows it that cuts weights above a limit.
   * @param largestWeight the limit of a target, by its weight on the first frame
   */
  cutAbove(largestWeight: (first: number) => number): ExpectedPerformance {
    return new ExpectedPerformance(this.scene, this.tracks, this.profile, this.inPercent, largestWeight);
  }

  weight(mesh: CharacterMesh, target: number, frame: number): number {
    const unit = this.unit(mesh, target);
    const samples = this.driven.samplesOf(mesh, target);
    if (!samples) return mesh.defaultWeights[target] / unit;
    return Math.min(this.largestWeight(samples[0] / unit), samples[frame] / unit);
  }

  /** Found here from the profile alone: a gain of 100 means weights up to 100. */
  private unit(mesh: CharacterMesh, target: number): number {
    const rows = this.profile?.mapping.filter((row) => row.target === mesh.targetNames[target]) ?? [];
    return this.inPercent && rows.some((row) => Math.abs(row.gain) >= 10) ? 100 : 1;
  }

  /** World rotation from rest of each joint, at a frame. */
  jointRotations(frame: number): Record<string, quat> {
    const at = (channel: Parameters<typeof trackOf>[1]): number => trackOf(this.tracks, channel)[frame];
    const [yaw, pitch, roll] = [at('headYaw'), at('headPitch'), at('headRoll')];
    const { joints, nodes } = this.scene;
    const head = poseQuaternion(yaw, pitch, roll);
    const eye = (side: 'left' | 'right', carrier: quat): quat => {
      const turn = poseQuaternion(at(`${side}EyeYaw`), at(`${side}EyePitch`), at(`${side}EyeRoll`));
      return quat.multiply([0, 0, 0, 1], carrier, turn);
    };
    const rotations: Record<string, quat> = {};
    const put = (joint: number, rotation: quat): void => {
      if (joint >= 0) rotations[nodes[joint].name] = rotation;
    };
    // Joints that stand beside each other carry nothing: the neck stays, and eyes do not go with the head.
    const neckCarriesHead = this.hangsUnder(joints.head, joints.neck);
    const share = neckCarriesHead ? NECK_SHARE : 0;
    put(joints.neck, poseQuaternion(yaw * share, pitch * share, roll * share));
    put(joints.head, head);
    for (const [side, joint] of [['left', joints.eyeLeft] as const, ['right', joints.eyeRight] as const])
      put(joint, eye(side, this.hangsUnder(joint, joints.head) ? head : [0, 0, 0, 1]));
    return rotations;
  }

  private hangsUnder(node: number, ancestor: number): boolean {
    const { nodes } = this.scene;
    for (let index = node; index >= 0; index = nodes[index].parentIndex)
      if (nodes[index].parentIndex === ancestor) return ancestor >= 0;
    return false;
  }

  /** Rest positions in the world, joined over the mesh's parts. */
  restPositions(mesh: CharacterMesh): Float64Array {
    return this.positions(mesh, () => 0, this.restMatrices());
  }

  /** Difference a shape makes, in the world. */
  shapeDeltas(mesh: CharacterMesh, target: number): Float64Array {
    const whole = this.unit(mesh, target);
    const shaped = this.positions(mesh, (index) => (index === target ? whole : 0), this.restMatrices());
    const rest = this.rest.get(mesh) ?? this.restPositions(mesh);
    this.rest.set(mesh, rest);
    return shaped.map((value, index) => value - rest[index]);
  }

  /** Positions with shapes and skeleton applied at a frame. */
  deformedPositions(mesh: CharacterMesh, frame: number): Float64Array {
    const weightOf = (target: number): number => this.weight(mesh, target, frame) * this.unit(mesh, target);
    return this.positions(mesh, weightOf, this.posedMatrices(frame));
  }

  /** Vertex of every triangle corner; an unskinned mesh under a mirrored node has its triangles turned. */
  corners(mesh: CharacterMesh): Uint32Array {
    let start = 0;
    const corners: number[] = [];
    const isMirrored = mesh.skinIndex < 0 && mat4.determinant(this.scene.nodes[mesh.nodeIndex].worldMatrix as mat4) < 0;
    for (const part of mesh.primitives) {
      for (let at = 0; at < part.indices.length; at += 3) {
        const [a, b, c] = part.indices.subarray(at, at + 3);
        corners.push(...(isMirrored ? [a, c, b] : [a, b, c]).map((index) => index + start));
      }
      start += part.vertexCount;
    }
    return Uint32Array.from(corners);
  }

  private restMatrices(): Float64Array[] {
    return this.scene.nodes.map((node) => node.worldMatrix);
  }

  private posedMatrices(frame: number): Float64Array[] {
    const local = new Map(
      bakePoseRotations(this.scene, this.tracks).map((track) => [
        track.nodeIndex,
        track.quaternions.subarray(frame * 4, frame * 4 + 4),
      ]),
    );
    const world = (index: number): Float64Array => {
      const node = this.scene.nodes[index];
      const own = new Float64Array(16);
      mat4.fromRotationTranslationScale(own, local.get(index) ?? node.rotation, node.translation, node.scale);
      return node.parentIndex >= 0 ? (mat4.multiply(new Float64Array(16), world(node.parentIndex), own) as Float64Array) : own;
    };
    return this.scene.nodes.map((_, index) => world(index));
  }

  private positions(
    mesh: CharacterMesh,
    weightOf: (target: number) => number,
    nodeMatrices: readonly Float64Array[],
  ): Float64Array {
    const skin = this.scene.skins[mesh.skinIndex];
    const matrices = skin
      ? skin.jointNodeIndices.map((node, joint) => {
          const inverse = skin.inverseBindMatrices.subarray(joint * 16, joint * 16 + 16);
          return mat4.multiply(new Float64Array(16), nodeMatrices[node], inverse);
        })
      : [];
    const weights = mesh.targetNames.map((_, target) => weightOf(target));
    const result = new Float64Array(mesh.primitives.reduce((sum, part) => sum + part.vertexCount * 3, 0));
    const active = [...weights.keys()].filter((target) => weights[target] !== 0);
    let offset = 0;
    for (const part of mesh.primitives) {
      for (let vertex = 0; vertex < part.vertexCount; vertex++) {
        const point: vec3 = [0, 0, 0];
        for (let axis = 0; axis < 3; axis++) {
          const at = vertex * 3 + axis;
          point[axis] = part.positions[at];
          for (const target of active) point[axis] += weights[target] * part.targets[target].positions[at];
        }
        result.set(place(point, vertex, part, skin ? matrices : null, nodeMatrices[mesh.nodeIndex]), offset);
        offset += 3;
      }
    }
    return result;
  }
}

function place(
  point: vec3,
  vertex: number,
  part: CharacterMesh['primitives'][number],
  joints: readonly mat4[] | null,
  nodeMatrix: Float64Array,
): vec3 {
  if (!joints || part.influences === 0) return vec3.transformMat4([0, 0, 0], point, nodeMatrix);
  const placed: vec3 = [0, 0, 0];
  for (let slot = vertex * part.influences; slot < (vertex + 1) * part.influences; slot++) {
    const moved = vec3.transformMat4([0, 0, 0], point, joints[part.skinJoints[slot]]);
    vec3.scaleAndAdd(placed, placed, moved, part.skinWeights[slot]);
  }
  return placed;
}
