import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../core/document/chunkStore';
import { removeLine, setSeed } from '../../core/document/commands/lines';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { createIdSource } from '../../core/document/ids';
import type { LineRecord, TakeRecord } from '../../core/document/records';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import type { PerformRequest, PerformResult } from '../../main/ipc/api';
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
  const regeneration = new Regeneration({
    perform,
    cancel: () => Promise.resolve(),
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
  return { document, session, regeneration, calls, errors, take, hash, seed, firstSample };
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
