import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import type { LinkedFile } from '../../core/document/records';
import { MienError } from '../../core/errors';
import type { FileHandle, ReferenceClip } from '../ipc/api';
import { MEDIA_SCHEME, VIDEO_HOST } from '../ipc/channels';
import type { FileHandles } from '../ipc/fileHandles';
import { VIDEO_TYPES, type VideoLibrary } from '../media/videoLibrary';
import { describeLink, findLink } from '../project/linkedFiles';

interface VideoContext {
  readonly window: () => BrowserWindow;
  readonly files: FileHandles;
  readonly videos: VideoLibrary;
}

/** Reference videos: chosen by the user, found again by what the project says of them, played through our own protocol. */
export function videoHandlers({ window, files, videos }: VideoContext) {
  const clipOf = (link: LinkedFile, file: string): ReferenceClip => ({
    link,
    name: path.basename(file),
    url: `${MEDIA_SCHEME}://${VIDEO_HOST}/${videos.admit(file)}`,
  });
  return {
    'video.choose': async (project: string | null): Promise<ReferenceClip | null> => {
      if (project === null)
        throw new MienError(
          'invalid-input',
          'A project that was never saved has no folder to link a video from.',
          'Save it first (Ctrl S).',
        );
      const chosen = await dialog.showOpenDialog(window(), {
        title: 'Reference video',
        properties: ['openFile'],
        filters: [{ name: 'Video', extensions: Object.keys(VIDEO_TYPES).map((extension) => extension.slice(1)) }],
      });
      const [file] = chosen.filePaths;
      if (chosen.canceled || !file) return null;
      return clipOf(await describeLink(file, path.dirname(files.pathOf(project as FileHandle))), file);
    },
    'video.find': async (project: string, link: LinkedFile, beside: string | null): Promise<ReferenceClip | null> => {
      // A link from a file may name anything; only a video by its content is played.
      if (!Object.hasOwn(VIDEO_TYPES, path.extname(link.relativePath).toLowerCase())) return null;
      const projectFolder = path.dirname(files.pathOf(project as FileHandle));
      const found = await findLink(link, projectFolder);
      if (found.state === 'found') return clipOf(link, found.path);
      if (beside === null) return null;
      // The user has shown where a file of this project went: what lay beside it may have gone along.
      const name = path.posix.basename(link.relativePath);
      const moved = await findLink({ ...link, relativePath: name }, path.dirname(files.pathOf(beside as FileHandle)));
      return moved.state === 'found' ? clipOf(await describeLink(moved.path, projectFolder), moved.path) : null;
    },
  };
}
