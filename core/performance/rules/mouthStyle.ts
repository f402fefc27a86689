/**
 * The two style axes of JALI: jaw and lips, 0 mumble, .5 as spoken, 1 over-enunciated. Geometric between the ends, so
 * that equal slider steps look equal.
 */
export function jawStyleFactor(jaw: number): number {
  return axis(jaw, 0.4, 1.6);
}

/** Lip axis: how far the lips leave their rest shape. */
export function lipStyleFactor(lip: number): number {
  return axis(lip, 0.45, 1.45);
}

function axis(value: number, atZero: number, atOne: number): number {
  const x = Math.min(1, Math.max(0, value));
  return x < 0.5 ? atZero ** (1 - 2 * x) : atOne ** (2 * x - 1);
}
