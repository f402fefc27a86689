import { ACTIVE_EMOTIONS, type ActiveEmotion } from '../../core/emotion/emotions';
import { valueAtTime } from '../../core/curves/sampledTracks';
import type { SpeechRecord } from '../../core/document/records';
import type { PerformanceChannel } from '../../core/rig/channels';
import { measureScene, type MeasureOptions, type SceneMeasure } from '../viewport/measureScene';
import { currentScene } from '../viewport/sceneRegistry';
import { curveAxesOf } from '../panels/timeline/curve-axes';
import { handKeys } from '../panels/timeline/curve-geometry';
import { keyPoints, laneAxis, yOf } from '../panels/timeline/lane-geometry';
import { phonemeEdges } from '../panels/timeline/phoneme-geometry';
import { xOf } from '../panels/timeline/timeline-geometry';
import { lineExtras } from '../stores/lineExtras';
import { evaluationWork } from '../stores/lineModel';
import type { Studio } from './studio';

interface PagePoint {
  readonly x: number;
  readonly y: number;
}

/** Read-only looks into the studio for end-to-end tests; all positions are page pixels, ready for the mouse. */
export interface MienProbes {
  /** True when nothing is being imported, generated or dragged. */
  isIdle(): boolean;
  playheadSeconds(): number;
  isPlaying(): boolean;
  /** Final value of a channel at a time (default: the playhead); NaN before the first generation. */
  channelValue(channel: PerformanceChannel, timeSeconds?: number): number;
  recordCounts(): Readonly<Record<string, number>>;
  lineIds(): readonly string[];
  markers(): readonly { name: string; timeSeconds: number }[];
  phonemes(): readonly { phoneme: string; startSeconds: number; endSeconds: number }[];
  words(): readonly { text: string; startSeconds: number; endSeconds: number; locked: boolean; flag?: string }[];
  /** Words and phonemes with all that the document keeps of them. */
  speech(): Pick<SpeechRecord, 'words' | 'phonemes'>;
  /** Nonverbal events as the lane shows them. */
  events(): readonly { type: string; origin: string; startSeconds: number; endSeconds: number }[];
  /** Page positions of the edges between phonemes; `boundaryIndex` is the phoneme that starts there. */
  phonemeEdgesPx(): readonly (PagePoint & { boundaryIndex: number; timeSeconds: number })[];
  emotionKeysPx(emotion: ActiveEmotion): readonly (PagePoint & { id: string; timeSeconds: number; value: number })[];
  emotionKeyCounts(): Readonly<Record<string, number>>;
  /** Hand keys of the active channel in the curve area. */
  curveKeysPx(): readonly (PagePoint & { id: string; timeSeconds: number; value: number })[];
  /** Page position of a time and value in the curve area of the active channel. */
  curvePointPx(timeSeconds: number, value: number): PagePoint;
  /** Page position of a time on the ruler. */
  rulerPointPx(timeSeconds: number): PagePoint;
  takeHash(): string;
  inputHash(): string;
  isStale(): boolean;
  historyDepth(): number;
  undoLabel(): string;
  selectedKeyCount(): number;
  drawnFrames(): number;
  /** Value of a channel in the pose of the ghost on stage; NaN without one. */
  ghostValue(channel: PerformanceChannel): number;
  /** Times curves were worked out, and samples that cost. */
  evaluationWork(): { readonly calls: number; readonly samples: number };
  /** True when the viewport's last picture is the one that stays. */
  isPictureStill(): boolean;
  /** Draws the open line on a stage of its own and measures it; characters by id. */
  measureScene(characterId: string, options: MeasureOptions): Promise<SceneMeasure>;
  toasts(): readonly { what: string; code: string; message: string; remedy: string }[];
  /** Every error shown since the window opened, also those that were closed or pushed out. */
  shownErrors(): readonly { what: string; code: string; message: string; remedy: string }[];
}

declare global {
  interface Window {
    __mien?: MienProbes;
  }
}

export function exposeProbes(studio: Studio): void {
  window.__mien = createProbes(studio);
}

function createProbes(studio: Studio): MienProbes {
  const model = () => studio.lineModel.getState().model;
  const shownErrors = new Map<number, { what: string; code: string; message: string; remedy: string }>();
  studio.session.subscribe(({ toasts }) => {
    for (const { id, what, error } of toasts) shownErrors.set(id, { what, ...error });
  });
  const at = (testid: string, x: number, y: number): PagePoint => {
    const box = document.querySelector(`[data-testid="${testid}"]`)?.getBoundingClientRect();
    return { x: (box?.left ?? 0) + x, y: (box?.top ?? 0) + y };
  };
  const heightOf = (testid: string) => document.querySelector(`[data-testid="${testid}"]`)?.getBoundingClientRect().height ?? 1;
  return {
    isIdle: () => {
      const { jobs, isGenerating } = studio.session.getState();
      return jobs.length === 0 && !isGenerating && !studio.document.isDragging;
    },
    playheadSeconds: () => studio.session.getState().playheadSeconds,
    isPlaying: () => studio.session.getState().isPlaying,
    channelValue: (channel, timeSeconds = studio.session.getState().playheadSeconds) => {
      const tracks = model()?.final;
      return tracks ? valueAtTime(tracks, channel, timeSeconds) : NaN;
    },
    recordCounts: () => {
      const counts: Record<string, number> = {};
      for (const record of Object.values(studio.document.records)) counts[record.kind] = (counts[record.kind] ?? 0) + 1;
      return counts;
    },
    markers: () => {
      const now = model();
      return now
        ? lineExtras(studio.document.records, now.line.id).markers.map(({ name, timeSeconds }) => ({ name, timeSeconds }))
        : [];
    },
    lineIds: () => (studio.document.records.project as { lineIds?: readonly string[] } | undefined)?.lineIds ?? [],
    phonemes: () =>
      (model()?.speech.phonemes ?? []).map(({ phoneme, startSeconds, endSeconds }) => ({ phoneme, startSeconds, endSeconds })),
    events: () =>
      (model()?.events ?? []).map(({ type, origin, startSeconds, endSeconds }) => ({ type, origin, startSeconds, endSeconds })),
    words: () =>
      (model()?.speech.words ?? []).map(({ text, startSeconds, endSeconds, locked, flag }) => ({
        text,
        startSeconds,
        endSeconds,
        locked: locked ?? false,
        flag,
      })),
    speech: () => {
      const { words = [], phonemes = [] } = model()?.speech ?? {};
      return { words, phonemes };
    },
    phonemeEdgesPx: () => {
      const now = model();
      if (!now) return [];
      const middle = heightOf('phoneme-lane') / 2;
      return phonemeEdges(now.speech.phonemes, now.speech.recognisedPhonemes, studio.timeline.scale).map((edge) => ({
        boundaryIndex: edge.boundaryIndex + 1,
        timeSeconds: edge.timeSeconds,
        ...at('phoneme-lane', edge.x, middle),
      }));
    },
    emotionKeysPx: (emotion) => {
      const now = model();
      if (!now) return [];
      const testid = `emotion-lane-${emotion}`;
      const { keys } = now.emotions[emotion];
      return keyPoints(keys, studio.timeline.scale, laneAxis(heightOf(testid))).map((point, index) => ({
        id: keys[index].id,
        timeSeconds: keys[index].timeSeconds,
        value: keys[index].value,
        ...at(testid, point.x, point.y),
      }));
    },
    emotionKeyCounts: () =>
      Object.fromEntries(ACTIVE_EMOTIONS.map((emotion) => [emotion, model()?.emotions[emotion].keys.length ?? 0])),
    curveKeysPx: () => {
      const now = model();
      if (!now) return [];
      const { activeChannel } = studio.view.getState();
      const axis = curveAxesOf(studio.view.getState(), now.final, heightOf('curve-canvas'))(activeChannel);
      return handKeys(now.layers, activeChannel, studio.timeline.scale, axis).map(({ key, x, y }) => ({
        id: key.id,
        timeSeconds: key.timeSeconds,
        value: key.value,
        ...at('curve-canvas', x, y),
      }));
    },
    curvePointPx: (timeSeconds, value) => {
      const state = studio.view.getState();
      const axis = curveAxesOf(state, model()?.final ?? null, heightOf('curve-canvas'))(state.activeChannel);
      return at('curve-canvas', xOf(studio.timeline.scale, timeSeconds), yOf(axis, value));
    },
    rulerPointPx: (timeSeconds) => at('ruler', xOf(studio.timeline.scale, timeSeconds), 12),
    takeHash: () => model()?.take?.inputHash ?? '',
    inputHash: () => model()?.inputHash ?? '',
    isStale: () => model()?.isStale ?? false,
    historyDepth: () => studio.document.history.length,
    undoLabel: () => studio.document.undoLabel,
    selectedKeyCount: () => studio.keys.refs.length,
    measureScene: async (characterId, options) => {
      const tracks = model()?.final;
      if (!tracks) throw new Error('no line is generated');
      return measureScene(await studio.api.app.characterGlb(characterId), tracks, options);
    },
    ghostValue: (channel) => currentScene()?.ghostValue(channel) ?? NaN,
    isPictureStill: () => currentScene()?.isStill ?? true,
    evaluationWork: () => ({ ...evaluationWork }),
    drawnFrames: () => currentScene()?.drawnFrames ?? 0,
    shownErrors: () => [...shownErrors.values()],
    toasts: () => studio.session.getState().toasts.map(({ what, error }) => ({ what, ...error })),
  };
}
