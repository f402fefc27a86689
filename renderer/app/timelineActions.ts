import type { StoreApi } from 'zustand/vanilla';
import { groupKeys, type KeyRef } from '../../core/document/channelSpans';
import { removeChannelKeys, setChannelKey } from '../../core/document/commands/channelKeys';
import { removeEmotionKeys, setEmotionKey } from '../../core/document/commands/emotionKeys';
import { mergePhoneme } from '../../core/document/commands/mergePhoneme';
import { relabelPhoneme } from '../../core/document/commands/relabelPhoneme';
import { splitPhoneme } from '../../core/document/commands/splitPhoneme';
import type { DocumentEdit } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { LayerId } from '../../core/document/records';
import { setKeyTangents, type KeyShape } from '../../core/document/commands/setKeyTangents';
import type { ActiveEmotion } from '../../core/emotion/emotions';
import type { PerformanceChannel } from '../../core/rig/channels';
import type { TimeRange } from '../../core/time/timeRange';
import type { Phoneme } from '../../core/speech/phonemes';
import { valueAtTime } from '../../core/curves/sampledTracks';
import { CURVE_FRAME_RATE, frameToSeconds, secondsToNearestFrame } from '../../core/time/frameRate';
import { fitScale, scrollToShow, snapTime, zoomAt, type TimeScale } from '../panels/timeline/timeline-geometry';
import { shownExtent, type LineModel, type LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import { displayFrameRate, NO_SELECTION, type Selection, type ViewState } from '../stores/viewState';
import { allPlacedKeys, countOf, extentOf, placedKeys, selectedRefs } from '../panels/timeline/key-selection';
import { frameValues } from '../panels/timeline/curve-axes';
import type { DocumentState } from '../stores/documentState';
import { lineExtras } from '../stores/lineExtras';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { Transport } from './transport';

export interface TimelineParts {
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly edits: Edits;
  readonly ids: IdSource;
  readonly transport: Transport;
  readonly documentState: StoreApi<DocumentState>;
  readonly jobs: Jobs;
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
    const wasWhole = this.model && Math.abs(fitScale(this.extent, before.width).pixelsPerSecond - before.pixelsPerSecond) < 1e-6;
    this.parts.view.setState({ trackWidth });
    if (wasWhole) this.frameLine();
  }

  /** The line with its rolls. */
  get extent(): TimeRange {
    return shownExtent(this.parts.lineModel.getState());
  }

  private inside(timeSeconds: number): number {
    const { startSeconds, endSeconds } = this.extent;
    return Math.min(endSeconds, Math.max(startSeconds, timeSeconds));
  }

  frameLine(): void {
    this.setScale(fitScale(this.extent, this.scale.width));
    this.parts.view.setState({ valueFrom: 0, valueTo: 1 });
  }

  /** Shows what is selected, keys in time and value, else the range, the phoneme, the whole line. */
  frameSelection(): void {
    const stretch = this.selectedStretch();
    if (!stretch) return this.frameLine();
    // A single key gets half a second around it.
    const size = Math.max(0.5, stretch.endSeconds - stretch.startSeconds);
    const middle = (stretch.startSeconds + stretch.endSeconds) / 2;
    this.setScale(fitScale({ startSeconds: middle - size * 0.55, endSeconds: middle + size * 0.55 }, this.scale.width));
    const { selection, activeChannel } = this.parts.view.getState();
    const keys = placedKeys(this.model?.layers ?? [], selectedRefs(selection)).filter(({ ref }) => ref.channel === activeChannel);
    if (keys.length < 2) return;
    const values = keys.map(({ key }) => key.value);
    const view = frameValues(activeChannel, Math.min(...values), Math.max(...values));
    this.parts.view.setState({ valueFrom: view.from, valueTo: view.to });
  }

  /** What is selected, as a stretch of time: keys, a phoneme, else the range. */
  selectedStretch(): TimeRange | null {
    const { selection } = this.parts.view.getState();
    const { model } = this;
    if (!model) return null;
    const extent = extentOf(placedKeys(model.layers, selectedRefs(selection)));
    if (extent) return { startSeconds: extent.firstSeconds, endSeconds: extent.lastSeconds };
    if (selection.kind === 'phoneme') return model.speech.phonemes[selection.index] ?? null;
    if (selection.kind === 'emotionKeys') {
      const keys = model.emotions[selection.emotion].keys.filter((key) => selection.keyIds.includes(key.id));
      if (keys.length > 0) return { startSeconds: keys[0].timeSeconds, endSeconds: keys[keys.length - 1].timeSeconds };
    }
    return this.parts.session.getState().range;
  }

  zoom(factor: number, atX = this.scale.width / 2): void {
    this.setScale(zoomAt(this.scale, factor, atX, this.extent));
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
    const view = this.parts.view.getState();
    if (view.isSnapOn === isFree) return timeSeconds;
    const rate = displayFrameRate(view);
    const { playheadSeconds } = this.parts.session.getState();
    return snapTime(timeSeconds, this.scale, [...targets, playheadSeconds], frameToSeconds(1, rate));
  }

  /** The nearest frame, nothing else: for the playhead itself. */
  snapToFrame(timeSeconds: number, isFree = false): number {
    const view = this.parts.view.getState();
    if (view.isSnapOn === isFree) return timeSeconds;
    const rate = displayFrameRate(view);
    return frameToSeconds(secondsToNearestFrame(timeSeconds, rate), rate);
  }

  /** Edges of phonemes (words share them): what keys stick to. */
  get edgeTimes(): readonly number[] {
    return this.model?.speech.phonemes.map((segment) => segment.startSeconds) ?? [];
  }

  /** What phoneme edges stick to: where the recogniser had them, markers, and the moments the voice sets in (effort crosses a fifth). */
  get onsetTargets(): readonly number[] {
    const { model } = this;
    if (!model) return [];
    const effort = model.media?.effort ?? new Float32Array(0);
    const onsets: number[] = [];
    for (let index = 1; index < effort.length; index += 1) {
      // Effort is 0..1 at 100 Hz; a fifth is where a soft voice begins to be heard over room noise.
      if (effort[index - 1] < 0.2 !== effort[index] < 0.2) onsets.push(index / 100);
    }
    const { markers } = lineExtras(this.parts.documentState.getState().records, model.line.id);
    return [
      ...onsets,
      ...model.speech.recognisedPhonemes.map((segment) => segment.endSeconds),
      ...markers.map((marker) => marker.timeSeconds),
    ];
  }

  /** Everything a drag may stick to: edges of phonemes and words, markers, and keys that are not dragged themselves. */
  snapTargets(dragged: readonly KeyRef[]): readonly number[] {
    const { model } = this;
    if (!model) return [];
    const ids = new Set(dragged.map((ref) => ref.keyId));
    const { words } = model.speech;
    return [
      ...this.edgeTimes,
      ...words.flatMap((word) => [word.startSeconds, word.endSeconds]),
      ...lineExtras(this.parts.documentState.getState().records, model.line.id).markers.map((marker) => marker.timeSeconds),
      ...allPlacedKeys(model.layers)
        .filter(({ key }) => !ids.has(key.id))
        .map(({ key }) => key.timeSeconds),
    ];
  }

  /** The selected stretch of time, cut to the line; two equal times are none. */
  setRange(fromSeconds: number, toSeconds: number): void {
    const [a, b] = [fromSeconds, toSeconds].map((time) => this.inside(time));
    this.parts.session.setState({ range: a === b ? null : { startSeconds: Math.min(a, b), endSeconds: Math.max(a, b) } });
  }

  sayLocked(): void {
    this.parts.jobs.say('Locked. Unlock the layer in the Layers panel, or the range with Ctrl Shift L.');
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
    const time = this.inside(timeSeconds);
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
    const time = this.inside(timeSeconds);
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
    this.keyOnCurve(this.parts.view.getState().activeChannel, this.playheadFrameSeconds);
  }

  /** A key on the curve as it runs: nothing moves. */
  keyOnCurve(channel: PerformanceChannel, atSeconds: number): void {
    const timeSeconds = frameToSeconds(secondsToNearestFrame(atSeconds, CURVE_FRAME_RATE), CURVE_FRAME_RATE);
    const tracks = this.model?.final;
    if (tracks) this.addChannelKey(channel, timeSeconds, valueAtTime(tracks, channel, timeSeconds));
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
      this.parts.edits.run(`Delete ${countOf(selection.keys)}`, (draft) => {
        for (const group of groupKeys(selection.keys)) removeChannelKeys(draft, group);
      });
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

  /** Asks the phoneme lane to open its list of names. */
  openRelabel(): void {
    const { selection } = this.parts.view.getState();
    if (selection.kind === 'phoneme') this.parts.session.setState({ relabelIndex: selection.index });
    else this.parts.jobs.say('Select a phoneme first.');
  }

  splitAtPlayhead(): void {
    const { playheadSeconds } = this.parts.session.getState();
    const index = this.model?.speech.phonemes.findIndex(
      (segment) => segment.startSeconds < playheadSeconds && playheadSeconds < segment.endSeconds,
    );
    if (index !== undefined && index >= 0) this.splitPhonemeAt(index, playheadSeconds);
  }

  rangeFromSelection(): void {
    const stretch = this.selectedStretch();
    if (stretch) this.setRange(stretch.startSeconds, stretch.endSeconds);
  }

  splitPhonemeAt(index: number, timeSeconds: number): void {
    const { model } = this;
    if (!model) return;
    this.parts.edits.run('Split phoneme', (draft) => splitPhoneme(draft, { lineId: model.line.id, index, timeSeconds }));
  }

  setTangents(shape: KeyShape): void {
    const { selection } = this.parts.view.getState();
    if (selection.kind !== 'channelKeys') return;
    this.parts.edits.run(`Tangents, ${countOf(selection.keys)}`, (draft) => {
      setKeyTangents(draft, { keys: selection.keys, shape });
    });
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
      this.select({ kind: 'channelKeys', keys: [{ layerId: layer.id as LayerId, channel, keyId: key.id }] });
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
