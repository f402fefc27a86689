/** Results remembered for one object; more than the ways in which one line is read at a time. */
const KEPT_PER_OBJECT = 8;

/**
 * Remembers what a pure function made of an object and its further arguments, as long as the object lives. Arguments are
 * compared by identity, plain records of them field by field. For what a drag of an emotion does not change: it is worked out once for the line and not at every move. The
 * objects and the results must not be changed afterwards.
 */
export function keptByIdentity<Key extends object, Rest extends readonly unknown[], Result>(
  compute: (key: Key, ...rest: Rest) => Result,
): (key: Key, ...rest: Rest) => Result {
  const kept = new WeakMap<Key, { readonly rest: Rest; readonly result: Result }[]>();
  return (key, ...rest) => {
    const entries = kept.get(key) ?? [];
    const known = entries.find((entry) => isSameList(entry.rest, rest));
    if (known) return known.result;
    const result = compute(key, ...rest);
    kept.set(key, [{ rest, result }, ...entries].slice(0, KEPT_PER_OBJECT));
    return result;
  };
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => isSame(value, b[index]));
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlainRecord(a) || !isPlainRecord(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && Object.is(a[name], b[name]));
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
