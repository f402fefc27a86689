import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { select } from './select';

/** Stands for Svelte's own, which does nothing outside a page: starts at the first read, as for the first effect. */
const svelte = vi.hoisted(() => ({ update: vi.fn<() => void>(), stop: undefined as (() => void) | undefined }));
vi.mock('svelte/reactivity', () => ({
  createSubscriber: (start: (update: () => void) => () => void) => () => {
    svelte.stop ??= start(svelte.update);
  },
}));

beforeEach(() => {
  svelte.update.mockClear();
  svelte.stop = undefined;
});

const lengthOfName = ({ name }: { name: string }) => ({ length: name.length });
const sameLength = (a: { length: number }, b: { length: number }) => a.length === b.length;

describe('a part of a store in Svelte', () => {
  it('tells effects of a change that a listener before it has read already', () => {
    const store = createStore(() => ({ name: 'a', other: 0 }));
    const seen: string[] = [];
    const selected = select(store, (state) => state.name);
    store.subscribe(() => seen.push(selected.current));
    expect(selected.current).toBe('a');
    store.setState({ name: 'b' });
    expect(seen).toEqual(['b']);
    expect(svelte.update).toHaveBeenCalledTimes(1);
    expect(selected.current).toBe('b');
    store.setState({ name: 'a' });
    expect(svelte.update).toHaveBeenCalledTimes(2);
  });

  it('is silent about other parts, and keeps the object while it is equal', () => {
    const store = createStore(() => ({ name: 'a', other: 0 }));
    const selected = select(store, lengthOfName, sameLength);
    const first = selected.current;
    store.setState({ other: 1 });
    store.setState({ name: 'b' });
    expect(svelte.update).not.toHaveBeenCalled();
    expect(selected.current).toBe(first);
    store.setState({ name: 'bb' });
    expect(svelte.update).toHaveBeenCalledTimes(1);
    expect(selected.current).toEqual({ length: 2 });
  });

  it('reads what is true now before any effect and after the last one', () => {
    const store = createStore(() => ({ name: 'a' }));
    const selected = select(store, (state) => state.name);
    store.setState({ name: 'b' });
    expect(selected.current).toBe('b');
    svelte.stop!();
    store.setState({ name: 'c' });
    expect(selected.current).toBe('c');
    expect(svelte.update).not.toHaveBeenCalled();
  });
});
