const DEGREES = 180 / Math.PI;

/**
 * Euler angles in degrees for FBX's default rotation order XYZ (x turns first: R = Rz * Ry * Rx) of a unit quaternion x, y, z, w.
 * With `previous`, the angles nearest to it are chosen, so that a curve never jumps by a turn between frames.
 */
export function eulerXyzDegrees(quaternion: ArrayLike<number>, previous?: ArrayLike<number>): [number, number, number] {
  const [x, y, z, w] = [quaternion[0], quaternion[1], quaternion[2], quaternion[3]];
  const sineY = Math.min(1, Math.max(-1, 2 * (w * y - x * z)));
  let angles: [number, number, number];
  if (Math.abs(sineY) > 1 - 1e-12) {
    // Gimbal lock: only the sum (or difference) of x and z is determined; keep x where it was.
    const roll = previous ? previous[0] / DEGREES : 0;
    const combined = 2 * Math.atan2(x, w);
    angles = [roll, Math.asin(sineY), sineY > 0 ? roll - combined : combined - roll];
  } else {
    angles = [
      Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
      Math.asin(sineY),
      Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
    ];
  }
  const degrees = angles.map((angle) => angle * DEGREES) as [number, number, number];
  if (!previous) return degrees;
  const direct = degrees.map((angle, axis) => nearestTurn(angle, previous[axis])) as [number, number, number];
  const flipped: [number, number, number] = [
    nearestTurn(degrees[0] + 180, previous[0]),
    nearestTurn(180 - degrees[1], previous[1]),
    nearestTurn(degrees[2] + 180, previous[2]),
  ];
  return distance(direct, previous) <= distance(flipped, previous) ? direct : flipped;
}

function nearestTurn(angle: number, target: number): number {
  return angle + 360 * Math.round((target - angle) / 360);
}

function distance(a: readonly number[], b: ArrayLike<number>): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);
}
