import type { SubMesh } from '@babylonjs/core/Meshes/subMesh';
import { surfaceKind, type SurfaceKind } from './surfaceKind';

/** Opaque things from the outside in: what hair and skin hide is never shaded. */
const OUTSIDE_IN: readonly SurfaceKind[] = ['hair', 'skin', 'cloth', 'eye', 'plain', 'teeth', 'tongue', 'cornea'];

/** Compares two parts for the order they are drawn in. */
export function outsideIn(a: SubMesh, b: SubMesh): number {
  return nearness(a) - nearness(b);
}

function nearness(subMesh: SubMesh): number {
  const mesh = subMesh.getMesh();
  return OUTSIDE_IN.indexOf(surfaceKind(mesh.material?.name ?? '', mesh.name));
}
