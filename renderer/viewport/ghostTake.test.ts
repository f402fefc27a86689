import { expect, it } from 'vitest';
import { createTracks, trackOf } from '../../core/curves/sampledTracks';
import { ChunkStore } from '../../core/document/chunkStore';
import { setChannelKey } from '../../core/document/commands/channelKeys';
import { applyTake } from '../../core/document/commands/takes';
import { FIXTURE_LINE as lineId, fixtureRecords } from '../../core/document/documentFixture';
import { DocumentStore } from '../../core/document/documentStore';
import { lineOf } from '../../core/document/selectors';
import { ghostTracksOf } from './ghostTake';

it('another take stands beside the character with the hand edits of the line over it', () => {
  const document = new DocumentStore(fixtureRecords());
  const chunks = new ChunkStore();
  const take = (newTakeId: `take:${string}`, value: number) => {
    const tracks = createTracks(121);
    trackOf(tracks, 'jawOpen').fill(value);
    const chunkIds = chunks.addTracks(tracks);
    document.transact('take', (draft) =>
      applyTake(draft, { lineId, inputHash: newTakeId, frameCount: 121, chunkIds, newTakeId, asNewTake: true }),
    );
  };
  take('take:1', 0.25);
  take('take:2', 0.5);
  const ghost = () => {
    const line = lineOf(document.records, lineId)!;
    expect(line.activeTakeId).toBe('take:2');
    return trackOf(ghostTracksOf(document.records, line, 'previous', chunks)!, 'jawOpen');
  };
  expect(Array.from(ghost())).toEqual(new Array(121).fill(0.25));
  const key = { lineId, layerId: null, channel: 'jawOpen', timeSeconds: 1, value: 0.75 } as const;
  document.transact('key', (draft) => setChannelKey(draft, { ...key, newKeyId: 'k', newSpanId: 's', newLayerId: 'layer:1' }));
  expect(ghost()[60]).toBeCloseTo(0.75);
  expect(ghost()[10]).toBe(0.25);
});
