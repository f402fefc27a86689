import * as v from 'valibot';
import { FARTHEST_LOOK_METRES, NEAREST_LOOK_METRES } from '../../rig/vergence';
import { OCULUS_VISEMES } from '../../rig/retarget/visemePoses';
import { between, byChannel, Channel, Finite, id, LineId, MAX_LIST, Name, Sha256, Unit } from './primitives';
import { DirectionSchema } from './lineSchemas';

export const ProjectSchema = v.object({
  id: v.literal('project'),
  kind: v.literal('project'),
  name: Name,
  lineIds: v.pipe(v.array(LineId), v.maxLength(MAX_LIST)),
  stageCharacter: v.optional(
    v.pipe(v.string(), v.maxLength(300), v.regex(/^(character:[\x21-\x7e]+|[a-z0-9-]{1,40})$/, 'no character')),
  ),
});

/** A picture of a list, as a data URL; small, because documents hold many. */
export const SmallPicture = v.pipe(
  v.string(),
  v.maxLength(60_000),
  v.regex(/^data:image\/(jpeg|png);base64,[A-Za-z0-9+/]+={0,2}$/, 'not a small picture'),
);

export const PoseSchema = v.object({
  id: id('pose:'),
  kind: v.literal('pose'),
  name: Name,
  weights: byChannel(Finite),
  picture: v.optional(SmallPicture),
});

export const LookAtSchema = v.object({
  id: id('lookat:'),
  kind: v.literal('lookat'),
  name: Name,
  direction: DirectionSchema,
  headShare: Unit,
  distanceMetres: v.optional(between(NEAREST_LOOK_METRES, FARTHEST_LOOK_METRES)),
});

/** ARPAbet as in CMUdict: one or more phones with an optional stress digit. */
const Pronunciation = v.pipe(
  v.string(),
  v.maxLength(1000),
  v.regex(/^[A-Z]{1,3}[012]?( [A-Z]{1,3}[012]?)*$/, 'not a pronunciation in ARPAbet'),
);

export const DictionarySchema = v.object({
  id: v.literal('dictionary'),
  kind: v.literal('dictionary'),
  entries: v.pipe(
    v.array(
      v.object({
        word: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
        pronunciations: v.pipe(v.array(Pronunciation), v.minLength(1), v.maxLength(20)),
      }),
    ),
    v.maxLength(100_000),
  ),
});

export const SpeakerSchema = v.object({
  id: id('speaker:'),
  kind: v.literal('speaker'),
  name: Name,
  voice: v.optional(
    v.object({
      f0MedianHz: between(0, 5000),
      f0SpreadSemitones: between(0, 100),
      tiltMedianDbPerOctave: Finite,
      tiltSpreadDbPerOctave: Finite,
    }),
  ),
  characterId: v.optional(id('character:')),
});

export const CharacterSchema = v.object({
  id: id('character:'),
  kind: v.literal('character'),
  name: Name,
  // A name, never a way to a file.
  fileName: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(255), v.regex(/^[^/\\\p{Cc}]+$/u, 'not a file name'))),
  sha256: v.optional(Sha256),
  pupilDistanceMetres: v.optional(between(0.001, 10)),
  mapping: v.pipe(
    v.array(
      v.object({
        channel: Channel,
        target: Name,
        mesh: v.optional(Name),
        gain: between(-1000, 1000),
        confidence: v.optional(Unit),
      }),
    ),
    v.maxLength(20_000),
  ),
  visemes: v.optional(
    v.pipe(
      v.array(
        v.object({
          viseme: v.picklist(OCULUS_VISEMES),
          target: Name,
          mesh: v.optional(Name),
          gain: between(-1000, 1000),
          confidence: v.optional(Unit),
        }),
      ),
      v.maxLength(1000),
    ),
  ),
  gains: byChannel(between(-100, 100)),
  limits: byChannel(v.object({ min: Finite, max: Finite })),
  neutralOffset: byChannel(Finite),
});
