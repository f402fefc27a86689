import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createTracks, type SampledTracks } from '../curves/sampledTracks';
import { MienError } from '../errors';
import { PERFORMANCE_CHANNEL_COUNT } from '../rig/channels';
import { CURVE_FRAME_RATE, type FrameGrid } from '../time/frameRate';
import { CHUNK_FRAMES, type ChunkId } from './records';

/** Floats in one chunk: 61 channels x 60 frames, channel-major. */
export const CHUNK_FLOATS = PERFORMANCE_CHANNEL_COUNT * CHUNK_FRAMES;

/** Content hash of one chunk: the first 128 bits of SHA-256 over its bytes (little endian on every platform we ship). */
export function chunkIdOf(samples: Float32Array): ChunkId {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return `chunk:${bytesToHex(sha256(bytes)).slice(0, 32)}`;
}

/**
 * Base curves as immutable chunks of one second, by content hash. Takes name chunks; equal seconds are stored once, and
 * undo only swaps ids. Chunks are never removed while a project is open, because the history may name them again.
 */
export class ChunkStore {
  private readonly chunks = new Map<ChunkId, Float32Array>();

  get size(): number {
    return this.chunks.size;
  }

  get(id: ChunkId): Float32Array | undefined {
    return this.chunks.get(id);
  }

  /** Cuts tracks into chunks, keeps the new ones, and gives their ids in order. The last chunk is padded with zeros. */
  addTracks(tracks: SampledTracks): ChunkId[] {
    const ids: ChunkId[] = [];
    for (let start = 0; start < tracks.frameCount; start += CHUNK_FRAMES) {
      const chunk = new Float32Array(CHUNK_FLOATS);
      const frames = Math.min(CHUNK_FRAMES, tracks.frameCount - start);
      tracks.channels.forEach((samples, channel) => {
        chunk.set(samples.subarray(start, start + frames), channel * CHUNK_FRAMES);
      });
      ids.push(this.add(chunk));
    }
    return ids;
  }

  /** True when every chunk is here, so that `assemble` cannot fail. */
  hasAll(ids: readonly ChunkId[]): boolean {
    return ids.every((id) => this.chunks.has(id));
  }

  /**
   * Tracks put together from chunks.
   * @throws MienError 'project-unreadable' when a chunk is missing.
   */
  assemble(ids: readonly ChunkId[], frameCount: number, grid: FrameGrid = CURVE_FRAME_RATE): SampledTracks {
    const tracks = createTracks(frameCount, grid);
    ids.forEach((id, index) => {
      const chunk = this.chunks.get(id);
      if (!chunk) {
        throw new MienError(
          'project-unreadable',
          'A part of the generated curves is missing.',
          'Generate the line again (Ctrl G).',
        );
      }
      const start = index * CHUNK_FRAMES;
      const frames = Math.min(CHUNK_FRAMES, frameCount - start);
      if (frames <= 0) return;
      tracks.channels.forEach((samples, channel) => {
        samples.set(chunk.subarray(channel * CHUNK_FRAMES, channel * CHUNK_FRAMES + frames), start);
      });
    });
    return tracks;
  }

  /** Takes in chunks of a file under the ids the file gives them. Wrong sizes are left out. */
  load(chunks: Readonly<Record<string, Float32Array>>): void {
    for (const [id, samples] of Object.entries(chunks)) {
      if (samples.length === CHUNK_FLOATS) this.chunks.set(id as ChunkId, samples);
    }
  }

  /** The named chunks, for saving. */
  pick(ids: Iterable<ChunkId>): Record<string, Float32Array> {
    const picked: Record<string, Float32Array> = {};
    for (const id of ids) {
      const samples = this.chunks.get(id);
      if (samples) picked[id] = samples;
    }
    return picked;
  }

  clear(): void {
    this.chunks.clear();
  }

  private add(chunk: Float32Array): ChunkId {
    const id = chunkIdOf(chunk);
    if (!this.chunks.has(id)) this.chunks.set(id, chunk);
    return id;
  }
}
