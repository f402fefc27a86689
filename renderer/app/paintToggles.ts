import type { DocumentEdit } from '../../core/document/documentStore';
import { followPointer } from '../panels/timeline/pointerDrag';
import type { EditDrag, Edits } from './edits';
import type { Jobs } from './jobs';

export interface TogglePainting<T> {
  /** What the history says: "Mute several channels". */
  readonly label: string;
  readonly first: T;
  /** Those from the first one to the pointer. */
  readonly reached: (clientY: number) => readonly T[];
  readonly edit: (items: readonly T[]) => DocumentEdit;
  /** What the status bar says in the end. */
  readonly say: (items: readonly T[]) => string;
  /** A drag has ended: the click that the browser sends after it is not one. */
  readonly onPainted: () => void;
}

/**
 * A press on a toggle that is dragged over others sets all of them to what a click would have made of the first: one undo step,
 * Escape puts them back. A press that stays on the first is left to its click.
 */
export function paintToggles<T>(
  press: PointerEvent,
  { edits, jobs }: { readonly edits: Pick<Edits, 'begin'>; readonly jobs: Pick<Jobs, 'say'> },
  { label, first, reached, edit, say, onPainted }: TogglePainting<T>,
): void {
  let drag: EditDrag | null = null;
  let items: readonly T[] = [first];
  followPointer(press, {
    move: (moved) => {
      items = reached(moved.clientY);
      if (!drag && items.length < 2) return;
      drag ??= edits.begin(label);
      drag.update(edit(items));
    },
    end: () => {
      if (!drag) return;
      drag.commit();
      jobs.say(say(items));
      onPainted();
    },
    cancel: () => {
      drag?.discard();
      onPainted();
    },
  });
}

/** The elements of a list that lie between two heights of the page. */
export function elementsBetween(elements: Iterable<HTMLElement>, fromY: number, toY: number): HTMLElement[] {
  const [top, bottom] = [Math.min(fromY, toY), Math.max(fromY, toY)];
  return [...elements].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  });
}
