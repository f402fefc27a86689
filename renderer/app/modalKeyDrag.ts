import type { StoreApi } from 'zustand/vanilla';
import type { KeyRef } from '../../core/document/channelSpans';
import { transformKeys, type KeyTransform } from '../../core/document/commands/transformKeys';
import type { LineId } from '../../core/document/records';
import { frameToSeconds } from '../../core/time/frameRate';
import { countOf, placedKeys, type PlacedKey } from '../panels/timeline/key-selection';
import { displayFrameRate, type ViewState } from '../stores/viewState';
import type { EditDrag, Edits } from './edits';
import type { Jobs } from './jobs';
import type { TimelineActions } from './timelineActions';
import { typedAfter, typedValue } from './typedNumber';

/** One press of an arrow on selected keys: a hundredth of the value axis. */
export const NUDGE_VALUE = 0.01;
/** So many pixels are a doubling, as a hand expects on a screen; an arrow is five per cent. */
const DOUBLING_PX = 200;
const ARROW_FACTOR = 0.05;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

type Kind = 'move' | 'scale';

export interface ModalKeyDragParts {
  readonly timeline: TimelineActions;
  readonly edits: Pick<Edits, 'begin'>;
  readonly view: StoreApi<ViewState>;
  readonly jobs: Pick<Jobs, 'say'>;
}

/** Keys that follow the mouse without a button, as in Blender: started by a key, ended by a click. */
export class ModalKeyDrag {
  private running: RunningDrag | null = null;

  constructor(private readonly parts: ModalKeyDragParts) {}

  /**
   * G and T: the keys follow the mouse without a button until a click or Enter; Escape puts them back. Arrows move (stretch)
   * them as well, so that it works without a mouse. A typed number overrules both: frames for a move, a factor for a scale;
   * Tab types the value instead (of the axis, or its factor).
   */
  start(kind: Kind, refs: readonly KeyRef[]): void {
    const { timeline, edits, jobs } = this.parts;
    const { model } = timeline;
    const [lead] = placedKeys(model?.layers ?? [], refs);
    if (!model || !lead) return jobs.say('Select keys first: click one, or drag a box around several.');
    this.running?.end(false);
    const drag = edits.begin(`${kind === 'move' ? 'Move' : 'Scale'} ${countOf(refs)}`);
    const subject = { kind, refs, lead, lineId: model.line.id, drag };
    this.running = new RunningDrag(this.parts, subject, () => (this.running = null));
    jobs.say(
      `${kind === 'move' ? 'Moving' : 'Scaling'} ${countOf(refs)}: mouse, arrows or a typed number (Tab: value), click or Enter keeps, Escape puts back`,
    );
  }
}

interface DragSubject {
  readonly kind: Kind;
  readonly refs: readonly KeyRef[];
  /** The key that snaps. */
  readonly lead: PlacedKey;
  readonly lineId: LineId;
  readonly drag: EditDrag;
}

/** One such drag, from its key to its click. */
class RunningDrag {
  private readonly scope = new AbortController();
  private readonly targets: readonly number[];
  private readonly pivotSeconds: number;
  private readonly frameSeconds: number;
  private readonly heightPx: number;
  private first: { readonly x: number; readonly y: number } | null = null;
  private mouse = { x: 0, y: 0 };
  private steps = { x: 0, y: 0 };
  private readonly typed = { time: '', value: '' };
  private axis: keyof Typed = 'time';

  constructor(
    private readonly parts: ModalKeyDragParts,
    private readonly subject: DragSubject,
    private readonly onEnd: () => void,
  ) {
    const { timeline, view } = parts;
    const area = document.querySelector<HTMLElement>('[data-testid=curve-canvas]')?.getBoundingClientRect();
    this.targets = timeline.snapTargets(subject.refs);
    this.pivotSeconds = timeline.playheadFrameSeconds;
    this.frameSeconds = frameToSeconds(1, displayFrameRate(view.getState()));
    this.heightPx = Math.max(60, area?.height ?? 200);
    const options = { signal: this.scope.signal, capture: true };
    window.addEventListener('pointermove', (event) => this.point(event), options);
    window.addEventListener('pointerdown', (event) => this.press(event), options);
    window.addEventListener('keydown', (event) => this.key(event), options);
  }

