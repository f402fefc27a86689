import { describe, expect, it, vi } from 'vitest';
import { ChunkStore } from '../../core/document/chunkStore';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { createIdSource } from '../../core/document/ids';
import { keptEventsOf } from '../../core/document/performedEvents';
import { COMMANDS } from '../../main/ipc/commandTable';
import { createDocumentState } from '../stores/documentState';
import { createLineModel } from '../stores/lineModel';
import { createSessionState } from '../stores/sessionState';
import { createViewState } from '../stores/viewState';
import { CONTEXT_MENUS } from './contextMenus';
import { EventActions, NEW_EVENTS } from './eventActions';

function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const session = createSessionState();
  const view = createViewState(null);
  view.setState({ lineId: FIXTURE_LINE });
  const lineModel = createLineModel(createDocumentState(document), view, session, new ChunkStore());
  const edits = {
    run: (label: string, edit: Parameters<DocumentStore['transact']>[1]) => document.transact(label, edit) !== null,
  };
  const say = vi.fn<(text: string) => void>();
  const actions = new EventActions({ lineModel, session, edits, jobs: { say }, ids: createIdSource() });
  return { document, session, actions, say, events: () => keptEventsOf(document.records, FIXTURE_LINE) };
}

describe('events by hand', () => {
  it("of every kind in the menu begin at the playhead, are the animator's, and take one undo step", () => {
    for (const [name, { type, target }] of Object.entries(NEW_EVENTS)) {
      const { document, session, actions, events } = setUp();
      session.setState({ playheadSeconds: 0.4 });
      const key = actions.add(name);
      expect(events()).toEqual([
        expect.objectContaining({ key, type, origin: 'hand', locked: false, ...(target && { target }) }),
      ]);
      if (type !== 'blink') expect(events()[0].startSeconds).toBe(0.4);
      expect(document.history).toHaveLength(1);
    }
  });

  it('are cut to the line, and refused where there is no room', () => {
    const { actions, events, say } = setUp();
    actions.add('lookLeft', 1.5);
    expect(events()[0].endSeconds).toBe(2);
    expect(actions.add('nod', 2)).toBe('');
    expect(actions.add('blink', 0.01)).toBe('');
    expect(say).toHaveBeenCalledTimes(2);
    expect(events()).toHaveLength(1);
  });

  it("all have a command, and stand in the lane's menu", () => {
    for (const name of Object.keys(NEW_EVENTS)) {
      expect(COMMANDS.some(({ id }) => id === `event.${name}`)).toBe(true);
      expect(CONTEXT_MENUS.events).toContain(`event.${name}`);
    }
  });
});
