import type { KeyRef } from '../../../core/document/channelSpans';
import type { Studio } from '../../app/studio';
import { DRAG_START_PX } from './key-interaction';
import { dragTransform, edgeScroll } from './keyDrag';
import {
  caughtRefs,
  countOf,
  extentOf,
  placedKeys,
  pressedRefs,
  selectedRefs,
  selectionOf,
  type PlacedKey,
} from './key-selection';
import { boxBetween, boxTransform, isInsideOutline } from './key-box';
import type { SheetKey } from './sheet-keys';
import { followPointer, localPoint } from './pointerDrag';
import { timeAt, type Point } from './timeline-geometry';

/** Rows in the page register here, so that a box drawn from one reaches the others. */
export const sheetRows = new Map<
  string,
  { readonly element: () => HTMLElement | null; readonly keys: () => readonly SheetKey[] }
>();

/** A press on a moment of a row: selects its keys (Shift adds), then drags the selection in time; Alt drag copies. */
export function pressSheetKey(studio: Studio, event: PointerEvent, hit: SheetKey): void {
  const refs = pressedRefs(selectedRefs(studio.view.getState().selection), hit.members, event);
  const [first] = hit.members;
  studio.view.setState(({ shownChannels }) => ({
    activeChannel: first.channel,
    activeLayerId: first.layerId,
    shownChannels: shownChannels.includes(first.channel) ? shownChannels : [...shownChannels.slice(-5), first.channel],
    selection: selectionOf(refs),
  }));
  if (hit.isLocked) return studio.timeline.sayLocked();
  const lead = placedKeys(studio.timeline.model?.layers ?? [], hit.members)[0];
  if (!lead || !refs.some((ref) => ref.keyId === lead.ref.keyId)) return;
  const start = localPoint(event);
  const startSeconds = timeAt(studio.timeline.scale, start.x);
  const targets = studio.timeline.snapTargets(refs);
  let hasMoved = false;
  const deltaOf = (moved: PointerEvent, x: number): number | null => {
    if (!hasMoved && Math.abs(x - start.x) < DRAG_START_PX) return null;
    hasMoved = true;
    const wanted = lead.key.timeSeconds + timeAt(studio.timeline.scale, x) - startSeconds;
    return studio.timeline.snap(wanted, moved.ctrlKey, targets) - lead.key.timeSeconds;
  };
  if (event.altKey) return studio.keys.dragCopies(event, refs, deltaOf);
  dragTransform(studio, event, {
    keys: refs,
    lead,
    label: `Move ${countOf(refs)}`,
    transformOf: (moved, { x }) => {
      const deltaSeconds = deltaOf(moved, x);
      return deltaSeconds === null ? null : { deltaSeconds };
    },
  });
}

/** The end of a selection dragged: all its keys stretch in time from the other end (Alt: about the playhead). */
export function dragSheetEdge(studio: Studio, event: PointerEvent, edge: 'left' | 'right'): void {
  const refs = selectedRefs(studio.view.getState().selection);
  const placed = placedKeys(studio.timeline.model?.layers ?? [], refs);
  const extent = extentOf(placed);
  if (!extent) return;
  const startSeconds = timeAt(studio.timeline.scale, localPoint(event).x);
  const targets = studio.timeline.snapTargets(refs);
  const lead = leadAt(placed, edge === 'left' ? extent.firstSeconds : extent.lastSeconds);
  dragTransform(studio, event, {
    keys: refs,
    lead,
    label: `Retime ${countOf(refs)}`,
    transformOf: (moved, { x }) =>
      boxTransform({
        edge,
        ...extent,
        deltaSeconds: timeAt(studio.timeline.scale, x) - startSeconds,
        deltaValue: 0,
        aboutSeconds: moved.altKey ? studio.timeline.playheadFrameSeconds : null,
        // Ctrl is what starts a retime here, so it does not switch snapping off.
        snap: (time) => studio.timeline.snap(time, false, targets),
      }),
  });
}

/** A box, or the outline of a lasso, in pixels of the page. */
export type SheetOverlay =
  | { readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number } }
  | { readonly lasso: readonly Point[] };

/** A box or a lasso over any number of rows. Shift adds, Ctrl takes away; Escape brings the old selection back. */
export function catchSheetKeys(
  studio: Studio,
  event: PointerEvent,
  isLasso: boolean,
  setOverlay: (overlay: SheetOverlay | null) => void,
): void {
  const before = studio.view.getState().selection;
  const start = { x: event.clientX, y: event.clientY };
  const outline: Point[] = [start];
  let hasMoved = false;
  followPointer(
    event,
    {
      move: (moved) => {
        const now = { x: moved.clientX, y: moved.clientY };
        if (!hasMoved && Math.hypot(now.x - start.x, now.y - start.y) < DRAG_START_PX) return;
        hasMoved = true;
        outline.push(now);
        const overlay: SheetOverlay = isLasso ? { lasso: [...outline] } : { box: boxBetween(start, now) };
        setOverlay(overlay);
        studio.timeline.select(selectionOf(caughtRefs(selectedRefs(before), keysCaught(overlay), moved)));
      },
      end: (released) => {
        setOverlay(null);
        if (!hasMoved && !released.shiftKey && !released.ctrlKey) studio.timeline.select(selectionOf([]));
      },
      cancel: () => {
        setOverlay(null);
        studio.timeline.select(before);
      },
    },
    edgeScroll(studio.timeline),
  );
}

/** A box catches the keys of every row it touches; a lasso those whose middle it goes around. */
function keysCaught(overlay: SheetOverlay): KeyRef[] {
  const caught = new Map<string, KeyRef>();
  for (const { element, keys } of sheetRows.values()) {
    const row = element()?.getBoundingClientRect();
    if (!row) continue;
    for (const key of keys()) {
      const x = row.left + key.x;
      const isIn =
        'lasso' in overlay
          ? isInsideOutline({ x, y: (row.top + row.bottom) / 2 }, overlay.lasso)
          : row.bottom >= overlay.box.top &&
            row.top <= overlay.box.top + overlay.box.height &&
            x >= overlay.box.left &&
            x <= overlay.box.left + overlay.box.width;
      if (isIn) for (const member of key.members) caught.set(member.keyId, member);
    }
  }
  return [...caught.values()];
}

function leadAt(placed: readonly PlacedKey[], timeSeconds: number): PlacedKey {
  return placed.find(({ key }) => Math.abs(key.timeSeconds - timeSeconds) < 1e-6) ?? placed[0];
}
