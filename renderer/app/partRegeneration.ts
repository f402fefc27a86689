import type { StoreApi } from 'zustand/vanilla';
import type { ChunkStore } from '../../core/document/chunkStore';
import { setSeedRanges, withSeedRange } from '../../core/document/commands/seedRanges';
import { setTakeShare } from '../../core/document/commands/takeMix';
import { applyTake } from '../../core/document/commands/takes';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { RangeLockRecord, TakeId } from '../../core/document/records';
import { lineExtent } from '../../core/document/lineExtent';
import { locksOf } from '../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import { joinChannels } from '../../core/curves/joinChannels';
import { findConflicts } from '../../core/layers/findConflicts';
import { isLockFor, keepLocked } from '../../core/performance/keepLocked';
import { isTooShortToSample } from '../../core/performance/neural/shortRanges';
import { PERFORMANCE_CHANNELS } from '../../core/rig/channels';
import { faceRegionOf, FACE_REGIONS, type FaceRegion } from '../../core/rig/faceRegions';
import type { TimeRange } from '../../core/time/timeRange';
import type { StudioApi } from '../../main/ipc/api';
import type { LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import type { ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import { requestOf } from './regeneration';
import { regenerationScope } from './regenerationScope';
import { tracksOf } from './tracksOf';

export interface PartRegenerationParts {
  readonly api: Pick<StudioApi, 'engine'>;
  readonly document: DocumentStore;
  readonly chunks: ChunkStore;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly jobs: Pick<Jobs, 'run' | 'say'>;
  readonly edits: Pick<Edits, 'run'>;
  readonly ids: IdSource;
  /** 32-bit unsigned; another one every time. */
  readonly newSeed: () => number;
  /** A frame of the display rate, for messages. */
  readonly frameOf: (timeSeconds: number) => string;
}

/** What the button or its menu asks for. */
export interface RegenerateWish {
  /** Default: all. */
  readonly regions?: readonly FaceRegion[];
  /** Another seed even where the curves are out of date; without it an out-of-date stretch is made with the seed it had. */
  readonly newSeed?: boolean;
  readonly asNewTake?: boolean;
}

/**
 * Makes the selection, the loop range or the line again, in all or some parts of the face. Edit layers are never touched,
 * everything outside is byte-equal, locked stretches inside are kept and counted. One undo step; an answer that no longer
 * fits the document (edited, undone, line gone) is dropped.
 */
export class PartRegeneration {
  constructor(private readonly parts: PartRegenerationParts) {}

  /** Locks that regenerating now would leave alone, for the button's tooltip. */
  locksInside(wish: RegenerateWish = {}): RangeLockRecord[] {
    const { lineModel, view, session, document } = this.parts;
    const { model } = lineModel.getState();
    if (!model) return [];
    const { range } = regenerationScope(model, view.getState().selection, session.getState().range);
    return locksOf(document.records, model.line.id).filter((lock) => touches(lock, range, wish.regions ?? FACE_REGIONS));
  }

  async run(wish: RegenerateWish = {}): Promise<void> {
    const { api, document, chunks, view, session, lineModel, jobs, edits, ids } = this.parts;
    const { model } = lineModel.getState();
    const inputs = model && takeInputsOf(document.records, model.line.id);
    if (!model?.base || !inputs) return;
    const { line, base: previous } = model;
    const regions = wish.regions ?? FACE_REGIONS;
    const scope = regenerationScope(model, view.getState().selection, session.getState().range);
    const extent = lineExtent(line);
    const range = scope.range ?? { startSeconds: extent.startSeconds - 1, endSeconds: extent.endSeconds + 1 };
    const isAnew = wish.newSeed === true || !model.isStale;
    const patch = { ...range, regions: [...regions], seed: isAnew ? this.parts.newSeed() : line.seed };
    const seedRanges = withSeedRange(inputs.seedRanges, patch);
    const wanted = { ...inputs, seedRanges };
    const inputHash = inputHashOf(wanted);
    const part = { range, regions, frameCount: previous.frameCount, previousSamples: joinChannels(previous) };
    const result = await jobs.run(`Generating ${line.name}`, line.id, (jobId) =>
      api.engine.perform({ jobId, lineId: line.id, ...requestOf(wanted), inputHash, part }),
    );
    if (!result) return;
    const now = takeInputsOf(document.records, line.id);
    if (!now || inputHashOf({ ...now, seedRanges: withSeedRange(now.seedRanges, patch) }) !== result.inputHash) {
      jobs.say('The line was edited meanwhile; nothing was changed.');
      return;
    }
    const locks = this.locksInside(wish);
    const tracks = keepLocked(previous, tracksOf(result, previous.frameRate), locks);
    const changed = previous.channels.some((samples, index) =>
      tracks.channels[index].some((value, frame) => value !== samples[frame]),
    );
    if (!changed && !wish.asNewTake) {
      jobs.say(
        `${line.engine === 'rules' && regions.every((region) => region === 'mouth') ? 'The rules engine speaks the same way with every seed' : 'Nothing changed'}${keptWords(locks)}`,
      );
      return;
    }
    const chunkIds = chunks.addTracks(tracks);
    const newTakeId: TakeId = `take:${ids.next()}`;
    const label = scope.kind === 'line' ? 'Regenerate line' : `Regenerate frames ${this.frames(range)}`;
    // A stretch made up to date leaves the rest of an out-of-date take as it was, and the take out of date.
    const hash = model.isStale && scope.kind !== 'line' && model.take ? model.take.inputHash : inputHash;
    edits.run(label, (draft) => {
      setSeedRanges(draft, { lineId: line.id, seedRanges });
      // What comes from another take in these parts is in the new curves already.
      for (const region of regions) setTakeShare(draft, { lineId: line.id, region, share: null });
      const { frameCount } = tracks;
      applyTake(draft, {
        lineId: line.id,
        inputHash: hash,
        frameCount,
        chunkIds,
        newTakeId,
        asNewTake: wish.asNewTake,
        events: result.events,
      });
    });
    const conflicts = findConflicts(previous, tracks, model.layers);
    session.setState((state) => ({ regenerations: state.regenerations + 1 }));
    const made = scope.kind === 'line' ? `${line.name} made again` : `Frames ${this.frames(range)} made again`;
    const byRules = line.engine === 'neural' && isTooShortToSample(range) ? ' by the rules, too short for the neural engine' : '';
    jobs.say(`${made}${byRules}${keptWords(locks)}${conflictWords(conflicts.length)}`, label);
  }

  private frames({ startSeconds, endSeconds }: TimeRange): string {
    return `${this.parts.frameOf(startSeconds)} to ${this.parts.frameOf(endSeconds)}`;
  }
}

function touches(lock: RangeLockRecord, range: TimeRange | null, regions: readonly FaceRegion[]): boolean {
  if (range && (lock.endSeconds <= range.startSeconds || lock.startSeconds >= range.endSeconds)) return false;
  return PERFORMANCE_CHANNELS.some((channel) => regions.includes(faceRegionOf(channel)) && isLockFor(lock, channel));
}

function keptWords(locks: readonly unknown[]): string {
  return locks.length === 0 ? '' : `; ${locks.length} locked ${locks.length === 1 ? 'range' : 'ranges'} kept`;
}

function conflictWords(count: number): string {
  return count === 0 ? '' : `; the ground moved under ${count} additive ${count === 1 ? 'edit' : 'edits'}`;
}
