import type { CommandIo } from './commandIo';
import { COMMANDS } from './commands/table';
import { createReporter } from './reporter';
import { findResources } from './resources';
import { HELP, helpFor } from './help';
import { UsageError } from './usageError';

/** The work was done. */
export const EXIT_OK = 0;
/** The work failed, was cancelled, or the file checked is not right. */
export const EXIT_FAILED = 1;
/** The command line is wrong; nothing was done. */
export const EXIT_USAGE = 2;

/**
 * Runs one command line (without node and script). Never throws.
 * @returns the exit code
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const reporter = createReporter(io, args.includes('--json'));
  try {
    const [name, ...rest] = args;
    if (name === undefined) {
      io.err(`${HELP}\n`);
      return EXIT_USAGE;
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      io.out(rest[0] ? helpFor(rest[0]) : HELP);
      return EXIT_OK;
    }
    if (name === '--version' || name === '-v') {
      io.out(findResources().version);
      return EXIT_OK;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command)
      throw new UsageError(
        `There is no command "${name}".`,
        `Commands are ${Object.keys(COMMANDS).join(', ')}; "mien --help" explains them.`,
      );
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(helpFor(name));
      return EXIT_OK;
    }
    return (await command(rest, { io, reporter })) ? EXIT_OK : EXIT_FAILED;
  } catch (thrown) {
    reporter.failure(thrown);
    return thrown instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
  }
}
