import { describe, expect, it } from 'vitest';
import { createTracks } from '../../../core/curves/sampledTracks';
import { ChunkStore } from '../../../core/document/chunkStore';
import { setEmotionKey } from '../../../core/document/commands/emotionKeys';
import { applyTake } from '../../../core/document/commands/takes';
import { FIXTURE_LINE } from '../../../core/document/documentFixture';
import { DocumentStore } from '../../../core/document/documentStore';
import { richFixtureRecords } from '../../../core/document/testing/richFixture';
import { createDocumentState } from '../../stores/documentState';
import { createLineModel } from '../../stores/lineModel';
import { createSessionState } from '../../stores/sessionState';
import { createViewState, NO_SELECTION, type Selection } from '../../stores/viewState';
import { extendSelection, gridRows, gridWindow, nearestCell } from './track-grid';

function rowsWith(selection: Selection = NO_SELECTION, generated = false) {
  const document = new DocumentStore(richFixtureRecords());
  const chunks = new ChunkStore();
  const view = createViewState(null);
  const store = createLineModel(createDocumentState(document), view, createSessionState(), chunks);
  view.setState({ lineId: FIXTURE_LINE });
  if (generated) {
    const tracks = createTracks(121);
    tracks.channels.forEach((samples) => samples.fill(0.25));
    const args = { lineId: FIXTURE_LINE, inputHash: 'x', frameCount: 121, chunkIds: chunks.addTracks(tracks) };
    document.transact('take', (draft) => applyTake(draft, { ...args, newTakeId: 'take:new', asNewTake: true }));
  }
  document.transact('key', (draft) =>
    setEmotionKey(draft, { lineId: FIXTURE_LINE, emotion: 'joy', timeSeconds: 1.5, value: 0.25, newKeyId: 'j2' }),
  );
  const model = store.getState().model!;
  return gridRows({ model, selection, displayRate: '60', playheadSeconds: 0.5 });
}
const row = (rows: ReturnType<typeof rowsWith>, id: string) => rows.find((candidate) => candidate.id === id)!;

describe('tracks as a grid', () => {
  it('has a row for every track: words, phonemes, eight emotions, events, 61 channels', () => {
    const rows = rowsWith();
    expect(rows).toHaveLength(1 + 1 + 8 + 1 + 61);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('reads a key out with time, value and state', () => {
    const keys = [{ layerId: 'layer:rich', channel: 'jawOpen', keyId: 'b' }] as const;
    const cells = row(rowsWith({ kind: 'channelKeys', keys }), 'jawOpen').cells();
    expect(cells.map(({ text }) => text)).toEqual(['frame 24, 0.20, hand-edited', 'frame 36, 0.70, hand-edited, selected']);
    expect(cells[0].selection).toEqual({
      kind: 'channelKeys',
      keys: [{ layerId: 'layer:rich', channel: 'jawOpen', keyId: 'a' }],
    });
  });

  it('reads emotion keys, phonemes, words and events', () => {
    const rows = rowsWith({ kind: 'phoneme', index: 1 });
    expect(
      row(rows, 'joy')
        .cells()
        .map(({ text }) => text),
    ).toEqual(['frame 30, 0.50', 'frame 90, 0.25']);
    const phonemes = row(rows, 'phonemes').cells();
    expect(phonemes[0].text).toBe('silence, frame 0 to 12');
    expect(phonemes[1].text).toBe('M, frame 12 to 19, selected');
    expect(row(rows, 'words').cells()[0].text).toMatch(/^Maybe, frame \d+ to \d+/);
    expect(row(rows, 'events').cells()[0].text).toBe('blink, frame 51 to 63, by hand, locked');
  });

  it('says of a track without keys what it is', () => {
    expect(
      row(rowsWith(), 'fear')
        .cells()
        .map(({ text }) => text),
    ).toEqual(['no keys, 0.00']);
    expect(row(rowsWith(), 'cheekPuff').cells()[0].text).toBe('no keys, not generated yet at the playhead');
    expect(row(rowsWith(NO_SELECTION, true), 'cheekPuff').cells()[0].text).toBe('no keys, generated, 0.25 at the playhead');
  });

  it('finds the nearest cell in time and keeps few cells in the page', () => {
    const cells = row(rowsWith(), 'joy').cells();
    expect(nearestCell(cells, 0.9)).toBe(0);
    expect(nearestCell(cells, 1.1)).toBe(1);
    expect(gridWindow(5000, 10_000, 8)).toEqual({ from: 4992, to: 5009 });
    expect(gridWindow(0, 3, 8)).toEqual({ from: 0, to: 3 });
  });

  it('adds keys of a kind to a selection; another kind takes its place', () => {
    const a: Selection = { kind: 'emotionKeys', emotion: 'joy', keyIds: ['1'] };
    expect(extendSelection(a, { kind: 'emotionKeys', emotion: 'joy', keyIds: ['2'] })).toEqual({ ...a, keyIds: ['1', '2'] });
    expect(extendSelection(a, { kind: 'phoneme', index: 2 })).toEqual({ kind: 'phoneme', index: 2 });
  });
});
