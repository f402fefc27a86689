/** Levenshtein distance of two sequences: the least number of insertions, deletions and replacements. Memory grows with `b` only. */
export function editDistance<T>(a: readonly T[], b: readonly T[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  a.forEach((x, i) => {
    const next = [i + 1];
    b.forEach((y, j) => next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (x === y ? 0 : 1))));
    row = next;
  });
  return row[b.length];
}
