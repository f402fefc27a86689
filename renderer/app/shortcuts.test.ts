import { describe, expect, it } from 'vitest';
import { COMMANDS, type StudioCommand } from '../../main/ipc/commandTable';
import { acceleratorOf, commandForKey, readableKeys, type KeyPress } from './shortcuts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('names key presses as the command table does', () => {
    expect(acceleratorOf(press('z', { ctrlKey: true }))).toBe('CmdOrCtrl+Z');
    expect(acceleratorOf(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('CmdOrCtrl+Shift+Z');
    expect(acceleratorOf(press(' '))).toBe('Space');
    expect(acceleratorOf(press('ArrowLeft', { ctrlKey: true }))).toBe('CmdOrCtrl+Left');
    expect(acceleratorOf(press('Shift', { shiftKey: true }))).toBe('');
  });

  it('finds the commands', () => {
    expect(commandForKey(press('z', { ctrlKey: true }))?.id).toBe('edit.undo');
    expect(commandForKey(press('z', { metaKey: true }))?.id).toBe('edit.undo');
    expect(commandForKey(press('y', { ctrlKey: true }))?.id).toBe('edit.redo');
    expect(commandForKey(press('j'))?.id).toBe('play.shuttleBack');
    expect(commandForKey(press('?', { shiftKey: true }))?.id).toBe('help.keys');
    expect(commandForKey(press('Backspace'))?.id).toBe('edit.delete');
    expect(commandForKey(press('q'))).toBeUndefined();
  });

  it('has no key for two commands', () => {
    const commands: readonly StudioCommand[] = COMMANDS;
    const keys = commands.map((command) => command.accelerator).filter((keys) => keys !== undefined);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('writes keys for people', () => {
    expect(readableKeys('CmdOrCtrl+Shift+Z')).toBe('Ctrl Shift Z');
    expect(readableKeys('CmdOrCtrl+K', true)).toBe('Cmd K');
    expect(readableKeys(undefined)).toBe('');
  });
});
