import * as v from 'valibot';
import type { CharacterRecord, MappingRow, VisemeRow } from '../../document/libraryRecords';
import { MienError } from '../../errors';
import { isPerformanceChannel, type PerformanceChannel } from '../channels';
import { OCULUS_VISEMES } from './visemePoses';

export type { VisemeRow };

/** How ARKit channels move a character: the part of its record that is also kept as a file of its own. */
export type CharacterProfile = Pick<CharacterRecord, 'mapping' | 'visemes' | 'gains' | 'limits' | 'neutralOffset'>;

export const PROFILE_FORMAT = 'mien-character-profile';

const finite = v.pipe(v.number(), v.finite());
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const Gain = v.pipe(finite, v.minValue(-1000), v.maxValue(1000));
const Channel = v.custom<PerformanceChannel>(
  (value) => typeof value === 'string' && isPerformanceChannel(value),
  'no channel of Mien',
);
const Share = v.optional(v.pipe(finite, v.minValue(0), v.maxValue(1)));
const byChannel = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(
    v.record(v.string(), schema),
    v.check((record) => Object.keys(record).every(isPerformanceChannel), 'a name that is no channel of Mien'),
  );

const ADJUSTMENTS = {
  gains: v.optional(byChannel(Gain), {}),
  limits: v.optional(byChannel(v.object({ min: finite, max: finite })), {}),
  neutralOffset: v.optional(byChannel(finite), {}),
};
export const AdjustmentsShape = v.object(ADJUSTMENTS);

/** Fields of a profile, as they come from outside. */
const FIELDS = {
  mapping: v.pipe(
    v.array(v.object({ channel: Channel, target: Name, mesh: v.optional(Name), gain: Gain, confidence: Share })),
    v.maxLength(20_000),
  ),
  visemes: v.optional(
    v.pipe(
      v.array(
        v.object({ viseme: v.picklist(OCULUS_VISEMES), target: Name, mesh: v.optional(Name), gain: Gain, confidence: Share }),
      ),
      v.maxLength(1000),
    ),
  ),
  ...ADJUSTMENTS,
};
export const ProfileShape = v.object(FIELDS);
const ProfileSchema = v.object({ format: v.literal(PROFILE_FORMAT), version: v.literal(1), ...FIELDS });

/** A profile as a file to keep and to use for other projects and for the command line. */
export function writeProfile(profile: CharacterProfile): string {
  const { mapping, visemes, gains, limits, neutralOffset } = profile;
  return `${JSON.stringify({ format: PROFILE_FORMAT, version: 1, mapping, ...(visemes?.length ? { visemes } : {}), gains, limits, neutralOffset }, null, 1)}\n`;
}

/** @throws MienError 'invalid-input' that names what is wrong */
export function readProfile(text: string): CharacterProfile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadableProfile('it is no JSON', cause);
  }
  const result = v.safeParse(ProfileSchema, parsed);
  if (!result.success) {
    const [issue] = result.issues;
    throw unreadableProfile(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  const { mapping, visemes, gains, limits, neutralOffset } = result.output;
  return {
    mapping: mapping as MappingRow[],
    ...(visemes ? { visemes } : {}),
    gains: gains as CharacterProfile['gains'],
    limits: limits as CharacterProfile['limits'],
    neutralOffset: neutralOffset as CharacterProfile['neutralOffset'],
  };
}

function unreadableProfile(why: string, cause?: unknown): MienError {
  return new MienError(
    'invalid-input',
    `The character profile cannot be read: ${why.slice(0, 300)}.`,
    'Save the profile again from the Character tab, or leave it out: Mien then maps by names.',
    { cause },
  );
}
