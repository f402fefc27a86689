import type { ChosenFile, StudioApi } from '../../main/ipc/api';
import type { Jobs } from './jobs';

/** A file dropped on the window as main knows it; null when it may not be read, which has been said then. */
export function droppedFile(
  { api, jobs }: { readonly api: Pick<StudioApi, 'files'>; readonly jobs: Pick<Jobs, 'run'> },
  file: File,
): Promise<ChosenFile | null> {
  return jobs.run(`Import of ${file.name}`, null, () => api.files.resolveDrop(file));
}
