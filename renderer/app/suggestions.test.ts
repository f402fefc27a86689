import { describe, expect, it, vi } from 'vitest';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { createIdSource } from '../../core/document/ids';
import type { LineRecord } from '../../core/document/records';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import { emotionsOf } from '../../core/document/selectors';
import { ChunkStore } from '../../core/document/chunkStore';
import { createDocumentState } from '../stores/documentState';
import { lineExtras } from '../stores/lineExtras';
import { createLineModel } from '../stores/lineModel';
import { createSessionState } from '../stores/sessionState';
import { createViewState } from '../stores/viewState';
import { peakOf, Suggestions } from './suggestions';

const lineId = FIXTURE_LINE;

function setUp(transcript: string) {
  const document = new DocumentStore(fixtureRecords());
  document.transact('Text', (draft) => draft.put({ ...draft.get<LineRecord>(lineId), transcript }));
  const documentState = createDocumentState(document);
  const view = createViewState(null);
  view.setState({ lineId });
  const lineModel = createLineModel(documentState, view, createSessionState(), new ChunkStore());
  const edits = {
    run: (label: string, edit: Parameters<DocumentStore['transact']>[1]) => document.transact(label, edit) !== null,
  };
  const say = vi.fn<(text: string) => void>();
  const suggestions = new Suggestions({ lineModel, documentState, edits, jobs: { say }, ids: createIdSource() });
  const hash = () => inputHashOf(takeInputsOf(document.records, lineId)!);
  const gain = () => lineExtras(document.records, lineId).effortGain;
  return {
    document,
    suggestions,
    say,
    hash,
    gain,
    keys: (emotion: 'anger') => emotionsOf(document.records, lineId)[emotion].keys,
  };
}

describe('suggestions', () => {
  it('act only when accepted; accepting, dismissing and suggesting are one undo step each', () => {
    const { document, suggestions, hash, keys } = setUp('[angry] Maybe now');
    const before = hash();
    suggestions.suggest();
    expect(suggestions.drafts.map(({ emotion }) => emotion)).toEqual(['anger']);
    expect(hash()).toBe(before);
    expect(keys('anger')).toEqual([]);
    suggestions.accept('anger');
    expect(keys('anger').length).toBeGreaterThan(1);
    expect(suggestions.drafts).toEqual([]);
    document.undo();
    expect(suggestions.drafts).toHaveLength(1);
    expect(hash()).toBe(before);
    suggestions.dismiss();
    expect(suggestions.drafts).toEqual([]);
    expect(hash()).toBe(before);
  });

  it('can be made weaker before they are accepted, and keep their shape', () => {
    const { document, suggestions, keys } = setUp('[furious] Maybe now');
    suggestions.suggest();
    const times = suggestions.drafts[0].keys.map(({ timeSeconds }) => timeSeconds);
    document.transact('Weaker', suggestions.peakEdit('anger')!(0.25));
    expect(peakOf(suggestions.drafts[0].keys)).toBeCloseTo(0.25);
    suggestions.accept();
    expect(keys('anger').map(({ timeSeconds }) => timeSeconds)).toEqual(times);
    expect(peakOf(keys('anger'))).toBeCloseTo(0.25);
  });

  it('say so when there is nothing to guess from', () => {
    const { suggestions, say, document } = setUp('');
    const depth = document.history.length;
    suggestions.suggest();
    expect(say.mock.calls[0][0]).toContain('no transcript');
    expect(document.history).toHaveLength(depth);
  });
});

describe('effort gain', () => {
  it('one key holds for the whole line, 1 takes it away, more are set in time', () => {
    const { document, suggestions, gain, hash } = setUp('Maybe now');
    const before = hash();
    const set = (time: number, value: number) => document.transact('Gain', suggestions.gainEdit(time)!(value));
    set(0.5, 1.5);
    expect(gain()).toMatchObject([{ timeSeconds: 0, value: 1.5 }]);
    expect(hash()).not.toBe(before);
    set(1.5, 0.5);
    expect(gain()).toMatchObject([{ timeSeconds: 0, value: 0.5 }]);
    set(1, 1);
    expect(gain()).toEqual([]);
    expect(hash()).toBe(before);
    suggestions.toggleGainKey(0.5);
    suggestions.toggleGainKey(1.5);
    set(1.5, 1.8);
    expect(gain()).toMatchObject([
      { timeSeconds: 0.5, value: 1 },
      { timeSeconds: 1.5, value: 1.8 },
    ]);
    suggestions.toggleGainKey(1.5);
    expect(gain()).toHaveLength(1);
  });
});
