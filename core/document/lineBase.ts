import type { SampledTracks } from '../curves/sampledTracks';
import { channelIndicesOf, FACE_REGIONS } from '../rig/faceRegions';
import type { ChunkStore } from './chunkStore';
import type { DocumentRecords, LineRecord, TakeRecord } from './records';

/**
 * The generated curves of a line: the active take, with the parts of the face that come from other takes and blends of
 * two. Null when a take or its curves are missing; takes of another length than the active one are left out.
 * @param assemble curves of one take; pass a cache to read each only once
 */
export function lineBase(
  records: DocumentRecords,
  line: LineRecord,
  assemble: (take: TakeRecord) => SampledTracks | null,
): SampledTracks | null {
  const active = line.activeTakeId === '' ? undefined : (records[line.activeTakeId] as TakeRecord | undefined);
  const base = active ? assemble(active) : null;
  if (!base || !line.takeMix) return base;
  const tracksOf = (takeId: string | undefined): SampledTracks => {
    const take = takeId === undefined ? undefined : (records[takeId] as TakeRecord | undefined);
    const tracks = take ? assemble(take) : null;
    return tracks && tracks.frameCount === base.frameCount ? tracks : base;
  };
  const channels = [...base.channels];
  for (const region of FACE_REGIONS) {
    const share = line.takeMix[region];
    if (!share) continue;
    const [a, b] = [tracksOf(share.takeId), tracksOf(share.blendTakeId ?? share.takeId)];
    const blend = Math.min(1, Math.max(0, share.blend ?? 0));
    for (const index of channelIndicesOf([region])) channels[index] = mean(a.channels[index], b.channels[index], blend);
  }
  return { ...base, channels };
}

/** Curves of a take from a store of chunks; null when some are missing. */
export function assembleTake(chunks: ChunkStore, take: TakeRecord): SampledTracks | null {
  return chunks.hasAll(take.chunkIds) ? chunks.assemble(take.chunkIds, take.frameCount) : null;
}

function mean(a: Float32Array, b: Float32Array, share: number): Float32Array {
  if (share === 0 || a === b) return a;
  if (share === 1) return b;
  return a.map((value, frame) => value + (b[frame] - value) * share);
}
