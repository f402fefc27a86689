import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { MienError } from '../../core/errors';
import { FILE_FORMATS } from '../../core/interchange/fileFormats';
import { VIDEO_FORMATS } from '../../core/interchange/videoFormats';
import type { AppInfo, ChosenFile, FileHandle, TextFileKind } from '../ipc/api';
import type { FileHandles } from '../ipc/fileHandles';
import type { InvokeHandlers } from '../ipc/registerInvoke';
import type { JournalSession } from '../project/journal/journalSession';
import { readProjectPicture } from '../project/readProjectPicture';
import { writeFileAtomic } from '../project/writeFileAtomic';
import { journalHandlers } from './journalHandlers';
import type { RecentProjects } from './recentProjects';
import type { ResourceFolders } from './resources';
import type { SettingsFile } from './settingsFile';
import { bundledCharacters } from '../character/bundledCharacters';
import type { ProviderNews } from './providerNews';
import type { VideoLibrary } from '../media/videoLibrary';
import { videoHandlers } from './videoHandlers';
import { readThirdParty } from './thirdParty';

export const AUDIO_EXTENSIONS = ['wav', 'mp3', 'ogg', 'oga', 'opus', 'flac', 'm4a', 'aac'];

const TEXT_DIALOGS: Readonly<Record<TextFileKind, { title: string; kind: string; extensions: readonly string[] }>> = {
  transcript: { title: 'Load transcript', kind: 'Transcript', extensions: ['txt', 'srt', 'vtt', 'TextGrid'] },
  dictionary: { title: 'Load dictionary', kind: 'Dictionary', extensions: ['txt', 'dict', 'tsv', 'csv'] },
  capture: { title: 'Import a captured face', kind: 'Live Link Face', extensions: ['csv'] },
  profile: { title: 'Load profile', kind: 'Character profile', extensions: ['json'] },
};

export interface HandlerContext {
  readonly window: () => BrowserWindow;
  /** Tests only: files are saved here under the name suggested, without a question. */
  readonly saveFolder?: string;
  readonly files: FileHandles;
  readonly recent: RecentProjects;
  readonly folders: ResourceFolders;
  readonly runFolder: string;
  readonly provider: ProviderNews;
  readonly journal: JournalSession;
  readonly videos: VideoLibrary;
  readonly saveCancelled: () => void;
  readonly settings: SettingsFile;
  readonly setDocumentState: (state: { title: string; dirty: boolean }) => void;
}

