import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LineId, TakeId } from '../../core/document/records';
import type { WarpPreview } from '../../core/document/warp/warpPreview';
import type { PlainError } from '../../core/errors';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { EditConflict } from '../../core/layers/findConflicts';
import type { PerformanceEvent } from '../../core/performance/events/performanceEvent';
import type { TimeRange } from '../../core/time/timeRange';
import type { BatchRun } from './batchRun';
import type { LineMedia, LoadedCapture, PendingWork, ReferenceClip } from '../../main/ipc/api';

export interface Job {
  readonly id: string;
  readonly lineId: LineId | null;
  /** "Importing ilsa_0140.wav" */
  readonly title: string;
  readonly step: string;
  readonly fraction: number;
  readonly startedAtMs: number;
  readonly isCancelling: boolean;
}

export interface Toast {
  readonly id: number;
  readonly error: PlainError;
  /** What the user was doing: "Import of take 3.wav". */
  readonly what: string;
}

/** Curves shown before (or instead of) those of the document. */
export interface Preview {
  readonly lineId: LineId;
  readonly inputHash: string;
  readonly tracks: SampledTracks;
  /** What the engine planned with them. */
  readonly events: readonly PerformanceEvent[];
  /** Only a stretch of `tracks` belongs to the hash so far; the rest is on its way. Such a preview is never written. */
  readonly isPartial?: boolean;
}

/** A recording that was heard, or a transcript that was aligned, and waits for the user's word. */
export interface Replacement {
  readonly what: 'recording' | 'transcript';
  /** Name of the new recording; of a transcript it is empty. */
  readonly fileName: string;
  readonly lineName: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly preview: WarpPreview;
}

export interface DragReadout {
  readonly clientX: number;
  readonly clientY: number;
  readonly text: string;
  readonly change: string;
}

/** What was right-clicked; each has its list of commands. */
export type ContextMenuKind = 'keys' | 'tangents' | 'phoneme' | 'ruler' | 'channel' | 'events' | 'line';

export interface ContextMenu {
  readonly clientX: number;
  readonly clientY: number;
  readonly kind: ContextMenuKind;
}

export type DialogName =
  | 'none'
  | 'export'
  | 'about'
  | 'keys'
  | 'preferences'
  | 'palette'
  | 'unsaved'
  | 'recovery'
  | 'replace'
  | 'capture'
  | 'batchReport'
  | 'dictionary';

/** What the dialog for a captured face shows. */
export interface CaptureQuestion {
  readonly capture: LoadedCapture;
  readonly lineName: string;
  /** By the timecodes of capture and line; null when the line has none, or they do not meet. */
  readonly timecodeOffsetSeconds: number | null;
}

/** Neither persisted nor undoable: what is going on right now. */
export interface SessionState {
  readonly playheadSeconds: number;
  /** The playhead as numbers show it: follows at 12 Hz while playing, at once otherwise. */
  readonly readoutSeconds: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly isLooping: boolean;
  readonly range: TimeRange | null;
  readonly hasSoundDevice: boolean;
  readonly media: Readonly<Record<string, LineMedia>>;
  readonly jobs: readonly Job[];
  readonly toasts: readonly Toast[];
  readonly status: string;
  /** The status bar offers to undo the step of this label while it is the last one. */
  readonly statusUndo: string;
  /** Additive edits of one line under which the generated curves moved, also by less than is seen (`isSeen`). */
  readonly conflicts: { readonly lineId: LineId; readonly edits: readonly EditConflict[] } | null;
  /** Take B of A/B; empty until one was used. */
  readonly compareTakeId: TakeId | '';
  readonly hint: string;
  readonly preview: Preview | null;
  readonly isGenerating: boolean;
  /** Share of the line's curves that is made, 0..1; null while no whole line is under way. */
  readonly generatedShare: number | null;
  readonly dragReadout: DragReadout | null;
  readonly dialog: DialogName;
  /** The phoneme whose list of names is to open; the lane takes it and sets it back. */
  readonly relabelIndex: number | null;
  /** Work on many lines: the one that runs, or the report of the last. */
  readonly batch: BatchRun | null;
  readonly selectedLines: readonly LineId[];
  /** The timecode of the toolbar is a field. */
  readonly isTypingTime: boolean;
  /** The marker whose name is being typed; '' for none. */
  readonly renamingMarkerId: string;
  readonly contextMenu: ContextMenu | null;
  /** The part of the window that keys go to first: data-context of what was last pressed or focused. */
  readonly keyContext: string;
  /** Space held over the timeline: a drag pans then, and Space plays only if there was none. */
  readonly hand: 'off' | 'ready' | 'panned';
  /** What another recording would do to the line's hand work, while the dialog asks. */
  readonly replacement: Replacement | null;
  /** The captured face whose place is asked for. */
  readonly capture: CaptureQuestion | null;
  /** What the recovery dialog asks about. */
  readonly recovery: PendingWork | null;
  /** The reference video of the shown line, when it was found. */
  readonly referenceClip: ReferenceClip | null;
  readonly isDropTarget: boolean;
  readonly provider: string;
  readonly exportedLines: readonly LineId[];
  /** Lines whose curves changed just now fade in once; counts up with every regeneration. */
  readonly regenerations: number;
}

export function createSessionState(): StoreApi<SessionState> {
  return createStore<SessionState>(() => ({
    playheadSeconds: 0,
    readoutSeconds: 0,
    isPlaying: false,
    speed: 1,
    isLooping: false,
    range: null,
    hasSoundDevice: true,
    media: {},
    jobs: [],
    toasts: [],
    status: '',
    statusUndo: '',
    conflicts: null,
    compareTakeId: '',
    hint: '',
    preview: null,
    isGenerating: false,
    generatedShare: null,
    dragReadout: null,
    dialog: 'none',
    relabelIndex: null,
    batch: null,
    selectedLines: [],
    isTypingTime: false,
    renamingMarkerId: '',
    contextMenu: null,
    keyContext: '',
    hand: 'off',
    capture: null,
    recovery: null,
    replacement: null,
    referenceClip: null,
    isDropTarget: false,
    provider: '',
    exportedLines: [],
    regenerations: 0,
  }));
}
