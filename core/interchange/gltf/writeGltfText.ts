import { writeGlb, type PerformanceExport } from './writeGlb';
import { readGltfDocument, writeGltfDocumentJson } from './gltfDocument';

/**
 * The same as `writeGlb` as one .gltf text file: buffers and images are embedded as data URIs, so that it travels alone.
 * @throws MienError 'character-unreadable' or 'invalid-input'
 */
export async function writeGltfText(performance: PerformanceExport): Promise<string> {
  // From the plain copy: what is parsed here must not be compressed.
  return writeGltfDocumentJson(await readGltfDocument(await writeGlb({ ...performance, originalGlb: null })));
}
