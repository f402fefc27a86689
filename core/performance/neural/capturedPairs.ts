/** Pairs of neighbouring phones that the captured training clips hold. Written by training/performance/pairs.py. */
export const CAPTURED_PAIRS: ReadonlySet<string> = new Set(
  (
    'AA F|AA R|AA S|AE T|AH G|AH N|AH T|AO P|AO R|AW SIL|AY AA|AY B|AY D|AY EH|AY EY|AY F|AY IY|AY JH|AY K|AY N|AY ' +
    'P|AY S|AY T|AY V|AY W|AY Z|B AY|B IH|B IY|B L|CH F|D AE|D AH|D B|D F|D IH|D IY|D S|D W|DH B|DH EH|DH EY|DH JH|' +
    'DH K|DH Z|EH D|EH F|EH K|EH L|EH N|EH S|EH T|EH V|EY B|EY CH|EY EY|EY F|EY HH|EY N|EY R|EY S|EY T|EY TH|EY W|E' +
    'Y Z|F AO|F AY|F F|G EH|HH W|IH DH|IH K|IH N|IH R|IH TH|IY AH|IY EY|IY F|IY HH|IY N|IY R|IY S|IY T|IY TH|IY W|I' +
    'Y Z|JH IY|K EY|K S|K Y|L EY|L F|L IY|L S|L UW|N AA|N AH|N AW|N AY|N B|N D|N EH|N EY|N HH|N IY|N JH|N K|N P|N R' +
    '|N S|N SIL|N T|N W|N Z|OW N|OW P|P IY|P L|R EH|R IY|R N|R OW|R P|S B|S EH|S EY|S F|S IH|S IY|S N|S P|S R|S S|S' +
    ' T|S TH|S UW|S W|S Z|SIL B|SIL L|SIL P|SIL S|SIL W|T AA|T AE|T AH|T B|T D|T EH|T EY|T IH|T IY|T JH|T K|T N|T P' +
    '|T R|T S|T SIL|T T|T UW|T W|T Z|TH AA|TH EH|TH K|TH R|UW AE|UW AH|UW B|UW F|UW IH|UW N|UW P|UW S|UW T|UW TH|UW' +
    ' W|UW Z|V AH|V S|W AH|W AY|W IH|Y UW|Z EH|Z IH|Z IY|Z SIL'
  ).split('|'),
);
