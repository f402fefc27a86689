import type { MappingRow } from '../../document/libraryRecords';
import { ARKIT_CHANNELS, type ArkitChannel } from '../../rig/channels';
import type { CharacterProfile, VisemeRow } from '../../rig/retarget/characterProfile';
import { SUBSTITUTE_CONFIDENCE } from '../../rig/retarget/profileReport';
import type { CharacterScene } from './characterScene';
import { matchBareViseme, matchTarget } from './matchTarget';
import { SUBSTITUTES } from './substitutes';

/** A mapping found from names, with what is missing. */
export interface CharacterMapping {
  readonly profile: CharacterProfile;
  /** Channels nothing of the character shows. */
  readonly missing: readonly ArkitChannel[];
  /** Channels shown by the nearest shape there is. */
  readonly substituted: readonly { readonly channel: ArkitChannel; readonly by: readonly string[] }[];
  /** Targets no channel moves. */
  readonly unmapped: readonly { readonly mesh: string; readonly target: string }[];
  /** Channels that some target shows by its name. */
  readonly mapped: readonly ArkitChannel[];
}

/** A target by mesh and name, with how far it moves the mesh at most (metres or the file's units). */
export interface NamedTarget {
  readonly mesh: string;
  readonly target: string;
  readonly reach: number;
}

/** A target that the file's own table names: an expression of a VRM. */
export interface NamedExpression {
  readonly expression: string;
  readonly mesh: string;
  readonly target: string;
  /** Weight of the target for the whole expression. */
  readonly share: number;
}

/** Bare names ("A", "sil") count as visemes when a rig has at least this many of them. */
const FEWEST_BARE_VISEMES = 4;
/** With fewer channels than this of the mouth, a rig that has visemes speaks in them. */
const FEWEST_MOUTH_CHANNELS = 8;
/** A target whose whole motion is less than this share of the head is meant for weights 0..100. */
const TINY_REACH = 1 / 1500;

/**
 * Finds which channel moves which target from the targets' names, with substitutes for what is missing.
 * @param headHeight in the same units as the reaches; finds rigs whose weights go to 100
 * @param expressions what the file's own table says of targets whose names say nothing
 */
export function mapCharacter(
  targets: readonly NamedTarget[],
  headHeight: number,
  expressions: readonly NamedExpression[] = [],
): CharacterMapping {
  const scale = weightScale(targets, headHeight);
  const mapping: MappingRow[] = [];
  let visemes: VisemeRow[] = [];
  const unmapped: { mesh: string; target: string }[] = [];
  const bareNames = new Set(targets.map(({ target }) => matchBareViseme(target)).filter((viseme) => viseme !== null));
  const hasBareVisemes = bareNames.size >= FEWEST_BARE_VISEMES;
  // Rows without a mesh act on every mesh that has the target, so each name is looked at once.
  for (const { mesh, target } of uniqueByName(targets)) {
    const bare = hasBareVisemes ? matchBareViseme(target) : null;
    const match = bare ? ({ kind: 'viseme', viseme: bare, confidence: 0.85 } as const) : matchTarget(target);
    if (!match) {
      const named = expressionRows(expressions, target, scale);
      mapping.push(...named.mapping);
      visemes.push(...named.visemes);
      if (named.mapping.length + named.visemes.length === 0) unmapped.push({ mesh, target });
    } else if (match.kind === 'viseme') visemes.push({ viseme: match.viseme, target, gain: scale, confidence: match.confidence });
    else {
      for (const [channel, share] of Object.entries(match.shares))
        mapping.push({ channel: channel as ArkitChannel, target, gain: share * scale, confidence: match.confidence });
    }
  }
  const rows = surestRows(mapping);
  for (const { target } of mapping)
    if (!rows.some((row) => row.target === target)) unmapped.push({ mesh: meshOf(targets, target), target });
  const mouth = new Set(rows.map(({ channel }) => channel).filter((channel) => /^(mouth|jaw)/.test(channel)));
  if (mouth.size >= FEWEST_MOUTH_CHANNELS) {
    unmapped.push(...visemes.map(({ target }) => ({ mesh: meshOf(targets, target), target })));
    visemes = [];
  }
  const mapped = ARKIT_CHANNELS.filter((channel) => rows.some((row) => row.channel === channel));
  const substituted: { channel: ArkitChannel; by: string[] }[] = [];
  const missing: ArkitChannel[] = [];
  for (const channel of ARKIT_CHANNELS) {
    if (mapped.includes(channel)) continue;
    // A rig that speaks in visemes shows its mouth through them.
    if (visemes.length > 0 && /^(mouth|jaw|tongue)/.test(channel)) continue;
    const substitute = SUBSTITUTES[channel]?.find((candidate) => mapped.includes(candidate.by));
    if (!substitute) {
      missing.push(channel);
      continue;
    }
    const stand = rows.filter((row) => row.channel === substitute.by);
    for (const row of stand)
      mapping.push({ ...row, channel, gain: row.gain * substitute.share, confidence: SUBSTITUTE_CONFIDENCE });
    substituted.push({ channel, by: stand.map((row) => row.target) });
  }
  const all = [...rows, ...mapping.filter((row) => row.confidence === SUBSTITUTE_CONFIDENCE)];
  return {
    profile: { mapping: all, ...(visemes.length > 0 ? { visemes } : {}), gains: {}, limits: {}, neutralOffset: {} },
    missing,
    substituted,
    unmapped,
    mapped,
  };
}

