import { COMMANDS, type StudioCommand } from './commandTable';
import { KEY_PRESETS, type KeyBindings } from './keyPresets';
import type { Settings } from './settings';

export type KeySettings = Pick<Settings, 'keyPreset' | 'keyOverrides'>;

/** The keys of every command under a preset, with the user's own changes on top. */
export function effectiveKeys({ keyPreset, keyOverrides }: KeySettings): KeyBindings {
  const preset = KEY_PRESETS[keyPreset];
  const commands: readonly StudioCommand[] = COMMANDS;
  return Object.fromEntries(
    commands.map(({ id, accelerator }) => [id, keyOverrides[id] ?? preset[id] ?? (accelerator ? [accelerator] : [])]),
  );
}

/**
 * Commands that would answer to the same key as `commandId`: same context, or one of the two without any (those with a
 * context of their own win there, and nowhere else, so that is no conflict).
 */
export function conflictsOf(keys: KeyBindings, commandId: string, accelerator: string): StudioCommand[] {
  const commands: readonly StudioCommand[] = COMMANDS;
  const own = commands.find((command) => command.id === commandId);
  return commands.filter(
    (command) => command.id !== commandId && command.context === own?.context && (keys[command.id] ?? []).includes(accelerator),
  );
}
