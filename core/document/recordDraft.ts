import { MienError } from '../errors';
import type { DocumentRecord, DocumentRecords } from './records';
import type { RecordChange, RecordDiff } from './recordDiff';

/**
 * What commands write to: a view of the records in which puts and removals are seen at once, but which leaves the
 * originals untouched. `diff()` tells what changed.
 */
export class RecordDraft {
  private readonly changed = new Map<string, DocumentRecord | undefined>();

  constructor(private readonly base: DocumentRecords) {}

  /** The record as this draft sees it. */
  find<T extends DocumentRecord>(id: T['id']): T | undefined {
    if (this.changed.has(id)) return this.changed.get(id) as T | undefined;
    return this.base[id] as T | undefined;
  }

  /** As `find`, for records that must be there. Throws `invalid-input` when it is not: the caller held a stale id. */
  get<T extends DocumentRecord>(id: T['id']): T {
    const record = this.find<T>(id);
    if (!record) {
      throw new MienError(
        'invalid-input',
        `There is no record "${id}" in this project.`,
        'It may have been removed; select it again.',
      );
    }
    return record;
  }

  put(record: DocumentRecord): void {
    this.changed.set(record.id, record);
  }

  remove(id: DocumentRecord['id']): void {
    this.changed.set(id, undefined);
  }

  /** Every record id this draft sees that starts with a prefix, in no special order. */
  idsWithPrefix(prefix: string): string[] {
    const ids = new Set(Object.keys(this.base).filter((id) => id.startsWith(prefix)));
    for (const [id, record] of this.changed) {
      if (!id.startsWith(prefix)) continue;
      if (record) ids.add(id);
      else ids.delete(id);
    }
    return [...ids];
  }

  /** What changed against the base; a put of the very same object is no change. */
  diff(): RecordDiff {
    const diff: Record<string, RecordChange> = {};
    for (const [id, after] of this.changed) {
      const before = this.base[id];
      if (before !== after) diff[id] = { before, after };
    }
    return diff;
  }
}
