import { FACE_REGIONS, type FaceRegion } from '../../rig/faceRegions';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord, TakeId, TakeMix, TakeShare } from '../records';

/** Takes a part of the face from another take; null gives it back to the active one. */
export function setTakeShare(draft: RecordDraft, args: { lineId: LineId; region: FaceRegion; share: TakeShare | null }): void {
  const line = draft.get<LineRecord>(args.lineId);
  const { [args.region]: _before, ...others } = line.takeMix ?? {};
  const isPlain = args.share !== null && args.share.takeId === line.activeTakeId && (args.share.blend ?? 0) === 0;
  putMix(draft, line, args.share === null || isPlain ? others : { ...others, [args.region]: args.share });
}

/** Blends take B into what is shown, the same share in every part; 0 takes the blend away. */
export function blendTake(draft: RecordDraft, args: { lineId: LineId; blendTakeId: TakeId; blend: number }): void {
  const line = draft.get<LineRecord>(args.lineId);
  if (line.activeTakeId === '') return;
  const blend = Math.min(1, Math.max(0, args.blend));
  const entries = FACE_REGIONS.map((region): [FaceRegion, TakeShare] => {
    const takeId = line.takeMix?.[region]?.takeId ?? (line.activeTakeId as TakeId);
    return [region, blend === 0 ? { takeId } : { takeId, blendTakeId: args.blendTakeId, blend }];
  });
  const kept = entries.filter(([, share]) => share.takeId !== line.activeTakeId || share.blend !== undefined);
  putMix(draft, line, Object.fromEntries(kept));
}

function putMix(draft: RecordDraft, line: LineRecord, mix: TakeMix): void {
  const { takeMix: _before, ...rest } = line;
  draft.put(Object.keys(mix).length === 0 ? rest : { ...rest, takeMix: mix });
}
