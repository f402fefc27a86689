import { property, properties70 } from './fbxProperties70';
import { fbxDouble, fbxInt32, fbxString, type FbxRecord } from './fbxRecord';

/** Longer texts are no notes but data of some program. */
const LONGEST_TEXT = 65_536;

/**
 * A Properties70 block: the object's own properties and behind them its glTF extras as user properties (texts, numbers and truth
 * values as they are, anything else as JSON text). An extra named like one of the own properties is left out.
 */
export function withUserProperties(own: readonly FbxRecord[], extras: Readonly<Record<string, unknown>>): FbxRecord {
  const taken = own.map(nameOf);
  const added = Object.entries(extras).flatMap(([name, value]) => {
    if (name === '' || name.includes('\u0000') || taken.includes(name)) return [];
    return userProperty(name, value) ?? [];
  });
  return properties70(...own, ...added);
}

/** The first string of a `P` record: behind its type letter and its length. */
function nameOf(own: FbxRecord): string {
  return new TextDecoder().decode(own.properties[0].subarray(5));
}

function userProperty(name: string, value: unknown): FbxRecord | null {
  if (typeof value === 'number' && Number.isFinite(value)) return property(name, 'double', 'Number', 'U', fbxDouble(value));
  if (typeof value === 'boolean') return property(name, 'bool', '', 'U', fbxInt32(value ? 1 : 0));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return null;
  return property(name, 'KString', '', 'U', fbxString(text));
}
