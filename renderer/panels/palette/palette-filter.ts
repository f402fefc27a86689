import type { StudioCommand } from '../../../main/ipc/commandTable';

/** Commands that have every typed word: those whose label starts with the text first, then those whose own words do. */
export function filterCommands(commands: readonly StudioCommand[], text: string): StudioCommand[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const start = text.trim().toLowerCase();
  const rank = (command: StudioCommand) => {
    const own = `${command.menu} ${command.label}`.toLowerCase().split(/[^a-z0-9]+/);
    const begun = words.filter((word) => own.some((part) => part.startsWith(word))).length;
    return (command.label.toLowerCase().startsWith(start) ? 100 : 0) + begun;
  };
  return commands
    .filter((command) => words.every((word) => `${command.menu} ${command.label}`.toLowerCase().includes(word)))
    .map((command) => ({ command, rank: rank(command) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ command }) => command);
}
