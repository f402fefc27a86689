import { FBX_TICKS_PER_SECOND } from '../fbx/fbxTime';
import { FbxFormatError, readFbxBinary, type FbxNode } from './readFbxBinary';
import { FindingList, type ValidationReport } from './validationReport';

/** A weight may be off by float32 rounding of 100. */
const PERCENT_TOLERANCE = 1e-3;

/**
 * Looks into a binary FBX: structure to the last byte, connections between objects that exist, and every curve: as many values
 * as times, times rising, values finite, DeformPercent within 0..100.
 */
export function validateFbx(bytes: Uint8Array): ValidationReport {
  const list = new FindingList();
  let nodes: FbxNode[];
  let version: number;
  try {
    ({ nodes, version } = readFbxBinary(bytes));
  } catch (error) {
    if (!(error instanceof FbxFormatError)) throw error;
    list.add('error', error.rule, error.message);
    return list.report('fbx');
  }
  const section = (name: string): FbxNode | undefined => nodes.find((node) => node.name === name);
  for (const name of ['FBXHeaderExtension', 'GlobalSettings', 'Definitions', 'Objects', 'Connections']) {
    if (!section(name)) list.add('error', 'fbx-section', `The section ${name} is missing.`);
  }
  const objects = indexObjects(section('Objects'), list);
  const links = readConnections(section('Connections'), objects, list);
  const summary = checkCurves(objects, links, list);
  const of = (type: string, subType: string): number =>
    [...objects.values()].filter((node) => node.name === type && node.properties[2] === subType).length;
  return list.report('fbx', {
    version,
    meshes: of('Geometry', 'Mesh'),
    shapes: of('Geometry', 'Shape'),
    joints: of('Model', 'LimbNode'),
    ...summary,
  });
}

interface Link {
  readonly child: bigint;
  readonly parent: bigint;
  readonly property: string;
}

function indexObjects(section: FbxNode | undefined, list: FindingList): Map<bigint, FbxNode> {
  const objects = new Map<bigint, FbxNode>();
  for (const node of section?.children ?? []) {
    const id = node.properties[0];
    if (typeof id !== 'bigint') list.add('error', 'fbx-object-id', `An object of type ${node.name} has no id.`);
    else if (objects.has(id)) list.add('error', 'fbx-object-id', `Two objects have the id ${id}.`);
    else objects.set(id, node);
  }
  return objects;
}

function readConnections(section: FbxNode | undefined, objects: ReadonlyMap<bigint, FbxNode>, list: FindingList): Link[] {
  const links: Link[] = [];
  for (const { properties } of section?.children ?? []) {
    const [kind, child, parent, property] = properties;
    if (typeof child !== 'bigint' || typeof parent !== 'bigint') {
      list.add('error', 'fbx-connection', 'A connection names no ids.');
      continue;
    }
    if (!objects.has(child) || (parent !== 0n && !objects.has(parent))) {
      list.add('error', 'fbx-connection', `A connection from ${child} to ${parent} names an object that does not exist.`);
    }
    links.push({ child, parent, property: kind === 'OP' && typeof property === 'string' ? property : '' });
  }
  return links;
}

function checkCurves(objects: ReadonlyMap<bigint, FbxNode>, links: readonly Link[], list: FindingList): Record<string, number> {
  const percentCurves = new Set(links.filter((link) => link.property === 'd|DeformPercent').map((link) => link.child));
  const connected = new Set(links.map((link) => link.child));
  let curves = 0;
  let keys = 0;
  let lastTicks = 0n;
  for (const [id, node] of objects) {
    if (node.name !== 'AnimationCurve') continue;
    curves += 1;
    if (!connected.has(id)) list.add('warning', 'fbx-curve-loose', `Curve ${id} drives nothing.`);
    const field = (name: string): unknown => node.children.find((child) => child.name === name)?.properties[0];
    const [times, values] = [field('KeyTime'), field('KeyValueFloat')];
    if (!(times instanceof BigInt64Array) || !(values instanceof Float32Array) || times.length !== values.length) {
      list.add('error', 'fbx-curve-keys', `Curve ${id} has not as many values as times.`);
      continue;
    }
    keys = Math.max(keys, times.length);
    if (times.length > 0 && times[times.length - 1] > lastTicks) lastTicks = times[times.length - 1];
    checkCurve(id, times, values, percentCurves.has(id), list);
  }
  return {
    curves,
    shapeCurves: percentCurves.size,
    keysPerCurve: keys,
    seconds: Number(lastTicks) / Number(FBX_TICKS_PER_SECOND),
  };
}

function checkCurve(id: bigint, times: BigInt64Array, values: Float32Array, isPercent: boolean, list: FindingList): void {
  for (let key = 0; key < times.length; key++) {
    if (key > 0 && times[key] <= times[key - 1]) {
      list.add('error', 'fbx-curve-times', `The times of curve ${id} do not rise at key ${key}.`);
      return;
    }
    if (!Number.isFinite(values[key])) {
      list.add('error', 'fbx-curve-values', `Curve ${id} has a value that is not finite at key ${key}.`);
      return;
    }
    if (isPercent && (values[key] < -PERCENT_TOLERANCE || values[key] > 100 + PERCENT_TOLERANCE)) {
      list.add('warning', 'fbx-curve-range', `Curve ${id} leaves 0..100 at key ${key} (${values[key].toFixed(2)}).`);
      return;
    }
  }
}
