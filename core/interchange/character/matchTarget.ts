import { ARKIT_CHANNELS, type ArkitChannel } from '../../rig/channels';
import type { OculusViseme } from '../../rig/retarget/visemePoses';
import { CONVENTIONS, type ChannelShares } from './targetConventions';

/** What a morph target's name stands for, and how sure that is. */
export type TargetMatch =
  | { readonly kind: 'channels'; readonly shares: ChannelShares; readonly confidence: number }
  | { readonly kind: 'viseme'; readonly viseme: OculusViseme; readonly confidence: number };

/** Names longer than this are no names. */
const LONGEST_NAME = 256;

/** ARKit channels by their name without case. */
const BY_KEY = new Map<string, ArkitChannel>(ARKIT_CHANNELS.map((channel) => [channel.toLowerCase(), channel]));
/** Sided stems ("eyeblink") with the channel's stem ("eyeBlink"). */
const STEMS = new Map<string, string>(
  ARKIT_CHANNELS.filter((channel) => channel.endsWith('Left') && !/^(jaw|mouth)Left$/.test(channel)).map((channel) => [
    channel.slice(0, -4).toLowerCase(),
    channel.slice(0, -4),
  ]),
);

/**
 * What a target's name stands for in any convention Mien knows: ARKit in any case, with prefixes and suffixes and any way to
 * write the side; Reallusion, MetaHuman, VRM, VRoid, MMD and Oculus names; null for a name that says nothing.
 */
export function matchTarget(name: string): TargetMatch | null {
  if (name.length > LONGEST_NAME) return null;
  const plain = name.normalize('NFKC').trim();
  if (BY_KEY.get(plain.toLowerCase()) === plain) return channels({ [plain]: 1 }, 1);
  let best: TargetMatch | null = null;
  candidates(plain).forEach((candidate, order) => {
    const found = matchPart(candidate);
    // The whole name is surest; each part cut off in front costs a little.
    const confidence = found ? found.confidence - Math.min(0.2, order * 0.04) : 0;
    if (found && (!best || confidence > best.confidence)) best = { ...found, confidence: Math.round(confidence * 100) / 100 };
  });
  return best;
}

/** A bare "A" or "sil": a viseme on rigs where other bare names stand beside it. */
export function matchBareViseme(name: string): OculusViseme | null {
  const tail = name.normalize('NFKC').trim().split(/[.:|]/).at(-1) ?? '';
  return CONVENTIONS.BARE_VISEMES[tail.toLowerCase()] ?? null;
}

/** The name, then without namespaces, then without words in front, then without words behind. */
function candidates(name: string): string[] {
  const tail = name.split(/[.:|]/).at(-1) ?? '';
  const words = tail
    .split(/[_\s-]+|(?<=[^\x20-\x7e])(?=[\x20-\x7e])|(?<=[\x20-\x7e])(?=[^\x20-\x7e])/)
    .filter((word) => word !== '');
  const list = [name, tail];
  for (let cut = 1; cut < words.length; cut += 1) list.push(words.slice(cut).join('_'));
  for (let cut = words.length - 1; cut > 0; cut -= 1) list.push(words.slice(0, cut).join('_'));
  return [...new Set(list)];
}

function matchPart(part: string): TargetMatch | null {
  const key = keyOf(part);
  if (key === '') return null;
  const exact = BY_KEY.get(key);
  if (exact) return channels({ [exact]: 1 }, part.toLowerCase() === key ? 0.98 : 0.96);
  const whole = CONVENTIONS.WHOLE_SYNONYMS[key];
  if (whole) return channels({ [whole]: 1 }, 0.9);
  const viseme = CONVENTIONS.VISEMES[key];
  if (viseme) return { kind: 'viseme', viseme, confidence: 0.95 };
  const sided = splitSide(part);
  if (sided) {
    const { stem, side } = sided;
    const channelStem = STEMS.get(stem) ?? CONVENTIONS.SIDED_SYNONYMS[stem];
    if (channelStem) return channels({ [`${channelStem}${side}`]: 1 }, STEMS.has(stem) ? 0.95 : 0.88);
    const halved = CONVENTIONS.HALVED[stem];
    if (halved) return channels({ [halved]: 1 }, 0.88);
  }
  const halved = CONVENTIONS.HALVED[key];
  if (halved) return channels({ [halved]: 1 }, 0.85);
  const shared = CONVENTIONS.SHARED[key];
  if (shared) return channels(shared, 0.75);
  // One target for both sides of a sided shape.
  const both = STEMS.get(key) ?? CONVENTIONS.SIDED_SYNONYMS[key];
  return both ? channels({ [`${both}Left`]: 0.5, [`${both}Right`]: 0.5 }, 0.8) : null;
}

/** The side at the end or the start: Left, left, _L, .l, L, R_, left_... */
function splitSide(part: string): { stem: string; side: 'Left' | 'Right' } | null {
  const patterns: readonly [RegExp, number, number][] = [
    [/^(.+?)[_\s-]*(left|right)$/i, 1, 2],
    [/^(.+?)[_\s-]+(l|r)$/i, 1, 2],
    [/^(.*[a-z][UD]?)(L|R)$/, 1, 2],
    [/^(left|right)[_\s-]*(.+)$/i, 2, 1],
    [/^(l|r)[_\s-]+(.+)$/i, 2, 1],
  ];
  for (const [pattern, stemAt, sideAt] of patterns) {
    const match = pattern.exec(part);
    if (match) return { stem: keyOf(match[stemAt]), side: /^l/i.test(match[sideAt]) ? 'Left' : 'Right' };
  }
  return null;
}

function keyOf(text: string): string {
  return text.replace(/[_\s-]/g, '').toLowerCase();
}

function channels(shares: ChannelShares, confidence: number): TargetMatch {
  return { kind: 'channels', shares, confidence };
}
