import { Logger, WebIO, type Primitive } from '@gltf-transform/core';
import { VISEME_POSES } from '../../../core/rig/retarget/visemePoses';

/** How a target of another rig is put together from ARKit targets: their names and shares. */
export type TargetRecipe = Readonly<Record<string, number>>;

/** A rig that speaks in the 15 Oculus visemes and blinks, as blends of ARKit shapes. */
export const VISEME_RIG: Readonly<Record<string, TargetRecipe>> = {
  ...Object.fromEntries(Object.entries(VISEME_POSES).map(([viseme, pose]) => [`viseme_${viseme}`, pose])),
  eyeBlink_L: { eyeBlinkLeft: 1 },
  eyeBlink_R: { eyeBlinkRight: 1 },
};

/**
 * A character with ARKit shapes as the file of somebody else: the same meshes and skeleton with other targets.
 * @param rig targets of the new file by name
 */
export async function renamedCharacter(glb: Uint8Array, rig: Readonly<Record<string, TargetRecipe>>): Promise<Uint8Array> {
  const io = new WebIO().setLogger(new Logger(Logger.Verbosity.SILENT));
  const document = await io.readBinary(glb);
  const buffer = document.getRoot().listBuffers()[0];
  for (const mesh of document.getRoot().listMeshes()) {
    const names = (mesh.getExtras().targetNames as string[] | undefined) ?? [];
    if (names.length === 0) continue;
    for (const primitive of mesh.listPrimitives()) {
      const blended = Object.values(rig).map((recipe) => blend(primitive, names, recipe));
      for (const target of primitive.listTargets()) target.dispose();
      Object.keys(rig).forEach((name, index) => {
        const accessor = document.createAccessor().setType('VEC3').setArray(blended[index]).setBuffer(buffer);
        primitive.addTarget(document.createPrimitiveTarget(name).setAttribute('POSITION', accessor));
      });
    }
    mesh.setExtras({ ...mesh.getExtras(), targetNames: Object.keys(rig) }).setWeights(Object.keys(rig).map(() => 0));
  }
  return io.writeBinary(document);
}

function blend(primitive: Primitive, names: readonly string[], recipe: TargetRecipe): Float32Array<ArrayBuffer> {
  const sum = new Float32Array(primitive.getAttribute('POSITION')!.getCount() * 3);
  const targets = primitive.listTargets();
  for (const [name, share] of Object.entries(recipe)) {
    const deltas = targets[names.indexOf(name)]?.getAttribute('POSITION');
    const at = [0, 0, 0];
    for (let vertex = 0; deltas && vertex < deltas.getCount(); vertex += 1) {
      deltas.getElement(vertex, at);
      for (const axis of [0, 1, 2]) sum[vertex * 3 + axis] += at[axis] * share;
    }
  }
  return sum;
}
