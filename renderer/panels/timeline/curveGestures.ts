import { setTangentHandle } from '../../../core/document/commands/setTangentHandle';
import { POSE_VIEW_RADIANS, type KeyTransform } from '../../../core/document/commands/transformKeys';
import type { KeyRef } from '../../../core/document/channelSpans';
import { isPoseChannel, type PerformanceChannel } from '../../../core/rig/channels';
import type { EditDrag } from '../../app/edits';
import type { Studio } from '../../app/studio';
import type { LineModel } from '../../stores/lineModel';
import type { AxisOf } from './curve-axes';
import type { HandKey, HandleKnob } from './curve-geometry';
import { boxTransform, isInsideOutline, type BoxEdge } from './key-box';
import { DRAG_START_PX } from './key-interaction';
import { dragTransform, edgeScroll, showReadout } from './keyDrag';
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
import { valueAt } from './lane-geometry';
import { followPointer, localPoint } from './pointerDrag';
import { timeAt, type Point } from './timeline-geometry';

/** What a gesture draws over the curves while it lasts. */
export interface CurveOverlay {
  readonly box?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly lasso?: readonly Point[];
}

export interface CurveGestureHost {
  readonly studio: Studio;
  readonly model: () => LineModel;
  readonly axisOf: () => AxisOf;
  /** Keys in sight, the active channel's last. */
  readonly keys: () => readonly HandKey[];
  readonly setOverlay: (overlay: CurveOverlay | null) => void;
  /** True while keys are dragged: the ghost of where they were is drawn then. */
  readonly setDragging: (isDragging: boolean) => void;
}

/** The drags of the curve area. Each is one undo step; Escape puts everything back. */
export class CurveGestures {
  constructor(private readonly host: CurveGestureHost) {}

  private get studio(): Studio {
    return this.host.studio;
  }

  /** A press on a key: selects it (or adds it), then drags the whole selection. */
  pressKey(event: PointerEvent, hit: HandKey): void {
    const ref: KeyRef = { layerId: hit.layerId, channel: hit.channel, keyId: hit.key.id };
    const refs = pressedRefs(selectedRefs(this.studio.view.getState().selection), [ref], event);
    this.studio.timeline.select(selectionOf(refs));
    this.studio.view.setState({ activeLayerId: hit.layerId, activeChannel: hit.channel });
    if (hit.isLocked) return this.studio.timeline.sayLocked();
    const dragged = refs.some((other) => other.keyId === ref.keyId) ? refs : [ref];
    this.dragKeys(event, dragged, { ref, key: hit.key });
  }

  /** Keys left and right of a press on a hand-made stretch: both rise and fall together. */
  pressSegment(event: PointerEvent, pair: readonly PlacedKey[]): void {
    this.studio.timeline.select(selectionOf(pair.map(({ ref }) => ref)));
    this.dragKeys(
      event,
      pair.map(({ ref }) => ref),
      pair[0],
      'value',
    );
  }

  private dragKeys(event: PointerEvent, refs: readonly KeyRef[], lead: PlacedKey, only?: 'value'): void {
    const start = localPoint(event);
    const startSeconds = timeAt(this.studio.timeline.scale, start.x);
    const axis = this.host.axisOf()(lead.ref.channel);
    const startValue = valueAt(axis, start.y);
    const targets = this.studio.timeline.snapTargets(refs);
    let hasMoved = false;
    this.transformDrag(event, refs, lead, `Move ${countOf(refs)}`, (moved, { x, y }) => {
      const [dx, dy] = [x - start.x, y - start.y];
      if (!hasMoved && Math.hypot(dx, dy) < DRAG_START_PX) return null;
      hasMoved = true;
      const isAcross = Math.abs(dx) >= Math.abs(dy);
      const keepsTime = only === 'value' || (moved.shiftKey && !isAcross) || Math.abs(dx) < DRAG_START_PX;
      const keepsValue = only !== 'value' && moved.shiftKey && isAcross;
      const wanted = lead.key.timeSeconds + timeAt(this.studio.timeline.scale, x) - startSeconds;
      return {
        deltaSeconds: keepsTime ? 0 : this.studio.timeline.snap(wanted, moved.ctrlKey, targets) - lead.key.timeSeconds,
        deltaValue: keepsValue ? 0 : (valueAt(axis, y) - startValue) / unitOf(lead.ref.channel),
      };
    });
  }

  /** A handle of the selection's box: stretches in time, in value or both; Alt about the playhead. */
  dragBox(event: PointerEvent, edge: BoxEdge): void {
    const refs = selectedRefs(this.studio.view.getState().selection);
    const placed = placedKeys(this.host.model().layers, refs);
    const extent = extentOf(placed);
    if (!extent) return;
    const start = localPoint(event);
    const startSeconds = timeAt(this.studio.timeline.scale, start.x);
    const { activeChannel } = this.studio.view.getState();
    const axis = this.host.axisOf()(activeChannel);
    const startValue = valueAt(axis, start.y);
    const targets = this.studio.timeline.snapTargets(refs);
    this.transformDrag(event, refs, placed[0], `Scale ${countOf(refs)}`, (moved, { x, y }) =>
      boxTransform({
        edge,
        ...extent,
        deltaSeconds: timeAt(this.studio.timeline.scale, x) - startSeconds,
        deltaValue: (valueAt(axis, y) - startValue) / unitOf(activeChannel),
        aboutSeconds: moved.altKey ? this.studio.timeline.playheadFrameSeconds : null,
        snap: (time) => this.studio.timeline.snap(time, moved.ctrlKey, targets),
      }),
    );
  }

