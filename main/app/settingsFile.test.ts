import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../ipc/settings';
import { SettingsFile } from './settingsFile';

vi.mock('./log', () => ({ log: { warn: vi.fn(), info: vi.fn(), error: vi.fn() } }));

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'mien-settings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('SettingsFile', () => {
  it('is the defaults without a file and with a damaged one', () => {
    const file = path.join(folder, 'settings.json');
    expect(new SettingsFile(file, () => undefined).current).toEqual(DEFAULT_SETTINGS);
    writeFileSync(file, '{"keyPreset":');
    expect(new SettingsFile(file, () => undefined).current).toEqual(DEFAULT_SETTINGS);
  });

  it('keeps what was written, and tells', async () => {
    const file = path.join(folder, 'settings.json');
    const changed = vi.fn();
    const settings = new SettingsFile(file, changed);
    await settings.write({ ...DEFAULT_SETTINGS, keyPreset: 'maya', keyOverrides: { 'keys.move': ['G'] } });
    expect(changed).toHaveBeenCalledTimes(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ keyPreset: 'maya' });
    expect(new SettingsFile(file, changed).current.keyOverrides).toEqual({ 'keys.move': ['G'] });
  });
});
