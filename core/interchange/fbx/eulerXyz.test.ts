import { quat } from 'gl-matrix';
import { expect, test } from 'vitest';
import { seededRandom } from '../../testing/seededRandom';
import { eulerXyzDegrees } from './eulerXyz';

/** R = Rz * Ry * Rx, written out from the definition. */
function fromEuler([x, y, z]: readonly number[]): quat {
  const rotation: quat = [0, 0, 0, 1];
  quat.rotateZ(rotation, rotation, (z * Math.PI) / 180);
  quat.rotateY(rotation, rotation, (y * Math.PI) / 180);
  return quat.rotateX(rotation, rotation, (x * Math.PI) / 180);
}

test('random rotations come back, gimbal lock included', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 500; round++) {
    const y = round % 5 === 0 ? (round % 2 ? 90 : -90) : random() * 180 - 90;
    const rotation = fromEuler([random() * 360 - 180, y, random() * 360 - 180]);
    const previous = [random() * 100, random() * 100, random() * 100];
    for (const angles of [eulerXyzDegrees(rotation), eulerXyzDegrees(rotation, previous)]) {
      expect(Math.abs(quat.dot(fromEuler(angles), rotation))).toBeCloseTo(1, 9);
    }
  }
});

test('a curve that turns past half a circle goes on instead of jumping', () => {
  let previous: readonly number[] = [0, 0, 0];
  for (let turn = 0; turn <= 800; turn += 5) {
    const angles = eulerXyzDegrees(fromEuler([turn, 10, 0]), previous);
    expect(angles[0]).toBeCloseTo(turn, 6);
    previous = angles;
  }
});
