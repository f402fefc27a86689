import { MienError } from '../errors';
import type { SampledTracks } from '../curves/sampledTracks';
import type { PhonemeSegment, WordSegment } from '../speech/segments';
import type { CharacterProfile } from '../rig/retarget/characterProfile';
import { adjustTracks, type ChannelAdjustments } from '../rig/retarget/channelAdjustments';
import type { ClipSettings } from './clipLine';
import { FILE_FORMATS, type FileFormatId } from './fileFormats';

/** What the file writers need of a performed line. */
export interface LineExport {
  /** The character, as GLB bytes. */
  readonly characterGlb: Uint8Array;
  /** See `PerformanceExport`: for characters that are not Mien's own. */
  readonly profile?: CharacterProfile | null;
  readonly originalGlb?: Uint8Array | null;
  /** What is changed of a character without a profile: the bundled ones. Only files that hold the character are adjusted. */
  readonly adjustments?: ChannelAdjustments | null;
  /** Final curves at the frame rate of the file. */
  readonly tracks: SampledTracks;
  /** Names the animation in the file. */
  readonly name: string;
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
  /** In and out point the curves were cut to already, and the timecode of the line. */
  readonly clip?: ClipSettings;
}

/** Each writer is loaded on first use. */
const WRITERS: Readonly<Record<FileFormatId, (line: LineExport) => Promise<Uint8Array | string>>> = {
  fbx: async (line) => (await import('./fbx/writeFbx')).writeFbx(line),
  glb: async (line) => (await import('./gltf/writeGlb')).writeGlb(line),
  gltf: async (line) => (await import('./gltf/writeGltfText')).writeGltfText(line),
  csv: async (line) => (await import('./livelink/writeLiveLinkCsv')).writeLiveLinkCsv(line),
  a2f: async (line) => (await import('./a2f/writeA2fJson')).writeA2fJson(line),
  uecurves: async (line) => (await import('./unreal/writeCurveTable')).writeCurveTable(line),
  anim: async (line) => (await import('./unity/writeUnityAnim')).writeUnityAnim(line),
  usda: async (line) => (await import('./usd/writeUsda')).writeUsda(line),
  vrma: async (line) => (await import('./vrma/writeVrma')).writeVrma(line),
  TextGrid: async (line) => (await import('./textgrid/writeTextGrid')).writeTextGrid(line),
  rhubarbJson: async (line) => (await import('./rhubarb/writeRhubarb')).writeRhubarbJson(line),
  rhubarbXml: async (line) => (await import('./rhubarb/writeRhubarb')).writeRhubarbXml(line),
  rhubarbTsv: async (line) => (await import('./rhubarb/writeRhubarb')).writeRhubarbTsv(line),
};

/** Files with the character's own shapes or joints; the others hold the performance for any character. */
const HOLDS_CHARACTER: ReadonlySet<FileFormatId> = new Set(['fbx', 'glb', 'gltf', 'anim', 'usda']);

/** Weights of a character with a profile are adjusted on their way through its mapping; its rotations here. */
function shownTracks(format: FileFormatId, { tracks, profile, adjustments }: LineExport): SampledTracks {
  if (!HOLDS_CHARACTER.has(format)) return tracks;
  return profile ? adjustTracks(tracks, profile, 'rotations') : adjustTracks(tracks, adjustments ?? null, 'all');
}

/**
 * The bytes of one file.
 * @throws MienError of the writer; anything else becomes 'export-failed'
 */
export async function writeLine(format: FileFormatId, line: LineExport): Promise<Uint8Array> {
  try {
    const content = await WRITERS[format]({ ...line, tracks: shownTracks(format, line) });
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  } catch (thrown) {
    if (thrown instanceof MienError) throw thrown;
    throw new MienError(
      'export-failed',
      `${line.name} could not be written as ${FILE_FORMATS[format].label}: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'This is a fault in Mien. Please report it with the recording.',
      { cause: thrown },
    );
  }
}
