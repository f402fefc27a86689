/**
 * The one typed API between renderer and the rest. `preload` exposes an object that `satisfies StudioApi`; the renderer
 * imports only these types. Errors cross as PlainError (a rejected promise carries `{ code, message, remedy }`).
 * The renderer never names a path: it holds FileHandles that main hands out.
 */
import type { PlainError } from '../../core/errors';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import type { DocumentRecords, LineId, LinkedFile } from '../../core/document/records';
import type { Settings } from './settings';
import type { ClipSettings } from '../../core/interchange/clipLine';
import type { FileFormatId } from '../../core/interchange/fileFormats';
import type { VideoFormatId } from '../../core/interchange/videoFormats';
import type { LintFinding } from '../../core/performance/constraints/lintFinding';
import type { NonspeechEvent } from '../../core/speech/nonspeech/nonspeechEvent';
import type { PhonemeSegment, WordSegment } from '../../core/speech/segments';
import type { UserWord } from '../../core/speech/text/lexicon';
import type { TranscriptFile } from '../../core/speech/transcriptFiles/transcriptFile';
import type { Transcript } from '../../core/speech/transcriptSource';
import type { KeepSpeech } from '../../core/speech/understand';
import type { TimeRange } from '../../core/time/timeRange';
import type { BundledCharacter, CharacterChoice, CharacterRequest, LoadedCapture, LoadedCharacter } from './characterApi';
import type { FileHandle } from './fileHandle';
import type { PerformRequest, PerformResult, PreviewRequest, PreviewResult } from './performApi';

export type { FileHandle };

export interface ChosenFile {
  readonly handle: FileHandle;
  /** File name without folder, for display. */
  readonly name: string;
}

export interface RecentProject extends ChosenFile {
  /** Picture of the project as a data URL; null without one. */
  readonly picture: string | null;
}

/** What a dialog for text files asks for. */
export type TextFileKind = 'transcript' | 'dictionary' | 'capture' | 'profile';

export interface JobProgress {
  readonly jobId: string;
  readonly lineId?: LineId;
  /** Name of the step, in words for the status bar, e.g. "Listening". */
  readonly step: string;
  /** 0..1 over the whole job. */
  readonly fraction: number;
}

/** What the renderer needs to show and play a line's sound; PCM itself never crosses. */
export interface LineMedia {
  readonly lineId: LineId;
  /** Name of the sound inside the project: which of a line's recordings this is. */
  readonly audioFile: string;
  readonly durationSeconds: number;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly format: string;
  /** mien-media://... ; answers Range requests with 206. Empty without the sound. */
  readonly mediaUrl: string;
  /** Peak pairs [min, max] at `peaksPerSecond`, interleaved, -1..1. */
  readonly peaks: Float32Array;
  readonly peaksPerSecond: number;
  /** 100 Hz, for the effort lane: 0..1. */
  readonly effort: Float32Array;
  /** A linked sound that was not found, or that is not what it was: no waveform, nothing to hear, everything else works. */
  readonly missing?: 'missing' | 'changed';
}

/** What the ears make of a line. */
export interface HeardSpeech {
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  readonly notices: readonly string[];
  readonly events: readonly NonspeechEvent[];
}

export interface ImportedLine extends HeardSpeech {
  readonly media: LineMedia;
  readonly audioFile: string;
}

export type * from './performApi';
export type * from './characterApi';

export interface ExportRequest {
  readonly jobId: string;
  readonly lineId: LineId;
  readonly lineName: string;
  readonly target: FileHandle;
  readonly format: FileFormatId;
  /** Key of FRAME_RATES, e.g. "60". */
  readonly frameRate: string;
  /** Absent: Mien. */
  readonly character?: CharacterChoice;
  readonly frameCount: number;
  /** Where the first frame lies: below 0 with a pre-roll; absent: at time 0. */
  readonly startFrame?: number;
  /** Final curves (base + layers), channel-major at 60 fps. */
  readonly samples: Float32Array;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  /** In and out point and timecode of the line; absent: the whole line. */
  readonly clip?: ClipSettings;
  /** When breaths, laughs and the like act: they may move the mouth in silence. Default none. */
  readonly soundEvents?: readonly TimeRange[];
}

export type { LintFinding };

export interface ExportReport {
  readonly fileName: string;
  readonly bytes: number;
  readonly findings: readonly LintFinding[];
  /** Share of P/B/M with a closure; null when the line has none. */
  readonly closureRate: number | null;
}

/** A project as it crosses: records, base chunks (61 x 60 float32 each, channel-major) and media of its lines. */
export interface OpenedProject {
  readonly file: ChosenFile | null;
  readonly records: DocumentRecords;
  /** What the file itself holds: older than `records` when work was recovered. */
  readonly savedRecords: DocumentRecords;
  /** Names this version of the file, for the journal; null without a file. */
  readonly token: string | null;
  readonly chunks: Readonly<Record<string, Float32Array>>;
  readonly media: readonly LineMedia[];
  readonly notices: readonly string[];
}

