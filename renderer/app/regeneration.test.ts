import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChunkStore } from '../../core/document/chunkStore';
import { addRangeLock } from '../../core/document/commands/rangeLocks';
import { removeLine, setSeed } from '../../core/document/commands/lines';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { createIdSource } from '../../core/document/ids';
import type { LineRecord, TakeRecord } from '../../core/document/records';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import type { PerformRequest, PerformResult, PreviewRequest, PreviewResult } from '../../main/ipc/api';
import { createSessionState } from '../stores/sessionState';
import { Regeneration } from './regeneration';

const lineId = FIXTURE_LINE;

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const session = createSessionState();
  const chunks = new ChunkStore();
  const calls: {
    request: PerformRequest;
    answer: (result?: Partial<PerformResult>) => Promise<void>;
    fail: () => Promise<void>;
  }[] = [];
  const errors: unknown[] = [];
  const cancelled: string[] = [];
  const perform = (request: PerformRequest) =>
    new Promise<PerformResult>((resolve, reject) => {
      const settle = async (act: () => void) => {
        act();
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      };
      calls.push({
        request,
        answer: (result = {}) =>
          settle(() =>
            resolve({
              inputHash: request.inputHash,
              frameCount: 121,
              samples: new Float32Array(61 * 121).fill(request.seed / 100),
              ...result,
            }),
          ),
        fail: () => settle(() => reject(new Error('engine gone'))),
      });
    });
  const previews: { request: PreviewRequest; answer: (result: Partial<PreviewResult> | null) => Promise<void> }[] = [];
  const preview = (request: PreviewRequest) =>
    new Promise<PreviewResult | null>((resolve) => {
      const { inputHash, only } = request;
      const firstFrame = Math.round(only.startSeconds * 60);
      const frameCount = Math.round(only.endSeconds * 60) - firstFrame;
      const samples = new Float32Array(61 * frameCount).fill(request.seed / 10);
      previews.push({
        request,
        answer: async (result) => {
          resolve(result && { inputHash, firstFrame, frameCount, samples, ...result });
          for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        },
      });
    });
  const regeneration = new Regeneration({
    perform,
    preview,
    cancel: async (jobId) => void cancelled.push(jobId),
    document,
    chunks,
    session,
    ids: createIdSource(),
    onError: (error) => errors.push(error),
  });
  const take = () => {
    const line = document.records[lineId] as LineRecord | undefined;
    return line && line.activeTakeId !== '' ? (document.records[line.activeTakeId] as TakeRecord) : null;
  };
  const hash = () => inputHashOf(takeInputsOf(document.records, lineId)!);
  const seed = (value: number) => document.transact(`Seed ${value}`, (draft) => setSeed(draft, { lineId, seed: value }));
  const firstSample = () => chunks.assemble(take()!.chunkIds, 121).channels[0][0];
  return { document, session, regeneration, calls, previews, errors, cancelled, take, hash, seed, firstSample };
}

