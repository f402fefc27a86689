import type { IconName } from './icons';

/** Icons of mute, solo, lock and pin, off and on, wherever something can be switched so. */
export const TOGGLE_ICONS = {
  muted: { off: 'eye', on: 'eye-off' },
  solo: { off: 'headphones', on: 'headphones' },
  locked: { off: 'lock-open', on: 'lock' },
  pinned: { off: 'pin', on: 'pin' },
} as const satisfies Readonly<Record<string, { readonly off: IconName; readonly on: IconName }>>;
