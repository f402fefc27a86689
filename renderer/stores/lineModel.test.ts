import { describe, expect, it } from 'vitest';
import { createTracks } from '../../core/curves/sampledTracks';
import { ChunkStore } from '../../core/document/chunkStore';
import { setChannelKey } from '../../core/document/commands/channelKeys';
import { renameLine, setSeed } from '../../core/document/commands/lines';
import { applyTake } from '../../core/document/commands/takes';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { CHANNEL_INDEX } from '../../core/rig/channels';
import { createDocumentState } from './documentState';
import { createLineModel } from './lineModel';
import { createSessionState } from './sessionState';
import { createViewState } from './viewState';

const lineId = FIXTURE_LINE;
const jawOpen = CHANNEL_INDEX.jawOpen;

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const chunks = new ChunkStore();
  const view = createViewState(null);
  const session = createSessionState();
  const store = createLineModel(createDocumentState(document), view, session, chunks);
  view.setState({ lineId });
  const model = () => store.getState().model!;
  const generate = (value: number) => {
    const tracks = createTracks(121);
    tracks.channels[jawOpen].fill(value);
    const chunkIds = chunks.addTracks(tracks);
    document.transact('take', (draft) =>
      applyTake(draft, { lineId, inputHash: model().inputHash, frameCount: 121, chunkIds, newTakeId: 'take:1' }),
    );
  };
  return { document, view, session, model, generate, store };
}

describe('the line on screen', () => {
  it('has no curves before the first generation, then those of the take with the hand edits over them', () => {
    const { document, model, generate } = setUp();
    expect(model().final).toBeNull();
    generate(0.25);
    expect(model().isStale).toBe(false);
    const base = model().base;
    document.transact('key', (draft) =>
      setChannelKey(draft, {
        lineId,
        layerId: null,
        channel: 'jawOpen',
        timeSeconds: 1,
        value: 0.75,
        newKeyId: 'k',
        newSpanId: 's',
        newLayerId: 'layer:1',
      }),
    );
    expect(model().base).toBe(base);
    expect(model().base!.channels[jawOpen][60]).toBe(0.25);
    expect(model().final!.channels[jawOpen][60]).toBeCloseTo(0.75);
    expect(model().final!.channels[jawOpen][10]).toBe(0.25);
  });

  it('is stale when its inputs moved on, not when its name did', () => {
    const { document, model, generate } = setUp();
    generate(0.25);
    document.transact('name', (draft) => renameLine(draft, { lineId, name: 'other' }));
    expect(model().isStale).toBe(false);
    document.transact('seed', (draft) => setSeed(draft, { lineId, seed: 9 }));
    expect(model().isStale).toBe(true);
    document.undo();
    expect(model().isStale).toBe(false);
  });

  it('shows a preview over the take, and lets it go', () => {
    const { session, model, generate } = setUp();
    generate(0.25);
    const tracks = createTracks(121);
    tracks.channels[jawOpen].fill(0.5);
    session.setState({ preview: { lineId, inputHash: 'x', tracks, events: [] } });
    expect(model().final!.channels[jawOpen][0]).toBeCloseTo(0.5);
    session.setState({ preview: null });
    expect(model().final!.channels[jawOpen][0]).toBe(0.25);
  });

  it('survives a take whose curves are lost', () => {
    const { document, model } = setUp();
    document.transact('take', (draft) =>
      applyTake(draft, { lineId, inputHash: 'h', frameCount: 121, chunkIds: ['chunk:lost'], newTakeId: 'take:1' }),
    );
    expect(model().base).toBeNull();
    expect(model().final).toBeNull();
  });

  it('stays the same object while nothing of the line changes', () => {
    const { session, view, model } = setUp();
    const before = model();
    session.setState({ playheadSeconds: 1 });
    view.setState({ pixelsPerSecond: 50 });
    expect(model()).toBe(before);
  });
});
