import { Document, type Accessor, type Material, type Mesh, type Node } from '@gltf-transform/core';
import { mat4 } from 'gl-matrix';
import { createTracks, trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { ARKIT_CHANNELS, PERFORMANCE_CHANNELS, isPoseChannel } from '../../rig/channels';
import { CURVE_FRAME_RATE, type FrameRate } from '../../time/frameRate';
import { writeGltfDocument } from '../gltf/gltfDocument';

/** How a fixture differs from the plain one. */
export interface FixtureOptions {
  /** Give the joints rest rotations of their own, as rigs made in other tools have. Default false. */
  readonly turnedJoints?: boolean;
  /** Leave out the skeleton altogether. Default false. */
  readonly noSkeleton?: boolean;
}

/**
 * A tiny character for tests, built in memory with the structure of the default one: root > neck > head > eyeLeft, eyeRight;
 * "face" has all 52 targets, "teeth" four of them and one that names no channel, "eyes" none, "cap" is not skinned but hangs on the head.
 */
export async function fixtureCharacter(options: FixtureOptions = {}): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const scene = document.createScene('fixture');
  document.getRoot().setDefaultScene(scene);
  const skinMaterial = document.createMaterial('Haut').setBaseColorFactor([0.8, 0.5, 0.4, 1]);
  const boneMaterial = document.createMaterial('teeth').setBaseColorFactor([0.9, 0.9, 0.8, 1]);

  const joints = createJoints(document, options.turnedJoints ?? false);
  if (options.noSkeleton) for (const name of Object.keys(joints)) if (name !== 'head') joints[name].dispose();
  scene.addChild(options.noSkeleton ? joints.head : joints.root);
  const builder = new FixtureMeshes(document, buffer, options.noSkeleton ? [] : Object.values(joints));

  const face = builder.grid('face', 9, [0, 1.6, 0.1], 0.18, skinMaterial, [...ARKIT_CHANNELS], ['head', 'neck']);
  const teeth = builder.grid(
    'teeth',
    5,
    [0, 1.55, 0.08],
    0.05,
    boneMaterial,
    ['jawOpen', 'jawLeft', 'jawRight', 'mouthClose', 'häppy_corrective'],
    ['head', 'root'],
  );
  const eyes = builder.grid('eyes', 4, [0, 1.65, 0.09], 0.04, boneMaterial, [], ['eyeLeft', 'eyeRight']);
  const cap = builder.grid('cap', 3, [0, 0.1, 0], 0.1, skinMaterial, [], null);
  for (const node of [face, teeth, eyes]) scene.addChild(node);
  joints.head.addChild(cap);
  return await writeGltfDocument(document);
}

function createJoints(document: Document, turned: boolean): Record<string, Node> {
  const make = (name: string, translation: [number, number, number], turn: number): Node =>
    document
      .createNode(name)
      .setTranslation(translation)
      .setRotation(turned ? [Math.sin(turn / 2) * 0.6, Math.sin(turn / 2) * 0.8, 0, Math.cos(turn / 2)] : [0, 0, 0, 1]);
  const root = make('root', [0, 0, 0], 0.3);
  const neck = make('neck', [0, 1.45, 0], -0.7);
  const head = make('head', [0, 0.1, 0.01], 1.1);
  const eyeLeft = make('eyeLeft', [0.032, 0.1, 0.08], 0.4);
  const eyeRight = make('eyeRight', [-0.032, 0.1, 0.08], -0.5);
  root.addChild(neck.addChild(head.addChild(eyeLeft).addChild(eyeRight)));
  return { root, neck, head, eyeLeft, eyeRight };
}

class FixtureMeshes {
  private readonly skin;
  private readonly joints: Node[];

  constructor(
    private readonly document: Document,
    private readonly buffer: ReturnType<Document['createBuffer']>,
    joints: Node[],
  ) {
    this.joints = joints;
    this.skin = joints.length > 0 ? document.createSkin('skin') : null;
    const inverse = joints.flatMap((joint) => Array.from(mat4.invert(new Float64Array(16), joint.getWorldMatrix()) ?? []));
    joints.forEach((joint) => this.skin?.addJoint(joint));
    this.skin?.setInverseBindMatrices(this.accessor('MAT4', new Float32Array(inverse))).setSkeleton(joints[0]);
  }

