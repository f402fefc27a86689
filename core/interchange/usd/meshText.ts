import type { CharacterMesh, CharacterPrimitive, CharacterScene } from '../character/characterScene';
import { number, primName, quotedList, tuple } from './usdText';

/** The blend shapes of a mesh, ready to stand inside its prim. */
export interface BlendShapesText {
  /** Names of the shapes in the animation, in the order of `prims`. */
  readonly names: readonly string[];
  readonly prims: readonly { readonly name: string; readonly text: string }[];
}

/** Only shapes a channel drives: others have no weight in the animation. Points a shape does not move are left out. */
export function blendShapesText(mesh: CharacterMesh): BlendShapesText {
  const taken = new Set<string>();
  const names: string[] = [];
  const prims: { name: string; text: string }[] = [];
  mesh.targetChannels.forEach((channel, target) => {
    if (!channel || names.includes(channel)) return;
    const offsets: string[] = [];
    const points: number[] = [];
    eachVertex(mesh, (primitive, vertex, point) => {
      const delta = primitive.targets[target].positions.subarray(vertex * 3, vertex * 3 + 3);
      if (delta.every((part) => part === 0)) return;
      offsets.push(tuple(delta));
      points.push(point);
    });
    const name = primName(channel, taken);
    names.push(channel);
    prims.push({
      name,
      text: `
        def BlendShape "${name}"
        {
            uniform vector3f[] offsets = [${offsets.join(', ')}]
            uniform int[] pointIndices = [${points.join(', ')}]
        }
`,
    });
  });
  return { names, prims };
}

/**
 * One mesh prim: all primitives of the mesh as one list of triangles, bound to the skeleton.
 * @param joints node indices of the skeleton's joints, in its order
 */
export function meshText(
  scene: CharacterScene,
  mesh: CharacterMesh,
  prim: string,
  joints: readonly number[],
  shapes: BlendShapesText,
): string {
  const points: string[] = [];
  const uvs: string[] = [];
  const indices: number[] = [];
  const binding = skinOf(scene, mesh, joints);
  eachVertex(mesh, (primitive, vertex) => {
    points.push(tuple(primitive.positions.subarray(vertex * 3, vertex * 3 + 3)));
    // USD's v goes up.
    const coordinates = primitive.uvSets[0];
    if (coordinates) uvs.push(tuple([coordinates[vertex * 2], 1 - coordinates[vertex * 2 + 1]]));
  });
  let first = 0;
  for (const primitive of mesh.primitives) {
    for (const index of primitive.indices) indices.push(first + index);
    first += primitive.vertexCount;
  }
  const color = scene.materials[mesh.primitives[0].materialIndex]?.baseColor ?? [0.8, 0.8, 0.8, 1];
  const path = `/Character/${prim}`;
  const shapeBinding =
    shapes.names.length === 0
      ? ''
      : `        uniform token[] skel:blendShapes = [${quotedList(shapes.names)}]
        rel skel:blendShapeTargets = [${shapes.prims.map(({ name }) => `<${path}/${name}>`).join(', ')}]
`;
  return `
    def Mesh "${prim}" (
        prepend apiSchemas = ["SkelBindingAPI"]
    )
    {
        uniform token subdivisionScheme = "none"
        int[] faceVertexCounts = [${Array.from({ length: indices.length / 3 }, () => 3).join(', ')}]
        int[] faceVertexIndices = [${indices.join(', ')}]
        point3f[] points = [${points.join(', ')}]
        color3f[] primvars:displayColor = [${tuple(color.slice(0, 3))}]
${uvs.length === points.length ? `        texCoord2f[] primvars:st = [${uvs.join(', ')}] (\n            interpolation = "vertex"\n        )\n` : ''}${binding}${shapeBinding}${shapes.prims.map(({ text }) => text).join('')}    }
`;
}

/** Joint indices and weights of every point; an unskinned mesh hangs on the joint above its node, or on the first one. */
function skinOf(scene: CharacterScene, mesh: CharacterMesh, joints: readonly number[]): string {
  const positionOf = new Map(joints.map((node, position) => [node, position]));
  const skin = scene.skins[mesh.skinIndex];
  const influences = skin ? Math.max(1, ...mesh.primitives.map((primitive) => primitive.influences)) : 1;
  const indices: number[] = [];
  const weights: string[] = [];
  const holder = positionOf.get(carrierOf(scene, mesh.nodeIndex, positionOf)) ?? 0;
  eachVertex(mesh, (primitive, vertex) => {
    for (let k = 0; k < influences; k++) {
      const isBound = skin && k < primitive.influences;
      const at = vertex * primitive.influences + k;
      indices.push(isBound ? (positionOf.get(skin.jointNodeIndices[primitive.skinJoints[at]]) ?? 0) : holder);
      weights.push(isBound ? number(primitive.skinWeights[at]) : skin ? '0' : '1');
    }
  });
  const meta = `(\n            elementSize = ${influences}\n            interpolation = "vertex"\n        )`;
  // A skin places its mesh by the joints alone; any other mesh stands where its node stands.
  const place = skin ? IDENTITY_MATRIX : scene.nodes[mesh.nodeIndex].worldMatrix;
  const rows = [0, 4, 8, 12].map((start) => tuple(place.subarray(start, start + 4)));
  return `        int[] primvars:skel:jointIndices = [${indices.join(', ')}] ${meta}
        float[] primvars:skel:jointWeights = [${weights.join(', ')}] ${meta}
        matrix4d primvars:skel:geomBindTransform = ( ${rows.join(', ')} )
`;
}

const IDENTITY_MATRIX = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

function carrierOf(scene: CharacterScene, nodeIndex: number, joints: ReadonlyMap<number, number>): number {
  let at = nodeIndex;
  while (at >= 0 && !joints.has(at)) at = scene.nodes[at].parentIndex;
  return at;
}

/** Vertices of all primitives in one row of numbers, as the mesh prim lists its points. */
function eachVertex(mesh: CharacterMesh, act: (primitive: CharacterPrimitive, vertex: number, point: number) => void): void {
  let point = 0;
  for (const primitive of mesh.primitives)
    for (let vertex = 0; vertex < primitive.vertexCount; vertex++) act(primitive, vertex, point++);
}
