import type { SampledTracks } from '../../curves/sampledTracks';
import { trackOf } from '../../curves/sampledTracks';
import { leastJerkStep } from '../../curves/smooth';
import { CHANNEL_INDEX, type ArkitChannel } from '../../rig/channels';
import { isBilabial, isLabiodental, isVowel } from '../../speech/phonemes';
import type { PhonemeSegment } from '../../speech/segments';
import { frameToSeconds, secondsToFrame } from '../../time/frameRate';
import type { FrameSpan } from '../../time/frameSpan';
import { keptByIdentity } from '../keptByIdentity';

/** A stretch in which the lips (P B M) or lip and teeth (F V) touch, and how quickly they come and go. */
export interface LipContact {
  readonly kind: 'bilabial' | 'labiodental';
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly approachSeconds: number;
  readonly releaseSeconds: number;
}

/** Lips stay shut 30 to 140 ms on the mesh (speech-to-face), the soft ends of the movement included, and a frame at 24 fps long so that no export misses it; a hummed M longer than HUM_SECONDS stays shut throughout. */
const SHUT_MIN_SECONDS = 0.045;
const SHUT_MAX_SECONDS = 0.105;
const HUM_SECONDS = 0.25;
/** Lip travel to and from contact; lips are fast: captured lips take 80-100 ms each way (GRID speaker 1, 84 stops); 60-90 ms in Löfqvist and Gracco 1997. */
const APPROACH_SECONDS = 0.135;
const RELEASE_SECONDS = 0.13;
const SHORTEST_TRAVEL_SECONDS = 0.06;
/** Part of a neighbouring vowel that a lip movement may use: more after the contact, as captured lips open late into a vowel. */
const VOWEL_SHARE = { before: 0.75, after: 0.9 };
/** The lips arrive and leave softly: contact begins and ends this far inside the phone, at most a sixth of it. */
const SOFT_EDGE_SECONDS = 0.014;
/** Share of the segment the lips stay shut: a stop is released before its segment ends (burst and aspiration). */
const SHUT_SHARE: Readonly<Record<string, number>> = { P: 0.65, B: 0.75, M: 0.9 };

/** Channels that part the lips, taken away at a closure; smile and stretch only give way in part. */
const PARTING: Readonly<Partial<Record<ArkitChannel, number>>> = {
  mouthLowerDownLeft: 1,
  mouthLowerDownRight: 1,
  mouthUpperUpLeft: 1,
  mouthUpperUpRight: 1,
  mouthFunnel: 1,
  mouthShrugLower: 1,
  mouthShrugUpper: 1,
  tongueOut: 1,
};

/** Channels that part the lips: at a closure they give way. */
export const LIP_PARTING = Object.keys(PARTING) as readonly ArkitChannel[];

/** Contacts of a line in time order; neighbouring equal ones are one ("pop man"). */
export const lipContacts = keptByIdentity((phonemes: readonly PhonemeSegment[]): readonly LipContact[] => {
  const contacts: LipContact[] = [];
  for (let index = 0; index < phonemes.length; index++) {
    const kind = contactKind(phonemes[index]);
    if (!kind) continue;
    let last = index;
    while (last + 1 < phonemes.length && contactKind(phonemes[last + 1]) === kind) last++;
    contacts.push(makeContact(kind, phonemes, index, last));
    index = last;
  }
  return contacts;
});

function contactKind(segment: PhonemeSegment): LipContact['kind'] | null {
  if (isBilabial(segment.phoneme)) return 'bilabial';
  return isLabiodental(segment.phoneme) ? 'labiodental' : null;
}

function makeContact(kind: LipContact['kind'], phonemes: readonly PhonemeSegment[], first: number, last: number): LipContact {
  const to = phonemes[last].endSeconds;
  const edge = Math.min(SOFT_EDGE_SECONDS, (to - phonemes[first].startSeconds) / 6);
  const from = phonemes[first].startSeconds + edge;
  const lastSeconds = to - phonemes[last].startSeconds;
  const shutEnd = phonemes[last].startSeconds + lastSeconds * (SHUT_SHARE[phonemes[last].phoneme] ?? 0.85) - edge;
  const merged = last > first;
  const hum = to - from > HUM_SECONDS && phonemes.slice(first, last + 1).some((segment) => segment.phoneme === 'M');
  const longest = hum || merged ? Infinity : SHUT_MAX_SECONDS;
  // A very short phone borrows from both neighbours.
  const missing = Math.max(0, SHUT_MIN_SECONDS - (shutEnd - from));
  const startSeconds = from - missing / 2;
  const endSeconds = Math.min(startSeconds + longest, shutEnd + missing / 2);
  return {
    kind,
    startSeconds,
    endSeconds,
    approachSeconds: travelSeconds(phonemes, first - 1, -1, APPROACH_SECONDS),
    releaseSeconds: travelSeconds(phonemes, last + 1, 1, RELEASE_SECONDS),
  };
}

/**
 * Time the lips may take to or from contact: all of the consonants beside it, whose lips are free, and a share of the
 * first vowel; at most `wantedSeconds`.
 */