  end(commit: boolean): void {
    const { kind, refs, drag } = this.subject;
    this.scope.abort();
    this.onEnd();
    if (commit) drag.commit();
    else drag.discard();
    this.parts.jobs.say(commit ? `${kind === 'move' ? 'Moved' : 'Scaled'} ${countOf(refs)}` : 'Put back');
  }

  private point(event: PointerEvent): void {
    this.first ??= { x: event.clientX, y: event.clientY };
    this.mouse = { x: event.clientX - this.first.x, y: event.shiftKey ? 0 : event.clientY - this.first.y };
    this.update(event.ctrlKey);
  }

  private press(event: PointerEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.end(event.button === 0);
  }

  private key(event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    const text = typedAfter(this.typed[this.axis], event.key);
    const isOurs = step || text !== null || ['Enter', 'Escape', 'Tab'].includes(event.key);
    if (!isOurs || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Enter' || event.key === 'Escape') return this.end(event.key === 'Enter');
    if (step) this.steps = { x: this.steps.x + step[0], y: this.steps.y + step[1] };
    else this.type(text);
    this.update(false);
  }

  /** Null is Tab: time and value change places. */
  private type(text: string | null): void {
    if (text === null) this.axis = this.axis === 'time' ? 'value' : 'time';
    else this.typed[this.axis] = text;
    this.parts.jobs.say(typedHint(this.subject.kind, this.typed, this.axis));
  }

  private update(isFree: boolean): void {
    const { kind, lineId, refs, drag } = this.subject;
    const transform = kind === 'move' ? this.movement(isFree) : this.scaling();
    drag.update((draft) => transformKeys(draft, { lineId, keys: refs, ...transform }));
  }

  private movement(isFree: boolean): KeyTransform {
    const { timeline } = this.parts;
    const { timeSeconds } = this.subject.lead.key;
    const wanted = timeSeconds + this.mouse.x / timeline.scale.pixelsPerSecond + this.steps.x * this.frameSeconds;
    const landed = this.mouse.x === 0 ? wanted : timeline.snap(wanted, isFree, this.targets);
    const [frames, value] = typedNumbers(this.typed);
    const byHandSeconds = value !== null ? 0 : landed - timeSeconds;
    const byHandValue = frames !== null ? 0 : -this.mouse.y / this.heightPx + this.steps.y * NUDGE_VALUE;
    return {
      deltaSeconds: frames !== null ? frames * this.frameSeconds : byHandSeconds,
      deltaValue: value ?? byHandValue,
    };
  }

  private scaling(): KeyTransform {
    const [time, value] = typedNumbers(this.typed);
    const byHandTime = value !== null ? 1 : 1 + this.mouse.x / DOUBLING_PX + this.steps.x * ARROW_FACTOR;
    const byHandValue = time !== null ? 1 : 1 - this.mouse.y / DOUBLING_PX + this.steps.y * ARROW_FACTOR;
    return {
      pivotSeconds: this.pivotSeconds,
      timeScale: Math.max(0.01, time ?? byHandTime),
      pivotValue: 0,
      valueScale: Math.max(0, value ?? byHandValue),
    };
  }
}

type Typed = { readonly time: string; readonly value: string };

const typedNumbers = ({ time, value }: Typed): readonly [number | null, number | null] => [typedValue(time), typedValue(value)];

/** "Move by 12 frames", "Scale time by 1.5, value by 0.5"; the one being typed ends with a bar. */
function typedHint(kind: Kind, typed: Typed, axis: keyof Typed): string {
  const shown = (name: keyof Typed) => `${typed[name]}${axis === name ? '|' : ''}`;
  const value = typed.value !== '' || axis === 'value' ? `, value by ${shown('value')}` : '';
  return kind === 'move' ? `Move by ${shown('time')} frames${value}` : `Scale time by ${shown('time')}${value}`;
}