describe('Regeneration', () => {
  it('writes a result into the step that asked for it', async () => {
    const studio = setUp();
    studio.seed(7);
    studio.regeneration.refresh(lineId);
    await studio.calls[0].answer();
    expect(studio.take()?.inputHash).toBe(studio.hash());
    expect(studio.firstSample()).toBeCloseTo(0.07);
    expect(studio.document.history).toHaveLength(1);
    studio.document.undo();
    expect(studio.take()).toBeNull();
  });

  it('has at most one request under way and asks only for the latest', async () => {
    const studio = setUp();
    for (const value of [2, 3, 4, 5]) {
      studio.seed(value);
      studio.regeneration.refresh(lineId);
    }
    expect(studio.calls).toHaveLength(1);
    await studio.calls[0].answer();
    expect(studio.take()).toBeNull();
    expect(studio.calls).toHaveLength(2);
    expect(studio.calls[1].request.seed).toBe(5);
    await studio.calls[1].answer();
    expect(studio.firstSample()).toBeCloseTo(0.05);
  });

  it('drops a result that comes after undo, and needs no new one for the state undo brought back', async () => {
    const studio = setUp();
    studio.seed(2);
    studio.regeneration.refresh(lineId);
    await studio.calls[0].answer();
    studio.seed(3);
    studio.regeneration.refresh(lineId);
    studio.document.undo();
    studio.regeneration.refresh(lineId);
    await studio.calls[1].answer();
    expect(studio.firstSample()).toBeCloseTo(0.02);
    expect(studio.calls).toHaveLength(2);
    await studio.regeneration.whenIdle();
    expect(studio.session.getState().isGenerating).toBe(false);
  });

  it('drops a result for a line that is gone', async () => {
    const studio = setUp();
    studio.seed(2);
    studio.regeneration.refresh(lineId);
    studio.document.transact('Remove line', (draft) => removeLine(draft, lineId));
    const after = studio.document.records;
    await studio.calls[0].answer();
    expect(studio.document.records).toBe(after);
    expect(studio.session.getState().preview).toBeNull();
  });

  it('drops a result whose own hash is another', async () => {
    const studio = setUp();
    studio.seed(2);
    studio.regeneration.refresh(lineId);
    await studio.calls[0].answer({ inputHash: 'not asked for' });
    expect(studio.take()).toBeNull();
  });

  it('only shows results while something is dragged, and commits them with the drag', async () => {
    const studio = setUp();
    const drag = studio.document.begin('Drag');
    drag.update((draft) => setSeed(draft, { lineId, seed: 8 }));
    studio.regeneration.refresh(lineId);
    await studio.calls[0].answer();
    expect(studio.session.getState().preview?.inputHash).toBe(studio.hash());
    expect(studio.take()).toBeNull();
    drag.commit(studio.regeneration.commitPreview(lineId));
    expect(studio.firstSample()).toBeCloseTo(0.08);
    expect(studio.document.history).toHaveLength(1);
    studio.regeneration.refresh(lineId);
    expect(studio.session.getState().preview).toBeNull();
    expect(studio.calls).toHaveLength(1);
  });

  it('takes the preview away when a drag is put back', async () => {
    const studio = setUp();
    studio.seed(1);
    studio.regeneration.refresh(lineId);
    await studio.calls[0].answer();
    const drag = studio.document.begin('Drag');
    drag.update((draft) => setSeed(draft, { lineId, seed: 8 }));
    studio.regeneration.refresh(lineId);
    await studio.calls[1].answer();
    drag.discard();
    studio.regeneration.refresh(lineId);
    expect(studio.session.getState().preview).toBeNull();
    expect(studio.firstSample()).toBeCloseTo(0.01);
  });

  it('reports a failure of what is still wanted, and stays usable', async () => {
    const studio = setUp();
    studio.seed(2);
    studio.regeneration.refresh(lineId);
    await studio.calls[0].fail();
    expect(studio.errors).toHaveLength(1);
    studio.seed(3);
    studio.regeneration.refresh(lineId);
    await studio.calls[1].answer();
    expect(studio.firstSample()).toBeCloseTo(0.03);
  });
});

