"""Choose the search weights of the decoder on the VALIDATION speakers and write them to models/acoustic.decoder.json.

The aim is `worth` below, a sum of the figures over the validation clips.
"""
import itertools
import json

import numpy as np

from heldout import clips, labels, run, sounds
from paths import MODELS
from viterbi import Decoder
from visemes import CLASS_INDEX, PHONE_INDEX, frame_labels, segment_classes

GRID = dict(minFrames=[2, 3], bigramScale=[.6, .9, 1.2], segmentBonus=[-2.0, -1.0], priorScale=[.2, .4, .6, .8],
            durationScale=[.5, 1.0])
LABIAL = [PHONE_INDEX[p] for p in 'PBM']
OPEN = [PHONE_INDEX[p] for p in ('AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH')]
CLOSED = CLASS_INDEX['A']
TOLERANCE = 4                 # frames a closure may come early or late
EVERY = 3                     # of the validation clips for the coarse grid


def edit_distance(a, b):
    row = np.arange(len(b) + 1)
    for i, x in enumerate(a, 1):
        old, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            old, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, old + (x != y))
    return int(row[-1])


def figures(stats, outputs, reference):
    decode = Decoder(stats)
    phone_hit = speech = edits = phones = closures = closed = open_frames = shut = 0
    class_hit, class_all = np.zeros(9), np.zeros(9)
    for i, (p, _, _) in outputs.items():
        y, k = labels(reference[i], len(p))
        segments = decode(p)
        h, c = frame_labels(segments, len(p), 0), frame_labels(segment_classes(segments), len(p), 0)
        phone_hit, speech = phone_hit + ((h == y) & (y > 0)).sum(), speech + (y > 0).sum()
        for j in range(1, 9):
            class_hit[j] += ((c == j) & (k == j)).sum()
            class_all[j] += (k == j).sum()
        want = [s[0] for s in reference[i] if s[0]]
        edits, phones = edits + edit_distance([s[0] for s in segments if s[0]], want), phones + len(want)
        for q, a, b in reference[i]:
            if q in LABIAL:
                closures, closed = closures + 1, closed + (c[max(0, a - TOLERANCE):b + TOLERANCE] == CLOSED).any()
        away = np.isin(y, OPEN)
        open_frames, shut = open_frames + away.sum(), shut + (c[away] == CLOSED).sum()
    return dict(phoneSpeech=phone_hit / speech, classSpeech=class_hit.sum() / class_all.sum(),
                balanced=(class_hit[1:] / np.maximum(class_all[1:], 1)).mean(), phoneErrorRate=edits / phones,
                closureRecall=closed / closures, falseClosure=shut / open_frames)


def worth(f):
    """What the face needs: the right class, seen lips, and few flashes of a wrong closure."""
    return (f['phoneSpeech'] + f['classSpeech'] + .5 * f['balanced'] - .5 * f['phoneErrorRate'] + .5 * f['closureRecall']
            - 2 * f['falseClosure'])


def main():
    path = MODELS / 'acoustic.decoder.json'
    stats = json.loads(path.read_text())
    reference = clips('validation')
    outputs = run(MODELS / 'acoustic.onnx', reference, sounds('validation'))
    some = {i: o for k, (i, o) in enumerate(sorted(outputs.items())) if k % EVERY == 0}
    rows = []
    for values in itertools.product(*GRID.values()):
        stats['search'] = dict(zip(GRID, values))
        f = figures(stats, some, reference)
        rows.append((worth(f), stats['search'], f))
    rows.sort(key=lambda r: -r[0])
    best = []
    for _, search, _ in rows[:5]:
        stats['search'] = search
        f = figures(stats, outputs, reference)
        best.append((worth(f), search, f))
        print(search, {k: round(float(v), 4) for k, v in f.items()}, flush=True)
    stats['search'] = max(best, key=lambda r: r[0])[1]
    path.write_text(json.dumps(stats, separators=(',', ':')) + '\n')
    print('chosen', stats['search'])


if __name__ == '__main__':
    main()
