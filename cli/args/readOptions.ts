import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../usageError';

type OptionTable = NonNullable<ParseArgsConfig['options']>;
type Values<T extends OptionTable> = {
  [Name in keyof T]?: T[Name]['type'] extends 'boolean' ? boolean : T[Name]['multiple'] extends true ? string[] : string;
};

/**
 * Reads a command's options with node's parseArgs; what it rejects becomes a UsageError in our words.
 * @param table options of the command; `--json` is always known
 * @param positionalNames what the command wants beside options, e.g. ["line.wav"]
 */
export function readOptions<T extends OptionTable>(
  command: string,
  args: readonly string[],
  table: T,
  positionalNames: readonly string[],
): { readonly values: Values<T>; readonly positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...table, json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    });
    if (positionals.length < positionalNames.length) {
      throw new UsageError(
        `mien ${command}: ${positionalNames[positionals.length]} is missing.`,
        `"mien ${command} --help" shows how to write it.`,
      );
    }
    if (positionals.length > positionalNames.length) {
      throw new UsageError(
        `mien ${command}: "${positionals[positionalNames.length]}" is one argument too many.`,
        'Put values with spaces in quotes.',
      );
    }
    return { values: values as Values<T>, positionals };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    const message = thrown instanceof Error ? thrown.message.split(/\. To specify|\n/)[0].replace(/\.$/, '') : String(thrown);
    throw new UsageError(`mien ${command}: ${message}.`, `"mien ${command} --help" lists the options.`);
  }
}
