import { FBXReader, parseBinary, type FBXReaderNode } from 'fbx-parser';
import { describe, expect, test, vi } from 'vitest';
import { TOLERANCE } from './compareDump';
import { CHARACTER_NAMES, READER_TIMEOUT_MILLISECONDS, readerCase } from './readerCases';

vi.setConfig({ testTimeout: READER_TIMEOUT_MILLISECONDS });

/** Ticks a second, from the FBX SDK's KTime; not taken from our writer. */
const TICKS_PER_SECOND = 46186158000;

/** Connections as npm's fbx-parser reads them. */
class Scene {
  private readonly byId = new Map<number | bigint, FBXReaderNode>();
  private readonly links: { child: number | bigint; parent: number | bigint; property: string }[];

  constructor(readonly root: FBXReader) {
    for (const node of root.node('Objects')?.nodes({}) ?? []) this.byId.set(Number(node.prop(0)), node);
    this.links = (root.node('Connections')?.nodes('C') ?? []).map((link) => ({
      child: Number(link.prop(1)),
      parent: Number(link.prop(2)),
      property: (link.prop(3, 'string') as string | undefined) ?? '',
    }));
  }

  all(name: string, subType?: string): FBXReaderNode[] {
    return [...this.byId.values()].filter((node) => node.fbxNode.name === name && (!subType || node.prop(2) === subType));
  }

  parent(node: FBXReaderNode, property?: string): FBXReaderNode | undefined {
    const own = Number(node.prop(0));
    const link = this.links.find((one) => one.child === own && (property === undefined || one.property === property));
    return link && this.byId.get(link.parent);
  }

  /** This reader turns "name 00 01 class" into "class::name" and takes every byte for a character. */
  name(node: FBXReaderNode): string {
    return Buffer.from(String(node.prop(1)).split('::')[1], 'latin1').toString('utf8');
  }
}

function numbers(node: FBXReaderNode | undefined): number[] {
  return Array.from(node?.prop(0) as unknown as ArrayLike<number | bigint>, Number);
}

describe.each(CHARACTER_NAMES)('npm fbx-parser reads %s', (character) => {
  test('every channel of every mesh has its curve, with the value of every frame at its time', async () => {
    const { expected, fbx, tracks } = await readerCase(character);
    const scene = new Scene(new FBXReader(parseBinary(fbx)));
    const channels = scene.all('Deformer', 'BlendShapeChannel');
    const wanted = expected.scene.meshes.flatMap((mesh) => [...mesh.targetNames]);
    expect(channels.map((channel) => scene.name(channel)).sort()).toEqual(wanted.sort());
    expect(scene.all('AnimationStack').map((stack) => scene.name(stack))).toEqual(['Línea é 1']);

    let [curves, worstWeight, worstSeconds] = [0, 0, 0];
    for (const curve of scene.all('AnimationCurve')) {
      const curveNode = scene.parent(curve, 'd|DeformPercent');
      const channel = curveNode && scene.parent(curveNode, 'DeformPercent');
      if (!channel) continue;
      curves += 1;
      const deformer = scene.parent(channel) as FBXReaderNode;
      const meshName = scene.name(scene.parent(deformer) as FBXReaderNode);
      const mesh = expected.scene.meshes.find((one) => one.name === meshName);
      if (!mesh) throw new Error(`fbx-parser found a mesh "${meshName}" that was not written`);
      const target = mesh.targetNames.indexOf(scene.name(channel));
      const values = numbers(curve.node('KeyValueFloat'));
      const times = numbers(curve.node('KeyTime'));
      expect([values.length, times.length]).toEqual([tracks.frameCount, tracks.frameCount]);
      for (let frame = 0; frame < tracks.frameCount; frame++) {
        worstWeight = Math.max(worstWeight, Math.abs(values[frame] / 100 - expected.weight(mesh, target, frame)));
        worstSeconds = Math.max(worstSeconds, Math.abs(times[frame] / TICKS_PER_SECOND - frame / 60));
      }
    }
    const driven = expected.scene.meshes.flatMap((mesh) => mesh.targetChannels.filter((channel) => channel !== null));
    expect(curves).toBe(driven.length);
    console.log(`[readers] fbx-parser, ${character}: largest differences: weight ${worstWeight}, seconds ${worstSeconds}`);
    expect(worstWeight).toBeLessThan(TOLERANCE);
    expect(worstSeconds).toBeLessThan(1e-9);
  });

  test('rest positions and shape differences, in centimetres', async () => {
    const { expected, fbx } = await readerCase(character);
    const scene = new Scene(new FBXReader(parseBinary(fbx)));
    let worst = 0;
    for (const mesh of expected.scene.meshes) {
      const geometry = scene.all('Geometry', 'Mesh').find((node) => scene.name(node) === mesh.name);
      const rest = expected.restPositions(mesh);
      const seen = numbers(geometry?.node('Vertices'));
      expect(seen.length).toBe(rest.length);
      seen.forEach((value, index) => (worst = Math.max(worst, Math.abs(value / 100 - rest[index]))));
      const shapes = scene.all('Geometry', 'Shape').filter((shape) => {
        const channel = scene.parent(shape) as FBXReaderNode;
        return scene.parent(scene.parent(channel) as FBXReaderNode) === geometry;
      });
      expect(shapes.length).toBe(mesh.targetNames.length);
      for (const shape of shapes) {
        const wanted = expected.shapeDeltas(mesh, mesh.targetNames.indexOf(scene.name(shape)));
        const dense = new Float64Array(wanted.length);
        const deltas = numbers(shape.node('Vertices'));
        numbers(shape.node('Indexes')).forEach((vertex, order) => dense.set(deltas.slice(order * 3, order * 3 + 3), vertex * 3));
        dense.forEach((value, index) => (worst = Math.max(worst, Math.abs(value / 100 - wanted[index]))));
      }
    }
    console.log(`[readers] fbx-parser, ${character}: largest difference of positions ${worst} m`);
    expect(worst).toBeLessThan(TOLERANCE);
  });
});
