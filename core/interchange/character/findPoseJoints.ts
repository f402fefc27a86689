import type { CharacterNode, PoseJoints } from './characterScene';

/** Names in the field for the joints Mien turns, without case, punctuation and namespace. */
const JOINT_NAMES: Readonly<Record<keyof PoseJoints, readonly string[]>> = {
  neck: ['neck', 'neck1', 'neck01', 'ccbasenecktwist01', 'jbipcneck', 'mixamorigneck'],
  head: ['head', 'head1', 'head01', 'ccbasehead', 'jbipchead', 'mixamorighead'],
  eyeLeft: ['eyeleft', 'lefteye', 'eyel', 'leye', 'ccbaseleye', 'jadjlfaceeye'],
  eyeRight: ['eyeright', 'righteye', 'eyer', 'reye', 'ccbasereye', 'jadjrfaceeye'],
};

/**
 * Finds neck, head and eye joints by name; -1 where there is none. Joints of a skin win over other nodes of the same name
 * (a head MESH is often called "head" too), nodes that hold a mesh come last.
 */
export function findPoseJoints(
  nodes: readonly Pick<CharacterNode, 'name'>[],
  skinJoints: ReadonlySet<number>,
  meshNodes: ReadonlySet<number>,
): PoseJoints {
  const keys = nodes.map((node) => (node.name.split(/[:|]/).at(-1) ?? '').replace(/[^a-zA-Z0-9]/g, '').toLowerCase());
  const find = (names: readonly string[]): number => {
    let best = -1;
    let bestRank = Infinity;
    keys.forEach((key, index) => {
      const order = names.indexOf(key);
      if (order < 0) return;
      const rank = order + (skinJoints.has(index) ? 0 : 10) + (meshNodes.has(index) ? 100 : 0);
      if (rank < bestRank) [best, bestRank] = [index, rank];
    });
    return best;
  };
  return {
    neck: find(JOINT_NAMES.neck),
    head: find(JOINT_NAMES.head),
    eyeLeft: find(JOINT_NAMES.eyeLeft),
    eyeRight: find(JOINT_NAMES.eyeRight),
  };
}
