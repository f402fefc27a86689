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
import { boxTransform } from './key-box';
import type { SheetKey } from './sheet-keys';
import { followPointer, localPoint } from './pointerDrag';
import { timeAt } from './timeline-geometry';

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

/** A box over any number of rows. */
export function boxSelectSheet(
  studio: Studio,
  event: PointerEvent,
  setBox: (box: { left: number; top: number; width: number; height: number } | null) => void,
): void {
  const before = studio.view.getState().selection;
  const start = { x: event.clientX, y: event.clientY };
  let hasMoved = false;
  followPointer(
    event,
    {
      move: (moved) => {
        if (!hasMoved && Math.hypot(moved.clientX - start.x, moved.clientY - start.y) < DRAG_START_PX) return;
        hasMoved = true;
        const left = Math.min(start.x, moved.clientX);
        const top = Math.min(start.y, moved.clientY);
        const width = Math.abs(moved.clientX - start.x);
        const height = Math.abs(moved.clientY - start.y);
        setBox({ left, top, width, height });
        const caught = new Map<string, KeyRef>();
        for (const { element, keys } of sheetRows.values()) {
          const box = element()?.getBoundingClientRect();
          if (!box || box.bottom < top || box.top > top + height) continue;
          for (const key of keys()) {
            const x = box.left + key.x;
            if (x >= left && x <= left + width) for (const member of key.members) caught.set(member.keyId, member);
          }
        }
        studio.timeline.select(selectionOf(caughtRefs(selectedRefs(before), [...caught.values()], moved)));
      },
      end: (released) => {
        setBox(null);
        if (!hasMoved && !released.shiftKey && !released.ctrlKey) studio.timeline.select(selectionOf([]));
      },
      cancel: () => {
        setBox(null);
        studio.timeline.select(before);
      },
    },
    edgeScroll(studio.timeline),
  );
}

function leadAt(placed: readonly PlacedKey[], timeSeconds: number): PlacedKey {
  return placed.find(({ key }) => Math.abs(key.timeSeconds - timeSeconds) < 1e-6) ?? placed[0];
}
