import { open, type FileHandle } from 'node:fs/promises';
import { PICTURE_PART } from './packProject';

/** A picture of ours is a few kilobytes; anything much larger is not one. */
const MAX_PICTURE_BYTES = 200_000;
const END_BYTES = 22;
/** The directory of a project with thousands of lines is under a megabyte. */
const MAX_DIRECTORY_BYTES = 4 * 1024 ** 2;

/**
 * The picture inside a project as a data URL, read without the rest of the file; null when there is none or the file is no
 * project. Never throws: the list of recent projects shows what it can.
 */
export async function readProjectPicture(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch(() => null);
  try {
    return handle && (await readPicture(handle));
  } catch {
    return null;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

async function readPicture(handle: FileHandle): Promise<string | null> {
  const { size } = await handle.stat();
  // Our writer leaves no comment, so the end record is the last of the file (APPNOTE 4.3.16).
  const end = await readAt(handle, size - END_BYTES, END_BYTES);
  if (end.readUInt32LE(0) !== 0x06054b50) return null;
  const [directoryBytes, directoryAt] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  if (directoryBytes > MAX_DIRECTORY_BYTES) return null;
  const directory = await readAt(handle, directoryAt, directoryBytes);
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50;) {
    const nameBytes = directory.readUInt16LE(at + 28);
    if (directory.toString('utf8', at + 46, at + 46 + nameBytes) === PICTURE_PART) {
      const isStored = directory.readUInt16LE(at + 10) === 0;
      const bytes = directory.readUInt32LE(at + 24);
      if (!isStored || bytes > MAX_PICTURE_BYTES) return null;
      const headAt = directory.readUInt32LE(at + 42);
      const head = await readAt(handle, headAt, 30);
      const content = await readAt(handle, headAt + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), bytes);
      const isJpeg = content.length > 3 && content[0] === 0xff && content[1] === 0xd8 && content[2] === 0xff;
      return isJpeg ? `data:image/jpeg;base64,${content.toString('base64')}` : null;
    }
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return null;
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead !== length) throw new RangeError('the file is cut off');
  return buffer;
}
