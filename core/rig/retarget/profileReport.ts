import { ARKIT_CHANNELS, type ArkitChannel } from '../channels';
import type { CharacterProfile } from './characterProfile';

/** How sure a row of a mapping is. 'substitute': the nearest shape stands in for one that is missing. */
export type Sureness = 'hand' | 'sure' | 'likely' | 'unsure' | 'substitute';

/** Confidence of a row that stands in for a missing shape (`mapCharacter`). */
export const SUBSTITUTE_CONFIDENCE = 0.4;

export function surenessOf(confidence: number | undefined): Sureness {
  if (confidence === undefined) return 'hand';
  if (confidence === SUBSTITUTE_CONFIDENCE) return 'substitute';
  if (confidence >= 0.9) return 'sure';
  return confidence >= 0.8 ? 'likely' : 'unsure';
}

/** What a profile leaves out, as it is now. */
export interface ProfileReport {
  readonly mapped: readonly ArkitChannel[];
  readonly substituted: readonly { readonly channel: ArkitChannel; readonly by: readonly string[] }[];
  /** Channels that nothing shows. */
  readonly missing: readonly ArkitChannel[];
  /** Targets of the character that nothing moves. */
  readonly unmoved: readonly string[];
}

/** @param targets names of all targets of the character */
export function profileReport(profile: CharacterProfile, targets: readonly string[]): ProfileReport {
  const speaksInVisemes = (profile.visemes?.length ?? 0) > 0;
  const mapped: ArkitChannel[] = [];
  const substituted: { channel: ArkitChannel; by: string[] }[] = [];
  const missing: ArkitChannel[] = [];
  for (const channel of ARKIT_CHANNELS) {
    const rows = profile.mapping.filter((row) => row.channel === channel && row.gain !== 0);
    if (rows.some(({ confidence }) => surenessOf(confidence) !== 'substitute')) mapped.push(channel);
    else if (rows.length > 0) substituted.push({ channel, by: rows.map(({ target }) => target) });
    // A rig that speaks in visemes shows its mouth through them.
    else if (!speaksInVisemes || !/^(mouth|jaw|tongue)/.test(channel)) missing.push(channel);
  }
  const moved = new Set([...profile.mapping, ...(profile.visemes ?? [])].map(({ target }) => target));
  return { mapped, substituted, missing, unmoved: [...new Set(targets)].filter((target) => !moved.has(target)) };
}
