import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeyRef } from '../../core/document/channelSpans';
import type { LayerId, LineId } from '../../core/document/records';
import type { ActiveEmotion } from '../../core/emotion/emotions';
import type { FileFormatId } from '../../core/interchange/fileFormats';
import type { ChannelRegion, PerformanceChannel } from '../../core/rig/channels';
import { CURVE_FRAME_RATE, FRAME_RATES, type FrameRate } from '../../core/time/frameRate';
import type { CameraPreset } from '../viewport/cameraPresets';
import type { GhostChoice } from '../viewport/ghostTake';
import type { LightPresetId } from '../viewport/lightPresets';
import type { QualityChoice } from '../viewport/quality';
import type { SurfaceLook } from '../viewport/surfaceKind';

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'phoneme'; readonly index: number }
  | { readonly kind: 'word'; readonly index: number }
  | { readonly kind: 'emotionKeys'; readonly emotion: ActiveEmotion; readonly keyIds: readonly string[] }
  | { readonly kind: 'channelKeys'; readonly keys: readonly KeyRef[] };

export const NO_SELECTION: Selection = { kind: 'none' };

export type TimeUnit = 'frames' | 'timecode' | 'seconds';
/** How curves of different size share the curve area: one axis, each from its lowest to its highest, or one below the other. */
export type CurveScaling = 'absolute' | 'normalised' | 'stacked';
export type TimelineTool = 'select' | 'range' | 'split' | 'box' | 'lasso';
export type LowerMode = 'sheet' | 'curves' | 'both';
export type InspectorTab = 'performance' | 'channel' | 'character' | 'clip' | 'layers';

/** Persisted, not undoable: how the window looks and what is chosen in it. */
export interface ViewState {
  readonly linesWidth: number;
  readonly isLinesOpen: boolean;
  readonly layersWidth: number;
  readonly inspectorWidth: number;
  /** 0 until the user has dragged it: then the default follows the window. */
  readonly timelineHeight: number;
  readonly headerWidth: number;
  /** Height of the curve area; 0 until the user has dragged it. */
  readonly curvesHeight: number;
  readonly lowerMode: LowerMode;
  /** The curve editor takes the window; the viewport becomes a picture beside it. */
  readonly isCurveMode: boolean;
  readonly timeUnit: TimeUnit;
  /** Key of FRAME_RATES. */
  readonly displayRate: string;
  readonly pinnedEmotions: readonly ActiveEmotion[];
  readonly isEmotionFoldOpen: boolean;
  /** Regions of the dope sheet that show a row for each channel. */
  readonly openSheetRegions: readonly ChannelRegion[];
  readonly closedListRegions: readonly ChannelRegion[];
  readonly shownChannels: readonly PerformanceChannel[];
  readonly activeChannel: PerformanceChannel;
  readonly isSnapOn: boolean;
  /** Keys, phonemes and all else after an edit move along. */
  readonly isRippleOn: boolean;
  readonly curveScaling: CurveScaling;
  /** Formats of a batch export. */
  readonly batchFormats: readonly FileFormatId[];
  /** Largest error that reducing and baking keys may make, in weights. */
  readonly reduceError: number;
  /** Channels the list shows: all, or only those with keys, or those pinned. */
  readonly channelFilter: 'all' | 'keyed' | 'pinned';
  readonly isAutoKeyOn: boolean;
  readonly camera: CameraPreset;
  /** Changes when the user asks for a camera again, even the same one. */
  readonly cameraReset: number;
  readonly isWireframe: boolean;
  readonly lights: LightPresetId;
  /** Take that stands beside the character. */
  readonly ghost: GhostChoice;
  readonly quality: QualityChoice;
  readonly surfaceLook: SurfaceLook;
  /** Handles on the face for keying by hand. */
  readonly isHandlesOn: boolean;
  readonly inspectorTab: InspectorTab;
  readonly foldedSections: readonly string[];
  // From here on: chosen anew in every run.
  readonly lineId: LineId | null;
  readonly activeLayerId: LayerId | null;
  readonly startSeconds: number;
  readonly pixelsPerSecond: number;
  readonly trackWidth: number;
  readonly selection: Selection;
  readonly tool: TimelineTool;
  /** Part of the value axis that the curve area shows; 0..1 is the whole of it. */
  readonly valueFrom: number;
  readonly valueTo: number;
}