export interface SaveRequest {
  /** null asks the user where. */
  readonly target: FileHandle | null;
  /** What the file carries to be matched with the journal. */
  readonly token?: string;
  readonly records: DocumentRecords;
  readonly chunks: Readonly<Record<string, Float32Array>>;
  /** A small JPEG of the face. */
  readonly picture?: Uint8Array;
}

/** A linked sound that was found again. */
export interface RelinkedSound {
  readonly media: LineMedia;
  readonly link: LinkedFile;
}

/** Work that is in no file yet, found beside a project or in the app's data. */
export interface PendingWork {
  readonly journal: FileHandle;
  /** null: never saved. */
  readonly project: ChosenFile | null;
  readonly name: string;
  readonly editCount: number;
  /** Milliseconds since 1970. */
  readonly lastEditAtMs: number;
  readonly lastLabel: string;
  readonly journalBytes: number;
  /** The journal cannot be read: there is an autosave all the same. */
  readonly isDamaged: boolean;
  /** When the file was last written; null without one. */
  readonly savedAtMs: number | null;
  /** The last whole copy of the work; null without one. */
  readonly autosave: AutosavedCopy | null;
}

export interface AutosavedCopy {
  readonly file: FileHandle;
  readonly savedAtMs: number;
  readonly bytes: number;
}

/**
 * The journal of unsaved work. What answers at once (not a Promise) has reached the system when it returns, so that an edit
 * can be shown as done after it; a string says why it did not, null that all is well.
 */
export interface JournalApi {
  /** Work that earlier runs left behind (or this one, before its window died). */
  pending(): Promise<PendingWork[]>;
  /** Work on this project that is not in its file, or null. */
  find(project: FileHandle): Promise<PendingWork | null>;
  /** Changes now belong to this project; `resume` goes on with the journal it was recovered from. */
  begin(project: {
    readonly project: FileHandle | null;
    readonly name: string;
    readonly token: string | null;
    /** JSON of the records that the journal builds on, without a file. */
    readonly snapshot: string | null;
    readonly resume: FileHandle | null;
  }): string | null;
  append(entryJson: string): string | null;
  /** Curves that entries name; they can be made again and need no acknowledgement. */
  appendChunks(chunks: Readonly<Record<string, Float32Array>>): Promise<void>;
  /** A save begins: the file will hold all up to here and carry the token. */
  markSave(token: string): string | null;
  saved(save: { readonly project: FileHandle; readonly token: string }): string | null;
  /** Puts a journal that is not wanted out of the way; one generation is kept. */
  setAside(journal: FileHandle): Promise<void>;
  /** Where the autosave of the open project goes. */
  autosaveTarget(): Promise<FileHandle>;
}

/** A reference video that can be played. */
export interface ReferenceClip {
  readonly link: LinkedFile;
  /** File name without folder. */
  readonly name: string;
  /** mien-media://video/... */
  readonly url: string;
}

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly provider: string;
  readonly platform: string;
  /** Path-free notices for Help > About: name, licence, text. */
  readonly licences: readonly { readonly name: string; readonly licence: string; readonly text: string }[];
}

/** Ids of commands in the one command table (menu, palette, shortcuts). */
export type CommandId = string;

