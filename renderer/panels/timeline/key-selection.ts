import type { CurveKey } from '../../../core/curves/keyedCurve';
import type { KeyRef } from '../../../core/document/channelSpans';
import { valueShare } from '../../../core/document/commands/transformKeys';
import type { LayerId } from '../../../core/document/records';
import type { EditLayer } from '../../../core/layers/editLayer';
import { NO_SELECTION, type Selection } from '../../stores/viewState';

/** A hand-made key with its place in the document. */
export interface PlacedKey {
  readonly ref: KeyRef;
  readonly key: CurveKey;
}

/** Ids of the selected channel keys; ids are unique in the document. */
export function selectedKeyIds(selection: Selection): ReadonlySet<string> {
  let ids = idsOf.get(selection);
  if (!ids) {
    ids = new Set(selectedRefs(selection).map((ref) => ref.keyId));
    idsOf.set(selection, ids);
  }
  return ids;
}

/** A selection never changes in place; dozens of rows ask for the same ids. */
const idsOf = new WeakMap<Selection, ReadonlySet<string>>();

export function selectedRefs(selection: Selection): readonly KeyRef[] {
  return selection.kind === 'channelKeys' ? selection.keys : [];
}

export function selectionOf(keys: readonly KeyRef[]): Selection {
  return keys.length > 0 ? { kind: 'channelKeys', keys } : NO_SELECTION;
}

/** The keys behind refs, as the layers have them now, in their order there; refs whose key is gone fall out. */
export function placedKeys(layers: readonly EditLayer[], refs: readonly KeyRef[]): PlacedKey[] {
  if (refs.length === 0) return [];
  const wanted = new Set<string>();
  const curves = new Set<string>();
  for (const { layerId, channel, keyId } of refs) {
    wanted.add(keyId);
    curves.add(`${layerId} ${channel}`);
  }
  const placed: PlacedKey[] = [];
  for (const layer of layers) {
    for (const { channel, spans } of layer.curves) {
      if (!curves.has(`${layer.id} ${channel}`)) continue;
      for (const { keys } of spans) {
        for (const key of keys)
          if (wanted.has(key.id)) placed.push({ ref: { layerId: layer.id as LayerId, channel, keyId: key.id }, key });
      }
    }
  }
  return placed;
}

/** Every hand-made key of every layer. */
export function allPlacedKeys(layers: readonly EditLayer[]): PlacedKey[] {
  return layers.flatMap((layer) =>
    layer.curves.flatMap(({ channel, spans }) =>
      spans.flatMap((span) => span.keys.map((key) => ({ ref: { layerId: layer.id as LayerId, channel, keyId: key.id }, key }))),
    ),
  );
}

interface Held {
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
}

/** The selection after a press on keys: Shift or Ctrl adds them (or takes them away), a plain press keeps a group that holds them. */
export function pressedRefs(selected: readonly KeyRef[], pressed: readonly KeyRef[], held: Held): readonly KeyRef[] {
  const isSelected = (ref: KeyRef) => selected.some((other) => other.keyId === ref.keyId);
  const areAllSelected = pressed.every(isSelected);
  if (!held.ctrlKey && !held.shiftKey) return areAllSelected ? selected : pressed;
  if (areAllSelected) return without(selected, pressed);
  return [...selected, ...pressed.filter((ref) => !isSelected(ref))];
}

/** The selection after a box or lasso: Shift adds, Ctrl takes away, else it is what was caught. */
export function caughtRefs(before: readonly KeyRef[], caught: readonly KeyRef[], held: Held): readonly KeyRef[] {
  if (held.ctrlKey) return without(before, caught);
  if (!held.shiftKey) return caught;
  return [...before, ...without(caught, before)];
}

function without(refs: readonly KeyRef[], taken: readonly KeyRef[]): KeyRef[] {
  const ids = new Set(taken.map((ref) => ref.keyId));
  return refs.filter((ref) => !ids.has(ref.keyId));
}

/** Where keys begin and end; values as shares of their axis. */
export interface KeyExtent {
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly lowValue: number;
  readonly highValue: number;
}

export function extentOf(keys: readonly PlacedKey[]): KeyExtent | null {
  if (keys.length === 0) return null;
  let [firstSeconds, lastSeconds, lowValue, highValue] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { ref, key } of keys) {
    const value = valueShare(ref.channel, key.value);
    firstSeconds = Math.min(firstSeconds, key.timeSeconds);
    lastSeconds = Math.max(lastSeconds, key.timeSeconds);
    lowValue = Math.min(lowValue, value);
    highValue = Math.max(highValue, value);
  }
  return { firstSeconds, lastSeconds, lowValue, highValue };
}

/** "key, jawOpen", "3 keys, jawOpen" or "5 keys, 2 channels": what the history says. */
export function countOf(refs: readonly KeyRef[]): string {
  const channels = new Set(refs.map((ref) => ref.channel));
  const keys = refs.length === 1 ? 'key' : `${refs.length} keys`;
  return `${keys}, ${channels.size === 1 ? refs[0].channel : `${channels.size} channels`}`;
}
