import { decimalText } from '../decimalText';

/** A number as short as seven decimals allow. */
export function number(value: number): string {
  return decimalText(value, 7);
}

/** "(x, y, z)" of any length. */
export function tuple(values: ArrayLike<number>): string {
  return `(${Array.from(values, number).join(', ')})`;
}

/** USD writes quaternions real part first; `quaternions` holds x, y, z, w one after the other. */
export function quatTuple(quaternions: ArrayLike<number>, index: number): string {
  const [x, y, z, w] = [0, 1, 2, 3].map((part) => quaternions[index * 4 + part]);
  return tuple([w, x, y, z]);
}

/** USD matrices are written row by row for row vectors: the columns of a column-major matrix, one after the other. */
export function matrixTuple(matrix: ArrayLike<number>): string {
  const rows = [0, 4, 8, 12].map((start) => tuple([0, 1, 2, 3].map((k) => matrix[start + k])));
  return `( ${rows.join(', ')} )`;
}

/** Comma-separated quoted strings. */
export function quotedList(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

/** A valid prim name (letters, digits, underscore) not yet in `taken`, which learns it. */
export function primName(name: string, taken: Set<string>): string {
  const cleaned = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d|$)/, '_');
  let unique = cleaned;
  for (let count = 2; taken.has(unique); count++) unique = `${cleaned}_${count}`;
  taken.add(unique);
  return unique;
}
