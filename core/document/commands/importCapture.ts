import { reduceKeys } from '../../curves/reduceKeys';
import { capturedSamples, coveredFrames, type PlacedCapture } from '../../performance/placeCapture';
import type { CurveSpan } from '../../layers/editLayer';
import { isPoseChannel, type PerformanceChannel } from '../../rig/channels';
import { gridFrom } from '../../time/frameRate';
import type { CurveGrid } from '../../performance/curveGrid';
import { rollFramesOf } from '../lineBase';
import { channelRange, writeSpans } from '../channelSpans';
import { clampValue } from '../keyList';
import type { RecordDraft } from '../recordDraft';
import type { ChunkId, LayerId, LineId, LineRecord, TakeId, TakeRecord } from '../records';
import { addLayer } from './layers';

/** Keys follow captured weights within this, and rotations within this many radians: below what an eye sees. */
const KEY_ERROR = { weight: 0.004, rotation: 0.002 };

export type CapturedSpans = ReadonlyMap<PerformanceChannel, CurveSpan>;

/** One channel of a capture as few keys on the line. */
export function capturedSpan(capture: PlacedCapture, channel: PerformanceChannel, grid: CurveGrid, spanId: string): CurveSpan {
  const covered = coveredFrames(capture, grid);
  const range = channelRange(channel);
  const samples = capturedSamples(capture, channel, covered, grid).map((value) => clampValue(value, range));
  const maxError = isPoseChannel(channel) ? KEY_ERROR.rotation : KEY_ERROR.weight;
  return { id: spanId, keys: reduceKeys(samples, gridFrom(grid.frameRate, covered.first), maxError, `${spanId}:`) };
}

/** A captured face as a new override layer on top: it acts where it lies, on the channels it has. */
export function addCaptureLayer(
  draft: RecordDraft,
  args: { lineId: LineId; layerId: LayerId; name: string; spans: CapturedSpans },
): void {
  addLayer(draft, args);
  for (const [channel, span] of args.spans) writeSpans(draft, args.layerId, channel, [span]);
}

/** A captured face as a new take that becomes the base; making curves anew leaves it alone and makes a take of its own. */
export function addCaptureTake(
  draft: RecordDraft,
  args: {
    lineId: LineId;
    takeId: TakeId;
    name: string;
    inputHash: string;
    frameCount: number;
    chunkIds: readonly ChunkId[];
  },
): void {
  const line = draft.get<LineRecord>(args.lineId);
  const { takeId: id, lineId, name, inputHash, frameCount, chunkIds } = args;
  const made = { inputHash, ...rollFramesOf(line), frameCount, chunkIds };
  const take: TakeRecord = { id, kind: 'take', lineId, name, ...made, captured: true };
  const { takeMix: _mix, ...rest } = line;
  draft.put(take);
  draft.put({ ...rest, activeTakeId: id, takeIds: [...line.takeIds, id] });
}
