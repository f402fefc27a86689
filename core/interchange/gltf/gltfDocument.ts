import { Logger, WebIO, type Document } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MienError } from '../../errors';
import { checkGlbStructure, unreadable } from './checkGlbStructure';

/** Khronos and EXT extensions are registered so that materials survive a round trip; compressed geometry needs a decoder and is refused.
 * Silent: what is wrong with a file is reported by `validateFile`, not on the console. */
function createIo(): WebIO {
  return new WebIO().registerExtensions(ALL_EXTENSIONS).setLogger(new Logger(Logger.Verbosity.SILENT));
}

/**
 * Parses a GLB.
 * @throws MienError 'character-unreadable' for anything that is not a sound, self-contained, uncompressed GLB
 */
export async function readGltfDocument(glb: Uint8Array): Promise<Document> {
  checkGlbStructure(glb);
  try {
    return await createIo().readBinary(glb);
  } catch (cause) {
    if (cause instanceof MienError) throw cause;
    throw unreadable(`the glTF parser says: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

/** Serialises a document as GLB. The same document gives the same bytes. */
export async function writeGltfDocument(document: Document): Promise<Uint8Array> {
  document.getRoot().getAsset().generator = 'Mien';
  return await createIo().writeBinary(document);
}

/** Serialises a document as glTF JSON text with everything embedded as data URIs. */
export async function writeGltfDocumentJson(document: Document): Promise<string> {
  document.getRoot().getAsset().generator = 'Mien';
  const { json, resources } = await createIo().writeJSON(document, { basename: 'performance' });
  for (const entry of [...(json.buffers ?? []), ...(json.images ?? [])]) {
    const bytes = entry.uri === undefined ? undefined : resources[entry.uri];
    if (!bytes) continue;
    const kind = 'mimeType' in entry && entry.mimeType ? entry.mimeType : 'application/octet-stream';
    entry.uri = `data:${kind};base64,${toBase64(bytes)}`;
  }
  return `${JSON.stringify(json)}\n`;
}

/** In pieces: String.fromCharCode takes its arguments on the stack. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
