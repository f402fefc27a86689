import type { FaceRegion } from '../../core/rig/faceRegions';
import type { TimeRange } from '../../core/time/timeRange';
import { extentOf, placedKeys } from '../panels/timeline/key-selection';
import type { LineModel } from '../stores/lineModel';
import type { Selection } from '../stores/viewState';

/** What "Regenerate" would work on now, and in the words of its button. */
export interface RegenerationScope {
  readonly kind: 'selection' | 'range' | 'line';
  /** null: the whole line. */
  readonly range: TimeRange | null;
}

/** A selection of one key or moment still gets a stretch around it long enough to blend. */
const SHORTEST_SECONDS = 0.3;

/** The selection, else the loop range, else the line (ui.md). */
export function regenerationScope(model: LineModel, selection: Selection, loopRange: TimeRange | null): RegenerationScope {
  const selected = selectedRange(model, selection);
  if (selected) return { kind: 'selection', range: atLeast(selected, SHORTEST_SECONDS) };
  if (loopRange && loopRange.endSeconds > loopRange.startSeconds)
    return { kind: 'range', range: atLeast(loopRange, SHORTEST_SECONDS) };
  return { kind: 'line', range: null };
}

function selectedRange(model: LineModel, selection: Selection): TimeRange | null {
  switch (selection.kind) {
    case 'phoneme': {
      const phoneme = model.speech.phonemes[selection.index];
      return phoneme ? { startSeconds: phoneme.startSeconds, endSeconds: phoneme.endSeconds } : null;
    }
    case 'emotionKeys':
      return hull(model.emotions[selection.emotion].keys.filter(({ id }) => selection.keyIds.includes(id)));
    case 'channelKeys': {
      const extent = extentOf(placedKeys(model.layers, selection.keys));
      return extent && { startSeconds: extent.firstSeconds, endSeconds: extent.lastSeconds };
    }
    default:
      return null;
  }
}

function hull(keys: readonly { readonly timeSeconds: number }[]): TimeRange | null {
  if (keys.length === 0) return null;
  const times = keys.map(({ timeSeconds }) => timeSeconds);
  return { startSeconds: Math.min(...times), endSeconds: Math.max(...times) };
}

function atLeast({ startSeconds, endSeconds }: TimeRange, seconds: number): TimeRange {
  const missing = Math.max(0, seconds - (endSeconds - startSeconds));
  return { startSeconds: startSeconds - missing / 2, endSeconds: endSeconds + missing / 2 };
}

/** Label of the button, as design/ui shows it. */
export function scopeLabel({ kind }: RegenerationScope, hasTake: boolean): string {
  if (kind === 'line') return hasTake ? 'Regenerate line' : 'Generate line';
  return kind === 'selection' ? 'Regenerate selection' : 'Regenerate range';
}

export const REGION_NAMES: Readonly<Record<FaceRegion, string>> = { mouth: 'Mouth', upper: 'Upper face', head: 'Head' };
