import { ARKIT_CHANNELS, type ArkitChannel } from '../../rig/channels';

/** Channel by its name without case, and by the short side form ("eyeblink_l"). */
const CHANNEL_BY_KEY: ReadonlyMap<string, ArkitChannel> = new Map(
  ARKIT_CHANNELS.flatMap((channel): [string, ArkitChannel][] => {
    const key = channel.toLowerCase();
    const short = key.replace(/left$/, 'l').replace(/right$/, 'r');
    // mouthLeft / jawLeft keep only their long form: "mouthl" could be anything.
    return short === key || /^(mouth|jaw)[lr]$/.test(short)
      ? [[key, channel]]
      : [
          [key, channel],
          [short, channel],
        ];
  }),
);

/**
 * The ARKit channel a morph target's name stands for, or null. Tried in this order: the exact name, any case, short sides
 * (`eyeBlink_L`), and the part after the last `.`, `:`, `|` or a prefix ending in `_` (`Head.jawOpen`, `blendShape1_jawOpen`).
 */
export function matchChannel(targetName: string): ArkitChannel | null {
  if (targetName.length > 256) return null;
  const whole = lookUp(targetName);
  if (whole) return whole;
  const tail = targetName.split(/[.:|]/).at(-1) ?? '';
  const byTail = lookUp(tail);
  if (byTail) return byTail;
  for (let cut = tail.indexOf('_'); cut >= 0; cut = tail.indexOf('_', cut + 1)) {
    const channel = lookUp(tail.slice(cut + 1));
    if (channel) return channel;
  }
  return null;
}

function lookUp(name: string): ArkitChannel | null {
  return CHANNEL_BY_KEY.get(name.replace(/[_\s-]/g, '').toLowerCase()) ?? null;
}
