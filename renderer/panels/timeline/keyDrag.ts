import type { KeyRef } from '../../../core/document/channelSpans';
import { transformKeys, type KeyTransform } from '../../../core/document/commands/transformKeys';
import type { StoreApi } from 'zustand/vanilla';
import type { EditDrag, Edits } from '../../app/edits';
import type { TimelineActions } from '../../app/timelineActions';
import type { SessionState } from '../../stores/sessionState';
import type { ViewState } from '../../stores/viewState';
import { valueLabel } from './channel-groups';
import { placedKeys, type PlacedKey } from './key-selection';
import { followPointer, type EdgeScroll } from './pointerDrag';
import { frameOf } from './timecode';
import type { Point } from './timeline-geometry';

/** What a drag of keys needs of the studio. */
export interface KeyDragParts {
  readonly timeline: TimelineActions;
  readonly edits: Pick<Edits, 'begin'>;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
}

export interface KeyDragPlan {
  readonly keys: readonly KeyRef[];
  /** The key whose numbers stand beside the pointer. */
  readonly lead: PlacedKey;
  readonly label: string;
  /** What the pointer asks for; null while it has not moved far enough. */
  readonly transformOf: (moved: PointerEvent, point: Point) => KeyTransform | null;
  readonly setDragging?: (isDragging: boolean) => void;
}

/** A drag that transforms keys: opens the edit late, shows numbers, scrolls at the edges, ends as one undo step. */
export function dragTransform(studio: KeyDragParts, event: PointerEvent, plan: KeyDragPlan): void {
  const lineId = studio.timeline.model?.line.id;
  if (!lineId) return;
  let open: EditDrag | null = null;
  const finish = (act: (drag: EditDrag) => void) => {
    plan.setDragging?.(false);
    if (open) act(open);
  };
  followPointer(
    event,
    {
      move: (moved, point) => {
        const transform = plan.transformOf(moved, point);
        if (!transform) return;
        if (!open) plan.setDragging?.(true);
        open ??= studio.edits.begin(plan.label);
        open.update((draft) => transformKeys(draft, { lineId, keys: plan.keys, ...transform }));
        keyReadout(studio, moved, plan.lead, transform);
      },
      end: () => finish((drag) => drag.commit()),
      cancel: () => finish((drag) => drag.discard()),
    },
    edgeScroll(studio.timeline),
  );
}

/** A drag at the edge of the tracks pans them. */
export function edgeScroll(timeline: TimelineActions): EdgeScroll {
  return { width: () => timeline.scale.width, pan: (pixels) => timeline.pan(pixels) };
}

/** Frame, value and change of a key beside the pointer; a stretch shows its percentage. */
function keyReadout(studio: KeyDragParts, event: PointerEvent, { ref, key }: PlacedKey, transform: KeyTransform): void {
  const [now] = placedKeys(studio.timeline.model?.layers ?? [], [ref]);
  if (!now) return;
  const { displayRate } = studio.view.getState();
  const scaled = [
    transform.timeScale !== undefined ? `${Math.round(transform.timeScale * 100)} % time` : '',
    transform.valueScale !== undefined ? `${Math.round(transform.valueScale * 100)} % value` : '',
  ].filter(Boolean);
  const change = now.key.value - key.value;
  const frames = frameOf(now.key.timeSeconds, displayRate) - frameOf(key.timeSeconds, displayRate);
  const inTime = frames === 0 ? '' : `  ${frames > 0 ? '+' : ''}${frames} f`;
  const moved = `${change >= 0 ? '+' : '-'}${valueLabel(ref.channel, Math.abs(change))}${inTime}`;
  const text = `${frameOf(now.key.timeSeconds, displayRate)}  ${valueLabel(ref.channel, now.key.value)}`;
  showReadout(studio, event, text, scaled.length > 0 ? scaled.join(', ') : moved);
}

export function showReadout(studio: Pick<KeyDragParts, 'session'>, event: PointerEvent, text: string, change: string): void {
  studio.session.setState({ dragReadout: { clientX: event.clientX, clientY: event.clientY, text, change } });
}
