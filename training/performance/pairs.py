"""Write core/performance/neural/capturedPairs.ts: the pairs of neighbouring phones that captured training clips hold.

    python -m performance.pairs

Where a line has a pair that is not among them the engine leans on the rules (core/performance/neural/leanOnRules.ts).
"""
import json

from paths import ROOT
from performance import split
from performance.store import lines

LEAST = 5      # a pair heard less often is as good as new


def pairs():
    rows = lines('grid')
    count = {}
    for clip in split.read()['train']:
        names = [p[0] for p in rows[clip]['phones']]
        for pair in zip(names, names[1:]):
            count[pair] = count.get(pair, 0) + 1
    return {a + ' ' + b for (a, b), n in count.items() if n >= LEAST}


if __name__ == '__main__':
    text = '|'.join(sorted(pairs()))
    rows = [text[k:k + 110] for k in range(0, len(text), 110)]
    body = ' +\n  '.join("'" + r + "'" for r in rows)
    (ROOT / 'core/performance/neural/capturedPairs.ts').write_text(
        '/** Pairs of neighbouring phones that the captured training clips hold. Written by training/performance/pairs.py. */\n'
        'export const CAPTURED_PAIRS: ReadonlySet<string> = new Set(\n  (' + body + ').split(\'|\'),\n);\n')
