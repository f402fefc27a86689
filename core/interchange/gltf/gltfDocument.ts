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
