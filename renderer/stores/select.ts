import { createSubscriber } from 'svelte/reactivity';
import type { StoreApi } from 'zustand/vanilla';

/** A part of a store as Svelte reads it. */
export interface Selected<T> {
  readonly current: T;
}

/**
 * Joins a zustand store to Svelte: `current` is reactive and changes only when the selected part does.
 * Outside an effect it simply reads.
 */
export function select<S, T>(
  store: Pick<StoreApi<S>, 'getState' | 'subscribe'>,
  selector: (state: S) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): Selected<T> {
  let value = selector(store.getState());
  const subscribe = createSubscriber((update) => {
    // Apart from `value`, which anyone's read renews: a listener that comes first may have read it before effects are told.
    let told = selector(store.getState());
    return store.subscribe((state) => {
      const next = selector(state);
      if (isEqual(next, told)) return;
      told = next;
      update();
    });
  });
  return {
    get current() {
      subscribe();
      const next = selector(store.getState());
      if (!isEqual(next, value)) value = next;
      return value;
    },
  };
}
