import type { StoreApi } from 'zustand/vanilla';
import type { KeyRef } from '../../core/document/channelSpans';
import { moveEmotionKeys } from '../../core/document/commands/emotionKeys';
import { setChannelSettings } from '../../core/document/commands/channelSettings';
import { pasteKeys } from '../../core/document/commands/pasteKeys';
import { transformKeys, type KeyTransform } from '../../core/document/commands/transformKeys';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import { copyKeys, mirrorClip, type KeyClip } from '../../core/document/keyClip';
import { RecordDraft } from '../../core/document/recordDraft';
import type { LayerId } from '../../core/document/records';
import type { PerformanceChannel } from '../../core/rig/channels';
import { CURVE_FRAME_RATE, FRAME_RATES, frameToSeconds } from '../../core/time/frameRate';
import { allPlacedKeys, countOf, placedKeys, selectedRefs, selectionOf } from '../panels/timeline/key-selection';
import { shownWithActive } from '../panels/timeline/curve-axes';
import { edgeScroll } from '../panels/timeline/keyDrag';
import { followPointer } from '../panels/timeline/pointerDrag';
import { lineExtras } from '../stores/lineExtras';
import type { LineModel } from '../stores/lineModel';
import type { ViewState } from '../stores/viewState';
import type { EditDrag, Edits } from './edits';
import type { Jobs } from './jobs';
import type { TimelineActions } from './timelineActions';

export interface KeyParts {
  readonly view: StoreApi<ViewState>;
  readonly document: DocumentStore;
  readonly edits: Edits;
  readonly ids: IdSource;
  readonly jobs: Jobs;
  readonly timeline: TimelineActions;
}

/** One press of an arrow on selected keys: a hundredth of the value axis. */
const NUDGE_VALUE = 0.01;

export type ChannelToggle = 'muted' | 'solo' | 'locked' | 'pinned';
const TOGGLE_VERBS: Readonly<Record<ChannelToggle, readonly [on: string, off: string]>> = {
  muted: ['Mute', 'Unmute'],
  solo: ['Solo', 'End solo of'],
  locked: ['Lock', 'Unlock'],
  pinned: ['Pin', 'Unpin'],
};

/** What keyboard, menus and panels do with selected keys. Every call is one undo step. */
export class KeyActions {
  private clip: KeyClip | null = null;
  private endModal: ((commit: boolean) => void) | null = null;

  constructor(private readonly parts: KeyParts) {}

  private get model(): LineModel | null {
    return this.parts.timeline.model;
  }

  get refs(): readonly KeyRef[] {
    return selectedRefs(this.parts.view.getState().selection);
  }

  get hasClip(): boolean {
    return this.clip !== null;
  }

  transform(label: string, transform: KeyTransform): void {
    const { model, refs } = this;
    if (!model || refs.length === 0) return;
    this.parts.edits.run(`${label} ${countOf(refs)}`, (draft) =>
      transformKeys(draft, { lineId: model.line.id, keys: refs, ...transform }),
    );
  }

  /** Whole frames of the display rate in time, hundredths of the axis in value. */
  nudge(frames: number, steps: number): void {
    const rate = FRAME_RATES[this.parts.view.getState().displayRate] ?? CURVE_FRAME_RATE;
    const delta = { deltaSeconds: frames === 0 ? 0 : frameToSeconds(frames, rate), deltaValue: steps * NUDGE_VALUE };
    const { selection } = this.parts.view.getState();
    const { model } = this;
    if (selection.kind === 'emotionKeys' && model) {
      const { emotion, keyIds } = selection;
      this.parts.edits.run(`Nudge keys, ${emotion}`, (draft) =>
        moveEmotionKeys(draft, { lineId: model.line.id, emotion, keyIds, ...delta }),
      );
      return;
    }
    if (this.refs.length === 0) return this.parts.jobs.say('Select keys first: click one, or drag a box around several.');
    this.transform('Nudge', delta);
  }

