/** Follows one pointer from press to release, wherever it goes; Escape and a lost pointer put things back. */
export interface PointerDragHandlers {
  /** `point` is the pointer inside the element that was pressed; it also comes again, by itself, while the view scrolls. */
  readonly move: (event: PointerEvent, point: { readonly x: number; readonly y: number }) => void;
  readonly end: (event: PointerEvent) => void;
  readonly cancel: () => void;
}

/** A drag held at the edge of the tracks scrolls them. */
export interface EdgeScroll {
  readonly width: () => number;
  readonly pan: (pixels: number) => void;
}

/** Scrolling begins this near to the edge, and goes this far a frame at most. */
const EDGE_PX = 24;
const EDGE_STEP_PX = 14;

export function followPointer(press: PointerEvent, handlers: PointerDragHandlers, edge?: EdgeScroll): void {
  const target = press.currentTarget as HTMLElement;
  const { pointerId } = press;
  target.setPointerCapture(pointerId);
  const scope = new AbortController();
  const { signal } = scope;
  let last: PointerEvent | null = null;
  let frame = 0;
  const isOurs = (event: PointerEvent) => event.pointerId === pointerId;
  const pointOf = (event: PointerEvent) => {
    const box = target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const finish = (act: () => void) => {
    scope.abort();
    cancelAnimationFrame(frame);
    if (target.hasPointerCapture(pointerId)) target.releasePointerCapture(pointerId);
    act();
  };
  const scrollAtEdge = () => {
    frame = 0;
    if (!last || !edge || signal.aborted) return;
    const { x } = pointOf(last);
    const over = x < EDGE_PX ? x - EDGE_PX : Math.max(0, x - edge.width() + EDGE_PX);
    if (over === 0) return;
    edge.pan(Math.max(-EDGE_STEP_PX, Math.min(EDGE_STEP_PX, over / 3)));
    handlers.move(last, pointOf(last));
    frame = requestAnimationFrame(scrollAtEdge);
  };
  const move = (event: PointerEvent) => {
    if (!isOurs(event)) return;
    last = event;
    handlers.move(event, pointOf(event));
    if (edge && frame === 0) frame = requestAnimationFrame(scrollAtEdge);
  };
  target.addEventListener('pointermove', move, { signal });
  target.addEventListener('pointerup', (event) => isOurs(event) && finish(() => handlers.end(event)), { signal });
  target.addEventListener('pointercancel', (event) => isOurs(event) && finish(handlers.cancel), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      finish(handlers.cancel);
    },
    { signal, capture: true },
  );
}

/** Pointer position inside the element that listens, in CSS pixels. */
export function localPoint(event: MouseEvent): { x: number; y: number } {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
