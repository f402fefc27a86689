import { MienError } from '../../core/errors';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { PhonemeSegment, WordSegment } from '../../core/speech/segments';
import type { PerformanceFormat } from '../args/outputFormat';

/** What the file writers need of a line. */
export interface OutputContent {
  readonly characterGlb: Uint8Array;
  /** Final curves at the frame rate of the file. */
  readonly tracks: SampledTracks;
  /** Names the animation in the file. */
  readonly name: string;
  readonly durationSeconds: number;
  readonly phonemes: readonly PhonemeSegment[];
  readonly words: readonly WordSegment[];
}

/**
 * The bytes of one file; `.mien` is written by its own way because it is streamed.
 * @throws MienError of the writer; anything else becomes 'export-failed'
 */
export async function encodeOutput(format: Exclude<PerformanceFormat, 'mien'>, content: OutputContent): Promise<Uint8Array> {
  const { characterGlb, tracks, name } = content;
  try {
    switch (format) {
      case 'glb': {
        const { writeGlb } = await import('../../core/interchange/gltf/writeGlb');
        return await writeGlb({ characterGlb, tracks, name });
      }
      case 'fbx': {
        const { writeFbx } = await import('../../core/interchange/fbx/writeFbx');
        return await writeFbx({ characterGlb, tracks, name });
      }
      case 'csv': {
        const { writeLiveLinkCsv } = await import('../../core/interchange/livelink/writeLiveLinkCsv');
        return writeLiveLinkCsv({ tracks });
      }
      case 'TextGrid': {
        const { writeTextGrid } = await import('../../core/interchange/textgrid/writeTextGrid');
        return new TextEncoder().encode(writeTextGrid(content));
      }
    }
  } catch (thrown) {
    if (thrown instanceof MienError) throw thrown;
    throw new MienError(
      'export-failed',
      `${name} could not be written as ${format}: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'This is a fault in Mien. Please report it with the recording and this command.',
      { cause: thrown },
    );
  }
}
