import type { MappingRow, ValueLimits, VisemeRow } from '../../../core/document/libraryRecords';
import type { ChannelAdjustments } from '../../../core/rig/retarget/channelAdjustments';
import type { CharacterProfile } from '../../../core/rig/retarget/characterProfile';
import { isPoseChannel, type PerformanceChannel } from '../../../core/rig/channels';
import type { OculusViseme } from '../../../core/rig/retarget/visemePoses';

/** A row changed by hand is sure: it says so by having no confidence. */
export function changeRow(profile: CharacterProfile, index: number, change: Partial<MappingRow>): CharacterProfile {
  return { ...profile, mapping: changed(profile.mapping, index, change) };
}

export function changeViseme(profile: CharacterProfile, index: number, change: Partial<VisemeRow>): CharacterProfile {
  return { ...profile, visemes: changed(profile.visemes ?? [], index, change) };
}

export function addRow(profile: CharacterProfile, channel: PerformanceChannel, target: string): CharacterProfile {
  return { ...profile, mapping: [...profile.mapping, { channel, target, gain: 1 }] };
}

export function addViseme(profile: CharacterProfile, viseme: OculusViseme, target: string): CharacterProfile {
  return { ...profile, visemes: [...(profile.visemes ?? []), { viseme, target, gain: 1 }] };
}

export function removeRow(profile: CharacterProfile, index: number): CharacterProfile {
  return { ...profile, mapping: profile.mapping.filter((_, at) => at !== index) };
}

export function removeViseme(profile: CharacterProfile, index: number): CharacterProfile {
  return { ...profile, visemes: (profile.visemes ?? []).filter((_, at) => at !== index) };
}

/** Limits of a channel; an end that is no number takes the limits away. */
export function setLimits<A extends ChannelAdjustments>(profile: A, channel: PerformanceChannel, { min, max }: ValueLimits): A {
  const { [channel]: _before, ...others } = profile.limits;
  const isSet = Number.isFinite(min) && Number.isFinite(max) && min <= max;
  return { ...profile, limits: isSet ? { ...others, [channel]: { min, max } } : others };
}

/** One end of a channel's limits; the other stays, or is the widest there is (radians for rotations). */
export function setLimit<A extends ChannelAdjustments>(
  profile: A,
  channel: PerformanceChannel,
  end: keyof ValueLimits,
  value: number,
): A {
  const widest = isPoseChannel(channel) ? { min: -Math.PI, max: Math.PI } : { min: 0, max: 1 };
  return setLimits(profile, channel, { ...widest, ...profile.limits[channel], [end]: value });
}

/** What the channel needs in every frame for this face to look neutral; 0 takes it away. */
export function setOffset<A extends ChannelAdjustments>(profile: A, channel: PerformanceChannel, offset: number): A {
  const { [channel]: _before, ...others } = profile.neutralOffset;
  return {
    ...profile,
    neutralOffset: Number.isFinite(offset) && offset !== 0 ? { ...others, [channel]: offset } : others,
  };
}

/** Factor on the channel; 1 takes it away. */
export function setGain<A extends ChannelAdjustments>(profile: A, channel: PerformanceChannel, gain: number): A {
  const { [channel]: _before, ...others } = profile.gains;
  return { ...profile, gains: Number.isFinite(gain) && gain !== 1 ? { ...others, [channel]: gain } : others };
}

/** The channel as the character has it. */
export function withoutChannel<A extends ChannelAdjustments>(profile: A, channel: PerformanceChannel): A {
  const noLimits = { min: NaN, max: NaN };
  return setGain(setOffset(setLimits(profile, channel, noLimits), channel, 0), channel, 1);
}

function changed<R extends { readonly confidence?: number }>(rows: readonly R[], index: number, change: Partial<R>): R[] {
  return rows.map((row, at) => {
    if (at !== index) return row;
    const { confidence: _sure, ...rest } = { ...row, ...change };
    return rest as R;
  });
}