  /** A bent square of size x size vertices; every target moves its own part of it by its own amount. */
  grid(
    name: string,
    size: number,
    centre: [number, number, number],
    width: number,
    material: Material,
    targets: string[],
    boundTo: [string, string] | null,
  ): Node {
    const positions: number[] = [];
    const normals: number[] = [];
    const uvs: number[] = [];
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const [u, v] = [column / (size - 1), row / (size - 1)];
        const [x, y] = [(u - 0.5) * width, (v - 0.5) * width];
        const [nx, nz] = [Math.sin(u - 0.5), Math.cos(u - 0.5)];
        positions.push(centre[0] + x, centre[1] + y, centre[2] + width * 0.3 * nz);
        normals.push(nx, 0, nz);
        uvs.push(u, 1 - v);
      }
    }
    const indices: number[] = [];
    for (let row = 0; row + 1 < size; row++) {
      for (let column = 0; column + 1 < size; column++) {
        const corner = row * size + column;
        indices.push(corner, corner + 1, corner + size, corner + 1, corner + size + 1, corner + size);
      }
    }
    const mesh = this.document.createMesh(name).setExtras(targets.length > 0 ? { targetNames: targets } : {});
    const primitive = this.document
      .createPrimitive()
      .setMaterial(material)
      .setAttribute('POSITION', this.accessor('VEC3', new Float32Array(positions)))
      .setAttribute('NORMAL', this.accessor('VEC3', new Float32Array(normals)))
      .setAttribute('TEXCOORD_0', this.accessor('VEC2', new Float32Array(uvs)))
      .setIndices(this.accessor('SCALAR', new Uint16Array(indices)));
    targets.forEach((target, index) => {
      const deltas = targetDeltas(index, size * size, width);
      const accessor = this.accessor('VEC3', deltas).setSparse(true);
      primitive.addTarget(this.document.createPrimitiveTarget(target).setAttribute('POSITION', accessor));
    });
    mesh.addPrimitive(primitive).setWeights(targets.map(() => 0));
    const node = this.document.createNode(name).setMesh(mesh);
    if (boundTo && this.skin) this.bind(node, mesh, size, boundTo);
    return node;
  }

  /** Blends from the second joint (bottom) to the first (top). */
  private bind(node: Node, mesh: Mesh, size: number, boundTo: [string, string]): void {
    const [upper, lower] = boundTo.map((name) => this.joints.findIndex((joint) => joint.getName() === name));
    const joints = new Uint8Array(size * size * 4);
    const weights = new Float32Array(size * size * 4);
    for (let vertex = 0; vertex < size * size; vertex++) {
      const share = Math.floor(vertex / size) / (size - 1);
      // glTF wants joint 0 where the weight is 0.
      joints.set([share > 0 ? upper : 0, share < 1 ? lower : 0, 0, 0], vertex * 4);
      weights.set([share, 1 - share, 0, 0], vertex * 4);
    }
    const primitive = mesh.listPrimitives()[0];
    primitive.setAttribute('JOINTS_0', this.accessor('VEC4', joints)).setAttribute('WEIGHTS_0', this.accessor('VEC4', weights));
    node.setSkin(this.skin);
  }

  private accessor(type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4' | 'MAT4', array: Float32Array | Uint16Array | Uint8Array): Accessor {
    return this.document
      .createAccessor()
      .setType(type)
      .setArray(array as Float32Array<ArrayBuffer>)
      .setBuffer(this.buffer);
  }
}

/** Target 3 (and every 16th after it) is empty: writers must cope with a shape that moves nothing. */
function targetDeltas(target: number, vertexCount: number, width: number): Float32Array {
  const deltas = new Float32Array(vertexCount * 3);
  if (target % 16 === 3) return deltas;
  for (let vertex = target % vertexCount; vertex < vertexCount; vertex += 3 + (target % 5)) {
    deltas.set([width * 0.01 * (target + 1), -width * 0.02 * ((target % 7) + 1), width * 0.015 * (vertex % 4)], vertex * 3);
  }
  return deltas;
}

/** Seeded curves that differ on every channel and frame, plus a single spike of 1 on jawOpen at `spikeFrame`. */
export function fixtureTracks(frameCount: number, frameRate: FrameRate = CURVE_FRAME_RATE, spikeFrame = -1): SampledTracks {
  const tracks = createTracks(frameCount, frameRate);
  PERFORMANCE_CHANNELS.forEach((channel, index) => {
    const samples = trackOf(tracks, channel);
    for (let frame = 0; frame < frameCount; frame++) {
      const wave = Math.sin(frame * 0.11 * (1 + (index % 6)) + index);
      samples[frame] = isPoseChannel(channel) ? wave * 0.35 : 0.5 + 0.5 * wave;
    }
  });
  if (spikeFrame >= 0) {
    trackOf(tracks, 'jawOpen').fill(0);
    trackOf(tracks, 'jawOpen')[spikeFrame] = 1;
  }
  return tracks;
}
