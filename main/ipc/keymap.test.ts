import { describe, expect, it } from 'vitest';
import { COMMANDS, type StudioCommand } from './commandTable';
import { conflictsOf, effectiveKeys } from './keymap';
import { KEY_PRESETS, type KeyPresetName } from './keyPresets';
import { DEFAULT_SETTINGS, parseSettings } from './settings';

const commands: readonly StudioCommand[] = COMMANDS;
const presets = Object.keys(KEY_PRESETS) as KeyPresetName[];

describe('key presets', () => {
  it.each(presets)('%s names only commands that exist', (preset) => {
    const known = new Set(commands.map((command) => command.id));
    expect(Object.keys(KEY_PRESETS[preset]).filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(presets)('%s gives no key to two commands of the same place', (keyPreset) => {
    const keys = effectiveKeys({ keyPreset, keyOverrides: {} });
    const clashes = commands.flatMap(({ id }) =>
      keys[id].flatMap((key) => conflictsOf(keys, id, key).map((other) => `${key}: ${id} and ${other.id}`)),
    );
    expect(clashes).toEqual([]);
  });

  it('is that of the design', () => {
    const keysOf = (keyPreset: KeyPresetName, id: string) => effectiveKeys({ keyPreset, keyOverrides: {} })[id];
    expect(presets.map((preset) => keysOf(preset, 'play.toggle'))).toEqual([['Space'], ['Alt+V'], ['Space']]);
    expect(presets.map((preset) => keysOf(preset, 'keys.scale'))).toEqual([['T'], ['R'], ['S']]);
    expect(presets.map((preset) => keysOf(preset, 'edit.snap'))).toEqual([['S'], ['X'], ['Shift+Tab']]);
    expect(presets.map((preset) => keysOf(preset, 'view.frameLine'))).toEqual([['A'], ['A'], ['Home']]);
  });

  it("takes the user's own keys over the preset", () => {
    const keys = effectiveKeys({ keyPreset: 'maya', keyOverrides: { 'keys.move': ['G'], 'edit.snap': [] } });
    expect([keys['keys.move'], keys['edit.snap'], keys['keys.scale']]).toEqual([['G'], [], ['R']]);
  });

  it('names the other command of a taken key', () => {
    const keys = effectiveKeys({ keyPreset: 'mien', keyOverrides: {} });
    expect(conflictsOf(keys, 'keys.move', 'T').map((command) => command.id)).toEqual(['keys.scale']);
    expect(conflictsOf(keys, 'tangent.auto', 'T')).toEqual([]);
  });
});

describe('settings', () => {
  it('falls back field by field', () => {
    expect(parseSettings('nonsense')).toEqual(DEFAULT_SETTINGS);
    expect(parseSettings({ keyPreset: 'vi', interfaceScale: 1.5 })).toEqual({ ...DEFAULT_SETTINGS, interfaceScale: 1.5 });
    expect(parseSettings({ interfaceScale: 90, keyOverrides: { a: 'no list' } })).toEqual(DEFAULT_SETTINGS);
  });
});
