import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { quat } from 'gl-matrix';
import { framesPerSecond } from '../../core/time/frameRate';
import { decodeFloats } from './decodeFloats';
import { runReader } from './ensureReaders';
import type { ReaderCase } from './readerCases';
import type { MeshDump, ReaderDump } from './readerDump';

const SCRIPT = fileURLToPath(new URL('./assimp_read.py', import.meta.url));

/** What assimp_read.py writes. */
interface AssimpScene {
  readonly meshNodes: readonly { readonly name: string; readonly mesh: number; readonly matrix: readonly number[] }[];
  readonly meshes: readonly {
    /** Float32 triples, base64. */
    readonly rest: string;
    readonly shapeNames: readonly string[];
    readonly shapes: readonly string[];
  }[];
  readonly animations: readonly {
    readonly name: string;
    readonly ticksPerSecond: number;
    readonly morphs: readonly {
      readonly name: string;
      readonly keys: readonly { readonly time: number; readonly weights: Readonly<Record<string, number>> }[];
    }[];
    /** time, x, y, z, w, local to the parent. */
    readonly rotations: Readonly<Record<string, readonly (readonly number[])[]>>;
  }[];
}

/** Opens one of a case's files with the assimp library; nothing is deformed, so `deformed` stays empty. */
export function readWithAssimp(asked: ReaderCase, format: 'fbx' | 'glb'): ReaderDump {
  const folder = mkdtempSync(path.join(tmpdir(), 'mien-assimp-'));
  try {
    const [file, output] = [path.join(folder, `line.${format}`), path.join(folder, 'dump.json')];
    writeFileSync(file, asked[format]);
    runReader('python3', [SCRIPT, file, output], 300);
    return toDump(JSON.parse(readFileSync(output, 'utf8')) as AssimpScene, asked, format === 'fbx' ? 0.01 : 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toDump(scene: AssimpScene, asked: ReaderCase, metresPerUnit: number): ReaderDump {
  if (scene.animations.length !== 1) throw new Error(`assimp found ${scene.animations.length} animations instead of one`);
  const [animation] = scene.animations;
  const frameOf = (time: number): number => {
    const frame = (time / animation.ticksPerSecond) * framesPerSecond(asked.tracks.frameRate);
    // Key times must be frames: a key between two frames would be silently taken for one of them.
    if (Math.abs(frame - Math.round(frame)) > 0.01) throw new Error(`assimp found a key at frame ${frame}`);
    return Math.round(frame);
  };
  const meshes: Record<string, MeshDump> = {};
  for (const { name, mesh: index, matrix } of scene.meshNodes) {
    const mesh = scene.meshes[index];
    const place = (base64: string): Float64Array => placeAll(decodeFloats(base64), matrix, metresPerUnit);
    const rest = place(mesh.rest);
    const shapes = Object.fromEntries(
      mesh.shapeNames.map((shape, order) => [shape, place(mesh.shapes[order]).map((value, at) => value - rest[at])]),
    );
    const weights = Object.fromEntries(
      mesh.shapeNames.map((shape) => [shape, new Array<number>(asked.tracks.frameCount).fill(0)]),
    );
    // The FBX importer adds "*0" to the node's name.
    const morph = animation.morphs.find((one) => one.name.replace(/\*\d+$/, '') === name);
    if (mesh.shapeNames.length > 0 && morph?.keys.length !== asked.tracks.frameCount)
      throw new Error(`assimp lost keys of ${name}`);
    for (const key of morph?.keys ?? []) {
      for (const [order, weight] of Object.entries(key.weights))
        weights[mesh.shapeNames[Number(order)]][frameOf(key.time)] = weight;
    }
    meshes[name] = { rest, shapes, weights, deformed: {} };
  }
  return { meshes, joints: worldRotations(animation.rotations, asked) };
}

function placeAll(points: Float32Array, rowMajor: readonly number[], scale: number): Float64Array {
  const placed = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    for (let row = 0; row < 3; row++) {
      const sum =
        rowMajor[row * 4] * points[at] + rowMajor[row * 4 + 1] * points[at + 1] + rowMajor[row * 4 + 2] * points[at + 2];
      placed[at + row] = (sum + rowMajor[row * 4 + 3]) * scale;
    }
  }
  return placed;
}

/** Local rotations of the animated joints, carried down the hierarchy, as differences from rest. */
function worldRotations(locals: AssimpScene['animations'][number]['rotations'], asked: ReaderCase): Record<string, number[][]> {
  const { nodes } = asked.expected.scene;
  const result: Record<string, number[][]> = {};
  const chainOf = (index: number): number[] => (index < 0 ? [] : [...chainOf(nodes[index].parentIndex), index]);
  for (const name of Object.keys(asked.expected.jointRotations(0))) {
    const joint = nodes.findIndex((node) => node.name === name);
    const chain = chainOf(joint);
    result[name] = Array.from({ length: asked.tracks.frameCount }, (_, frame) => {
      const posed = identity();
      const rest = identity();
      for (const index of chain) {
        const key = locals[nodes[index].name]?.[frame];
        quat.multiply(posed, posed, key ? [key[1], key[2], key[3], key[4]] : nodes[index].rotation);
        quat.multiply(rest, rest, nodes[index].rotation);
      }
      return [...(quat.multiply(identity(), posed, quat.conjugate(identity(), rest)) as number[])];
    });
  }
  return result;
}

const identity = (): quat => [0, 0, 0, 1];
