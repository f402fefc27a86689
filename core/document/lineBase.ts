import type { SampledTracks } from '../curves/sampledTracks';
import { channelIndicesOf, FACE_REGIONS } from '../rig/faceRegions';
import { curveGridOf, type LineLength } from '../performance/curveGrid';
import { CURVE_FRAME_RATE, frameCountFor, gridFrom, isSameGrid } from '../time/frameRate';
import type { ChunkStore } from './chunkStore';
import type { DocumentRecords, LineRecord, TakeRecord } from './records';

/**
 * The generated curves of a line: the active take, with the parts of the face that come from other takes and blends of
 * two. Null when a take or its curves are missing; takes of another sound than the active one are left out. The curves lie on the
 * frames the line has now: a take made with other rolls is held at its ends, or cut.
 * @param assemble curves of one take; pass a cache to read each only once
 */
export function lineBase(
  records: DocumentRecords,
  line: LineRecord,
  assemble: (take: TakeRecord) => SampledTracks | null,
): SampledTracks | null {
  const active = line.activeTakeId === '' ? undefined : (records[line.activeTakeId] as TakeRecord | undefined);
  const made = active ? assemble(active) : null;
  if (!made || !active) return null;
  const base = fitToLine(made, active, line);
  if (!line.takeMix) return base;
  const tracksOf = (takeId: string | undefined): SampledTracks => {
    const take = takeId === undefined ? undefined : (records[takeId] as TakeRecord | undefined);
    const tracks = take ? assemble(take) : null;
    const fitted = take && tracks ? fitToLine(tracks, take, line) : null;
    return fitted && fitted.frameCount === base.frameCount && isSameGrid(fitted.frameRate, base.frameRate) ? fitted : base;
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
  const { chunkIds, frameCount, leadFrames = 0 } = take;
  return chunks.hasAll(chunkIds) ? chunks.assemble(chunkIds, frameCount, gridFrom(CURVE_FRAME_RATE, -leadFrames)) : null;
}

/** Curves of a take on the frames its line has now; null when some are missing. */
export function assembleFitted(chunks: ChunkStore, take: TakeRecord, line: LineLength): SampledTracks | null {
  const tracks = assembleTake(chunks, take);
  return tracks && fitToLine(tracks, take, line);
}

/** How many frames of a line's curves lie before and behind its sound, as its takes note it: none is left out. */
export function rollFramesOf(line: LineLength): Pick<TakeRecord, 'leadFrames' | 'tailFrames'> {
  const { frameCount, frameRate } = curveGridOf(line);
  const leadFrames = -(frameRate.startFrame ?? 0);
  const tailFrames = frameCount - leadFrames - frameCountFor(line.durationSeconds, CURVE_FRAME_RATE);
  return { ...(leadFrames > 0 && { leadFrames }), ...(tailFrames > 0 && { tailFrames }) };
}

/**
 * A take's curves on the frames the line has now: where the rolls changed since, the ends are held or cut. A take of another
 * sound (of another length) stays as it is.
 */
export function fitToLine(
  tracks: SampledTracks,
  { leadFrames: lead = 0, tailFrames: tail = 0 }: Pick<TakeRecord, 'leadFrames' | 'tailFrames'>,
  line: LineLength,
): SampledTracks {
  const { frameRate, frameCount } = curveGridOf(line);
  const { leadFrames = 0, tailFrames = 0 } = rollFramesOf(line);
  const isSameSound = tracks.frameCount - lead - tail === frameCount - leadFrames - tailFrames;
  if (!isSameSound || (lead === leadFrames && tail === tailFrames)) return tracks;
  const last = tracks.frameCount - 1;
  const channels = tracks.channels.map((samples) =>
    Float32Array.from({ length: frameCount }, (_, frame) => samples[Math.min(last, Math.max(0, frame - leadFrames + lead))]),
  );
  return { frameRate, frameCount, channels };
}

function mean(a: Float32Array, b: Float32Array, share: number): Float32Array {
  if (share === 0 || a === b) return a;
  if (share === 1) return b;
  return a.map((value, frame) => value + (b[frame] - value) * share);
}
