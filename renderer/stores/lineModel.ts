import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChunkStore } from '../../core/document/chunkStore';
import { lineExtent } from '../../core/document/lineExtent';
import { assembleTake, lineBase } from '../../core/document/lineBase';
import { shownEventsOf } from '../../core/document/performedEvents';
import type { PerformanceEvent } from '../../core/performance/events/performanceEvent';
import type { DocumentRecords, LineRecord, SpeechRecord, TakeRecord } from '../../core/document/records';
import { activeTakeOf, channelSettingsOf, editLayersOf, emotionsOf, lineOf, speechOf } from '../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { EmotionCurves } from '../../core/emotion/emotionCurves';
import type { SettingsByChannel } from '../../core/layers/channelSettings';
import type { EditLayer } from '../../core/layers/editLayer';
import { stagePupilDistance } from '../../core/document/commands/stageCharacter';
import { TrackEvaluator } from '../../core/layers/trackEvaluator';
import type { TimeRange } from '../../core/time/timeRange';
import type { LineMedia } from '../../main/ipc/api';
import type { DocumentState } from './documentState';
import type { Preview, SessionState } from './sessionState';
import type { ViewState } from './viewState';

/** The line on screen, worked out: everything the timeline, the viewport and the export show. */
export interface LineModel {
  readonly line: LineRecord;
  readonly speech: SpeechRecord;
  readonly emotions: EmotionCurves;
  readonly media: LineMedia | null;
  readonly take: TakeRecord | null;
  /** Blinks, looks, nods, breaths and the like: planned and by hand, in order of time. */
  readonly events: readonly PerformanceEvent[];
  readonly layers: readonly EditLayer[];
  /** Mute, solo, lock, pin, gain and offset of channels; those without an entry have the defaults. */
  readonly channelSettings: SettingsByChannel;
  /** The line with its rolls: what can be keyed, played and exported. The sound begins at 0. */
  readonly extent: TimeRange;
  /** The generated curves; null before the first generation. */
  readonly base: SampledTracks | null;
  /** Base with all layers, kept within what a face can do: what is played and exported. */
  readonly final: SampledTracks | null;
  readonly inputHash: string;
  /** True when the base was made from other inputs than the document has now. */
  readonly isStale: boolean;
}

export interface LineModelState {
  readonly model: LineModel | null;
}

const NO_TIME: TimeRange = { startSeconds: 0, endSeconds: 0 };

/** The line that shows with its rolls; no time without a line. */
export function shownExtent({ model }: LineModelState): TimeRange {
  return model?.extent ?? NO_TIME;
}

/** How often curves were worked out, and how many samples: for tests and benchmarks. */
export const evaluationWork = { calls: 0, samples: 0 };

/** Derives the line on screen; recomputes only what an edit touched (records are compared by identity). */
export function createLineModel(
  documentState: StoreApi<DocumentState>,
  view: StoreApi<ViewState>,
  session: StoreApi<SessionState>,
  chunks: ChunkStore,
): StoreApi<LineModelState> {
  const derive = createDeriver(chunks);
  const read = () => derive(documentState.getState().records, view.getState().lineId, session.getState());
  const store = createStore<LineModelState>(() => ({ model: read() }));
  const update = () => {
    const model = read();
    if (model !== store.getState().model) store.setState({ model });
  };
  documentState.subscribe((state, before) => state.records !== before.records && update());
  view.subscribe((state, before) => state.lineId !== before.lineId && update());
  session.subscribe((state, before) => (state.preview !== before.preview || state.media !== before.media) && update());
  return store;
}

type Deriver = (
  records: DocumentRecords,
  lineId: ViewState['lineId'],
  session: Pick<SessionState, 'preview' | 'media'>,
) => LineModel | null;

