import { quat, vec3 } from 'gl-matrix';
import { expect, test } from 'vitest';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import { fixtureCharacter, fixtureTracks } from '../testing/fixtureCharacter';
import { bakePoseRotations, NECK_SHARE, poseQuaternion } from './bakePoseRotations';
import { readCharacter } from './readCharacter';

const FORWARD: vec3 = [0, 0, 1];

test('positive yaw turns to the character’s left, positive pitch looks down, positive roll lifts the left ear', () => {
  const turned = (rotation: quat, vector: vec3): vec3 => vec3.transformQuat([0, 0, 0], vector, rotation);
  expect(turned(poseQuaternion(0.3, 0, 0), FORWARD)[0]).toBeGreaterThan(0.2);
  expect(turned(poseQuaternion(0, 0.3, 0), FORWARD)[1]).toBeLessThan(-0.2);
  expect(turned(poseQuaternion(0, 0, 0.3), [1, 0, 0])[1]).toBeGreaterThan(0.2);
});

test.each([{}, { turnedJoints: true }])('neck and head together turn the head exactly as asked (%j)', async (options) => {
  const scene = await readCharacter(await fixtureCharacter(options));
  const tracks = fixtureTracks(40);
  const baked = bakePoseRotations(scene, tracks);
  expect(baked.map((track) => track.joint)).toEqual(['neck', 'head', 'eyeLeft', 'eyeRight']);
  const local = (joint: string, frame: number): quat => {
    const track = baked.find((one) => one.joint === joint);
    return Array.from(track?.quaternions.subarray(frame * 4, frame * 4 + 4) ?? []) as unknown as quat;
  };
  const rest = (joint: 'neck' | 'head'): quat => [...scene.nodes[scene.joints[joint]].rotation] as quat;
  const root = [...scene.nodes[0].rotation] as quat;
  const chain = (...parts: quat[]): quat => parts.reduce((product, part) => quat.multiply([0, 0, 0, 1], product, part));
  for (const frame of [0, 7, 39]) {
    const angles = (['headYaw', 'headPitch', 'headRoll'] as const).map((channel) => trackOf(tracks, channel)[frame]);
    const posed = chain(root, local('neck', frame), local('head', frame));
    const wanted = chain(poseQuaternion(angles[0], angles[1], angles[2]), root, rest('neck'), rest('head'));
    expect(Math.abs(quat.dot(posed, wanted))).toBeCloseTo(1, 10);
    const neck = chain(root, local('neck', frame));
    const share = poseQuaternion(angles[0] * NECK_SHARE, angles[1] * NECK_SHARE, angles[2] * NECK_SHARE);
    expect(Math.abs(quat.dot(neck, chain(share, root, rest('neck'))))).toBeCloseTo(1, 10);
  }
});

test('neighbouring keys never lie on opposite sides of the sphere of quaternions', async () => {
  const scene = await readCharacter(await fixtureCharacter());
  const tracks = createTracks(200);
  trackOf(tracks, 'headYaw').forEach((_, frame, samples) => (samples[frame] = frame * 0.1));
  for (const { quaternions } of bakePoseRotations(scene, tracks)) {
    for (let frame = 1; frame < 200; frame++) {
      const [a, b] = [quaternions.subarray(frame * 4 - 4, frame * 4), quaternions.subarray(frame * 4, frame * 4 + 4)];
      expect(quat.dot(a, b)).toBeGreaterThan(0);
    }
  }
});

test('a character without neck and eyes gives the whole turn to the head', async () => {
  const scene = await readCharacter(await fixtureCharacter({ noSkeleton: true }));
  const tracks = fixtureTracks(3);
  const [head, ...others] = bakePoseRotations(scene, tracks);
  expect(others).toEqual([]);
  const angles = (['headYaw', 'headPitch', 'headRoll'] as const).map((channel) => trackOf(tracks, channel)[2]);
  expect(Math.abs(quat.dot(head.quaternions.subarray(8, 12), poseQuaternion(angles[0], angles[1], angles[2])))).toBeCloseTo(
    1,
    10,
  );
});
