import type { CommandIo } from '../commandIo';
import type { Reporter } from '../reporter';

export interface CommandContext {
  readonly io: CommandIo;
  readonly reporter: Reporter;
}

/** One command: arguments after its name. False when the work was done but its answer is "no" (a file that is not valid). */
export type Command = (args: readonly string[], context: CommandContext) => Promise<boolean>;