function createDeriver(chunks: ChunkStore): Deriver {
  const inputs = memo(takeInputsByParts);
  // A file may have lost curves; the line then shows as not generated, and can be generated again.
  const assembled = new WeakMap<TakeRecord, SampledTracks>();
  const assemble = (take: TakeRecord) => {
    const tracks = assembled.get(take) ?? assembleTake(chunks, take);
    if (tracks) assembled.set(take, tracks);
    return tracks;
  };
  const base = memo((records: DocumentRecords, line: LineRecord, preview: Preview | null, ..._takes: unknown[]) =>
    preview ? preview.tracks : lineBase(records, line, assemble),
  );
  const events = memo((records: DocumentRecords, line: LineRecord, take: TakeRecord | null, ..._records: unknown[]) =>
    shownEventsOf(records, line, take),
  );
  const layers = memoByValue<EditLayer[]>();
  const extent = memo((line: LineRecord) => lineExtent(line));
  const evaluator = new TrackEvaluator();
  const final = memo((tracks: SampledTracks | null, edits: readonly EditLayer[], settings: SettingsByChannel) => {
    if (!tracks) return null;
    const evaluated = evaluator.evaluate(tracks, edits, settings);
    evaluationWork.calls += 1;
    evaluationWork.samples += evaluated.framesEvaluated;
    return evaluated.final;
  });
  let last: { key: readonly unknown[]; model: LineModel } | null = null;

  return (records, lineId, { preview, media }) => {
    const line = lineId ? lineOf(records, lineId) : undefined;
    const speech = lineId ? speechOf(records, lineId) : undefined;
    if (!line || !speech) return null;
    const emotions = emotionsOf(records, line.id);
    const eventRecords = recordsUnder(records, line.id);
    const inputHash = inputs(
      records,
      line,
      speech,
      ...Object.values(emotions).map((curve) => curve.keys),
      ...eventRecords,
      stagePupilDistance(records),
    );
    const take = activeTakeOf(records, line) ?? null;
    const shownPreview = preview?.lineId === line.id ? preview : null;
    const mixed = Object.values(line.takeMix ?? {}).flatMap(({ takeId, blendTakeId }) => [
      records[takeId],
      records[blendTakeId ?? takeId],
    ]);
    const baseTracks = base(records, line, shownPreview, take, ...mixed);
    const edits = layers(editLayersOf(records, line));
    const channelSettings = channelSettingsOf(records, line.id);
    const lineMedia = media[line.id] ?? null;
    const shownEvents = events(records, line, take, ...eventRecords);
    const key = [line, speech, inputHash, shownEvents, take, baseTracks, edits, channelSettings, lineMedia];
    if (last && last.key.every((part, index) => part === key[index])) return last.model;
    const model: LineModel = {
      line,
      speech,
      emotions,
      media: lineMedia,
      take,
      events: shownEvents,
      layers: edits,
      channelSettings,
      extent: extent(line),
      base: baseTracks,
      final: final(baseTracks, edits, channelSettings),
      inputHash,
      isStale: take !== null && take.inputHash !== inputHash && shownPreview?.inputHash !== inputHash,
    };
    last = { key, model };
    return model;
  };
}

/** Event, effort and look-at records that a line's curves depend on. */
function recordsUnder(records: DocumentRecords, lineId: string): unknown[] {
  const found: unknown[] = [];
  for (const id in records) {
    if (id.startsWith(`event:${lineId}:`) || id === `effort:${lineId}` || id.startsWith('lookat:')) found.push(records[id]);
  }
  return found;
}

/** `_parts` are the records the hash depends on: the memo compares them, the hash reads them from `records`. */
function takeInputsByParts(records: DocumentRecords, line: LineRecord, ..._parts: unknown[]): string {
  const inputs = takeInputsOf(records, line.id);
  return inputs ? inputHashOf(inputs) : '';
}

/** Remembers the last call. The first argument of `takeInputsByParts` changes with every edit, so records maps are not compared. */
function memo<A extends unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let lastArgs: A | null = null;
  let lastResult: R;
  return (...args) => {
    const same =
      lastArgs !== null &&
      lastArgs.length === args.length &&
      args.every((arg, index) => arg === lastArgs![index] || (index === 0 && isRecordsMap(arg)));
    if (!same) lastResult = compute(...args);
    lastArgs = args;
    return lastResult;
  };
}

function isRecordsMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'project' in value;
}

/** Gives the earlier list again when a new one has the same parts: layer lists are rebuilt on every read. */
function memoByValue<T extends readonly EditLayer[]>(): (next: T) => T {
  let last: T | null = null;
  return (next) => {
    if (last && last.length === next.length && next.every((layer, index) => isSameLayer(layer, last![index]))) return last;
    last = next;
    return next;
  };
}

function isSameLayer(a: EditLayer, b: EditLayer): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.mode === b.mode &&
    a.weight === b.weight &&
    a.muted === b.muted &&
    a.locked === b.locked &&
    a.solo === b.solo &&
    a.weightKeys === b.weightKeys &&
    a.mask === b.mask &&
    a.curves.length === b.curves.length &&
    a.curves.every((curve, index) => curve.channel === b.curves[index].channel && curve.spans === b.curves[index].spans)
  );
}
