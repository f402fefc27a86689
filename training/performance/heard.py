"""What the acoustic net hears for each phone, from sound alone: writes figures/heard_phones.json.

    npx tsx training/performance/exportLines.ts $MIEN_PERFORMANCE_CACHE/lines speechheard    (from the project's folder)
    python -m performance.heard

The ten validation speakers of the acoustic net; time in which a phone was said (aligned) against what the app's own search says
there. A net that will be given such phones can be trained on names swapped by these shares (`train --swap heard`).
"""
import json

import numpy as np

from paths import DATA, ROOT
from performance.channels import PHONES
from performance.store import lines

STEP = 0.01
WORST_ALIGNMENT = -2.7


def at_steps(phones, count):
    t = (np.arange(count) + 0.5) * STEP
    ends = np.array([p[2] for p in phones])
    k = np.minimum(np.searchsorted(ends, t, side='right'), len(phones) - 1)
    return np.array([PHONES.index(p[0]) for p in phones])[k]


def main():
    aligned = {r['id']: r for text in (DATA / 'align/speechocean762.jsonl').read_text().splitlines() if (r := json.loads(text))['score'] >= WORST_ALIGNMENT}
    counts = np.zeros((len(PHONES), len(PHONES)))
    rows = {k: r for k, r in lines('speechheard').items() if k in aligned}
    for k, row in rows.items():
        said = aligned[k]['phones']
        n = int(said[-1][2] / STEP)
        np.add.at(counts, (at_steps(said, n), at_steps(row['phones'], n)), 1)
    share = counts / np.maximum(1, counts.sum(1, keepdims=True))
    # A phone that these speakers hardly say stays itself.
    share[counts.sum(1) < 50] = np.eye(len(PHONES))[counts.sum(1) < 50]
    heard = {a: {b: round(float(share[i, j]), 4) for j, b in enumerate(PHONES) if share[i, j] >= 0.002} for i, a in enumerate(PHONES)}
    (ROOT / 'training/figures/heard_phones.json').write_text(json.dumps(dict(
        description='Written by training/performance/heard.py: share of the time of each phone in which another is heard, from sound alone, validation speakers.',
        lines=len(rows), seconds=round(float(counts.sum()) * STEP, 1), heard=heard), indent=0) + '\n')
    print(len(rows), 'lines; right', round(float(np.trace(counts[1:, 1:]) / counts[1:].sum()), 3))


if __name__ == '__main__':
    main()
