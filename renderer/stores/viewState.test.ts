import { describe, expect, it } from 'vitest';
import { createViewState, DEFAULT_VIEW } from './viewState';

function memoryStorage(initial: string | null = null) {
  let text = initial;
  return { getItem: () => text, setItem: (_key: string, value: string) => void (text = value), read: () => text };
}

describe('view state', () => {
  it('comes back in the next run, without what belongs to one run', () => {
    const storage = memoryStorage();
    createViewState(storage).setState({ linesWidth: 300, lowerMode: 'sheet', lineId: 'line:x', pixelsPerSecond: 999 });
    const again = createViewState(storage).getState();
    expect(again.linesWidth).toBe(300);
    expect(again.lowerMode).toBe('sheet');
    expect(again.lineId).toBeNull();
    expect(again.pixelsPerSecond).toBe(DEFAULT_VIEW.pixelsPerSecond);
  });

  it('starts with the defaults when the entry is damaged or of another shape', () => {
    for (const text of ['{', 'null', '[]', '{"linesWidth":"wide","pinnedEmotions":{},"nobody":1}']) {
      expect(createViewState(memoryStorage(text)).getState()).toEqual(DEFAULT_VIEW);
    }
  });

  it('works without storage, and with one that refuses', () => {
    createViewState(null).setState({ linesWidth: 300 });
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => createViewState(full).setState({ linesWidth: 300 })).not.toThrow();
  });
});
