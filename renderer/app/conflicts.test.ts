import { createStore } from 'zustand/vanilla';
import { describe, expect, it, vi } from 'vitest';
import { createTracks, trackOf, type SampledTracks } from '../../core/curves/sampledTracks';
import { addLayer, setLayer } from '../../core/document/commands/layers';
import { setChannelKey } from '../../core/document/commands/channelKeys';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { editLayersOf, lineOf } from '../../core/document/selectors';
import { composeTracks } from '../../core/layers/composeTracks';
import { isSeen } from '../../core/layers/findConflicts';
import { CHANNEL_INDEX, type PerformanceChannel } from '../../core/rig/channels';
import type { LineModel, LineModelState } from '../stores/lineModel';
import { createSessionState } from '../stores/sessionState';
import { createViewState } from '../stores/viewState';
import { Conflicts } from './conflicts';

const lineId = FIXTURE_LINE;
const layerId = 'layer:additive';

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  document.transact('Edit', (draft) => {
    addLayer(draft, { lineId, layerId });
    setLayer(draft, { layerId, change: { mode: 'additive' } });
    for (const [channel, timeSeconds] of [
      ['browInnerUp', 0.5],
      ['browInnerUp', 0.7],
      ['jawOpen', 1.5],
    ] as const)
      setChannelKey(draft, {
        lineId,
        layerId,
        channel,
        timeSeconds,
        value: 0.3,
        newKeyId: `k${timeSeconds}`,
        newSpanId: `s${timeSeconds}`,
        newLayerId: 'layer:none',
      });
  });
  const layers = () => editLayersOf(document.records, lineOf(document.records, lineId)!);
  const [before, after] = [createTracks(121), createTracks(121)];
  trackOf(before, 'browInnerUp').fill(0.1);
  trackOf(after, 'browInnerUp').fill(0.25);
  trackOf(after, 'jawOpen').fill(0.2);
  const session = createSessionState();
  const view = createViewState(null);
  const seek = vi.fn<(timeSeconds: number) => void>();
  const edits = {
    run: (label: string, edit: Parameters<DocumentStore['transact']>[1]) => document.transact(label, edit) !== null,
  };
  const line = lineOf(document.records, lineId)!;
  /** The line as it settled on some curves. */
  const on = (base: SampledTracks | null) => ({ model: { line, base, layers: layers() } as unknown as LineModel });
  const lineModel = createStore<LineModelState>(() => on(before));
  const settle = (base: SampledTracks) => lineModel.setState(on(base));
  const notify = vi.fn<(text: string) => void>();
  const conflicts = new Conflicts({ lineModel, session, view, edits, transport: { seek }, notify });
  const list = () => (session.getState().conflicts?.edits ?? []).filter(isSeen);
  const brow = (base: SampledTracks, frame: number) => trackOf(composeTracks(base, layers(), {}).final, 'browInnerUp')[frame];
  return { document, session, conflicts, list, before, after, brow, view, seek, layers, lineModel, on, settle, notify };
}

/** Curves that are as `tracks`, with one channel at a value. */
function withChannel(tracks: SampledTracks, channel: PerformanceChannel, value: number): SampledTracks {
  const channels = tracks.channels.map((samples, index) =>
    index === CHANNEL_INDEX[channel] ? new Float32Array(samples.length).fill(value) : samples,
  );
  return { ...tracks, channels };
}

