import type { ChannelSettings, SettingsByChannel } from '../../layers/channelSettings';
import type { PerformanceChannel } from '../../rig/channels';
import type { RecordDraft } from '../recordDraft';
import type { ChannelSettingsRecord, LineId } from '../records';

/** Largest gain of a channel, either way. */
export const MAX_CHANNEL_GAIN = 4;

const DEFAULTS: Required<ChannelSettings> = { muted: false, solo: false, locked: false, pinned: false, gain: 1, offset: 0 };

/**
 * Sets mute, solo, lock, pin, gain or offset of channels of a line; fields at their default are not stored, and a record
 * without any setting goes.
 */
export function setChannelSettings(
  draft: RecordDraft,
  args: { lineId: LineId; channels: readonly PerformanceChannel[]; change: Partial<ChannelSettings> },
): void {
  const id = `channels:${args.lineId}` as const;
  const before = draft.find<ChannelSettingsRecord>(id)?.channels ?? {};
  const next: Record<string, ChannelSettings> = { ...before };
  for (const channel of args.channels) {
    const settings = withoutDefaults({ ...next[channel], ...clampChange(args.change) });
    if (Object.keys(settings).length > 0) next[channel] = settings;
    else delete next[channel];
  }
  const channels = next as SettingsByChannel;
  if (isSame(before, channels)) return;
  if (Object.keys(channels).length === 0) draft.remove(id);
  else draft.put({ id, kind: 'channels', lineId: args.lineId, channels });
}

function clampChange(change: Partial<ChannelSettings>): Partial<ChannelSettings> {
  if (change.gain === undefined) return change;
  return { ...change, gain: Math.min(MAX_CHANNEL_GAIN, Math.max(-MAX_CHANNEL_GAIN, change.gain)) };
}

function withoutDefaults(settings: ChannelSettings): ChannelSettings {
  const kept = Object.entries(settings).filter(
    ([field, value]) => value !== undefined && value !== DEFAULTS[field as keyof ChannelSettings],
  );
  return Object.fromEntries(kept) as ChannelSettings;
}

function isSame(a: SettingsByChannel, b: SettingsByChannel): boolean {
  const channels = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<PerformanceChannel>;
  const fields = Object.keys(DEFAULTS) as (keyof ChannelSettings)[];
  return [...channels].every((channel) => fields.every((field) => a[channel]?.[field] === b[channel]?.[field]));
}
