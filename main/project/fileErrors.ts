import { MienError } from '../../core/errors';

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['it is not there any more', 'Check that the file or folder still exists, then choose it again.'],
  EACCES: ['access is denied', "Check the file's and folder's permissions, or choose another place."],
  EPERM: ['access is denied', "Check the file's and folder's permissions, or choose another place."],
  EROFS: ['the disk is read-only', 'Choose a place on another disk.'],
  ENOSPC: ['the disk is full', 'Free some space or choose another disk; nothing was overwritten.'],
  EISDIR: ['it is a folder', 'Choose a file.'],
  ENOTDIR: ['a part of its path is no folder', 'Choose another place.'],
  ENAMETOOLONG: ['its name is too long for this disk', 'Choose a shorter name.'],
  EBUSY: ['another program is using it', 'Close the other program and try again.'],
  ERR_FS_FILE_TOO_LARGE: ['it is larger than 2 GB', 'Cut the recording into lines, or convert it to FLAC.'],
};

/** A MienError 'file-access' for what the file system said; MienErrors pass through. `deed`: "read line.wav", "write take.glb". */
export function toFileError(thrown: unknown, deed: string): MienError {
  if (thrown instanceof MienError) return thrown;
  const code = (thrown as NodeJS.ErrnoException | null)?.code ?? '';
  const [why, remedy] = REASONS[code] ?? [
    thrown instanceof Error ? thrown.message : String(thrown),
    'Try again, or choose another place.',
  ];
  return new MienError('file-access', `Could not ${deed}: ${why}.`, remedy, { cause: thrown });
}
