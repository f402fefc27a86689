import { describe, expect, it, vi } from 'vitest';
import { addLayer } from '../../core/document/commands/layers';
import { setSeed } from '../../core/document/commands/lines';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import type { LineRecord } from '../../core/document/records';
import { createSessionState } from '../stores/sessionState';
import { createViewState } from '../stores/viewState';
import { Edits } from './edits';
import type { Jobs } from './jobs';
import type { Regeneration } from './regeneration';

const lineId = FIXTURE_LINE;

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const view = createViewState(null);
  view.setState({ lineId });
  const regeneration = { refresh: vi.fn(), commitPreview: vi.fn(() => undefined) };
  const jobs = { say: vi.fn(), fail: vi.fn() };
  const hash = () => inputHashOf(takeInputsOf(document.records, lineId)!);
  const edits = new Edits(
    document,
    regeneration as unknown as Regeneration,
    view,
    createSessionState(),
    jobs as unknown as Jobs,
    hash,
  );
  const seed = () => (document.records[lineId] as LineRecord).seed;
  return { document, edits, regeneration, jobs, seed };
}

describe('Edits', () => {
  it('asks for new curves only when their inputs changed', () => {
    const { edits, regeneration } = setUp();
    edits.run('Layer', (draft) => addLayer(draft, { lineId, layerId: 'layer:1' }));
    expect(regeneration.refresh).not.toHaveBeenCalled();
    edits.run('Seed', (draft) => setSeed(draft, { lineId, seed: 3 }));
    expect(regeneration.refresh).toHaveBeenCalledTimes(1);
    edits.undo();
    expect(regeneration.refresh).toHaveBeenCalledTimes(2);
  });

  it('reports a refused edit and changes nothing', () => {
    const { document, edits, jobs } = setUp();
    const before = document.records;
    const done = edits.run('Bad', () => {
      throw new Error('no');
    });
    expect(done).toBe(false);
    expect(jobs.fail).toHaveBeenCalledTimes(1);
    expect(document.records).toBe(before);
  });

  it('puts a drag back on undo, and on the next drag that begins', () => {
    const { document, edits, seed } = setUp();
    edits.begin('Drag').update((draft) => setSeed(draft, { lineId, seed: 5 }));
    edits.undo();
    expect(seed()).toBe(1);
    const lost = edits.begin('Lost');
    lost.update((draft) => setSeed(draft, { lineId, seed: 6 }));
    const next = edits.begin('Next');
    lost.update((draft) => setSeed(draft, { lineId, seed: 7 }));
    next.update((draft) => setSeed(draft, { lineId, seed: 8 }));
    lost.commit();
    expect(seed()).toBe(8);
    next.commit();
    expect(document.history.map((step) => step.label)).toEqual(['Next']);
  });
});
