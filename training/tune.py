"""Choose the search weights of the decoder on the VALIDATION speakers and write them to models/acoustic.decoder.json.

    tune.py [--processes 2] [--sweeps 3]

The aim is `worth` below, a sum of the figures over the validation clips. One weight after the other is moved while that helps; the
bonus of a group of phones is what the face pays to see lips and teeth.
"""
import argparse
import json
import multiprocessing

import numpy as np

from heldout import clips, labels, run, sounds
from paths import MODELS
from viterbi import Decoder
from visemes import CLASS_INDEX, PHONE_INDEX, frame_labels, segment_classes

# each weight moves to a neighbour in its row; voiceScale is not here: it is for breaths and noise, which these clips do not have
GRID = dict(minFrames=[2, 3], grammarScale=[.85, 1.0, 1.15, 1.3], segmentBonus=[-1.0, -.5, 0.0, .25, .5, .75], priorScale=[.2, .3, .4, .5, .6, .7],
            durationScale=[.25, .4, .55, .75, 1.0], closedScale=[0, .15, .3, .45], teethScale=[0, .15, .3, .45, .6],
            wordScale=[.8, 1.0, 1.15, 1.3, 1.5, 1.7, 2.0], wordBonus=[0.0, .5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0], pauseBonus=[-3.0, -2.0, -1.0, 0.0],
            unknownBonus=[-19.0, -17.0, -15.0, -13.0, -11.0])
GROUPS = {'P B M': [0, .3, .5, .7, .9, 1.1], 'F V': [0, .4, .8, 1.0, 1.3, 1.6], 'TH': [0, .2, .4, .6, .8], 'DH': [0, .2, .4], 'UW UH W': [0, .2, .4], 'AO ER OY': [0, .2, .4],
          'L': [0, .2, .4, .6], 'AA AY AW': [0, .2, .4]}
LABIAL = [PHONE_INDEX[p] for p in 'PBM']
DENTAL = [PHONE_INDEX[p] for p in 'FV']
OPEN = [PHONE_INDEX[p] for p in ('AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH')]
CLOSED, TEETH = CLASS_INDEX['A'], CLASS_INDEX['G']
TOLERANCE = 4                 # frames a closure may come early or late
FALSE_CLOSURES = .0155        # share of open vowels that may be shut; the design's limit is .02, and unseen speakers were a fifth worse than these


def edit_distance(a, b):
    row = np.arange(len(b) + 1)
    for i, x in enumerate(a, 1):
        old, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            old, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, old + (x != y))
    return int(row[-1])


def figures(stats, outputs, reference):
    decode = Decoder(stats)
    phone_hit = speech = edits = phones = open_frames = shut = 0
    seen = {CLOSED: [0, 0], TEETH: [0, 0]}
    class_hit, class_all = np.zeros(9), np.zeros(9)
    for i, (p, v, c) in outputs.items():
        y, k = labels(reference[i], len(p))
        segments = decode(p, v, c)
        h, c = frame_labels(segments, len(p), 0), frame_labels(segment_classes(segments), len(p), 0)
        phone_hit, speech = phone_hit + ((h == y) & (y > 0)).sum(), speech + (y > 0).sum()
        for j in range(1, 9):
            class_hit[j] += ((c == j) & (k == j)).sum()
            class_all[j] += (k == j).sum()
        want = [s[0] for s in reference[i] if s[0]]
        edits, phones = edits + edit_distance([s[0] for s in segments if s[0]], want), phones + len(want)
        for q, a, b in reference[i]:
            shape = CLOSED if q in LABIAL else TEETH if q in DENTAL else None
            if shape is not None:
                seen[shape][0] += (c[max(0, a - TOLERANCE):b + TOLERANCE] == shape).any()
                seen[shape][1] += 1
        away = np.isin(y, OPEN)
        open_frames, shut = open_frames + away.sum(), shut + (c[away] == CLOSED).sum()
    return dict(phoneSpeech=phone_hit / speech, classSpeech=class_hit.sum() / class_all.sum(),
                balanced=(class_hit[1:] / np.maximum(class_all[1:], 1)).mean(), phoneErrorRate=edits / phones,
                closureRecall=seen[CLOSED][0] / seen[CLOSED][1], teethRecall=seen[TEETH][0] / seen[TEETH][1], falseClosure=shut / open_frames)


def worth(f):
    """What the face needs: the right class, seen lips and teeth, and few flashes of a wrong closure."""
    return (f['classSpeech'] + .5 * f['phoneSpeech'] + .5 * f['balanced'] - .5 * f['phoneErrorRate'] + .5 * f['closureRecall']
            + .25 * f['teethRecall'] - 8 * max(0, f['falseClosure'] - FALSE_CLOSURES))


def moves(search, name):
    """The search weights with one of them moved to each of its neighbours."""
    values = GRID.get(name) or GROUPS[name]
    now = search[name] if name in GRID else search['bonus'].get(name.split()[0], 0)
    at = int(np.argmin([abs(v - now) for v in values]))
    for v in (values[k] for k in (at - 1, at, at + 1) if 0 <= k < len(values) and values[k] != now):
        if name in GRID:
            yield dict(search, **{name: v})
        else:
            bonus = dict(search['bonus'], **{p: v for p in name.split()})
            yield dict(search, bonus={p: b for p, b in bonus.items() if b})


def tried(search):
    return figures(dict(STATE['stats'], search=search), STATE['outputs'], STATE['reference'])


STATE = {}                    # what the processes of the pool share: tables, outputs and reference


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--processes', type=int, default=2)
    ap.add_argument('--sweeps', type=int, default=3)
    a = ap.parse_args()
    path = MODELS / 'acoustic.decoder.json'
    stats = json.loads(path.read_text())
    reference = clips('validation')
    STATE.update(stats=stats, reference=reference, outputs=run(MODELS / 'acoustic.onnx', reference, sounds('validation')))
    search = stats['search']
    best = tried(search)
    print('before', {k: round(float(v), 4) for k, v in best.items()}, round(worth(best), 4), flush=True)
    with multiprocessing.get_context('fork').Pool(a.processes) as pool:
        for sweep in range(a.sweeps):
            before = search
            for name in (*GRID, *GROUPS):
                ways = list(moves(search, name))
                for way, f in zip(ways, pool.map(tried, ways)):
                    if worth(f) > worth(best) + 1e-4:
                        best, search = f, way
            print(sweep, search, {k: round(float(v), 4) for k, v in best.items()}, round(worth(best), 4), flush=True)
            if search == before:
                break
    path.write_text(json.dumps(dict(stats, search=search), separators=(',', ':')) + '\n')


if __name__ == '__main__':
    main()
