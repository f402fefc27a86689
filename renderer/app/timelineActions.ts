import type { StoreApi } from 'zustand/vanilla';
import { moveChannelKeys, removeChannelKeys, setChannelKey, setChannelTangents } from '../../core/document/commands/channelKeys';
import { removeEmotionKeys, setEmotionKey } from '../../core/document/commands/emotionKeys';
import { mergePhoneme } from '../../core/document/commands/mergePhoneme';
import { relabelPhoneme } from '../../core/document/commands/relabelPhoneme';
import { splitPhoneme } from '../../core/document/commands/splitPhoneme';
import type { DocumentEdit } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { LayerId } from '../../core/document/records';
import type { Interpolation, TangentMode } from '../../core/curves/keyedCurve';
import type { ActiveEmotion } from '../../core/emotion/emotions';
import { CHANNEL_INDEX, type PerformanceChannel } from '../../core/rig/channels';
import type { Phoneme } from '../../core/speech/phonemes';
import { CURVE_FRAME_RATE, FRAME_RATES, frameToSeconds, secondsToNearestFrame } from '../../core/time/frameRate';
import { fitScale, scrollToShow, snapTime, zoomAt, type TimeScale } from '../panels/timeline/timeline-geometry';
import type { LineModel, LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import { NO_SELECTION, type Selection, type ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { Transport } from './transport';

export interface TimelineParts {
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly edits: Edits;
  readonly ids: IdSource;
  readonly transport: Transport;
}

/** What the tracks and the keyboard do with time, selection and keys. */
export class TimelineActions {
  constructor(private readonly parts: TimelineParts) {
    let shownLine: string | null = null;
    parts.lineModel.subscribe(({ model }) => {
      if ((model?.line.id ?? null) === shownLine) return;
      shownLine = model?.line.id ?? null;
      this.frameLine();
    });
  }

  get model(): LineModel | null {
    return this.parts.lineModel.getState().model;
  }

  get scale(): TimeScale {
    const { startSeconds, pixelsPerSecond, trackWidth } = this.parts.view.getState();
    return { startSeconds, pixelsPerSecond, width: trackWidth };
  }

  setScale(scale: Pick<TimeScale, 'startSeconds' | 'pixelsPerSecond'>): void {
    this.parts.view.setState({ startSeconds: scale.startSeconds, pixelsPerSecond: scale.pixelsPerSecond });
  }

  /** The tracks got wider or narrower; a line that was shown whole stays whole. */
  setTrackWidth(trackWidth: number): void {
    const before = this.scale;
    const wasWhole =
      this.model && Math.abs(fitScale(this.durationSeconds, before.width).pixelsPerSecond - before.pixelsPerSecond) < 1e-6;
    this.parts.view.setState({ trackWidth });
    if (wasWhole) this.frameLine();
  }

  get durationSeconds(): number {
    return this.model?.line.durationSeconds ?? 0;
  }

  frameLine(): void {
    this.setScale(fitScale(this.durationSeconds, this.scale.width));
  }

  frameSelection(): void {
    const { range } = this.parts.session.getState();
    if (!range) return this.frameLine();
    const fit = fitScale(range.endSeconds - range.startSeconds, this.scale.width);
    this.setScale({ ...fit, startSeconds: fit.startSeconds + range.startSeconds });
  }

  zoom(factor: number, atX = this.scale.width / 2): void {
    this.setScale(zoomAt(this.scale, factor, atX, this.durationSeconds));
  }

  pan(pixels: number): void {
    const { startSeconds, pixelsPerSecond } = this.scale;
    this.setScale({ startSeconds: startSeconds + pixels / pixelsPerSecond, pixelsPerSecond });
  }

  /** Keeps the playhead in sight; a page at a time. */
  followPlayhead(timeSeconds: number): void {
    const next = scrollToShow(this.scale, timeSeconds);
    if (next !== this.scale.startSeconds) this.parts.view.setState({ startSeconds: next });
  }

  /**
   * Where a drag lands when snapping is on (`isFree` turns it round, as Ctrl does): a target within 6 px, else the nearest
   * frame. `targets` are the times this drag may stick to; the playhead always is one.
   */
  snap(timeSeconds: number, isFree = false, targets: readonly number[] = []): number {
    const { isSnapOn, displayRate } = this.parts.view.getState();
    if (isSnapOn === isFree) return timeSeconds;
    const rate = FRAME_RATES[displayRate] ?? CURVE_FRAME_RATE;
    const { playheadSeconds } = this.parts.session.getState();
    return snapTime(timeSeconds, this.scale, [...targets, playheadSeconds], frameToSeconds(1, rate));
  }

  /** The nearest frame, nothing else: for the playhead itself. */
  snapToFrame(timeSeconds: number, isFree = false): number {
    const { isSnapOn, displayRate } = this.parts.view.getState();
    if (isSnapOn === isFree) return timeSeconds;
    const rate = FRAME_RATES[displayRate] ?? CURVE_FRAME_RATE;
    return frameToSeconds(secondsToNearestFrame(timeSeconds, rate), rate);
  }

  /** Edges of phonemes (words share them): what keys stick to. */
  get edgeTimes(): readonly number[] {
    return this.model?.speech.phonemes.map((segment) => segment.startSeconds) ?? [];
  }

  select(selection: Selection): void {
    this.parts.view.setState({ selection });
  }

  /** Playhead on the curve frame it is nearest to. */
  get playheadFrameSeconds(): number {
    const { playheadSeconds } = this.parts.session.getState();
    return frameToSeconds(secondsToNearestFrame(playheadSeconds, CURVE_FRAME_RATE), CURVE_FRAME_RATE);
  }

  addEmotionKey(emotion: ActiveEmotion, timeSeconds: number, value: number): void {
    const { model } = this;
    if (!model) return;
    const newKeyId = `key:${this.parts.ids.next()}`;
    const time = Math.min(model.line.durationSeconds, Math.max(0, timeSeconds));
    this.parts.edits.run(`Add key, ${emotion}`, (draft) =>
      setEmotionKey(draft, { lineId: model.line.id, emotion, timeSeconds: time, value, newKeyId }),
    );
    const key = this.model?.emotions[emotion].keys.find((candidate) => Math.abs(candidate.timeSeconds - time) < 1e-6);
    if (key) this.select({ kind: 'emotionKeys', emotion, keyIds: [key.id] });
  }

  /** An edit that sets an emotion at the playhead; for sliders, which run it many times in one drag. */
  emotionEdit(emotion: ActiveEmotion): ((value: number) => DocumentEdit) | null {
    const { model } = this;
    if (!model) return null;
    const newKeyId = `key:${this.parts.ids.next()}`;
    const timeSeconds = this.playheadFrameSeconds;
    return (value) => (draft) => setEmotionKey(draft, { lineId: model.line.id, emotion, timeSeconds, value, newKeyId });
  }

  /** An edit that keys a channel by hand at a time, on the active layer. */
  channelEdit(channel: PerformanceChannel, timeSeconds: number): ((value: number) => DocumentEdit) | null {
    const { model } = this;
    if (!model) return null;
    const { ids, view } = this.parts;
    const newKeyId = `key:${ids.next()}`;
    const newSpanId = `span:${ids.next()}`;
    const newLayerId: LayerId = `layer:${ids.next()}`;
    const { activeLayerId } = view.getState();
    const layer = model.layers.find((candidate) => candidate.id === activeLayerId);
    const layerId = layer && !layer.muted ? (layer.id as LayerId) : null;
    const time = Math.min(model.line.durationSeconds, Math.max(0, timeSeconds));
    return (value) => (draft) =>
      setChannelKey(draft, {
        lineId: model.line.id,
        layerId,
        channel,
        timeSeconds: time,
        value,
        newKeyId,
        newSpanId,
        newLayerId,
      });
  }

  addChannelKey(channel: PerformanceChannel, timeSeconds: number, value: number): void {
    const edit = this.channelEdit(channel, timeSeconds);
    if (!edit) return;
    this.parts.edits.run(`Add key, ${channel}`, edit(value));
    this.selectChannelKeyAt(channel, timeSeconds);
  }

  /** `I`: keys the active channel at the playhead with the value it has there. */
  insertKey(): void {
    const { model } = this;
    const { activeChannel } = this.parts.view.getState();
    const timeSeconds = this.playheadFrameSeconds;
    const frame = secondsToNearestFrame(timeSeconds, CURVE_FRAME_RATE);
    const track = model?.final?.channels[CHANNEL_INDEX[activeChannel]];
    if (track) this.addChannelKey(activeChannel, timeSeconds, track[Math.min(frame, track.length - 1)]);
  }

  /** Delete: removes the selected keys; a selected phoneme becomes silence. */
  deleteSelection(): void {
    const { model } = this;
    const { selection } = this.parts.view.getState();
    if (!model) return;
    const lineId = model.line.id;
    if (selection.kind === 'emotionKeys') {
      const { emotion, keyIds } = selection;
      this.parts.edits.run(`Delete keys, ${emotion}`, (draft) => removeEmotionKeys(draft, { lineId, emotion, keyIds }));
    } else if (selection.kind === 'channelKeys') {
      const { layerId, channel, keyIds } = selection;
      this.parts.edits.run(`Delete keys, ${channel}`, (draft) => removeChannelKeys(draft, { layerId, channel, keyIds }));
    } else if (selection.kind === 'phoneme') {
      this.relabel(selection.index, 'SIL');
      return;
    }
    this.select(NO_SELECTION);
  }

  relabel(index: number, phoneme: Phoneme): void {
    const { model } = this;
    if (!model) return;
    this.parts.edits.run(`Relabel to ${phoneme}`, (draft) => relabelPhoneme(draft, { lineId: model.line.id, index, phoneme }));
  }

  mergeSelectedPhoneme(): void {
    const { model } = this;
    const { selection } = this.parts.view.getState();
    if (!model || selection.kind !== 'phoneme') return;
    this.parts.edits.run('Merge phonemes', (draft) => mergePhoneme(draft, { lineId: model.line.id, index: selection.index }));
  }

  splitPhonemeAt(index: number, timeSeconds: number): void {
    const { model } = this;
    if (!model) return;
    this.parts.edits.run('Split phoneme', (draft) => splitPhoneme(draft, { lineId: model.line.id, index, timeSeconds }));
  }

  setTangents(interpolation: Interpolation, tangentMode: TangentMode): void {
    const { selection } = this.parts.view.getState();
    if (selection.kind !== 'channelKeys') return;
    const { layerId, channel, keyIds } = selection;
    this.parts.edits.run(`Tangents, ${channel}`, (draft) =>
      setChannelTangents(draft, { layerId, channel, keyIds, interpolation, tangentMode }),
    );
  }

  /** Arrow-size changes of selected channel keys, from the inspector's fields. */
  moveSelectedKeys(deltaSeconds: number, deltaValue: number): void {
    const { model } = this;
    const { selection } = this.parts.view.getState();
    if (!model || selection.kind !== 'channelKeys') return;
    const { layerId, channel, keyIds } = selection;
    this.parts.edits.run(`Move key, ${channel}`, (draft) =>
      moveChannelKeys(draft, { lineId: model.line.id, layerId, channel, keyIds, deltaSeconds, deltaValue }),
    );
  }

  /** To the edge of the next or previous phoneme. */
  jumpPhoneme(direction: 1 | -1): void {
    this.jumpTo(this.model?.speech.phonemes.map((segment) => segment.startSeconds) ?? [], direction);
  }

  /** To the next or previous hand-made key of the line. */
  jumpKey(direction: 1 | -1): void {
    const { model } = this;
    if (!model) return;
    const emotionTimes = Object.values(model.emotions).flatMap((curve) => curve.keys.map((key) => key.timeSeconds));
    const layerTimes = model.layers.flatMap((layer) =>
      layer.curves.flatMap((curve) => curve.spans.flatMap((span) => span.keys.map((key) => key.timeSeconds))),
    );
    this.jumpTo([...emotionTimes, ...layerTimes], direction);
  }

  selectChannelKeyAt(channel: PerformanceChannel, timeSeconds: number): void {
    for (const layer of [...(this.model?.layers ?? [])].reverse()) {
      const keys = layer.curves.find((curve) => curve.channel === channel)?.spans.flatMap((span) => span.keys) ?? [];
      const key = keys.find((candidate) => Math.abs(candidate.timeSeconds - timeSeconds) < 1e-6);
      if (!key) continue;
      this.select({ kind: 'channelKeys', layerId: layer.id as LayerId, channel, keyIds: [key.id] });
      return;
    }
  }

  private jumpTo(times: readonly number[], direction: 1 | -1): void {
    const { playheadSeconds } = this.parts.session.getState();
    const sorted = [...new Set(times)].sort((a, b) => a - b);
    // A thousandth of a second: the playhead sits on the edge it came to.
    const next =
      direction > 0
        ? sorted.find((time) => time > playheadSeconds + 1e-3)
        : sorted.filter((time) => time < playheadSeconds - 1e-3).at(-1);
    if (next !== undefined) this.parts.transport.seek(next);
  }
}
