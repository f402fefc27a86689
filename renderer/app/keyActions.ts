import type { StoreApi } from 'zustand/vanilla';
import type { KeyRef } from '../../core/document/channelSpans';
import { moveEmotionKeys } from '../../core/document/commands/emotionKeys';
import { setChannelSettings } from '../../core/document/commands/channelSettings';
import { bakeRange } from '../../core/document/commands/bakeRange';
import { targetLayer } from '../../core/document/commands/channelKeys';
import { matchTangents } from '../../core/document/commands/matchTangents';
import { mirrorKeys } from '../../core/document/commands/mirrorKeys';
import { pasteClip } from '../../core/document/commands/pasteClip';
import { reduceChannelKeys } from '../../core/document/commands/reduceChannelKeys';
import { smoothChannelKeys } from '../../core/document/commands/smoothChannelKeys';
import { transformKeys, type KeyTransform } from '../../core/document/commands/transformKeys';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import { copyClip, type KeyClip, type RecordReader } from '../../core/document/keyClip';
import type { RecordDraft } from '../../core/document/recordDraft';
import type { LayerId } from '../../core/document/records';
import { PERFORMANCE_CHANNELS, type PerformanceChannel } from '../../core/rig/channels';
import type { SettingsByChannel } from '../../core/layers/channelSettings';
import { composeTracks } from '../../core/layers/composeTracks';
import { trackOf, type SampledTracks } from '../../core/curves/sampledTracks';
import { frameToSeconds, secondsToNearestFrame } from '../../core/time/frameRate';
import { allPlacedKeys, countOf, placedKeys, selectedRefs, selectionOf } from '../panels/timeline/key-selection';
import { shownWithActive } from '../panels/timeline/curve-axes';
import { edgeScroll } from '../panels/timeline/keyDrag';
import { followPointer } from '../panels/timeline/pointerDrag';
import { lineExtras } from '../stores/lineExtras';
import type { LineModel } from '../stores/lineModel';
import { displayFrameRate, type ViewState } from '../stores/viewState';
import type { EditDrag, Edits } from './edits';
import type { Jobs } from './jobs';
import { ModalKeyDrag, NUDGE_VALUE } from './modalKeyDrag';
import { paintToggles } from './paintToggles';
import type { TimelineActions } from './timelineActions';

