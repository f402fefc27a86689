import type { SeedRange } from '../../performance/performTake';
import type { RecordDraft } from '../recordDraft';
import type { LineId, LineRecord } from '../records';

/** More than this no line needs; the oldest give way, and their curves stay in the take until it is made again. */
const MOST_SEED_RANGES = 200;

/** The list with one more stretch on top; stretches that it covers wholly are dropped. */
export function withSeedRange(ranges: readonly SeedRange[] | undefined, added: SeedRange): SeedRange[] {
  const kept = (ranges ?? []).filter(
    (range) =>
      range.startSeconds < added.startSeconds ||
      range.endSeconds > added.endSeconds ||
      range.regions.some((region) => !added.regions.includes(region)),
  );
  return [...kept, added].slice(-MOST_SEED_RANGES);
}

/** Sets the stretches of a line that are made with seeds of their own. */
export function setSeedRanges(draft: RecordDraft, args: { lineId: LineId; seedRanges: readonly SeedRange[] }): void {
  const { seedRanges: before, ...line } = draft.get<LineRecord>(args.lineId);
  if (args.seedRanges === before || (!before && args.seedRanges.length === 0)) return;
  draft.put(args.seedRanges.length === 0 ? line : { ...line, seedRanges: args.seedRanges });
}
