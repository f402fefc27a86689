/** Results remembered for one object; more than the ways in which one line is read at a time. */
const KEPT_PER_OBJECT = 8;

/**
 * Remembers what a pure function made of an object and its further arguments (compared by identity), as long as the object
 * lives. For what a drag of an emotion does not change: it is worked out once for the line and not at every move. The
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
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
