"""Write core/performance/neural/golden/conditions.json: what conditions.py gives for a small line; conditions.ts must agree.

    python -m performance.golden
"""
import json

import numpy as np

from paths import ROOT
from performance.conditions import RULES_ROWS, mouth_conditions, upper_conditions

PHONES = [['SIL', 0.0, 0.083], ['M', 0.083, 0.141, None], ['AA', 0.141, 0.29, 1], ['P', 0.29, 0.3333], ['UW', 0.3333, 0.41, 0], ['ZH', 0.41, 0.455], ['SIL', 0.455, 0.6]]
FRAMES = 40
ACCENTS = [[0.21, 0.8, 2.0], [0.37, 0.4, -1.0]]


def main():
    wave = lambda k: np.sin(0.31 * np.arange(FRAMES) + k).astype(np.float32)
    voice = np.stack([wave(k) for k in range(5)])
    phones = [p if len(p) > 3 and p[3] is not None else p[:3] for p in PHONES]
    mouth = mouth_conditions(phones, voice, FRAMES, source='captured', rules=np.stack([np.abs(wave(8 + k)) for k in range(8)]))
    upper = upper_conditions(phones, voice, ACCENTS, np.abs(wave(6)), np.abs(wave(7)), FRAMES)
    rows = lambda x: {str(k): [round(float(v), 6) for v in r] for k, r in enumerate(x) if np.abs(r).max() > 0}
    out = dict(description='Written by training/performance/golden.py. Voice row k is sin(.31 frame + k); jaw |sin(.31 frame + 6)|, '
                           'rounding |sin(.31 frame + 7)|; row k of the rules |sin(.31 frame + 8 + k)|; rows that are not listed are 0.',
               frames=FRAMES, phones=phones, accents=ACCENTS, source='captured', rules=RULES_ROWS, mouth=rows(mouth), upper=rows(upper))
    path = ROOT / 'core/performance/neural/golden/conditions.json'
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')


if __name__ == '__main__':
    main()
