import { describe, expect, it } from 'vitest';
import type { ChosenFile, FileHandle } from '../../../main/ipc/api';
import { copyText, recoveryText } from './recovery-text';

const at = new Date(2026, 4, 3, 14, 32).getTime();
const work = {
  journal: 'file:j' as FileHandle,
  project: { handle: 'file:p' as FileHandle, name: 'Harbour.mien' } as ChosenFile,
  name: 'Harbour',
  editCount: 3,
  lastEditAtMs: at,
  lastLabel: 'Move key',
  savedAtMs: at - 1000,
  journalBytes: 4200,
  isDamaged: false,
  autosave: null,
};

describe('recoveryText', () => {
  it('says when and how much', () => {
    expect(recoveryText(work, at + 60_000, 'en-GB')).toBe('Recovered 14:32, 3 edits newer than the file.');
    expect(recoveryText({ ...work, editCount: 1, project: null }, at, 'en-GB')).toBe(
      'Recovered 14:32, 1 edit; never saved to a file.',
    );
  });

  it('says that edits cannot be read, and time and size of a copy', () => {
    expect(recoveryText({ ...work, isDamaged: true }, at, 'en-GB')).toMatch(/cannot be read/);
    expect(copyText(at, 1_234_567, at, 'en-GB')).toBe('14:32, 1.2 MB');
  });

  it('names the day when it was not today', () => {
    expect(recoveryText(work, at + 48 * 3600_000, 'en-GB')).toBe('Recovered 3 May 14:32, 3 edits newer than the file.');
  });
});