function travelSeconds(phonemes: readonly PhonemeSegment[], from: number, step: 1 | -1, wantedSeconds: number): number {
  let room = 0;
  for (let index = from; room < wantedSeconds; index += step) {
    const segment = phonemes[index];
    if (!segment || segment.phoneme === 'SIL') return wantedSeconds;
    if (contactKind(segment)) break;
    const seconds = segment.endSeconds - segment.startSeconds;
    room += isVowel(segment.phoneme) ? seconds * (step < 0 ? VOWEL_SHARE.before : VOWEL_SHARE.after) : seconds;
    if (isVowel(segment.phoneme)) break;
  }
  return Math.max(SHORTEST_TRAVEL_SECONDS, Math.min(wantedSeconds, room));
}

/** 1 in contact, 0 away from it, smooth between; the largest of all contacts of one kind. */
export function contactEnvelope(
  contacts: readonly LipContact[],
  kind: LipContact['kind'],
  tracks: SampledTracks,
  span: FrameSpan = wholeOf(tracks),
): Float32Array {
  const envelope = new Float32Array(tracks.frameCount);
  const frameOf = (timeSeconds: number) => secondsToFrame(timeSeconds, tracks.frameRate);
  for (const contact of contacts) {
    if (contact.kind !== kind) continue;
    const first = Math.max(span.first, Math.ceil(frameOf(contact.startSeconds - contact.approachSeconds)));
    const last = Math.min(span.end - 1, Math.floor(frameOf(contact.endSeconds + contact.releaseSeconds)));
    for (let frame = first; frame <= last; frame++) {
      const timeSeconds = frameToSeconds(frame, tracks.frameRate);
      const near =
        timeSeconds < contact.startSeconds
          ? leastJerkStep(contact.startSeconds - contact.approachSeconds, contact.startSeconds, timeSeconds)
          : 1 - leastJerkStep(contact.endSeconds, contact.endSeconds + contact.releaseSeconds, timeSeconds);
      envelope[frame] = Math.max(envelope[frame], near);
    }
  }
  return envelope;
}

/**
 * Closes the lips of P B M in place: mouthClose follows jawOpen (it undoes the jaw's lip gap exactly), everything that
 * parts the lips gives way, and the lips press a little. Smooth on both sides; nothing outside the windows changes.
 * @param strength 0 leaves the curves as they are, 1 always closes
 */
export function closeLips(
  tracks: SampledTracks,
  contacts: readonly LipContact[],
  strength: number,
  span: FrameSpan = wholeOf(tracks),
): void {
  if (!(strength > 0)) return;
  const closed = contactEnvelope(contacts, 'bilabial', tracks, span);
  const jawOpen = trackOf(tracks, 'jawOpen');
  const mouthClose = trackOf(tracks, 'mouthClose');
  for (let frame = span.first; frame < span.end; frame++) {
    const near = closed[frame] * Math.min(1, strength);
    if (near === 0) continue;
    mouthClose[frame] = Math.max(mouthClose[frame], near * jawOpen[frame]);
    for (const [channel, share] of Object.entries(PARTING))
      tracks.channels[CHANNEL_INDEX[channel as ArkitChannel]][frame] *= 1 - share * near;
    pressLips(tracks, frame, near * near);
  }
}

function pressLips(tracks: SampledTracks, frame: number, near: number): void {
  raise(tracks, 'mouthPressLeft', frame, 0.3 * near);
  raise(tracks, 'mouthPressRight', frame, 0.3 * near);
  raise(tracks, 'mouthRollLower', frame, 0.14 * near);
  raise(tracks, 'mouthRollUpper', frame, 0.1 * near);
}

/** Brings the lower lip to the upper teeth for F and V in place. */
export function touchTeeth(
  tracks: SampledTracks,
  contacts: readonly LipContact[],
  strength: number,
  span: FrameSpan = wholeOf(tracks),
): void {
  if (!(strength > 0)) return;
  const touching = contactEnvelope(contacts, 'labiodental', tracks, span);
  const jawOpen = trackOf(tracks, 'jawOpen');
  const mouthClose = trackOf(tracks, 'mouthClose');
  const lowerLip = [trackOf(tracks, 'mouthLowerDownLeft'), trackOf(tracks, 'mouthLowerDownRight')];
  const funnel = trackOf(tracks, 'mouthFunnel');
  for (let frame = span.first; frame < span.end; frame++) {
    const near = touching[frame] * Math.min(1, strength);
    if (near === 0) continue;
    mouthClose[frame] = Math.max(mouthClose[frame], near * 0.7 * jawOpen[frame]);
    for (const lip of lowerLip) lip[frame] *= 1 - near;
    funnel[frame] *= 1 - 0.7 * near;
    raise(tracks, 'mouthRollLower', frame, 0.85 * near);
    raise(tracks, 'mouthShrugLower', frame, 0.18 * near);
    raise(tracks, 'mouthUpperUpLeft', frame, 0.34 * near);
    raise(tracks, 'mouthUpperUpRight', frame, 0.34 * near);
  }
}

function wholeOf(tracks: SampledTracks): FrameSpan {
  return { first: 0, end: tracks.frameCount };
}

function raise(tracks: SampledTracks, channel: ArkitChannel, frame: number, value: number): void {
  const samples = tracks.channels[CHANNEL_INDEX[channel]];
  samples[frame] = Math.max(samples[frame], value);
}
