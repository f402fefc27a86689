import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_SETTINGS, type Settings } from '../../main/ipc/settings';
import type { StudioApi } from '../../main/ipc/api';
import { useKeys } from '../app/shortcuts';

/** The preferences as the window has them: read from main at start, every change goes back there and into force at once. */
export function createSettingsState(api: StudioApi, onError: (error: unknown) => void): StoreApi<Settings> {
  const store = createStore<Settings>(() => DEFAULT_SETTINGS);
  let isRead = false;
  store.subscribe((settings) => {
    bringIntoForce(settings);
    if (isRead) api.settings.write(settings).catch(onError);
  });
  api.settings
    .read()
    .then((settings) => store.setState(settings, true))
    .catch(onError)
    .finally(() => (isRead = true));
  return store;
}

/** Keys, motion and contrast. Without a page (tests) only the keys. */
function bringIntoForce(settings: Settings): void {
  useKeys(settings);
  if (typeof document === 'undefined') return;
  const { dataset } = document.documentElement;
  dataset.motion = settings.motion;
  dataset.contrast = settings.contrast;
}
