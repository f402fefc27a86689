/** Follows one pointer from press to release, wherever it goes; Escape and a lost pointer put things back. */
export interface PointerDragHandlers {
  readonly move: (event: PointerEvent) => void;
  readonly end: (event: PointerEvent) => void;
  readonly cancel: () => void;
}

export function followPointer(press: PointerEvent, handlers: PointerDragHandlers): void {
  const target = press.currentTarget as HTMLElement;
  const { pointerId } = press;
  target.setPointerCapture(pointerId);
  const scope = new AbortController();
  const { signal } = scope;
  const isOurs = (event: PointerEvent) => event.pointerId === pointerId;
  const finish = (act: () => void) => {
    scope.abort();
    if (target.hasPointerCapture(pointerId)) target.releasePointerCapture(pointerId);
    act();
  };
  target.addEventListener('pointermove', (event) => isOurs(event) && handlers.move(event), { signal });
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
