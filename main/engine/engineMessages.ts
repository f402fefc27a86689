/**
 * What crosses the ports of the engine (the utilityProcess). Renderer side: calls and progress over a MessagePort.
 * Main side: start-up, grants and ports over the process's own channel. Nothing is ever put in a transfer list.
 */
import type {
  ExportReport,
  ImportedLine,
  JobProgress,
  LineMedia,
  LoadedCapture,
  LoadedCharacter,
  OpenedProject,
  PerformResult,
  StudioApi,
} from '../ipc/api';
import type {
  CharacterRequest,
  ChosenFile,
  ExportRequest,
  FileHandle,
  PerformRequest,
  PreviewRequest,
  PreviewResult,
  SaveRequest,
} from '../ipc/api';
import type { LineId } from '../../core/document/records';
import type { Grant } from '../ipc/fileHandles';
import type { Result } from '../ipc/result';
import type { ProviderChoice } from '../inference/providers';

type ImportRequest = Parameters<StudioApi['engine']['importAudio']>[0];
type AlignRequest = Parameters<StudioApi['engine']['align']>[0];
export type AlignAnswer = Awaited<ReturnType<StudioApi['engine']['align']>>;

/** Methods the renderer's side may call, by name. */
export interface EngineMethods {
  importAudio(request: ImportRequest): Promise<ImportedLine>;
  importPickup(request: ImportRequest): Promise<ImportedLine>;
  useSound(request: { readonly lineId: LineId; readonly audioFile: string }): Promise<LineMedia>;
  linkSound(request: Parameters<StudioApi['engine']['linkSound']>[0]): ReturnType<StudioApi['engine']['linkSound']>;
  relinkSound(request: Parameters<StudioApi['engine']['relinkSound']>[0]): ReturnType<StudioApi['engine']['relinkSound']>;
  align(request: AlignRequest): Promise<AlignAnswer>;
  readTranscript(file: FileHandle): ReturnType<StudioApi['engine']['readTranscript']>;
  readDictionary(file: FileHandle): ReturnType<StudioApi['engine']['readDictionary']>;
  perform(request: PerformRequest): Promise<PerformResult>;
  preview(request: PreviewRequest): Promise<PreviewResult | null>;
  exportLine(request: ExportRequest): Promise<ExportReport>;
  loadCharacter(request: CharacterRequest): Promise<LoadedCharacter>;
  readProfile(file: FileHandle): ReturnType<StudioApi['engine']['readProfile']>;
  readCapture(request: Parameters<StudioApi['engine']['readCapture']>[0]): Promise<LoadedCapture>;
  cancel(jobId: string): Promise<void>;
  createProject(): Promise<void>;
  openProject(request: { readonly file: FileHandle | null; readonly journal: FileHandle | null }): Promise<OpenedProject>;
  saveProject(request: SaveRequest & { readonly target: FileHandle }): Promise<ChosenFile>;
}
export type EngineMethod = keyof EngineMethods;

export interface EngineCall {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

export type EngineAnswer =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'progress'; readonly progress: JobProgress };

/** main -> engine. */
export type EngineOrder =
  | {
      readonly kind: 'start';
      readonly modelsFolder: string;
      readonly assetsFolder: string;
      readonly runFolder: string;
      /** Journals and sounds of work that is in no file yet. */
      readonly recoveryFolder: string;
      readonly provider: ProviderChoice;
    }
  | { readonly kind: 'grant'; readonly grant: Grant }
  | { readonly kind: 'port' };

/** engine -> main. */
export type EngineNews =
  | { readonly kind: 'ready'; readonly provider: string }
  | { readonly kind: 'project-file'; readonly path: string }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };
