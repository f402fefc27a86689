import type { KeyRef } from '../../core/document/channelSpans';
import { transformKeys } from '../../core/document/commands/transformKeys';
import { frameToSeconds } from '../../core/time/frameRate';
import { countOf, placedKeys } from '../panels/timeline/key-selection';
import { displayFrameRate } from '../stores/viewState';
import type { KeyParts } from './keyActions';
import { typedAfter, typedValue } from './typedNumber';

/** One press of an arrow on selected keys: a hundredth of the value axis. */
export const NUDGE_VALUE = 0.01;

/** Keys that follow the mouse without a button, as in Blender: started by a key, ended by a click. */
export class ModalKeyDrag {
  private endModal: ((commit: boolean) => void) | null = null;

  constructor(private readonly parts: Pick<KeyParts, 'timeline' | 'edits' | 'view' | 'jobs'>) {}

  /**
   * G and T: the keys follow the mouse without a button until a click or Enter; Escape puts them back. Arrows move (stretch)
   * them as well, so that it works without a mouse. A typed number overrules both: frames for a move, a factor for a scale;
   * Tab types the value instead (of the axis, or its factor).
   */
  start(kind: 'move' | 'scale', refs: readonly KeyRef[]): void {
    const { model } = this.parts.timeline;
    const [lead] = placedKeys(model?.layers ?? [], refs);
    if (!model || !lead) return this.parts.jobs.say('Select keys first: click one, or drag a box around several.');
    this.endModal?.(false);
    const { timeline, edits, view } = this.parts;
    const area = document.querySelector<HTMLElement>('[data-testid=curve-canvas]')?.getBoundingClientRect();
    const drag = edits.begin(`${kind === 'move' ? 'Move' : 'Scale'} ${countOf(refs)}`);
    const frame = frameToSeconds(1, displayFrameRate(view.getState()));
    const targets = timeline.snapTargets(refs);
    const pivotSeconds = timeline.playheadFrameSeconds;
    const height = Math.max(60, area?.height ?? 200);
    let first: { x: number; y: number } | null = null;
    let [byKeysX, byKeysY] = [0, 0];
    let mouse = { x: 0, y: 0 };
    const typed = { time: '', value: '' };
    let axis: keyof typeof typed = 'time';
    const update = (isFree: boolean) => {
      const { pixelsPerSecond } = timeline.scale;
      if (kind === 'move') {
        const wanted = lead.key.timeSeconds + mouse.x / pixelsPerSecond + byKeysX * frame;
        const landed = mouse.x === 0 ? wanted : timeline.snap(wanted, isFree, targets);
        const [frames, value] = typedNumbers(typed);
        const deltaSeconds = frames !== null ? frames * frame : value !== null ? 0 : landed - lead.key.timeSeconds;
        const deltaValue = value ?? (frames !== null ? 0 : -mouse.y / height + byKeysY * NUDGE_VALUE);
        drag.update((draft) => transformKeys(draft, { lineId: model.line.id, keys: refs, deltaSeconds, deltaValue }));
      } else {
        // 200 px are a doubling, as a hand expects on a screen; an arrow is five per cent.
        const [time, value] = typedNumbers(typed);
        const timeScale = Math.max(0.01, time ?? (value !== null ? 1 : 1 + mouse.x / 200 + byKeysX * 0.05));
        const valueScale = Math.max(0, value ?? (time !== null ? 1 : 1 - mouse.y / 200 + byKeysY * 0.05));
        drag.update((draft) =>
          transformKeys(draft, { lineId: model.line.id, keys: refs, pivotSeconds, timeScale, pivotValue: 0, valueScale }),
        );
      }
    };
    const scope = new AbortController();
    const options = { signal: scope.signal, capture: true };
    this.endModal = (commit) => {
      scope.abort();
      this.endModal = null;
      if (commit) drag.commit();
      else drag.discard();
      this.parts.jobs.say(commit ? `${kind === 'move' ? 'Moved' : 'Scaled'} ${countOf(refs)}` : 'Put back');
    };
    window.addEventListener(
      'pointermove',
      (event) => {
        first ??= { x: event.clientX, y: event.clientY };
        mouse = { x: event.clientX - first.x, y: event.shiftKey ? 0 : event.clientY - first.y };
        update(event.ctrlKey);
      },
      options,
    );
    window.addEventListener(
      'pointerdown',
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        this.endModal?.(event.button === 0);
      },
      options,
    );
    window.addEventListener(
      'keydown',
      (event) => {
        const steps: Record<string, [number, number]> = {
          ArrowLeft: [-1, 0],
          ArrowRight: [1, 0],
          ArrowUp: [0, 1],
          ArrowDown: [0, -1],
        };
        const step = steps[event.key];
        const text = typedAfter(typed[axis], event.key);
        const isOurs = step || text !== null || ['Enter', 'Escape', 'Tab'].includes(event.key);
        if (!isOurs || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (event.key === 'Enter' || event.key === 'Escape') return this.endModal?.(event.key === 'Enter');
        if (!step) {
          if (text === null) axis = axis === 'time' ? 'value' : 'time';
          else typed[axis] = text;
          this.parts.jobs.say(typedHint(kind, typed, axis));
          return update(false);
        }
        byKeysX += step[0];
        byKeysY += step[1];
        update(false);
      },
      options,
    );
    this.parts.jobs.say(
      `${kind === 'move' ? 'Moving' : 'Scaling'} ${countOf(refs)}: mouse, arrows or a typed number (Tab: value), click or Enter keeps, Escape puts back`,
    );
  }
}

type Typed = { readonly time: string; readonly value: string };

const typedNumbers = ({ time, value }: Typed): readonly [number | null, number | null] => [typedValue(time), typedValue(value)];

/** "Move by 12 frames", "Scale time by 1.5, value by 0.5"; the one being typed ends with a bar. */
function typedHint(kind: 'move' | 'scale', typed: Typed, axis: keyof Typed): string {
  const shown = (name: keyof Typed) => `${typed[name]}${axis === name ? '|' : ''}`;
  const value = typed.value !== '' || axis === 'value' ? `, value by ${shown('value')}` : '';
  return kind === 'move' ? `Move by ${shown('time')} frames${value}` : `Scale time by ${shown('time')}${value}`;
}
