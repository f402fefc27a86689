import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE } from '../../core/document/documentFixture';
import { setChannelSettings } from '../../core/document/commands/channelSettings';
import { DocumentStore } from '../../core/document/documentStore';
import type { LayerCurveRecord, LineRecord, ProjectRecord } from '../../core/document/records';
import { RICH_LAYER, richFixtureRecords } from '../../core/document/testing/richFixture';
import { createDocumentState } from '../stores/documentState';
import { createSessionState } from '../stores/sessionState';
import { changedLines, forgetChangedExports } from './exportedLines';

const curveId = `curve:${RICH_LAYER}:jawOpen` as const;

describe('lines that were exported', () => {
  it('count as exported until something of them changes', () => {
    const document = new DocumentStore(richFixtureRecords());
    const session = createSessionState();
    forgetChangedExports(createDocumentState(document), session);
    session.setState({ exportedLines: [FIXTURE_LINE, 'line:other'] });
    document.transact('Rename project', (draft) => draft.put({ ...draft.get<ProjectRecord>('project'), name: 'Other' }));
    expect(session.getState().exportedLines).toEqual([FIXTURE_LINE, 'line:other']);
    document.transact('Gain', (draft) =>
      setChannelSettings(draft, { lineId: FIXTURE_LINE, channels: ['browInnerUp'], change: { gain: 0.5 } }),
    );
    expect(session.getState().exportedLines).toEqual(['line:other']);
  });

  it('are told by their own record, by what belongs to them, and by what went', () => {
    const before = richFixtureRecords();
    const line = before[FIXTURE_LINE] as LineRecord;
    expect([...changedLines(before, before)]).toEqual([]);
    expect([...changedLines(before, { ...before, [FIXTURE_LINE]: { ...line, name: 'New' } })]).toEqual([FIXTURE_LINE]);
    const curve = before[curveId] as LayerCurveRecord;
    expect([...changedLines(before, { ...before, [curveId]: { ...curve, spans: [] } })]).toEqual([FIXTURE_LINE]);
    const { [curveId]: _gone, ...without } = before;
    expect([...changedLines(before, without)]).toEqual([FIXTURE_LINE]);
  });
});
