import type { StoreApi } from 'zustand/vanilla';
import { addHandEvent } from '../../core/document/commands/takeEvents';
import type { IdSource } from '../../core/document/ids';
import type { GazeDirection, NonverbalType } from '../../core/performance/events/performanceEvent';
import { blinkTimes } from '../../core/performance/nonverbal/blinks';
import type { LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';

const DEGREE = Math.PI / 180;
const look = (yawDegrees: number, pitchDegrees: number): GazeDirection => ({
  yawRadians: yawDegrees * DEGREE,
  pitchRadians: pitchDegrees * DEGREE,
});

interface NewEvent {
  readonly type: NonverbalType;
  /** Absent for a blink, which has its own times. */
  readonly seconds?: number;
  readonly target?: GazeDirection;
}

/**
 * What the menu of the event lane adds, by the end of the command's id. Looks away last about a second and stay within 15
 * degrees, as nine of ten shifts do (Eyes Alive, 2002); a breath is a quick one (Winkworth et al. 1994).
 */
export const NEW_EVENTS: Readonly<Record<string, NewEvent>> = {
  blink: { type: 'blink' },
  lookListener: { type: 'gaze', seconds: 1.5, target: look(0, 0) },
  lookLeft: { type: 'gaze', seconds: 1, target: look(14, 0) },
  lookRight: { type: 'gaze', seconds: 1, target: look(-14, 0) },
  lookUp: { type: 'gaze', seconds: 1, target: look(0, -10) },
  lookDown: { type: 'gaze', seconds: 1, target: look(0, 12) },
  saccade: { type: 'saccade', seconds: 0.3, target: look(5, 1) },
  nod: { type: 'nod', seconds: 0.6 },
  shake: { type: 'shake', seconds: 0.9 },
  tilt: { type: 'tilt', seconds: 1.2 },
  breath: { type: 'breath', seconds: 0.5 },
};

export interface EventActionsParts {
  readonly lineModel: StoreApi<LineModelState>;
  readonly session: StoreApi<SessionState>;
  readonly edits: Pick<Edits, 'run'>;
  readonly jobs: Pick<Jobs, 'say'>;
  readonly ids: IdSource;
}

/** Blinks, looks, nods and breaths by hand. */
export class EventActions {
  constructor(private readonly parts: EventActionsParts) {}

  /** Adds an event that begins at a time (a blink is shut at it), cut to the line; default the playhead. Its key, or '' when there is no room. */
  add(name: string, timeSeconds = this.parts.session.getState().playheadSeconds): string {
    const { model } = this.parts.lineModel.getState();
    const wanted = NEW_EVENTS[name];
    if (!model || !wanted) return '';
    const { type, target } = wanted;
    const lineId = model.line.id;
    const { extent } = model;
    const times =
      wanted.seconds === undefined
        ? blinkTimes(timeSeconds)
        : { startSeconds: timeSeconds, endSeconds: Math.min(extent.endSeconds, timeSeconds + wanted.seconds) };
    const isInside = times.startSeconds >= extent.startSeconds && times.endSeconds <= extent.endSeconds;
    if (!isInside || times.endSeconds - times.startSeconds < 1 / 60) {
      this.parts.jobs.say(`There is no room for a ${type} here.`);
      return '';
    }
    const key = `hand:${this.parts.ids.next()}`;
    this.parts.edits.run(`Add ${type}`, (draft) =>
      addHandEvent(draft, { lineId, key, event: { type, ...times, intensity: 1, ...(target && { target }) } }),
    );
    return key;
  }
}
