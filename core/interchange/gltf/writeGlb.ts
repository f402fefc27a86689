import type { Accessor, Animation, Document, Node } from '@gltf-transform/core';
import type { SampledTracks } from '../../curves/sampledTracks';
import type { CharacterProfile } from '../../rig/retarget/characterProfile';
import { frameToSeconds } from '../../time/frameRate';
import { bakePoseRotations } from '../character/bakePoseRotations';
import type { CharacterMesh } from '../character/characterScene';
import { readCharacter, readCharacterDocument } from '../character/readCharacter';
import { targetTracks, type TargetTracks } from '../character/targetTracks';
import { checkTracks } from '../checkTracks';
import { appendAnimation } from './appendAnimation';
import { checkGlbStructure, unreadable } from './checkGlbStructure';
import { readGltfDocument, writeGltfDocument } from './gltfDocument';

/** What every file writer of a character with a performance takes. */
export interface PerformanceExport {
  /** The character, as GLB bytes. */
  readonly characterGlb: Uint8Array;
  /** Final curves at the frame rate of the file. */
  readonly tracks: SampledTracks;
  /** Name of the line; names the animation. */
  readonly name: string;
  /** How channels move the character; by the targets' ARKit names when absent. */
  readonly profile?: CharacterProfile | null;
  /**
   * The user's own file where it differs from `characterGlb` (which is then the plain copy without compression and unknown
   * extensions). A .glb is written onto it: everything but the animation stays as it was.
   */
  readonly originalGlb?: Uint8Array | null;
}

/**
 * The character with one animation: a `weights` channel for every mesh that has morph targets (all targets of the mesh, in its
 * order; targets no channel names keep their rest weight) and rotation channels for neck, head and eyes (see
 * `bakePoseRotations`). Keys are linear, one a frame, at frame / rate seconds. Animations the character had are removed;
 * everything else stays as it was.
 * @throws MienError 'character-unreadable' or 'invalid-input'
 */
export async function writeGlb({ characterGlb, tracks, name, profile, originalGlb }: PerformanceExport): Promise<Uint8Array> {
  checkTracks(tracks);
  if (originalGlb) return writeOntoOriginal({ characterGlb, tracks, name, profile, originalGlb });
  const document = await readGltfDocument(characterGlb);
  const root = document.getRoot();
  const scene = readCharacterDocument(document);
  if (!scene.meshes.some((mesh) => mesh.targetNames.length > 0)) throw unreadable('it has no morph targets');
  for (const animation of root.listAnimations()) removeAnimation(animation);

  storeEmptyTargets(root.listAccessors());

  const buffer = root.listBuffers()[0] ?? document.createBuffer();
  const times = document
    .createAccessor('times')
    .setArray(Float32Array.from({ length: tracks.frameCount }, (_, frame) => frameToSeconds(frame, tracks.frameRate)))
    .setType('SCALAR')
    .setBuffer(buffer);
  const animation = document.createAnimation(name);
  const nodes = root.listNodes();

  // Meshes with the same list of targets (a face and its copy for lashes, say) share one array.
  const shared = new Map<string, Accessor>();
  const targets = targetTracks(scene, tracks, profile ?? null);
  for (const mesh of scene.meshes) {
    if (mesh.targetNames.length === 0) continue;
    const key = JSON.stringify([profile ? [mesh.name, mesh.targetNames] : mesh.targetChannels, mesh.defaultWeights]);
    const weights =
      shared.get(key) ??
      document
        .createAccessor('weights')
        .setArray(interleaveWeights(mesh, tracks.frameCount, targets))
        .setType('SCALAR')
        .setBuffer(buffer);
    shared.set(key, weights);
    addChannel(document, animation, nodes[mesh.nodeIndex], 'weights', times, weights);
  }
  for (const track of bakePoseRotations(scene, tracks)) {
    const rotations = document
      .createAccessor(`${track.joint}Rotation`)
      .setArray(Float32Array.from(track.quaternions))
      .setType('VEC4')
      .setBuffer(buffer);
    addChannel(document, animation, nodes[track.nodeIndex], 'rotation', times, rotations);
  }
  return await writeGltfDocument(document);
}

/**
 * A sparse array of zeros would be written without any data, which the standard allows and assimp refuses
 * ("data is null when extracting data from accessors"): such a target is stored as plain zeros instead.
 */
function storeEmptyTargets(accessors: readonly Accessor[]): void {
  for (const accessor of accessors) {
    if (accessor.getSparse() && accessor.getArray()?.every((value: number) => value === 0)) accessor.setSparse(false);
  }
}

/** The user's file with the animation added and nothing else touched; what to animate is read from the plain copy, node by node. */
async function writeOntoOriginal(line: PerformanceExport & { readonly originalGlb: Uint8Array }): Promise<Uint8Array> {
  const { characterGlb, tracks, name, profile, originalGlb } = line;
  checkGlbStructure(originalGlb);
  const scene = await readCharacter(characterGlb, { needsChannels: false });
  const targets = targetTracks(scene, tracks, profile ?? null);
  const times = Float32Array.from({ length: tracks.frameCount }, (_, frame) => frameToSeconds(frame, tracks.frameRate));
  const channels = [
    ...scene.meshes
      .filter((mesh) => mesh.targetNames.length > 0)
      .map((mesh) => ({
        node: mesh.nodeIndex,
        path: 'weights' as const,
        values: interleaveWeights(mesh, tracks.frameCount, targets),
      })),
    ...bakePoseRotations(scene, tracks).map((track) => ({
      node: track.nodeIndex,
      path: 'rotation' as const,
      values: Float32Array.from(track.quaternions),
    })),
  ];
  return appendAnimation(originalGlb, name, times, channels);
}

/** glTF order: all targets of frame 0, all targets of frame 1, ... */
function interleaveWeights(mesh: CharacterMesh, frameCount: number, targets: TargetTracks): Float32Array {
  const targetCount = mesh.targetNames.length;
  const weights = new Float32Array(frameCount * targetCount);
  mesh.targetNames.forEach((_, target) => {
    const samples = targets.samplesOf(mesh, target);
    for (let frame = 0; frame < frameCount; frame++) {
      weights[frame * targetCount + target] = samples ? samples[frame] : mesh.defaultWeights[target];
    }
  });
  return weights;
}

function addChannel(
  document: Document,
  animation: Animation,
  node: Node,
  path: 'weights' | 'rotation',
  input: Accessor,
  output: Accessor,
): void {
  const sampler = document.createAnimationSampler().setInput(input).setOutput(output).setInterpolation('LINEAR');
  const channel = document.createAnimationChannel().setTargetNode(node).setTargetPath(path).setSampler(sampler);
  animation.addSampler(sampler).addChannel(channel);
}

/** Also drops the arrays only this animation used. */
function removeAnimation(animation: Animation): void {
  const accessors = animation.listSamplers().flatMap((sampler) => [sampler.getInput(), sampler.getOutput()]);
  for (const sampler of animation.listSamplers()) sampler.dispose();
  for (const channel of animation.listChannels()) channel.dispose();
  animation.dispose();
  for (const accessor of accessors) {
    if (accessor && accessor.listParents().every((parent) => parent.propertyType === 'Root')) accessor.dispose();
  }
}