  private transformDrag(
    event: PointerEvent,
    keys: readonly KeyRef[],
    lead: PlacedKey,
    label: string,
    transformOf: (moved: PointerEvent, point: Point) => KeyTransform | null,
  ): void {
    dragTransform(this.studio, event, { keys, lead, label, transformOf, setDragging: (now) => this.host.setDragging(now) });
  }

  /** Turns and stretches a Bezier handle; Alt breaks the tangent, Ctrl Shift keeps its length in time. */
  dragKnob(event: PointerEvent, knob: HandleKnob): void {
    const { studio } = this;
    const { channel, layerId, keyId, side } = knob;
    const axis = this.host.axisOf()(channel);
    const start = localPoint(event);
    const { pixelsPerSecond } = studio.timeline.scale;
    const reach = (knob.x - knob.keyPoint.x) / pixelsPerSecond;
    const rise = valueAt(axis, knob.y) - valueAt(axis, knob.keyPoint.y);
    let open: EditDrag | null = null;
    const finish = (act: (drag: EditDrag) => void) => {
      this.host.setDragging(false);
      if (open) act(open);
    };
    followPointer(event, {
      move: (moved, { x, y }) => {
        if (!open && Math.hypot(x - start.x, y - start.y) < DRAG_START_PX) return;
        if (!open) this.host.setDragging(true);
        open ??= studio.edits.begin(`Tangent, ${channel}`);
        const keepsLength = moved.shiftKey && moved.ctrlKey;
        const handle = {
          deltaSeconds: keepsLength ? reach : reach + (x - start.x) / pixelsPerSecond,
          deltaValue: rise + valueAt(axis, y) - valueAt(axis, start.y),
        };
        open.update((draft) => setTangentHandle(draft, { layerId, channel, keyId, side, handle, isBroken: moved.altKey }));
        const degrees = (Math.atan2(valueAt(axis, start.y) - valueAt(axis, y), reach) * 180) / Math.PI;
        showReadout(
          this.studio,
          moved,
          `${side === 'in' ? 'In' : 'Out'}  ${(handle.deltaSeconds * 60).toFixed(1)} frames`,
          `${degrees.toFixed(0)}°`,
        );
      },
      end: () => finish((drag) => drag.commit()),
      cancel: () => finish((drag) => drag.discard()),
    });
  }

  /** Box or lasso over empty space. Shift adds, Ctrl takes away; Escape brings the old selection back. */
  catchKeys(event: PointerEvent, isLasso: boolean): void {
    const { studio } = this;
    const start = localPoint(event);
    const before = studio.view.getState().selection;
    const outline: Point[] = [start];
    let hasMoved = false;
    followPointer(event, {
      move: (moved, { x, y }) => {
        if (!hasMoved && Math.hypot(x - start.x, y - start.y) < DRAG_START_PX) return;
        hasMoved = true;
        outline.push({ x, y });
        const box = {
          x: Math.min(x, start.x),
          y: Math.min(y, start.y),
          width: Math.abs(x - start.x),
          height: Math.abs(y - start.y),
        };
        this.host.setOverlay(isLasso ? { lasso: [...outline] } : { box });
        const isInside = (key: Point) =>
          isLasso
            ? isInsideOutline(key, outline)
            : key.x >= box.x && key.x <= box.x + box.width && key.y >= box.y && key.y <= box.y + box.height;
        const caught = this.host
          .keys()
          .filter(isInside)
          .map(({ layerId, channel, key }) => ({ layerId, channel, keyId: key.id }));
        studio.timeline.select(selectionOf(caughtRefs(selectedRefs(before), caught, moved)));
      },
      end: (released) => {
        this.host.setOverlay(null);
        if (!hasMoved && !released.shiftKey && !released.ctrlKey) studio.timeline.select(selectionOf([]));
      },
      cancel: () => {
        this.host.setOverlay(null);
        studio.timeline.select(before);
      },
    });
  }

  /** Drag over empty space with the range tool: a stretch of time on all tracks. */
  dragRange(event: PointerEvent): void {
    const { studio } = this;
    const before = studio.session.getState().range;
    const from = studio.timeline.snap(timeAt(studio.timeline.scale, localPoint(event).x), event.ctrlKey);
    const targets = studio.timeline.snapTargets([]);
    followPointer(
      event,
      {
        move: (moved, { x }) => {
          const to = studio.timeline.snap(timeAt(studio.timeline.scale, x), moved.ctrlKey, targets);
          studio.timeline.setRange(from, to);
        },
        end: () => undefined,
        cancel: () => studio.session.setState({ range: before }),
      },
      edgeScroll(studio.timeline),
    );
  }
}

function unitOf(channel: PerformanceChannel): number {
  return isPoseChannel(channel) ? 2 * POSE_VIEW_RADIANS : 1;
}
