import { describe, expect, it } from 'vitest';
import { acceleratorOf, commandForKey, keysOf, readableKeys, useKeys, type KeyPress } from './shortcuts';

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

  it('asks the focused part first where a key has two meanings', () => {
    expect(commandForKey(press('m'), ['phonemes'])?.id).toBe('edit.mergePhoneme');
    expect(commandForKey(press('1'), ['curves'])?.id).toBe('tangent.auto');
    expect(commandForKey(press('1'), [])).toBeUndefined();
    expect(commandForKey(press('Enter'), [])).toBeUndefined();
  });

  it('tells digits and letters by their place where layouts write other signs', () => {
    expect(acceleratorOf(press('#', { shiftKey: true, code: 'Digit3' }))).toBe('Shift+3');
    expect(acceleratorOf(press('√', { altKey: true, code: 'KeyV' }))).toBe('Alt+V');
    expect(acceleratorOf(press('.', { code: 'NumpadDecimal' }))).toBe('numdec');
  });

  it("follows the preset and the user's own keys", () => {
    useKeys({ keyPreset: 'maya', keyOverrides: { 'edit.ripple': ['F9'] } });
    expect(commandForKey(press('w'))?.id).toBe('keys.move');
    expect(commandForKey(press('F9'))?.id).toBe('edit.ripple');
    expect(keysOf('keys.scale')).toBe('R');
    useKeys({ keyPreset: 'mien', keyOverrides: {} });
    expect(keysOf('keys.scale')).toBe('T');
  });

  it('writes keys for people', () => {
    expect(readableKeys('CmdOrCtrl+Shift+Z')).toBe('Ctrl Shift Z');
    expect(readableKeys('CmdOrCtrl+K', true)).toBe('Cmd K');
    expect(readableKeys(undefined)).toBe('');
  });
});