  /** Every key of the shown channels. */
  selectAll(): void {
    const { model } = this;
    if (!model) return;
    const { shownChannels, activeChannel } = this.parts.view.getState();
    const shown = new Set(shownWithActive(shownChannels, activeChannel));
    const refs = allPlacedKeys(model.layers)
      .map(({ ref }) => ref)
      .filter((ref) => shown.has(ref.channel));
    this.parts.timeline.select(selectionOf(refs));
    this.parts.jobs.say(refs.length === 0 ? 'The shown channels have no keys.' : `${countOf(refs)} selected`);
  }

  /** Mute, solo, lock or pin: the named channels, else those of the selected keys, else the active one, all to the same state. */
  toggleChannel(field: ChannelToggle, named?: readonly PerformanceChannel[]): void {
    const { model } = this;
    if (!model) return;
    const { activeChannel } = this.parts.view.getState();
    const ofKeys = [...new Set(this.refs.map((ref) => ref.channel))];
    const channels = named ?? (ofKeys.length > 0 ? ofKeys : [activeChannel]);
    const settings = lineExtras(this.parts.document.records, model.line.id).channels;
    const next = !channels.every((channel) => settings[channel]?.[field]);
    const verb = next ? TOGGLE_VERBS[field][0] : TOGGLE_VERBS[field][1];
    const what = channels.length === 1 ? channels[0] : `${channels.length} channels`;
    this.parts.edits.run(`${verb} ${what}`, (draft) =>
      setChannelSettings(draft, { lineId: model.line.id, channels, change: { [field]: next } }),
    );
    this.parts.jobs.say(`${verb} ${what}`);
  }

  copy(): boolean {
    const clip = copyKeys(new RecordDraft(this.parts.document.records), this.refs);
    if (!clip) {
      this.parts.jobs.say('Nothing to copy: select keys first.');
      return false;
    }
    this.clip = clip;
    this.parts.jobs.say(`Copied ${countOf(this.refs)}`);
    return true;
  }

  cut(): void {
    if (this.copy()) this.parts.timeline.deleteSelection();
  }

  /** At the playhead, or where they were copied; on any line; mirrored left for right. */
  paste(how: { readonly inPlace?: boolean; readonly mirrored?: boolean } = {}): void {
    const { clip } = this;
    if (!clip) return this.parts.jobs.say('Nothing copied yet.');
    const shown = how.mirrored ? mirrorClip(clip) : clip;
    const atSeconds = how.inPlace ? clip.originSeconds : this.parts.timeline.playheadFrameSeconds;
    this.write(how.mirrored ? 'Paste mirrored' : 'Paste', shown, atSeconds);
  }

  /** The selected keys on the other side of the face, at the same time. */
  mirror(): void {
    const clip = copyKeys(new RecordDraft(this.parts.document.records), this.refs);
    if (!clip) return this.parts.jobs.say('Select keys to mirror first.');
    this.write('Mirror', mirrorClip(clip), clip.originSeconds);
  }

  private write(label: string, clip: KeyClip, atSeconds: number): void {
    const { model } = this;
    if (!model) return;
    const args = { ...this.target(model), clip, atSeconds };
    let written: readonly KeyRef[] = [];
    const done = this.parts.edits.run(`${label} ${clip.channels.length === 1 ? clip.channels[0].channel : 'keys'}`, (draft) => {
      written = pasteKeys(draft, args);
    });
    if (!done) return;
    this.parts.timeline.select(selectionOf(written));
    const channels = clip.channels.map(({ channel }) => channel);
    this.parts.view.setState(({ shownChannels }) => ({
      activeChannel: channels[0],
      shownChannels: [...new Set([...shownChannels, ...channels.slice(0, 4)])].slice(-8),
    }));
  }

