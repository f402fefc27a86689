/** One redraw a frame for everything: later requests of the same owner replace earlier ones. */
const pending = new Map<object, () => void>();
let isScheduled = false;

export function requestDraw(owner: object, draw: () => void): void {
  pending.set(owner, draw);
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    const draws = [...pending.values()];
    pending.clear();
    for (const run of draws) run();
  });
}

export function cancelDraw(owner: object): void {
  pending.delete(owner);
}