export interface StudioApi {
  readonly app: {
    info(): Promise<AppInfo>;
    /** Where the models run; resolves once the engine has found out, 'unavailable' when they cannot run. */
    provider(): Promise<string>;
    /** Fires when a native menu item is chosen. Returns an unsubscribe function. */
    onCommand(listener: (command: CommandId) => void): () => void;
    setDocumentState(state: { readonly title: string; readonly dirty: boolean }): Promise<void>;
    openExportFolder(target: FileHandle): Promise<void>;
    characters(): Promise<readonly BundledCharacter[]>;
    /** Bytes of a bundled character's GLB; of Mien when no id is given. */
    characterGlb(id?: string): Promise<Uint8Array>;
  };
  readonly files: {
    chooseAudio(): Promise<ChosenFile[]>;
    /** null when the user cancelled the dialog. */
    chooseText(what: TextFileKind): Promise<ChosenFile | null>;
    chooseProject(): Promise<ChosenFile | null>;
    chooseCharacter(): Promise<ChosenFile | null>;
    /** Asks where to keep a character's profile and writes it; null when the user cancelled. */
    saveProfile(suggestedName: string, text: string): Promise<ChosenFile | null>;
    chooseExportTarget(suggestedName: string, format: FileFormatId | VideoFormatId): Promise<ChosenFile | null>;
    /** Writes a video made in this window over a chosen target, as a whole or not at all. */
    writeVideo(target: FileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
    /** Asks for a folder and names a file in it for each wish, in order; empty when the user cancelled. */
    chooseExportFolder(wishes: readonly { readonly name: string; readonly format: FileFormatId }[]): Promise<ChosenFile[]>;
    /** Handle of a dropped File; synthetic drops without a path send their bytes. */
    resolveDrop(file: File): Promise<ChosenFile>;
    recentProjects(): Promise<RecentProject[]>;
    /** The bundled sample line. */
    sampleAudio(): Promise<{ readonly file: ChosenFile; readonly transcript: string }>;
  };
  readonly settings: {
    read(): Promise<Settings>;
    /** Keeps them and brings them into force (menu keys, size of the window's contents). */
    write(settings: Settings): Promise<void>;
  };
  readonly project: {
    /** Forgets the media of the previous project in the engine. */
    create(): Promise<void>;
    /** With a journal the work in it is put on top of the file; without a file it must be of a project never saved. */
    open(request: { readonly file: FileHandle | null; readonly journal: FileHandle | null }): Promise<OpenedProject>;
    /** null when the user cancelled the dialog. */
    save(request: SaveRequest): Promise<ChosenFile | null>;
  };
  readonly journal: JournalApi;
  readonly video: {
    /** Asks for a video; its way is kept from the project's folder, so the project must be saved. Null when cancelled. */
    choose(project: FileHandle | null): Promise<ReferenceClip | null>;
    /**
     * The video a project links; null when it is not there or is another one. With `beside` the folder of that file is looked
     * through, too, and the clip's link is the new way.
     */
    find(project: FileHandle, link: LinkedFile, beside: FileHandle | null): Promise<ReferenceClip | null>;
  };
  readonly engine: {
    importAudio(request: {
      readonly jobId: string;
      readonly lineId: LineId;
      readonly file: FileHandle;
      readonly transcript: Transcript;
    }): Promise<ImportedLine>;
    /**
     * As `importAudio` for a line that is there, but the line goes on with its present sound until `useSound`: a preview
     * may be thrown away.
     */
    importPickup(request: {
      readonly jobId: string;
      readonly lineId: LineId;
      readonly file: FileHandle;
      readonly transcript: Transcript;
    }): Promise<ImportedLine>;
    /** Makes one of a line's recordings of this run the one that is played, performed and saved. */
    useSound(request: { readonly lineId: LineId; readonly audioFile: string }): Promise<LineMedia>;
    /** Describes a file that has the sound of a line, so that the line can link it instead of holding it. */
    linkSound(request: {
      readonly jobId: string;
      readonly lineId: LineId;
      readonly file: FileHandle;
      readonly project: FileHandle;
    }): Promise<LinkedFile>;
    /** The linked sound of a line, found again by the user, and those of `others` that lie beside it. */
    relinkSound(request: {
      readonly jobId: string;
      readonly lineId: LineId;
      readonly file: FileHandle;
      readonly project: FileHandle;
      readonly link: LinkedFile;
      /** Lines whose linked sounds are missed too. */
      readonly others?: readonly { readonly lineId: LineId; readonly link: LinkedFile }[];
    }): Promise<RelinkedSound & { readonly others: readonly (RelinkedSound & { readonly lineId: LineId })[] }>;
    /** With `keep` what is locked, and what is away from a change, stays as it is. */
    align(request: {
      readonly jobId: string;
      readonly lineId: LineId;
      readonly transcript: Transcript;
      readonly keep?: KeepSpeech;
    }): Promise<HeardSpeech>;
    /** Words (and times) of a .txt, .srt, .vtt or .TextGrid. */
    readTranscript(file: FileHandle): Promise<TranscriptFile>;
    /** The user's dictionary from a text file. */
    readDictionary(file: FileHandle): Promise<readonly UserWord[]>;
    perform(request: PerformRequest): Promise<PerformResult>;
    /** Null when the engine does not have the speech of this key: then ask again with it. */
    preview(request: PreviewRequest): Promise<PreviewResult | null>;
    exportLine(request: ExportRequest): Promise<ExportReport>;
    /** Reads a character of the user, from a file or one the open project holds; the engine keeps it for exports and saves. */
    loadCharacter(request: CharacterRequest): Promise<LoadedCharacter>;
    /** A character's mapping from a file of its own. */
    readProfile(file: FileHandle): Promise<CharacterProfile>;
    /** A captured face from a Live Link Face CSV. */
    readCapture(request: { readonly jobId: string; readonly file: FileHandle }): Promise<LoadedCapture>;
    cancel(jobId: string): Promise<void>;
    onProgress(listener: (progress: JobProgress) => void): () => void;
    /** The engine process died and was started again; open media were loaded again. */
    onRestart(listener: (reason: PlainError) => void): () => void;
  };
}

/** What preload tells the renderer about this run of the app, before any call. */
export interface StudioFlags {
  /** True under the end-to-end tests (MIEN_E2E=1): only then may the renderer expose its read-only `window.__mien`. */
  readonly e2e: boolean;
}

declare global {
  interface Window {
    /** The one bridge object that preload exposes. */
    readonly mien: StudioApi;
    readonly mienFlags: StudioFlags;
  }
}
