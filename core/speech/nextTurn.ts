/** Every host of core has it, but core's own types know no host. */
declare const setTimeout: (run: () => void, milliseconds: number) => unknown;

/** Lets the host's event loop run once, so that a cancel message can come in between two long steps. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