/** What main itself answers: dialogs, handles, the character's bytes. All heavy work is the engine's. */
export function createInvokeHandlers(context: HandlerContext): InvokeHandlers {
  const { files, folders } = context;
  return {
    'app.info': () => appInfo(context),
    'app.provider': () => context.provider.known,
    'app.setDocumentState': (state) => context.setDocumentState(state),
    'app.openExportFolder': (target) => shell.showItemInFolder(files.pathOf(target as FileHandle, 'write')),
    'app.characters': async () =>
      (await bundledCharacters(folders.assets)).map(({ id, name, description }) => ({ id, name, description })),
    'app.characterGlb': async (id) => {
      const found = (await bundledCharacters(folders.assets)).find((character) => character.id === id);
      return readCharacter(path.join(folders.assets, 'character', found?.file ?? 'mien.glb'));
    },

    'files.chooseAudio': async () => {
      const chosen = await dialog.showOpenDialog(context.window(), {
        title: 'Import dialogue',
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Sound', extensions: AUDIO_EXTENSIONS },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return chosen.canceled ? [] : chosen.filePaths.map((file) => files.grant(file, 'read'));
    },
    'files.chooseText': async (what) => {
      const chosen = await dialog.showOpenDialog(context.window(), {
        title: TEXT_DIALOGS[what].title,
        properties: ['openFile'],
        filters: [
          { name: TEXT_DIALOGS[what].kind, extensions: [...TEXT_DIALOGS[what].extensions] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return chosen.canceled || chosen.filePaths.length === 0 ? null : files.grant(chosen.filePaths[0], 'read');
    },
    'files.chooseProject': async () => {
      const chosen = await dialog.showOpenDialog(context.window(), {
        title: 'Open project',
        properties: ['openFile'],
        filters: [{ name: 'Mien project', extensions: ['mien'] }],
      });
      return chosen.canceled || chosen.filePaths.length === 0 ? null : files.grant(chosen.filePaths[0], 'write');
    },
    'files.chooseCharacter': async () => {
      const chosen = await dialog.showOpenDialog(context.window(), {
        title: 'Import a character',
        properties: ['openFile'],
        filters: [{ name: 'glTF or VRM', extensions: ['glb', 'gltf', 'vrm'] }],
      });
      return chosen.canceled || chosen.filePaths.length === 0 ? null : files.grant(chosen.filePaths[0], 'read');
    },
    'files.saveProfile': async (name, text) => {
      const chosen = await chooseTarget(context, 'Save profile', name, 'mienprofile.json', 'Character profile');
      if (chosen) await writeFileAtomic(files.pathOf(chosen.handle), (write) => write(new TextEncoder().encode(text)));
      return chosen;
    },
    'files.chooseExportTarget': (name, format) => {
      const { label, suffix } = { ...FILE_FORMATS, ...VIDEO_FORMATS }[format];
      return chooseTarget(context, `Export ${label}`, name, suffix.slice(1), label);
    },
    'files.writeVideo': async (target, bytes) => {
      await writeFileAtomic(files.pathOf(target as FileHandle, 'write'), (write) => write(bytes));
    },
    'files.chooseExportFolder': async (wishes) => {
      const chosen = await dialog.showOpenDialog(context.window(), {
        title: 'Export to a folder',
        properties: ['openDirectory', 'createDirectory'],
      });
      const [folder] = chosen.filePaths;
      if (chosen.canceled || !folder) return [];
      return wishes.map(({ name, format }) =>
        files.grant(path.join(folder, `${safeFileName(name)}${FILE_FORMATS[format].suffix}`), 'write'),
      );
    },
    'files.chooseSaveTarget': async (name) => {
      const chosen = await chooseTarget(context, 'Save project', name, 'mien', 'Mien project');
      if (!chosen) context.saveCancelled();
      return chosen;
    },
    'files.dropPath': (file) => files.grant(file, /\.mien$/i.test(file) ? 'write' : 'read'),
    'files.dropBytes': async (name, bytes) => {
      // No path came with the drop: keep the bytes for this run, under the name the user knows.
      const folder = path.join(context.runFolder, 'drops', randomUUID());
      const file = path.join(folder, safeFileName(name));
      await mkdir(folder, { recursive: true });
      await writeFile(file, bytes);
      return files.grant(file, 'read');
    },
    'files.recentProjects': () =>
      Promise.all(
        context.recent.list().map(async (file) => ({ ...files.grant(file, 'write'), picture: await readProjectPicture(file) })),
      ),
    'files.sampleAudio': () => sampleAudio(context),
    'settings.read': () => context.settings.current,
    'settings.write': (settings) => context.settings.write(settings),
    ...journalHandlers({ session: context.journal, files }),
    ...videoHandlers({ window: context.window, files, videos: context.videos }),
  };
}

async function appInfo(context: HandlerContext): Promise<AppInfo> {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    provider: context.provider.current,
    platform: `${process.platform} ${process.arch}`,
    licences: await readThirdParty(context.folders.thirdParty),
  };
}

async function chooseTarget(
  context: HandlerContext,
  title: string,
  name: string,
  extension: string,
  kind: string,
): Promise<ChosenFile | null> {
  const suggested = safeFileName(name).replace(new RegExp(`\\.${extension.replace('.', '\\\\.')}$`, 'i'), '');
  const { saveFolder } = context;
  if (saveFolder) return context.files.grant(path.join(saveFolder, `${suggested}.${extension}`), 'write');
  const chosen = await dialog.showSaveDialog(context.window(), {
    title,
    defaultPath: `${suggested}.${extension}`,
    filters: [{ name: kind, extensions: [extension] }],
  });
  if (chosen.canceled || !chosen.filePath) return null;
  // Linux dialogs do not add the extension by themselves.
  const hasExtension = chosen.filePath.toLowerCase().endsWith(`.${extension.toLowerCase()}`);
  const full = hasExtension ? chosen.filePath : `${chosen.filePath}.${extension}`;
  return context.files.grant(full, 'write');
}

async function readCharacter(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    throw new MienError(
      'character-unreadable',
      'The default character (mien.glb) is missing.',
      'Install Mien again, or restore assets/character.',
      { cause },
    );
  }
}

async function sampleAudio(context: HandlerContext): Promise<{ file: ChosenFile; transcript: string }> {
  const folder = path.join(context.folders.assets, 'dialogue');
  const names = await readdir(folder).catch(() => [] as string[]);
  const sounds = names.filter((name) => /\.(wav|flac|mp3|ogg|opus)$/i.test(name)).sort();
  const sound = sounds.find((name) => name.startsWith('sample.')) ?? sounds[0];
  if (!sound)
    throw new MienError('file-access', 'The bundled sample line is missing.', 'Install Mien again, or restore assets/dialogue.');
  const text = sound.replace(/\.[^.]+$/, '.txt');
  const transcript = names.includes(text) ? (await readFile(path.join(folder, text), 'utf8')).trim() : '';
  return { file: context.files.grant(path.join(folder, sound), 'read'), transcript };
}

/** A file name that every system accepts, as near to the wish as possible. */
export function safeFileName(name: string): string {
  const cleaned = path
    .basename(name)
    .replace(/[<>:"/\\|?*]|\p{Cc}/gu, '_')
    .replace(/[. ]+$/, '');
  // 200 bytes leave room for an extension and a temporary suffix within the usual limit of 255.
  let cut = cleaned;
  while (Buffer.byteLength(cut) > 200) cut = [...cut].slice(0, -1).join('');
  return cut || 'line';
}
