/** Times of the document's core on ten minutes with 10,000 keys, as JSON: what an animator waits for at every move. */
import { layerCurvesOf } from '../../core/document/selectors';
import { DocumentStore } from '../../core/document/documentStore';
import { fixtureRecords, FIXTURE_LINE } from '../../core/document/documentFixture';
import type { DocumentRecord, LayerId, LineRecord } from '../../core/document/records';
import { moveChannelKeys } from '../../core/document/commands/channelKeys';
import { composeTracks } from '../../core/layers/composeTracks';
import { longLine } from '../../core/layers/testing/longLine';
import { TrackEvaluator } from '../../core/layers/trackEvaluator';
import { editLayersOf, lineOf } from '../../core/document/selectors';

const { base, layers } = longLine();
const records: Record<string, DocumentRecord> = { ...fixtureRecords() };
const line = records[FIXTURE_LINE] as LineRecord;
records[FIXTURE_LINE] = { ...line, durationSeconds: 600, layerIds: layers.map((layer) => layer.id as LayerId) };
for (const { id, name, mode, curves } of layers) {
  const layerId = id as LayerId;
  records[layerId] = { id: layerId, kind: 'layer', lineId: FIXTURE_LINE, name, mode, weight: 1, muted: false, locked: false };
  for (const { channel, spans } of curves)
    records[`curve:${layerId}:${channel}`] = { id: `curve:${layerId}:${channel}`, kind: 'curve', layerId, channel, spans };
}
const store = new DocumentStore(records);
const evaluator = new TrackEvaluator();
const settings = {};
const layersNow = () => editLayersOf(store.records, lineOf(store.records, FIXTURE_LINE)!);
let shown = layersNow();
evaluator.evaluate(base, shown, settings);

/** Median milliseconds of `runs` runs. */
function median(runs: number, work: (run: number) => void): number {
  const times = Array.from({ length: runs }, (_unused, run) => {
    const start = performance.now();
    work(run);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return Number(times[runs >> 1].toFixed(4));
}

const pose = new Float32Array(base.channels.length);
const playheadMove = median(2001, (run) => {
  const { final } = evaluator.evaluate(base, shown, settings);
  final.channels.forEach((samples, channel) => (pose[channel] = samples[(run * 37) % base.frameCount]));
});
const [curve] = layerCurvesOf(store.records, layers[1].id as LayerId);
const keyIds = [curve.spans[2].keys[3].id];
const move = (run: number) =>
  store.transact('Move key', (draft) =>
    moveChannelKeys(draft, {
      lineId: FIXTURE_LINE,
      layerId: curve.layerId,
      channel: curve.channel,
      keyIds,
      deltaSeconds: run % 2 === 0 ? 0.01 : -0.01,
      deltaValue: 0,
    }),
  );
const keyEdit = median(301, move);
const keyEditEvaluated = median(301, (run) => {
  move(run);
  shown = layersNow();
  evaluator.evaluate(base, shown, settings);
});
const undoRedo = median(301, (run) => void (run % 2 === 0 ? store.undo() : store.redo()));
const fromScratch = median(5, () => void composeTracks(base, shown, settings));

console.log(
  JSON.stringify({
    line: {
      minutes: 10,
      frames: base.frameCount,
      channels: base.channels.length,
      keys: layers.flatMap((layer) => layer.curves.flatMap((entry) => entry.spans.flatMap((span) => span.keys))).length,
    },
    milliseconds: { playheadMove, keyEdit, keyEditEvaluated, undoOrRedo: undoRedo, everythingFromScratch: fromScratch },
  }),
);
