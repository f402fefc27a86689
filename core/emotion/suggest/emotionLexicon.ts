import type { ActiveEmotion } from '../emotions';

/**
 * Word stems that speak for an emotion, written for Mien (no published list was copied). A stem ends where the word may
 * go on; a full stop pins the whole word. Weight 2 stands for words that name the feeling, 1 for words that go with it.
 */
const STEMS: Readonly<Record<ActiveEmotion, { readonly strong: string; readonly weak: string }>> = {
  joy: {
    strong:
      'happ joy delight wonderful glad. overjoy thrill love. loved. loving celebrat hooray yay fantastic marvel bliss cheer',
    weak: 'great. good. nice. beautiful perfect thank smile laugh enjoy win. won. friend fun. sweet lucky party brilliant welcome congratul dream sunshine best. lovely excite alive',
  },
  sadness: {
    strong: 'sad. sadness sadly. grief griev mourn heartbroken sorrow weep miserable lonel depress tears hopeless',
    weak: 'miss. missed lost. lose. losing gone. goodbye alone cry crying cried died dead. death funeral never. sorry regret empty broken leave. leaving left. hurt tired pity forgotten buried without over.',
  },
  anger: {
    strong: 'angry anger furious rage hate. hated hates damn bastard infuriat outrag fury enraged livid',
    weak: 'stop. enough. shut. liar lied lying betray fool idiot stupid blame fault dare. out. fight kill. how. revenge traitor cheat insult sick. shame ruin warned never. get. away.',
  },
  fear: {
    strong: 'afraid scared fear. fears fright terrified terror horrified panic dread petrified',
    weak: 'help. run. hide. hiding danger monster dark. coming. behind careful quiet. scream trapped please. trembl shaking ghost blood worr nervous hear. watching escape threat',
  },
  disgust: {
    strong: 'disgust gross. revolt. revolting vile repuls nause loath sicken yuck filthy foul',
    weak: 'rotten stink stinks smell vomit slime rot. rotting dirty mould mold rats. maggot spit taste. eat. garbage sewer puke nasty',
  },
  surprise: {
    strong: 'surpris astonish unbelievab incredib wow. whoa unexpected shock amaz',
    weak: 'what. really. suddenly impossible believe. believ serious. imagine already wait. oh. you. here. know. idea. guess expected',
  },
  contempt: {
    strong: 'pathetic contempt despise beneath worthless laughable ridiculous scorn sneer',
    weak: 'please. amateur typical obviously course. sure. whatever peasant weakling little. dare. bother nobody. boring useless expect spare congratulations. clever.',
  },
  playful: {
    strong: 'tease teasing playful mischie wink. naughty silly tickl joking kidding prank',
    weak: 'bet. secret catch. game. guess. trouble ha. haha maybe. hmm. race chase dare. trick cheeky darling peek surprise. again. gotcha',
  },
};
/** Words that turn around what follows them within three words. */
export const NEGATIONS: ReadonlySet<string> = new Set([
  "don't",
  'not',
  'no',
  'never',
  "isn't",
  "wasn't",
  "can't",
  "won't",
  'nothing',
  "didn't",
]);

/** The more of an emotion's weak words a phrase needs: they are common, alone they say little. */
const STRONG_WEIGHT = 2;
const WEAK_WEIGHT = 0.7;

interface Stem {
  readonly text: string;
  readonly isWhole: boolean;
  readonly emotion: ActiveEmotion;
  readonly weight: number;
}

const ALL: readonly Stem[] = Object.entries(STEMS).flatMap(([emotion, { strong, weak }]) =>
  [
    [strong, STRONG_WEIGHT],
    [weak, WEAK_WEIGHT],
  ].flatMap(([list, weight]) =>
    String(list)
      .split(' ')
      .map((stem): Stem => ({
        text: stem.replace(/\.$/, ''),
        isWhole: stem.endsWith('.'),
        emotion: emotion as ActiveEmotion,
        weight: Number(weight),
      })),
  ),
);

/** What one word says for each emotion; an empty list for most words. */
export function lookUpEmotion(word: string): readonly { readonly emotion: ActiveEmotion; readonly weight: number }[] {
  const lower = word.toLowerCase();
  return ALL.filter(({ text, isWhole }) => (isWhole ? lower === text : lower.startsWith(text)));
}

/** Stems of stage directions: "[angry]", "[in tears]", "(terrified, whispering)". The first that fits wins. */
const DIRECTIONS: readonly (readonly [RegExp, ActiveEmotion])[] = [
  [/\b(contempt|scorn|sneer|disdain|derisive|mocking(ly)?|condescend|haughty|smug)/, 'contempt'],
  [/\b(playful|teas|mischie|flirt|wink|cheek(y|ily)|jok(ing|es|ingly)|giggl|coy)/, 'playful'],
  [/\b(disgust|revolt|repuls|gross|nause|sick(ened|ly)?\b)/, 'disgust'],
  [/\b(ang(ry|rily|er)|furious|fury|rag(e|ing)|shout|yell|snarl|irritat|annoyed|livid|seething|hiss)/, 'anger'],
  [/\b(afraid|scared|fear|terrif|fright|panic|trembl|nervous|anxious|worried|horrified|alarmed)/, 'fear'],
  [/\b(surpris|shock|astonish|startled|amaz|stunned|gasp|disbelie|incredul)/, 'surprise'],
  [
    /\b(sad|sadly|tear(s|ful)|cry(ing)?|cries|sob|weep|grie[fv]|mourn|broken|melanchol|depress|dejected|heartbroken|regret)/,
    'sadness',
  ],
  [/\b(happ(y|ily)|joy|delight|cheer|laugh|smil|excited|elated|glad|beaming|warm(ly)?|proud)/, 'joy'],
];

/** The emotion a stage direction asks for; null when it asks for none ("[to Tomas]", "[coughs]"). */
export function emotionOfDirection(direction: string): { readonly emotion: ActiveEmotion; readonly intensity: number } | null {
  const lower = direction.toLowerCase();
  const found = DIRECTIONS.find(([stem]) => stem.test(lower));
  if (!found) return null;
  const isStrong = /\b(very|extremely|furious|terrified|hysterical|screaming|loud|utterly|deeply)/.test(lower);
  const isSoft = /\b(a little|slightly|softly|quietly|mildly|half|somewhat|gently)/.test(lower);
  return { emotion: found[1], intensity: isStrong ? 0.9 : isSoft ? 0.45 : 0.7 };
}
