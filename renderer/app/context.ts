import { getContext, setContext } from 'svelte';
import type { Studio } from './studio';

const KEY = Symbol('studio');

export function provideStudio(studio: Studio): void {
  setContext(KEY, studio);
}

/** The studio, in any component under App. */
export function useStudio(): Studio {
  return getContext<Studio>(KEY);
}
