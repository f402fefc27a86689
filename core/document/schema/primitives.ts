import * as v from 'valibot';
import { ACTIVE_EMOTIONS } from '../../emotion/emotions';
import { PERFORMANCE_CHANNELS, type PerformanceChannel } from '../../rig/channels';
import { PHONEMES } from '../../speech/phonemes';

/** Longest line we accept: four hours. */
export const MAX_DURATION_SECONDS = 4 * 3600;
export const MAX_LIST = 500_000;

export const Finite = v.pipe(v.number(), v.finite());
export const Unit = between(0, 1);
export const Amount = between(0, 2);
export const Seconds = between(0, MAX_DURATION_SECONDS);
/** May lie before the sound (anticipation), never at a time that is no time. */
export const SignedSeconds = between(-MAX_DURATION_SECONDS, MAX_DURATION_SECONDS);
export const Name = v.pipe(v.string(), v.maxLength(1000));
export const Seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a sha256 in hex'));
export const Channel = v.picklist(PERFORMANCE_CHANNELS);
export const Region = v.picklist(['jaw', 'mouth', 'cheek', 'eyes', 'brows', 'head']);
export const Emotion = v.picklist(ACTIVE_EMOTIONS);

export function between(min: number, max: number) {
  return v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
}

/** A short list without repetitions in practice; long ones are refused. */
export function shortList<S extends v.GenericSchema>(item: S) {
  return v.pipe(v.array(item), v.maxLength(1000));
}

/** Values by channel; channels may be absent, unknown names are refused. */
export function byChannel<S extends v.GenericSchema>(value: S) {
  return v.pipe(
    v.record(Channel, value),
    v.transform((values) => values as Partial<Record<PerformanceChannel, v.InferOutput<S>>>),
  );
}

/** Ids carry their kind as a prefix; the rest is printable ASCII. */
export function id<P extends string>(prefix: P) {
  return v.pipe(
    v.string(),
    v.maxLength(300),
    v.regex(new RegExp(`^${prefix}[\\x21-\\x7e]+$`), `not an id of the kind ${prefix}`),
    v.transform((text) => text as `${P}${string}`),
  );
}
export const LineId = id('line:');
export const TakeId = id('take:');
export const LayerId = id('layer:');
export const ChunkId = id('chunk:');

const Handle = v.object({ deltaSeconds: Finite, deltaValue: Finite });
const KeySchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  timeSeconds: SignedSeconds,
  value: Finite,
  interpolation: v.picklist(['bezier', 'linear', 'constant']),
  tangentMode: v.picklist(['auto', 'flat', 'aligned', 'free']),
  inHandle: v.optional(Handle),
  outHandle: v.optional(Handle),
});
export const KeysSchema = v.pipe(
  v.array(KeySchema),
  v.maxLength(MAX_LIST),
  v.check(
    (keys) => keys.every((key, index) => index === 0 || keys[index - 1].timeSeconds < key.timeSeconds),
    'keys must be in order of time',
  ),
);

function inOrder(segments: readonly { readonly startSeconds: number; readonly endSeconds: number }[]): boolean {
  return segments.every(
    (segment, index) =>
      segment.startSeconds <= segment.endSeconds &&
      (index === 0 || segments[index - 1].endSeconds <= segment.startSeconds + 1e-6),
  );
}

export const PhonemesSchema = v.pipe(
  v.array(
    v.object({
      phoneme: v.picklist(PHONEMES),
      startSeconds: Seconds,
      endSeconds: Seconds,
      confidence: Unit,
      stress: v.optional(v.picklist([0, 1, 2])),
      locked: v.optional(v.boolean()),
    }),
  ),
  v.maxLength(MAX_LIST),
  v.check((segments) => inOrder(segments), 'phonemes must be in order of time and not overlap'),
);

export const WordsSchema = v.pipe(
  v.array(
    v.object({
      text: Name,
      startSeconds: Seconds,
      endSeconds: Seconds,
      confidence: Unit,
      locked: v.optional(v.boolean()),
      flag: v.optional(v.picklist(['missing', 'repeated', 'unwritten'])),
    }),
  ),
  v.maxLength(MAX_LIST),
  v.check((segments) => inOrder(segments), 'words must be in order of time and not overlap'),
);
