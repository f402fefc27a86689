import type { ArkitChannel } from '../../core/rig/channels';
import type { FaceHandle } from './face-handles';
import type { SparseShape } from './sparseMorph';

/** A vertex of a mesh that carries a handle. */
export interface FaceAnchor {
  readonly handle: FaceHandle;
  readonly meshIndex: number;
  readonly vertex: number;
}

/** What finding an anchor needs of a mesh: where its vertices are in the world at rest, and which shapes a channel drives. */
export interface AnchorMesh {
  readonly restPositions: Float32Array;
  readonly shapesOf: (channel: ArkitChannel) => readonly SparseShape[];
}

/** Vertices that move at least this share of the most moved one are candidates for "lowest" and the like. */
const CANDIDATE_SHARE: Readonly<Record<FaceHandle['anchor']['pick'], number>> = {
  most: 0.97,
  lowest: 0.7,
  innermost: 0.5,
};

/**
 * Finds the vertex each handle stands on from what its channels move, so that any character gets its handles; null for a
 * handle whose shapes the character lacks. `middleX` is the plane of symmetry.
 */
export function findAnchor(handle: FaceHandle, meshes: readonly AnchorMesh[], middleX: number): FaceAnchor | null {
  let best: (FaceAnchor & { score: number }) | null = null;
  const candidates: { meshIndex: number; vertex: number; motion: number; x: number; y: number; z: number }[] = [];
  meshes.forEach(({ restPositions, shapesOf }, meshIndex) => {
    const motion = new Map<number, number>();
    for (const shape of handle.anchor.channels.flatMap(shapesOf)) {
      shape.vertices.forEach((vertex, index) => {
        const [x, y, z] = shape.positionDeltas.subarray(index * 3, index * 3 + 3);
        motion.set(vertex, (motion.get(vertex) ?? 0) + Math.hypot(x, y, z));
      });
    }
    for (const [vertex, amount] of motion) {
      const [x, y, z] = restPositions.subarray(vertex * 3, vertex * 3 + 3);
      if (handle.side !== 0 && (x - middleX) * handle.side < 0) continue;
      candidates.push({ meshIndex, vertex, motion: amount, x: x - middleX, y, z });
    }
  });
  // The mesh of the face moves most vertices; brows and lashes lie on it.
  const face = mostFrequent(candidates.map(({ meshIndex }) => meshIndex));
  const onFace = candidates.filter(({ meshIndex }) => meshIndex === face);
  const most = Math.max(0, ...onFace.map(({ motion }) => motion));
  for (const candidate of onFace) {
    if (candidate.motion < most * CANDIDATE_SHARE[handle.anchor.pick]) continue;
    const score = scoreOf(handle, candidate);
    if (!best || score > best.score) best = { handle, meshIndex: candidate.meshIndex, vertex: candidate.vertex, score };
  }
  return best && { handle: best.handle, meshIndex: best.meshIndex, vertex: best.vertex };
}

function scoreOf({ anchor }: FaceHandle, { motion, x, y, z }: { motion: number; x: number; y: number; z: number }): number {
  switch (anchor.pick) {
    case 'most':
      return motion;
    // Of equally low vertices the foremost and middle one is the chin.
    case 'lowest':
      return -y + z * 0.7 - Math.abs(x) * 0.5;
    case 'innermost':
      return -Math.abs(x) + z * 0.5;
  }
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
}
