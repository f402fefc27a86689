import * as THREE from 'three';
import { FBXLoader } from 'three/examples/jsm/loaders/FBXLoader.js';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { frameToSeconds } from '../../core/time/frameRate';
import type { ReaderCase } from './readerCases';
import type { MeshDump, ReaderDump } from './readerDump';

/** What three's loaders want of a browser; pictures are not decoded, an image element only remembers its address. */
function installBrowserShims(): void {
  const scope = globalThis as Record<string, unknown>;
  scope.self ??= globalThis;
  scope.createImageBitmap ??= async () => ({ width: 1, height: 1, close: () => undefined });
  scope.document ??= { createElementNS: () => new ImageElement() };
}

/** Counts as loaded once it has an address. */
class ImageElement extends EventTarget {
  private address = '';

  get src(): string {
    return this.address;
  }

  set src(address: string) {
    this.address = address;
    this.dispatchEvent(new Event('load'));
  }
}

/** Opens a GLB with three's GLTFLoader. */
export async function loadGlbWithThree(bytes: Uint8Array): Promise<{ root: THREE.Object3D; clips: THREE.AnimationClip[] }> {
  installBrowserShims();
  const gltf = await new GLTFLoader().parseAsync(bytes.slice().buffer, '');
  return { root: gltf.scene, clips: gltf.animations };
}

/** Opens an FBX with three's FBXLoader; its scene is in centimetres. */
export function loadFbxWithThree(bytes: Uint8Array): { root: THREE.Object3D; clips: THREE.AnimationClip[] } {
  installBrowserShims();
  const group = new FBXLoader().parse(bytes.slice().buffer, '');
  return { root: group, clips: group.animations };
}

/** Plays the clip frame by frame through three's mixer and writes down what it shows. */
export function dumpThreeScene(
  loaded: { root: THREE.Object3D; clips: THREE.AnimationClip[] },
  asked: ReaderCase,
  metresPerUnit: number,
): ReaderDump {
  const { root, clips } = loaded;
  if (clips.length !== 1) throw new Error(`three found ${clips.length} animations instead of one`);
  const meshes: THREE.Mesh[] = [];
  root.traverse((object) => {
    if (object instanceof THREE.Mesh) meshes.push(object);
  });
  root.updateMatrixWorld(true);
  const jointNames = Object.keys(asked.expected.jointRotations(0));
  const joints = jointNames.map((name) => findJoint(root, name));
  const restInverse = joints.map((joint) => joint.getWorldQuaternion(new THREE.Quaternion()).invert());
  const dumps = meshes.map((mesh) => restDump(mesh, metresPerUnit));

  const mixer = new THREE.AnimationMixer(root);
  const action = mixer.clipAction(clips[0]).setLoop(THREE.LoopOnce, 1);
  action.clampWhenFinished = true;
  action.play();
  const rotations: Record<string, number[][]> = Object.fromEntries(jointNames.map((name) => [name, []]));
  for (let frame = 0; frame < asked.tracks.frameCount; frame++) {
    mixer.setTime(frameToSeconds(frame, asked.tracks.frameRate));
    root.updateMatrixWorld(true);
    joints.forEach((joint, index) => {
      const world = joint.getWorldQuaternion(new THREE.Quaternion()).multiply(restInverse[index]);
      rotations[jointNames[index]].push(world.toArray());
    });
    meshes.forEach((mesh, index) => {
      for (const [name, target] of Object.entries(mesh.morphTargetDictionary ?? {})) {
        (dumps[index].weights[name] ??= []).push(mesh.morphTargetInfluences?.[target] ?? NaN);
      }
      if (asked.checkedFrames.includes(frame)) dumps[index].deformed[frame] = positionsOf(mesh, metresPerUnit);
    });
  }
  return { meshes: Object.fromEntries(meshes.map((mesh, index) => [mesh.name, dumps[index]])), joints: rotations };
}

interface OpenMeshDump extends MeshDump {
  weights: Record<string, number[]>;
  deformed: Record<string, number[]>;
}

function restDump(mesh: THREE.Mesh, metresPerUnit: number): OpenMeshDump {
  const influences = mesh.morphTargetInfluences ?? [];
  influences.fill(0);
  const shapes: Record<string, number[]> = {};
  for (const [name, target] of Object.entries(mesh.morphTargetDictionary ?? {})) {
    shapes[name] = shapeOf(mesh, target, metresPerUnit);
  }
  return { rest: positionsOf(mesh, metresPerUnit), shapes, weights: {}, deformed: {} };
}

/** What a morph target adds at weight 1; at rest the bones add nothing. */
function shapeOf(mesh: THREE.Mesh, target: number, metresPerUnit: number): number[] {
  if (!mesh.geometry.morphTargetsRelative) throw new Error('three took the targets for whole shapes, not differences');
  const linear = new THREE.Matrix3().setFromMatrix4(mesh.matrixWorld);
  const attribute = mesh.geometry.morphAttributes.position?.[target];
  if (!attribute) throw new Error(`three has no positions for target ${target} of ${mesh.name}`);
  const delta = new THREE.Vector3();
  const deltas: number[] = [];
  for (let vertex = 0; vertex < attribute.count; vertex++) {
    delta.fromBufferAttribute(attribute, vertex).applyMatrix3(linear).multiplyScalar(metresPerUnit);
    deltas.push(delta.x, delta.y, delta.z);
  }
  return deltas;
}

/** World positions with shapes and bones applied, as three draws them. */
function positionsOf(mesh: THREE.Mesh, metresPerUnit: number): number[] {
  const positions: number[] = [];
  const point = new THREE.Vector3();
  for (let vertex = 0; vertex < mesh.geometry.attributes.position.count; vertex++) {
    mesh.getVertexPosition(vertex, point);
    point.applyMatrix4(mesh.matrixWorld).multiplyScalar(metresPerUnit);
    positions.push(point.x, point.y, point.z);
  }
  return positions;
}

/** Joint and mesh may differ by case only ("head", "Head"): the exact name, and a bone before a mesh. */
function findJoint(root: THREE.Object3D, name: string): THREE.Object3D {
  const found: THREE.Object3D[] = [];
  root.traverse((object) => {
    if (object.name === name && !(object instanceof THREE.Mesh)) found.push(object);
  });
  if (found.length === 0) throw new Error(`three found no joint named ${name}`);
  return found[0];
}