describe('ground that moves', () => {
  it('is noticed when curves settle, and not while they are only previewed', () => {
    const { session, list, after, lineModel, on, settle, notify } = setUp();
    const preview = { lineId, inputHash: 'h', tracks: after, events: [] };
    session.setState({ preview });
    lineModel.setState(on(after));
    expect(list()).toEqual([]);
    session.setState({ preview: null });
    expect(list().map(({ channel }) => channel)).toEqual(['jawOpen', 'browInnerUp']);
    settle({ ...after });
    expect(list()).toHaveLength(2);
    expect(notify.mock.calls).toEqual([['The ground moved under 2 additive edits; see Layers']]);
  });

  it('adds up over changes nobody would see alone, and is none when it comes back', () => {
    const { list, before, settle } = setUp();
    for (const value of [0.13, 0.16]) settle(withChannel(before, 'browInnerUp', value));
    expect(list()).toMatchObject([{ channel: 'browInnerUp', movedBy: expect.closeTo(0.06, 5) as number }]);
    expect(list()[0].keys.map(({ shift }) => shift)).toEqual([expect.closeTo(0.06, 5), expect.closeTo(0.06, 5)]);
    settle(withChannel(before, 'browInnerUp', 0.12));
    expect(list()).toEqual([]);
    settle(withChannel(before, 'browInnerUp', 0.3));
    expect(list()[0].movedBy).toBeCloseTo(0.2, 5);
    // Undo: the very curves of before.
    settle(before);
    expect(list()).toEqual([]);
  });

  it('counts from where an edit was settled', () => {
    const { conflicts, list, before, brow, settle } = setUp();
    const shown = brow(before, 30);
    settle(withChannel(before, 'browInnerUp', 0.3));
    conflicts.resolve(list()[0], 'keep');
    settle(withChannel(before, 'browInnerUp', 0.4));
    expect(list()[0].movedBy).toBeCloseTo(0.1, 5);
    conflicts.resolve(list()[0], 'hold');
    expect(brow(withChannel(before, 'browInnerUp', 0.4), 30)).toBeCloseTo(shown + 0.2, 5);
    expect(list()).toEqual([]);
  });

  it('is not looked for between two lines, or under curves of another length', () => {
    const { session, list, after, lineModel, settle } = setUp();
    lineModel.setState(({ model }) => ({ model: { ...model!, line: { ...model!.line, id: 'line:other' }, base: after } }));
    expect(session.getState().conflicts).toBeNull();
    settle(createTracks(200));
    expect(list()).toEqual([]);
  });
});

describe('conflicts', () => {
  it('lead to the edit', () => {
    const { conflicts, list, view, seek, settle, after } = setUp();
    settle(after);
    expect(list().map(({ channel }) => channel)).toEqual(['jawOpen', 'browInnerUp']);
    conflicts.show(list()[1]);
    expect(view.getState()).toMatchObject({ activeLayerId: layerId, activeChannel: 'browInnerUp' });
    expect(seek).toHaveBeenCalledWith(0.5);
  });

  it('hold the look of before at the keys, in one undo step', () => {
    const { document, conflicts, list, before, after, brow, settle } = setUp();
    settle(after);
    const wanted = [30, 42].map((frame) => brow(before, frame));
    const depth = document.history.length;
    conflicts.resolve(list()[1], 'hold');
    expect([30, 42].map((frame) => brow(after, frame))).toEqual(wanted.map((value) => expect.closeTo(value, 5)));
    expect(list().map(({ channel }) => channel)).toEqual(['jawOpen']);
    expect(document.history).toHaveLength(depth + 1);
    document.undo();
    expect(brow(after, 30)).toBeCloseTo(0.55, 5);
  });

  it('hold the look also where the ground rose above the edit: an additive key takes away', () => {
    const { conflicts, list, before, brow, settle } = setUp();
    const wanted = brow(before, 30);
    const high = withChannel(before, 'browInnerUp', 0.9);
    settle(high);
    expect(brow(high, 30)).toBe(1);
    conflicts.resolve(list()[0], 'hold');
    expect(brow(high, 30)).toBeCloseTo(wanted, 5);
  });

  it('remove an edit, or keep it as it is', () => {
    const { document, conflicts, list, layers, brow, after, settle } = setUp();
    settle(after);
    conflicts.resolve(list()[0], 'remove');
    expect(layers()[0].curves.flatMap(({ channel, spans }) => (spans.length > 0 ? [channel] : []))).toEqual(['browInnerUp']);
    const depth = document.history.length;
    conflicts.resolve(list()[0], 'keep');
    expect(document.history).toHaveLength(depth);
    expect(brow(after, 30)).toBeCloseTo(0.55, 5);
    expect(list()).toEqual([]);
  });

  it('stay on the list where the layer is locked', () => {
    const { document, conflicts, list, settle, after } = setUp();
    settle(after);
    document.transact('Lock', (draft) => setLayer(draft, { layerId, change: { locked: true } }));
    try {
      conflicts.resolve(list()[0], 'remove');
    } catch {
      // The studio's edits report it; this stand-in lets it through.
    }
    expect(list()).toHaveLength(2);
  });
});
