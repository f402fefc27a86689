import type { StudioCommand } from '../../../main/ipc/commandTable';

/** Commands whose label has every typed word, those that start with the text first. */
export function filterCommands(commands: readonly StudioCommand[], text: string): StudioCommand[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const start = text.trim().toLowerCase();
  return commands
    .filter((command) => words.every((word) => `${command.menu} ${command.label}`.toLowerCase().includes(word)))
    .sort((a, b) => Number(b.label.toLowerCase().startsWith(start)) - Number(a.label.toLowerCase().startsWith(start)));
}