describe('a drag on a long line', () => {
  const frames = 600 * 60 + 1;
  function longLine() {
    vi.useFakeTimers();
    const studio = setUp();
    studio.document.transact('Long', (draft) => draft.put({ ...draft.get<LineRecord>(lineId), durationSeconds: 600 }));
    const whole = { frameCount: frames, samples: new Float32Array(61 * frames).fill(0.1) };
    return { ...studio, whole };
  }
  afterEach(() => void vi.useRealTimers());

  async function dragged(studio: ReturnType<typeof longLine>) {
    const { document, regeneration, session, calls, whole } = studio;
    document.transact('First', (draft) => setSeed(draft, { lineId, seed: 2 }));
    regeneration.refresh(lineId);
    await calls[0].answer(whole);
    session.setState({ playheadSeconds: 300 });
    const drag = document.begin('Drag');
    const move = (seed: number) => {
      drag.update((draft) => setSeed(draft, { lineId, seed }));
      regeneration.refresh(lineId);
    };
    return { drag, move };
  }

  it('shows the stretch around the playhead for every move, and the whole line once the hand rests', async () => {
    const studio = longLine();
    const { document, regeneration, session, calls, previews, whole, cancelled } = studio;
    const { drag, move } = await dragged(studio);
    move(3);
    expect(previews[0].request.only).toEqual({ startSeconds: 299.5, endSeconds: 301.5 });
    expect(previews[0].request).not.toHaveProperty('phonemes');
    await previews[0].answer({});
    const shown = session.getState().preview!;
    expect(shown.isPartial).toBe(true);
    expect([shown.tracks.channels[0][300 * 60], shown.tracks.channels[0][0]]).toEqual([0.3, 0.1].map(Math.fround));
    move(4);
    await vi.advanceTimersByTimeAsync(0);
    // The next move has its window at once; no whole line came between.
    expect(calls).toHaveLength(1);
    expect(previews[1].request).toMatchObject({ seed: 4, only: { startSeconds: 299.5 } });
    await previews[1].answer({});
    await vi.advanceTimersByTimeAsync(400);
    expect(calls[1].request).toMatchObject({ seed: 4, speechKey: previews[0].request.speechKey });
    regeneration.onProgress({ jobId: calls[1].request.jobId, fraction: 0.4 });
    expect(session.getState().generatedShare).toBe(0.4);
    // A move while the whole line is made takes its place.
    move(5);
    expect(cancelled).toEqual([calls[1].request.jobId]);
    await calls[1].fail();
    expect(session.getState().generatedShare).toBeNull();
    expect(previews[2].request).toMatchObject({ seed: 5, only: { startSeconds: 299.5 } });
    await previews[2].answer({});
    drag.commit(regeneration.commitPreview(lineId));
    regeneration.refresh(lineId);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls[2].request).toMatchObject({ seed: 5 });
    await calls[2].answer({ ...whole, samples: new Float32Array(61 * frames).fill(0.5) });
    await regeneration.whenIdle();
    expect(session.getState()).toMatchObject({ preview: null, generatedShare: null });
    expect(document.history.map(({ label }) => label)).toEqual(['Long', 'First', 'Drag']);
    expect(calls).toHaveLength(3);
  });

  it('sends what is said once, when the engine does not have it', async () => {
    const studio = longLine();
    const { session, previews } = studio;
    const { move } = await dragged(studio);
    move(3);
    expect(previews[0].request.speech).toBeUndefined();
    await previews[0].answer(null);
    expect(previews[1].request).toMatchObject({ seed: 3, speechKey: previews[0].request.speechKey });
    expect(previews[1].request.speech?.phonemes.length).toBeGreaterThan(0);
    await previews[1].answer({});
    expect(session.getState().preview?.isPartial).toBe(true);
    move(4);
    await vi.advanceTimersByTimeAsync(0);
    expect(previews[2].request).toMatchObject({ seed: 4 });
    expect(previews[2].request.speech).toBeUndefined();
  });

  it('keeps what is locked in the window as it was', async () => {
    const studio = longLine();
    const { document, session, previews } = studio;
    document.transact('Lock', (draft) =>
      addRangeLock(draft, { lineId, lockId: `lock:${lineId}:1`, startSeconds: 300, endSeconds: 300.5 }),
    );
    const { move } = await dragged(studio);
    move(3);
    await previews[0].answer({});
    const [samples] = session.getState().preview!.tracks.channels;
    const at = (seconds: number) => samples[seconds * 60];
    expect([at(299.6), at(300), at(300.45), at(301)]).toEqual([0.3, 0.1, 0.1, 0.3].map(Math.fround));
  });
});
