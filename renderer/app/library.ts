import type { StoreApi } from 'zustand/vanilla';
import { addEvent } from '../../core/document/commands/events';
import { putLookAt } from '../../core/document/commands/lookAts';
import { applyPose, mirrorPose, poseFromFrame, savePose } from '../../core/document/commands/poses';
import type { DocumentEdit, DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { DocumentRecords, LayerId, LookAtId, LookAtRecord, PoseId, PoseRecord } from '../../core/document/records';
import { PERFORMANCE_CHANNELS, type PerformanceChannel } from '../../core/rig/channels';
import type { LineModelState } from '../stores/lineModel';
import type { ViewState } from '../stores/viewState';
import { pictureOfFace } from '../viewport/pictureOfFace';
import { poseAt } from '../viewport/pose';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { TimelineActions } from './timelineActions';

export interface LibraryParts {
  readonly document: DocumentStore;
  readonly view: StoreApi<ViewState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly edits: Edits;
  readonly jobs: Jobs;
  readonly timeline: Pick<TimelineActions, 'playheadFrameSeconds'>;
  readonly ids: IdSource;
}

/** A look lasts this long until its edges are dragged in the lane of blinks and looks. */
const LOOK_SECONDS = 1.2;

/** Poses and look-at targets: shared by all lines of the project, used at the playhead of the one that is shown. */
export class Library {
  constructor(private readonly parts: LibraryParts) {}

  /** The face under the playhead as a new pose, with a picture of it. */
  savePose(): PoseId | null {
    const { document, edits, ids, jobs } = this.parts;
    const frame = this.frameUnderPlayhead();
    if (!frame) return null;
    const weights = poseFromFrame(frame);
    if (Object.keys(weights).length === 0) {
      jobs.say('The face is at rest here; there is no pose to save.');
      return null;
    }
    const poseId: PoseId = `pose:${ids.next()}`;
    const name = freeName(
      'Pose',
      posesOf(document.records).map((pose) => pose.name),
    );
    const picture = pictureOfFace(72, 72) ?? undefined;
    edits.run(`Save ${name}`, (draft) => savePose(draft, { poseId, name, weights, picture }));
    return poseId;
  }

  /** The pose seen in a mirror, as a pose of its own. */
  addMirrored(pose: PoseRecord): void {
    const { document, edits, ids } = this.parts;
    const poseId: PoseId = `pose:${ids.next()}`;
    const name = freeName(
      `${pose.name} mirrored`,
      posesOf(document.records).map((other) => other.name),
    );
    edits.run(`Mirror ${pose.name}`, (draft) => savePose(draft, { poseId, name, weights: mirrorPose(pose.weights) }));
  }

  /** One gesture of the slider: the pose comes in from what the face was when the gesture began. */
  applyEdit(poseId: PoseId, isMirrored: boolean): ((amount: number) => DocumentEdit) | null {
    const { ids, timeline } = this.parts;
    const { model } = this.parts.lineModel.getState();
    const present = this.frameUnderPlayhead();
    if (!model || !present) return null;
    const idPrefix = ids.next();
    const lineId = model.line.id;
    const layerId = this.activeLayerId();
    const timeSeconds = timeline.playheadFrameSeconds;
    return (amount) => (draft) =>
      applyPose(draft, { lineId, poseId, layerId, timeSeconds, amount, isMirrored, present, idPrefix });
  }

  /** A new target straight ahead, or in the direction given. */
  addLookAt(name: string, yawRadians: number, pitchRadians: number): void {
    const { document, edits, ids } = this.parts;
    const lookAtId: LookAtId = `lookat:${ids.next()}`;
    const free = freeName(
      name,
      lookAtsOf(document.records).map((target) => target.name),
    );
    edits.run(`Add target ${free}`, (draft) =>
      putLookAt(draft, { lookAtId, name: free, direction: { yawRadians, pitchRadians }, headShare: 0.3 }),
    );
  }

  /** The eyes go to the target at the playhead; an event in the lane of blinks and looks. */
  lookNow(target: LookAtRecord): void {
    const { edits, ids, timeline } = this.parts;
    const { model } = this.parts.lineModel.getState();
    if (!model) return;
    const lineId = model.line.id;
    const startSeconds = timeline.playheadFrameSeconds;
    edits.run(`Look at ${target.name}`, (draft) =>
      addEvent(draft, {
        lineId,
        eventId: `event:${lineId}:look-${ids.next()}`,
        event: {
          type: 'gaze',
          startSeconds,
          endSeconds: startSeconds + LOOK_SECONDS,
          lookAtId: target.id,
          target: target.direction,
        },
      }),
    );
  }

  private frameUnderPlayhead(): Record<PerformanceChannel, number> | null {
    const { lineModel, timeline } = this.parts;
    const final = lineModel.getState().model?.final;
    if (!final) return null;
    const pose = poseAt(final, timeline.playheadFrameSeconds);
    return Object.fromEntries(PERFORMANCE_CHANNELS.map((channel) => [channel, pose(channel)])) as Record<
      PerformanceChannel,
      number
    >;
  }

  private activeLayerId(): LayerId | null {
    const { model } = this.parts.lineModel.getState();
    const layer = model?.layers.find(({ id }) => id === this.parts.view.getState().activeLayerId);
    return layer && !layer.muted ? (layer.id as LayerId) : null;
  }
}

/** Poses of the project by name. */
export function posesOf(records: DocumentRecords): PoseRecord[] {
  return ofKind<PoseRecord>(records, 'pose:');
}

/** Look-at targets of the project by name. */
export function lookAtsOf(records: DocumentRecords): LookAtRecord[] {
  return ofKind<LookAtRecord>(records, 'lookat:');
}

function ofKind<T extends PoseRecord | LookAtRecord>(records: DocumentRecords, prefix: string): T[] {
  const found: T[] = [];
  for (const id in records) if (id.startsWith(prefix)) found.push(records[id] as T);
  return found.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** The name itself when nothing has it, else with the next number. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.includes(`${wanted} ${number}`)) return `${wanted} ${number}`;
}
