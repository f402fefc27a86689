import type { KeyRef } from '../../../core/document/channelSpans';
import type { LayerId } from '../../../core/document/records';
import type { EditLayer } from '../../../core/layers/editLayer';
import type { PerformanceChannel } from '../../../core/rig/channels';
import { spansOf } from './curve-geometry';
import { xOf, type TimeScale } from './timeline-geometry';

/** Hand keys of one moment, over the channels of a row. */
export interface SheetMoment {
  readonly timeSeconds: number;
  readonly isLocked: boolean;
  readonly members: readonly KeyRef[];
}

/** A moment as a row of the dope sheet shows it. */
export interface SheetKey extends SheetMoment {
  readonly x: number;
}

/** Half a diamond shows this far outside the row. */
const SIGHT_MARGIN_PX = 8;

/** Hand keys of several channels as the dope sheet shows them: those of one moment are one. Only what is in sight. */
export function sheetKeys(layers: readonly EditLayer[], channels: readonly PerformanceChannel[], scale: TimeScale): SheetKey[] {
  const moments = momentsOf(layers, channels);
  const margin = SIGHT_MARGIN_PX / scale.pixelsPerSecond;
  const first = firstFrom(moments, scale.startSeconds - margin);
  const end = firstFrom(moments, scale.startSeconds + scale.width / scale.pixelsPerSecond + margin);
  return moments.slice(first, end).map((moment) => ({ ...moment, x: xOf(scale, moment.timeSeconds) }));
}

/** Remembers per name what was last made from which parts: a drag on one channel makes only its rows anew. */
class LastMade<Part> {
  private readonly made = new Map<string, { readonly parts: readonly Part[]; readonly moments: readonly SheetMoment[] }>();

  get(name: string, parts: readonly Part[], make: () => readonly SheetMoment[]): readonly SheetMoment[] {
    const last = this.made.get(name);
    if (last && last.parts.length === parts.length && last.parts.every((part, index) => part === parts[index]))
      return last.moments;
    const moments = make();
    this.made.set(name, { parts, moments });
    return moments;
  }
}

const ofChannels = new LastMade<unknown>();
const ofRows = new LastMade<readonly SheetMoment[]>();

/** The moments of a row in order of time. */
function momentsOf(layers: readonly EditLayer[], channels: readonly PerformanceChannel[]): readonly SheetMoment[] {
  const heard = layers.filter((layer) => !layer.muted);
  const parts = channels.map((channel) =>
    ofChannels.get(
      channel,
      heard.flatMap((layer) => [layer.id, layer.locked, spansOf(layer, channel)]),
      () => joinMoments(heard.flatMap((layer) => keysOf(layer, channel))),
    ),
  );
  return parts.length === 1 ? parts[0] : ofRows.get(channels.join(), parts, () => joinMoments(parts.flat()));
}

function keysOf(layer: EditLayer, channel: PerformanceChannel): SheetMoment[] {
  return spansOf(layer, channel).flatMap((span) =>
    span.keys.map((key) => ({
      timeSeconds: key.timeSeconds,
      isLocked: layer.locked,
      members: [{ layerId: layer.id as LayerId, channel, keyId: key.id }],
    })),
  );
}

function joinMoments(moments: readonly SheetMoment[]): SheetMoment[] {
  const joined = new Map<number, { timeSeconds: number; isLocked: boolean; members: KeyRef[] }>();
  for (const { timeSeconds, isLocked, members } of moments) {
    // A twentieth of a frame: the same moment whatever the division rounded to.
    const name = Math.round(timeSeconds * 1200);
    const present = joined.get(name);
    if (!present) joined.set(name, { timeSeconds, isLocked, members: [...members] });
    else {
      present.isLocked ||= isLocked;
      present.members.push(...members);
    }
  }
  return [...joined.values()].sort((a, b) => a.timeSeconds - b.timeSeconds);
}

function firstFrom(moments: readonly SheetMoment[], timeSeconds: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle].timeSeconds < timeSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
