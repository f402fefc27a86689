/** What crosses of characters and captured faces; a part of the API in api.ts. */
import type { CharacterMapping } from '../../core/interchange/character/mapCharacter';
import type { PerformanceChannel } from '../../core/rig/channels';
import type { ChannelAdjustments } from '../../core/rig/retarget/channelAdjustments';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import type { FileHandle } from './fileHandle';

/** A character that comes with Mien. */
export interface BundledCharacter {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A character of the user as the studio shows it. */
export interface LoadedCharacter {
  readonly sha256: string;
  readonly name: string;
  readonly fileName: string;
  /** Without compression, for the viewport. */
  readonly plainGlb: Uint8Array;
  readonly mapping: CharacterMapping;
  /** Metres between its eyes; null when its joints do not tell. */
  readonly pupilDistanceMetres: number | null;
  readonly notices: readonly string[];
}

/** A character of the user by file, or by hash and name where the project holds it. */
export type CharacterRequest =
  | { readonly jobId: string; readonly file: FileHandle }
  | { readonly jobId: string; readonly sha256: string; readonly fileName: string };

/** A captured face as it crosses: at 60 fps. */
export interface LoadedCapture {
  readonly fileName: string;
  readonly frameCount: number;
  /** Channel-major: 61 x frameCount. */
  readonly samples: Float32Array;
  /** Channels that the file has. */
  readonly channels: readonly PerformanceChannel[];
  /** Its first timecode, seconds since midnight. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly recordedFramesPerSecond: number;
  readonly notices: readonly string[];
}

/** Which character an export is written with. */
export type CharacterChoice =
  | { readonly kind: 'bundled'; readonly id: string; readonly adjustments?: ChannelAdjustments }
  | { readonly kind: 'own'; readonly sha256: string; readonly profile: CharacterProfile };