export interface KeyParts {
  readonly view: StoreApi<ViewState>;
  readonly document: DocumentStore;
  readonly edits: Edits;
  readonly ids: IdSource;
  readonly jobs: Jobs;
  readonly timeline: TimelineActions;
}

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
  private readonly modal: ModalKeyDrag;

  constructor(private readonly parts: KeyParts) {
    this.modal = new ModalKeyDrag(parts);
  }

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
    const rate = displayFrameRate(this.parts.view.getState());
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

  /** Alt click on a toggle: only this channel has it. */
  toggleOnly(field: ChannelToggle, channel: PerformanceChannel): void {
    const { model } = this;
    if (!model) return;
    const lineId = model.line.id;
    const verb = `${TOGGLE_VERBS[field][0]} only ${channel}`;
    this.parts.edits.run(verb, (draft) => {
      setChannelSettings(draft, { lineId, channels: PERFORMANCE_CHANNELS, change: { [field]: false } });
      setChannelSettings(draft, { lineId, channels: [channel], change: { [field]: true } });
    });
    this.parts.jobs.say(verb);
  }

  /** A press on a toggle that may be dragged over others; see `paintToggles`. */
  paintToggle(
    press: PointerEvent,
    field: ChannelToggle,
    first: PerformanceChannel,
    reached: (clientY: number) => readonly PerformanceChannel[],
    onPainted: () => void,
  ): void {
    const { model } = this;
    if (!model) return;
    const lineId = model.line.id;
    const next = lineExtras(this.parts.document.records, lineId).channels[first]?.[field] !== true;
    const verb = TOGGLE_VERBS[field][next ? 0 : 1];
    paintToggles(press, this.parts, {
      label: `${verb} several channels`,
      first,
      reached,
      edit: (channels) => (draft) => setChannelSettings(draft, { lineId, channels, change: { [field]: next } }),
      say: (channels) => `${verb} ${channels.length === 1 ? channels[0] : `${channels.length} channels`}`,
      onPainted,
    });
  }

  /** Copies keys, or emotion keys, whichever is selected. */
  copy(): boolean {
    const { model } = this;
    const { selection } = this.parts.view.getState();
    const emotionKeys = selection.kind === 'emotionKeys' ? [selection] : [];
    const clip = model && copyClip(this.read, { lineId: model.line.id, keys: this.refs, emotionKeys });
    if (!clip) {
      this.parts.jobs.say('Nothing to copy: select keys first.');
      return false;
    }
    this.clip = clip;
    this.parts.jobs.say(`Copied ${selection.kind === 'emotionKeys' ? `keys, ${selection.emotion}` : countOf(this.refs)}`);
    return true;
  }

  cut(): void {
    if (this.copy()) this.parts.timeline.deleteSelection();
  }

  /** At the playhead, or where they were copied; on any line; mirrored left for right. */
  paste(how: { readonly inPlace?: boolean; readonly isMirrored?: boolean } = {}): void {
    const { clip, model } = this;
    if (!clip || !model) return this.parts.jobs.say('Nothing copied yet.');
    const timeSeconds = how.inPlace ? clip.startSeconds : this.parts.timeline.playheadFrameSeconds;
    const { isMirrored = false } = how;
    const args = { ...this.target(model), clip, timeSeconds, isMirrored };
    this.selectWritten(isMirrored ? 'Paste mirrored' : 'Paste', (draft) => pasteClip(draft, args));
  }

  /** The selected keys on the other side of the face, at the same time. */
  mirror(): void {
    const { model, refs } = this;
    if (!model || refs.length === 0) return this.parts.jobs.say('Select keys to mirror first.');
    const args = { lineId: model.line.id, keys: refs, idPrefix: `key:${this.parts.ids.next()}` };
    if (!this.selectWritten('Mirror', (draft) => mirrorKeys(draft, args)))
      this.parts.jobs.say('These channels have no other side.');
  }

  /** Runs an edit that writes keys, selects them and shows their channels. */
  private selectWritten(label: string, write: (draft: RecordDraft) => readonly KeyRef[]): boolean {
    let written: readonly KeyRef[] = [];
    const isDone = this.parts.edits.run(label, (draft) => {
      written = write(draft);
    });
    if (!isDone || written.length === 0) return isDone;
    this.parts.timeline.select(selectionOf(written));
    const channels = [...new Set(written.map((ref) => ref.channel))];
    this.parts.view.setState(({ shownChannels }) => ({
      activeChannel: channels[0],
      shownChannels: [...new Set([...shownChannels, ...channels.slice(0, 4)])].slice(-8),
    }));
    return true;
  }

  private readonly read: RecordReader = (id) => this.parts.document.records[id];

  private target(model: LineModel) {
    const { ids, view } = this.parts;
    const { activeLayerId } = view.getState();
    const layer = model.layers.find((candidate) => candidate.id === activeLayerId && !candidate.muted && !candidate.locked);
    return { lineId: model.line.id, layerId: layer ? (layer.id as LayerId) : null, idPrefix: ids.next() };
  }

  smooth(): void {
    this.onKeys('Smooth', (draft, keys) => smoothChannelKeys(draft, { keys }));
  }

  /** Takes out keys the curve does not need; it stays within the bound set in the Keys section. */
  reduce(): void {
    const { reduceError } = this.parts.view.getState();
    const before = this.refs.length;
    this.onKeys('Reduce', (draft, keys) => reduceChannelKeys(draft, { keys, maxError: reduceError }));
    const left = placedKeys(this.model?.layers ?? [], this.refs).map(({ ref }) => ref);
    if (before === 0) return;
    this.parts.timeline.select(selectionOf(left));
    this.parts.jobs.say(`${before} keys to ${left.length}, within ${reduceError.toFixed(3)}`);
  }

  /** First and last keys take the slope of the generated curve; broken ones inside heal. */
  matchTangents(): void {
    const { model } = this;
    const base = model?.base;
    if (!base) return;
    const slopeBelow = (channel: PerformanceChannel, timeSeconds: number) => slopeAt(base, channel, timeSeconds);
    this.onKeys('Match tangents', (draft, keys) => matchTangents(draft, { keys, slopeBelow }));
  }

  /**
   * The range (or what the selected keys span) of the active channel becomes keys on an override layer, within the largest error
   * of the Keys section: the generated curve with its gain and offset, or what shows now, layers included.
   */
  bake(source: 'base' | 'shown'): void {
    const { model } = this;
    const { activeChannel, reduceError } = this.parts.view.getState();
    const range = this.parts.timeline.selectedStretch();
    const tracks = source === 'shown' ? model?.final : model?.base && adjustedBase(model.base, model.channelSettings);
    if (!model || !tracks || !range || range.endSeconds <= range.startSeconds)
      return this.parts.jobs.say('Select a range first: drag over the waveform, or Shift drag on the ruler.');
    const channels = [...new Set([activeChannel, ...this.refs.map((ref) => ref.channel)])];
    const { idPrefix, ...target } = this.target(model);
    // On an additive layer the keys would come on top of the very curve they stand for.
    const isOverride = model.layers.some((layer) => layer.id === target.layerId && layer.mode === 'override');
    const layerId = isOverride ? target.layerId : null;
    const newLayerId: LayerId = `layer:${idPrefix}`;
    const what = source === 'base' ? 'base of ' : '';
    this.parts.edits.run(`Bake ${what}${channels.length === 1 ? channels[0] : `${channels.length} channels`}`, (draft) => {
      const layer = targetLayer(draft, { ...target, layerId, newLayerId });
      bakeRange(draft, { layerId: layer.id, channels, range, tracks, maxError: reduceError, idPrefix });
    });
  }

  private onKeys(label: string, edit: (draft: RecordDraft, keys: readonly KeyRef[]) => void): void {
    const { refs } = this;
    if (refs.length === 0) return this.parts.jobs.say('Select keys first: click one, or drag a box around several.');
    this.parts.edits.run(`${label} ${countOf(refs)}`, (draft) => edit(draft, refs));
  }

  /** Alt drag: copies of the keys follow the pointer, the keys stay. */
  dragCopies(event: PointerEvent, refs: readonly KeyRef[], deltaOf: (moved: PointerEvent, x: number) => number | null): void {
    const { model } = this;
    const clip = model && copyClip(this.read, { lineId: model.line.id, keys: refs });
    if (!model || !clip) return;
    const args = { ...this.target(model), layerId: refs[0].layerId, clip };
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
            written = pasteClip(draft, { ...args, timeSeconds: clip.startSeconds + deltaSeconds });
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

  /** G and T. */
  startModal(kind: 'move' | 'scale'): void {
    this.modal.start(kind, this.refs);
  }
}

/** The generated curves as the layers get them: with gain and offset; a mute hides a curve, it does not flatten it. */
function adjustedBase(base: SampledTracks, settings: SettingsByChannel): SampledTracks {
  const audible = Object.entries(settings).map(([channel, own]) => [channel, { ...own, muted: false }]);
  return composeTracks(base, [], Object.fromEntries(audible) as SettingsByChannel).final;
}

/** Slope of a channel around a time, per second. */
function slopeAt(tracks: SampledTracks, channel: PerformanceChannel, timeSeconds: number): number {
  const samples = trackOf(tracks, channel);
  const frame = Math.min(samples.length - 2, Math.max(1, secondsToNearestFrame(timeSeconds, tracks.frameRate)));
  return samples.length < 3 ? 0 : (samples[frame + 1] - samples[frame - 1]) * 30;
}
