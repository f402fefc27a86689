import type { VoiceProfile } from '../audio/voiceProfile';
import type { GazeDirection } from '../performance/events/performanceEvent';
import type { PerformanceChannel } from '../rig/channels';
import type { OculusViseme } from '../rig/retarget/visemePoses';
import type { CharacterId, DictionaryId, LookAtId, PoseId, SpeakerId } from './recordIds';

/*
 * Records of the whole project that came with schema 2: poses, look-at targets, the user's dictionary, speakers and
 * characters. Lists are shown in order of name.
 */

/** A pose of the library: channels it does not name stay as they are when it is applied. */
export interface PoseRecord {
  readonly id: PoseId;
  readonly kind: 'pose';
  readonly name: string;
  /** Weights 0..1, rotations in radians. */
  readonly weights: Readonly<Partial<Record<PerformanceChannel, number>>>;
  /** A small picture for the list, as a data URL of a JPEG or PNG. */
  readonly picture?: string;
}

/** A place to look at, as a direction from the head at rest. */
export interface LookAtRecord {
  readonly id: LookAtId;
  readonly kind: 'lookat';
  readonly name: string;
  readonly direction: GazeDirection;
  /** Share of the turn that the head takes, 0..1; the eyes take the rest. */
  readonly headShare: number;
  /** For vergence: how far away it is; absent: far. */
  readonly distanceMetres?: number;
}

/** How a word is said, as the user wants it: names and invented words. */
export interface DictionaryEntry {
  /** As in the transcript; compared without case. */
  readonly word: string;
  /** ARPAbet with stress digits, as in CMUdict: "M IY1 AH0 N". The first is tried first. */
  readonly pronunciations: readonly string[];
}

export interface DictionaryRecord {
  readonly id: DictionaryId;
  readonly kind: 'dictionary';
  readonly entries: readonly DictionaryEntry[];
}

/** Who speaks: what is usual for the voice, and which character it animates. */
export interface SpeakerRecord {
  readonly id: SpeakerId;
  readonly kind: 'speaker';
  readonly name: string;
  readonly voice?: VoiceProfile;
  readonly characterId?: CharacterId;
}

/** One row of a character's mapping table: a channel drives a blendshape (or joint) of the character. */
export interface MappingRow {
  readonly channel: PerformanceChannel;
  /** Name of the blendshape or joint in the character's file. */
  readonly target: string;
  /** Mesh, where several carry the name. */
  readonly mesh?: string;
  /** Weight of the target for weight 1 of the channel; below 0 inverts. Several rows may share a target: they add up. */
  readonly gain: number;
  /** How sure the name matching was, 0..1; absent: set by hand. */
  readonly confidence?: number;
}

/** A target that is one of the 15 Oculus visemes: its weight is solved for, see `createVisemeSolver`. */
export interface VisemeRow {
  readonly viseme: OculusViseme;
  readonly target: string;
  readonly mesh?: string;
  /** Weight of the target for the whole viseme. */
  readonly gain: number;
  readonly confidence?: number;
}

export interface ValueLimits {
  readonly min: number;
  readonly max: number;
}

/** A character of the user, without any path: its file lies in the project under its hash. */
export interface CharacterRecord {
  readonly id: CharacterId;
  readonly kind: 'character';
  readonly name: string;
  /** Between its eyes, where the file tells. */
  readonly pupilDistanceMetres?: number;
  /** Name of its file, without folders; absent: Mien's own. */
  readonly fileName?: string;
  readonly sha256?: string;
  readonly mapping: readonly MappingRow[];
  /** Rigs that speak in visemes; absent: what the names of the targets say. */
  readonly visemes?: readonly VisemeRow[];
  /** Per channel, applied before the mapping; 1 as it is. */
  readonly gains: Readonly<Partial<Record<PerformanceChannel, number>>>;
  readonly limits: Readonly<Partial<Record<PerformanceChannel, ValueLimits>>>;
  /** Added to every frame: what this face needs to look neutral. */
  readonly neutralOffset: Readonly<Partial<Record<PerformanceChannel, number>>>;
}
