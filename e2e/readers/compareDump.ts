import { expect } from 'vitest';
import type { CharacterMesh } from '../../core/interchange/character/characterScene';
import type { ExpectedPerformance } from './expectedPerformance';
import type { DumpDifferences, MeshDump, ReaderDump } from './readerDump';

/** What the issue asks for: weights, metres and radians. */
export const TOLERANCE = 1e-4;

/**
 * Compares what a reader saw with what was asked for: the names of meshes, shapes and joints must be the same sets, and the
 * largest difference of every kind is returned.
 */
export function compareDump(expected: ExpectedPerformance, dump: ReaderDump): DumpDifferences {
  expect(Object.keys(dump.meshes).sort()).toEqual(expected.scene.meshes.map((mesh) => mesh.name).sort());
  const differences = expected.scene.meshes.map((mesh) => compareMesh(expected, mesh, dump.meshes[mesh.name]));
  const largest = (pick: (one: (typeof differences)[number]) => number): number => Math.max(0, ...differences.map(pick));
  return {
    weight: largest((one) => one.weight),
    restMetres: largest((one) => one.restMetres),
    shapeMetres: largest((one) => one.shapeMetres),
    deformedMetres: largest((one) => one.deformedMetres),
    rotationRadians: compareJoints(expected, dump.joints),
  };
}

/** Fails when any difference is above the tolerance; prints the figures for the record. */
export function expectSame(label: string, differences: DumpDifferences): void {
  const figures = Object.entries(differences).map(([name, value]) => `${name} ${value.toExponential(2)}`);
  console.log(`[readers] ${label}: largest differences: ${figures.join(', ')}`);
  for (const [name, value] of Object.entries(differences)) {
    // NaN must fail too.
    expect(value <= TOLERANCE, `${label}: ${name} differs by ${value}`).toBe(true);
  }
}

function compareMesh(
  expected: ExpectedPerformance,
  mesh: CharacterMesh,
  dump: MeshDump,
): Omit<DumpDifferences, 'rotationRadians'> {
  expect(Object.keys(dump.weights).sort(), `shapes of ${mesh.name}`).toEqual([...mesh.targetNames].sort());
  const vertexCount = mesh.primitives.reduce((sum, part) => sum + part.vertexCount, 0);
  const corners = expected.corners(mesh);
  const arrange = (values: Float64Array, length: number): Float64Array => {
    if (length === vertexCount * 3) return values;
    expect(length, `positions of ${mesh.name}`).toBe(corners.length * 3);
    return Float64Array.from({ length }, (_, index) => values[corners[Math.floor(index / 3)] * 3 + (index % 3)]);
  };
  let weight = 0;
  let shapeMetres = 0;
  mesh.targetNames.forEach((name, target) => {
    const seen = dump.weights[name];
    expect(seen.length, `frames of ${mesh.name} ${name}`).toBe(expected.tracks.frameCount);
    for (let frame = 0; frame < seen.length; frame++) {
      weight = worse(weight, Math.abs(seen[frame] - expected.weight(mesh, target, frame)));
    }
    const deltas = dump.shapes[name];
    shapeMetres = worse(shapeMetres, largestDifference(deltas, arrange(expected.shapeDeltas(mesh, target), deltas.length)));
  });
  let deformedMetres = 0;
  for (const [frame, positions] of Object.entries(dump.deformed)) {
    const wanted = arrange(expected.deformedPositions(mesh, Number(frame)), positions.length);
    deformedMetres = worse(deformedMetres, largestDifference(positions, wanted));
  }
  const restMetres = largestDifference(dump.rest, arrange(expected.restPositions(mesh), dump.rest.length));
  return { weight, shapeMetres, deformedMetres, restMetres };
}

function compareJoints(expected: ExpectedPerformance, joints: ReaderDump['joints']): number {
  let radians = 0;
  for (let frame = 0; frame < expected.tracks.frameCount; frame++) {
    for (const [name, wanted] of Object.entries(expected.jointRotations(frame))) {
      expect(joints[name]?.length, `frames of joint ${name}`).toBe(expected.tracks.frameCount);
      radians = worse(radians, angleBetween(joints[name][frame], wanted));
    }
  }
  return radians;
}

/** Angle of the rotation between two unit quaternions, without the loss of accuracy acos has near 1. */
function angleBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = dot < 0 ? -1 : 1;
  const chord = Math.hypot(a[0] - sign * b[0], a[1] - sign * b[1], a[2] - sign * b[2], a[3] - sign * b[3]);
  return 4 * Math.asin(Math.min(1, chord / 2));
}

function largestDifference(seen: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(seen.length).toBe(wanted.length);
  let largest = 0;
  for (let index = 0; index < seen.length; index++) largest = worse(largest, Math.abs(seen[index] - wanted[index]));
  return largest;
}

/** The larger one; NaN counts as infinitely large, so that it cannot slip through a comparison. */
function worse(a: number, b: number): number {
  return Number.isNaN(b) ? Infinity : Math.max(a, b);
}
