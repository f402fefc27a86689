import { Document, WebIO, type Node } from '@gltf-transform/core';
import { trackOf } from '../../curves/sampledTracks';
import { ARKIT_CHANNELS } from '../../rig/channels';
import { frameToSeconds } from '../../time/frameRate';
import { bakePoseRotations } from '../character/bakePoseRotations';
import type { CharacterNode } from '../character/characterScene';
import { checkTracks } from '../checkTracks';
import type { PerformanceExport } from '../gltf/writeGlb';
import { packGlb } from './packGlb';

/**
 * Bones above the head as VRM names them, with rough heights in metres. Players scale bones to their own model; only the
 * rotations of neck and head are animated.
 */
const SPINE = [
  ['hips', 0.9],
  ['spine', 0.1],
  ['chest', 0.15],
  ['neck', 0.3],
  ['head', 0.1],
] as const;

/**
 * A VRM 1.0 animation (.vrma: GLB with VRMC_vrm_animation 1.0): every ARKit shape as a custom expression whose weight is the
 * X translation of a node of its own, neck and head as humanoid bones. For models that carry the 52 shapes ("Perfect Sync");
 * the presets (aa, ih, ...) are not written, because a model with both would move twice. Gaze is in the eyeLook shapes.
 * @throws MienError 'invalid-input'
 */
export async function writeVrma({ tracks, name }: Pick<PerformanceExport, 'tracks' | 'name'>): Promise<Uint8Array> {
  checkTracks(tracks);
  const document = new Document();
  const buffer = document.createBuffer();
  const scene = document.createScene(name);
  const animation = document.createAnimation(name);
  const times = document
    .createAccessor('times')
    .setArray(Float32Array.from({ length: tracks.frameCount }, (_, frame) => frameToSeconds(frame, tracks.frameRate)))
    .setType('SCALAR')
    .setBuffer(buffer);
  const animate = (node: Node, path: 'translation' | 'rotation', values: Float32Array) => {
    const output = document
      .createAccessor(`${node.getName()} ${path}`)
      .setArray(values)
      .setType(path === 'rotation' ? 'VEC4' : 'VEC3')
      .setBuffer(buffer);
    const sampler = document.createAnimationSampler().setInput(times).setOutput(output).setInterpolation('LINEAR');
    const channel = document.createAnimationChannel().setTargetNode(node).setTargetPath(path).setSampler(sampler);
    animation.addSampler(sampler).addChannel(channel);
  };

  const bones = SPINE.map(([bone, height]) => document.createNode(bone).setTranslation([0, height, 0]));
  scene.addChild(bones[0]);
  bones.slice(1).forEach((bone, index) => bones[index].addChild(bone));
  const neck = SPINE.findIndex(([bone]) => bone === 'neck');
  const joints = { neck, head: neck + 1, eyeLeft: -1, eyeRight: -1 };
  for (const track of bakePoseRotations({ nodes: restNodes(), joints }, tracks)) {
    animate(bones[track.nodeIndex], 'rotation', Float32Array.from(track.quaternions));
  }
  const expressions = ARKIT_CHANNELS.map((channel) => {
    const node = document.createNode(channel);
    scene.addChild(node);
    const weights = trackOf(tracks, channel);
    animate(
      node,
      'translation',
      Float32Array.from({ length: weights.length * 3 }, (_, k) => (k % 3 === 0 ? weights[k / 3] : 0)),
    );
    return node;
  });

  document.getRoot().getAsset().generator = 'Mien';
  const { json, resources } = await new WebIO().writeJSON(document, { basename: 'animation' });
  const indexOf = (node: Node) => ({ node: (json.nodes ?? []).findIndex((entry) => entry.name === node.getName()) });
  json.extensionsUsed = ['VRMC_vrm_animation'];
  json.extensions = {
    VRMC_vrm_animation: {
      specVersion: '1.0',
      humanoid: { humanBones: Object.fromEntries(bones.map((bone) => [bone.getName(), indexOf(bone)])) },
      expressions: { custom: Object.fromEntries(expressions.map((node) => [node.getName(), indexOf(node)])) },
    },
  };
  return packGlb(json, Object.values(resources)[0]);
}

/** The rest pose of SPINE as `bakePoseRotations` wants it: no rotation anywhere. */
function restNodes(): CharacterNode[] {
  let height = 0;
  return SPINE.map(([bone, rise], index) => {
    height += rise;
    const worldMatrix = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, height, 0, 1);
    return {
      name: bone,
      parentIndex: index - 1,
      translation: [0, rise, 0],
      rotation: [0, 0, 0, 1],
      scale: [1, 1, 1],
      worldMatrix,
      extras: {},
    };
  });
}