/** The targets of a character's meshes with how far each moves. */
export function namedTargets(scene: CharacterScene): NamedTarget[] {
  return scene.meshes.flatMap((mesh) =>
    mesh.targetNames.map((target, index) => {
      let reach = 0;
      for (const { targets } of mesh.primitives) {
        const { positions } = targets[index];
        for (let at = 0; at + 2 < positions.length; at += 3)
          reach = Math.max(reach, Math.hypot(positions[at], positions[at + 1], positions[at + 2]));
      }
      return { mesh: mesh.name, target, reach };
    }),
  );
}

/** Extent of the meshes that have targets: about a head, at most a body. */
export function targetExtent(scene: CharacterScene): number {
  const lowest = [Infinity, Infinity, Infinity];
  const highest = [-Infinity, -Infinity, -Infinity];
  for (const mesh of scene.meshes.filter(({ targetNames }) => targetNames.length > 0)) {
    for (const { positions } of mesh.primitives) {
      for (let at = 0; at < positions.length; at += 1) {
        lowest[at % 3] = Math.min(lowest[at % 3], positions[at]);
        highest[at % 3] = Math.max(highest[at % 3], positions[at]);
      }
    }
  }
  return Math.max(0, ...highest.map((value, axis) => value - lowest[axis]));
}

/** Rows for a target whose name says nothing, from the expressions that move it. */
function expressionRows(
  expressions: readonly NamedExpression[],
  target: string,
  scale: number,
): { mapping: MappingRow[]; visemes: VisemeRow[] } {
  const mapping: MappingRow[] = [];
  const visemes: VisemeRow[] = [];
  for (const { expression, mesh, share } of expressions.filter((entry) => entry.target === target)) {
    const viseme = matchBareViseme(expression);
    const match = viseme ? ({ kind: 'viseme', viseme, confidence: 0.9 } as const) : matchTarget(expression);
    const confidence = Math.min(0.9, match?.confidence ?? 0);
    if (match?.kind === 'viseme') visemes.push({ viseme: match.viseme, target, mesh, gain: share * scale, confidence });
    if (match?.kind === 'channels')
      for (const [channel, part] of Object.entries(match.shares))
        mapping.push({ channel: channel as ArkitChannel, target, mesh, gain: part * share * scale, confidence });
  }
  return { mapping, visemes };
}

/** A channel may have several targets only where they are halves or lie on several meshes; a second, less sure name of the same channel is left out. */
function surestRows(rows: readonly MappingRow[]): MappingRow[] {
  const surest = new Map<string, number>();
  for (const row of rows) surest.set(row.channel, Math.max(surest.get(row.channel) ?? 0, row.confidence ?? 0));
  return rows.filter((row) => (row.confidence ?? 0) >= (surest.get(row.channel) ?? 0) - 0.05);
}

function weightScale(targets: readonly NamedTarget[], headHeight: number): number {
  const reaches = targets
    .map(({ reach }) => reach)
    .filter((reach) => reach > 0)
    .sort((a, b) => a - b);
  const median = reaches[Math.floor(reaches.length / 2)] ?? 0;
  return headHeight > 0 && median > 0 && median < headHeight * TINY_REACH ? 100 : 1;
}

function uniqueByName(targets: readonly NamedTarget[]): NamedTarget[] {
  return [...new Map(targets.map((entry) => [entry.target, entry])).values()];
}

function meshOf(targets: readonly NamedTarget[], target: string): string {
  return targets.find((entry) => entry.target === target)?.mesh ?? '';
}
