import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { ChunkStore } from '../../core/document/chunkStore';
import { assembleTake } from '../../core/document/lineBase';
import type { DocumentRecords, LineRecord, TakeRecord } from '../../core/document/records';
import { channelSettingsOf, editLayersOf, takesOf } from '../../core/document/selectors';
import { composeTracks } from '../../core/layers/composeTracks';

/** What stands beside the character: nothing, the take made before the one in use, or a take by id. */
export type GhostChoice = 'off' | 'previous' | (string & {});

/** The take a choice means on a line; null when there is none, or it is the one on stage. */
export function ghostTakeOf(records: DocumentRecords, line: LineRecord, choice: GhostChoice): TakeRecord | null {
  if (choice === 'off') return null;
  const takes = takesOf(records, line);
  const active = takes.findIndex(({ id }) => id === line.activeTakeId);
  const take = choice === 'previous' ? takes[active - 1] : takes.find(({ id }) => id === choice);
  return take && take.id !== line.activeTakeId ? take : null;
}

/** Its curves with the line's hand edits over them, as they would be with this take in use. Null when they are not at hand. */
export function ghostTracksOf(
  records: DocumentRecords,
  line: LineRecord,
  choice: GhostChoice,
  chunks: ChunkStore,
): SampledTracks | null {
  const take = ghostTakeOf(records, line, choice);
  const tracks = take ? assembleTake(chunks, take) : null;
  return tracks ? composeTracks(tracks, editLayersOf(records, line), channelSettingsOf(records, line.id)).final : null;
}