  private target(model: LineModel) {
    const { ids, view } = this.parts;
    const { activeLayerId } = view.getState();
    const layer = model.layers.find((candidate) => candidate.id === activeLayerId && !candidate.muted && !candidate.locked);
    return {
      lineId: model.line.id,
      layerId: layer ? (layer.id as LayerId) : null,
      idPrefix: ids.next(),
      newLayerId: `layer:${ids.next()}` as LayerId,
    };
  }

  /** Alt drag: copies of the keys follow the pointer, the keys stay. */
  dragCopies(event: PointerEvent, refs: readonly KeyRef[], deltaOf: (moved: PointerEvent, x: number) => number | null): void {
    const { model } = this;
    const clip = copyKeys(new RecordDraft(this.parts.document.records), refs);
    if (!model || !clip) return;
    const layerId = refs[0].layerId;
    const args = { ...this.target(model), layerId, clip };
    let open: EditDrag | null = null;
    let written: readonly KeyRef[] = [];
    followPointer(
      event,
      {
        move: (moved, { x }) => {
          const deltaSeconds = deltaOf(moved, x);
          if (deltaSeconds === null) return;
          open ??= this.parts.edits.begin(`Copy ${countOf(refs)}`);
          open.update((draft) => {
            written = pasteKeys(draft, { ...args, atSeconds: clip.originSeconds + deltaSeconds });
          });
        },
        end: () => {
          open?.commit();
          if (open) this.parts.timeline.select(selectionOf(written));
        },
        cancel: () => open?.discard(),
      },
      edgeScroll(this.parts.timeline),
    );
  }

  /**
   * G and T: the keys follow the mouse without a button until a click or Enter; Escape puts them back. Arrows move (stretch)
   * them as well, so that it works without a mouse.
   */
  startModal(kind: 'move' | 'scale'): void {
    const { model, refs } = this;
    const [lead] = placedKeys(model?.layers ?? [], refs);
    if (!model || !lead) return this.parts.jobs.say('Select keys first: click one, or drag a box around several.');
    this.endModal?.(false);
    const { timeline, edits, view } = this.parts;
    const area = document.querySelector<HTMLElement>('[data-testid=curve-canvas]')?.getBoundingClientRect();
    const drag = edits.begin(`${kind === 'move' ? 'Move' : 'Scale'} ${countOf(refs)}`);
    const frame = frameToSeconds(1, FRAME_RATES[view.getState().displayRate] ?? CURVE_FRAME_RATE);
    const targets = timeline.snapTargets(refs);
    const pivotSeconds = timeline.playheadFrameSeconds;
    const height = Math.max(60, area?.height ?? 200);
    let first: { x: number; y: number } | null = null;
    let [byKeysX, byKeysY] = [0, 0];
    let mouse = { x: 0, y: 0 };
    const update = (isFree: boolean) => {
      const { pixelsPerSecond } = timeline.scale;
      if (kind === 'move') {
        const wanted = lead.key.timeSeconds + mouse.x / pixelsPerSecond + byKeysX * frame;
        const landed = mouse.x === 0 ? wanted : timeline.snap(wanted, isFree, targets);
        const deltaValue = -mouse.y / height + byKeysY * NUDGE_VALUE;
        drag.update((draft) =>
          transformKeys(draft, { lineId: model.line.id, keys: refs, deltaSeconds: landed - lead.key.timeSeconds, deltaValue }),
        );
      } else {
        // 200 px are a doubling, as a hand expects on a screen; an arrow is five per cent.
        const timeScale = Math.max(0.01, 1 + mouse.x / 200 + byKeysX * 0.05);
        const valueScale = Math.max(0, 1 - mouse.y / 200 + byKeysY * 0.05);
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
        if (!step && event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (!step) return this.endModal?.(event.key === 'Enter');
        byKeysX += step[0];
        byKeysY += step[1];
        update(false);
      },
      options,
    );
    this.parts.jobs.say(
      `${kind === 'move' ? 'Moving' : 'Scaling'} ${countOf(refs)}: mouse or arrows, click or Enter keeps, Escape puts back`,
    );
  }
}
