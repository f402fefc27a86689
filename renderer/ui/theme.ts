import { createSubscriber } from 'svelte/reactivity';
import type { ActiveEmotion } from '../../core/emotion/emotions';
import type { ChannelRegion } from '../../core/rig/channels';

/** The design tokens a canvas needs, read from tokens.css. */
export interface Theme {
  readonly font: string;
  readonly gap: string;
  readonly well: string;
  readonly panel: string;
  readonly raised: string;
  readonly control: string;
  readonly hover: string;
  readonly selected: string;
  readonly lineSubtle: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text1: string;
  readonly text2: string;
  readonly text3: string;
  readonly accent: string;
  readonly generated: string;
  readonly stale: string;
  readonly warn: string;
  readonly error: string;
  readonly select: string;
  readonly emotions: Readonly<Record<ActiveEmotion, string>>;
  readonly regions: Readonly<Record<ChannelRegion, string>>;
}

let cached: Theme | null = null;

/** What a system may switch while the studio runs, and tokens.css answers to. */
const SWITCHES = ['(prefers-contrast: more)', '(forced-colors: active)', '(prefers-color-scheme: dark)'];

const subscribe = createSubscriber((update) => {
  const changed = () => {
    cached = null;
    update();
  };
  const queries = SWITCHES.map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  // The preference for high contrast is an attribute of the page.
  const preference = new MutationObserver(changed);
  preference.observe(document.documentElement, { attributeFilter: ['data-contrast'] });
  return () => {
    preference.disconnect();
    // A switch that nobody hears of must not leave old colours behind.
    cached = null;
    for (const query of queries) query.removeEventListener('change', changed);
  };
});

/** The colours in force. Inside an effect or a derived value it is reactive: what was drawn in other colours is drawn again. */
export function theme(): Theme {
  subscribe();
  cached ??= readTheme();
  return cached;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const emotion = (name: ActiveEmotion) => token(`emo-${name}`);
  const region = (name: ChannelRegion) => token(`reg-${name}`);
  return {
    font: token('font-ui'),
    gap: token('surface-gap'),
    well: token('surface-well'),
    panel: token('surface-panel'),
    raised: token('surface-raised'),
    control: token('surface-control'),
    hover: token('surface-hover'),
    selected: token('surface-selected'),
    lineSubtle: token('line-subtle'),
    line: token('line'),
    lineStrong: token('line-strong'),
    text1: token('text-1'),
    text2: token('text-2'),
    text3: token('text-3'),
    accent: token('accent'),
    generated: token('prov-generated'),
    stale: token('prov-stale'),
    warn: token('warn'),
    error: token('error'),
    select: token('select'),
    emotions: {
      joy: emotion('joy'),
      sadness: emotion('sadness'),
      anger: emotion('anger'),
      fear: emotion('fear'),
      disgust: emotion('disgust'),
      surprise: emotion('surprise'),
      contempt: emotion('contempt'),
      playful: emotion('playful'),
    },
    regions: {
      jaw: region('jaw'),
      mouth: region('mouth'),
      cheek: region('cheek'),
      eyes: region('eyes'),
      brows: region('brows'),
      head: region('head'),
    },
  };
}
