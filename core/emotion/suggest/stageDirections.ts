import type { ActiveEmotion } from '../emotions';

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
