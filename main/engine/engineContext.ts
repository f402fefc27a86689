import type { CharacterFiles } from '../character/characterFiles';
import type { Jobs } from '../jobs/jobs';
import type { RecoverySounds } from '../project/journal/recoverySounds';
import type { Grants } from './grants';
import type { LineStore } from './lineStore';
import type { Stages } from './stages';

/** What the engine's services work with. */
export interface EngineContext {
  readonly stages: Stages;
  readonly store: LineStore;
  readonly grants: Grants;
  readonly jobs: Jobs;
  readonly sounds: RecoverySounds;
  readonly characters: CharacterFiles;
  /** A project was opened or saved here: main keeps it in the recent files. */
  readonly onProjectFile: (path: string) => void;
}