const STORAGE_KEY = 'mien.view.v1';
const NOT_PERSISTED: readonly (keyof ViewState)[] = [
  'cameraReset',
  'isCurveMode',
  'ghost',
  'lineId',
  'activeLayerId',
  'startSeconds',
  'pixelsPerSecond',
  'trackWidth',
  'selection',
  'tool',
  'valueFrom',
  'valueTo',
];

export const DEFAULT_VIEW: ViewState = {
  linesWidth: 256,
  isLinesOpen: true,
  layersWidth: 268,
  inspectorWidth: 316,
  timelineHeight: 0,
  headerWidth: 216,
  curvesHeight: 0,
  lowerMode: 'both',
  isCurveMode: false,
  timeUnit: 'frames',
  displayRate: '60',
  pinnedEmotions: ['joy', 'sadness'],
  isEmotionFoldOpen: false,
  openSheetRegions: [],
  closedListRegions: ['cheek', 'eyes', 'brows', 'head'],
  shownChannels: ['jawOpen', 'mouthFunnel', 'mouthPressLeft'],
  activeChannel: 'jawOpen',
  isSnapOn: true,
  isRippleOn: false,
  curveScaling: 'absolute',
  batchFormats: ['fbx', 'glb', 'csv'],
  reduceError: 0.006,
  channelFilter: 'all',
  isAutoKeyOn: true,
  camera: 'front',
  cameraReset: 0,
  isWireframe: false,
  lights: 'studio',
  ghost: 'off',
  quality: 'auto',
  surfaceLook: 'real',
  isHandlesOn: true,
  inspectorTab: 'performance',
  foldedSections: [],
  lineId: null,
  activeLayerId: null,
  startSeconds: 0,
  pixelsPerSecond: 200,
  trackWidth: 1000,
  selection: NO_SELECTION,
  tool: 'select',
  valueFrom: 0,
  valueTo: 1,
};

/** The part of `localStorage` in use; absent in tests. */
export type ViewStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Makes the view store and keeps its lasting part in `storage`. A damaged or older entry only costs its own fields. */
export function createViewState(storage: ViewStorage | null): StoreApi<ViewState> {
  const store = createStore<ViewState>(() => ({ ...DEFAULT_VIEW, ...readPersisted(storage) }));
  let written = '';
  store.subscribe((state) => {
    const lasting = Object.fromEntries(Object.entries(state).filter(([key]) => !NOT_PERSISTED.includes(key as keyof ViewState)));
    const text = JSON.stringify(lasting);
    if (text === written) return;
    written = text;
    try {
      storage?.setItem(STORAGE_KEY, text);
    } catch {
      // A full or forbidden storage only means that the next start has the default sizes.
    }
  });
  return store;
}

function readPersisted(storage: ViewStorage | null): Partial<ViewState> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(storage?.getItem(STORAGE_KEY) ?? 'null');
  } catch {
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null) return {};
  const defaults = DEFAULT_VIEW as unknown as Record<string, unknown>;
  const entries = Object.entries(parsed).filter(
    ([key, value]) =>
      key in defaults &&
      !NOT_PERSISTED.includes(key as keyof ViewState) &&
      typeof value === typeof defaults[key] &&
      Array.isArray(value) === Array.isArray(defaults[key]),
  );
  return Object.fromEntries(entries) as Partial<ViewState>;
}

/** Frames a second that the ruler, snapping and steps go by; 60 where the kept wish is no rate. */
export function displayFrameRate({ displayRate }: Pick<ViewState, 'displayRate'>): FrameRate {
  return FRAME_RATES[displayRate] ?? CURVE_FRAME_RATE;
}
