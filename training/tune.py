"""Choose the search weights of the decoder on the VALIDATION speakers and write them to models/acoustic.decoder.json.

Aim: phone frame accuracy on speech + nine-class accuracy on speech, less phone errors per reference phone (edit distance),
each over the validation clips.
"""
import itertools
import json

import numpy as np

from heldout import clips, labels, run, sounds
from paths import MODELS
from viterbi import Decoder
from visemes import frame_labels, segment_classes

GRID = dict(minFrames=[2, 3], bigramScale=[.3, .6, 1.0], segmentBonus=[-1.0, 0.0, 1.0], priorScale=[0.0, .25, .5],
            durationScale=[0.0, .5, 1.0])
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
    hit = chit = speech = edits = phones = 0
    for i, (p, _, _) in outputs.items():
        y, k = labels(reference[i], len(p))
        segments = decode(p)
        h, c = frame_labels(segments, len(p), 0), frame_labels(segment_classes(segments), len(p), 0)
        hit, chit, speech = hit + ((h == y) & (y > 0)).sum(), chit + ((c == k) & (k > 0)).sum(), speech + (y > 0).sum()
        want = [s[0] for s in reference[i] if s[0]]
        edits, phones = edits + edit_distance([s[0] for s in segments if s[0]], want), phones + len(want)
    return dict(phoneSpeech=hit / speech, classSpeech=chit / speech, phoneErrorRate=edits / phones)


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
        rows.append((f['phoneSpeech'] + f['classSpeech'] - f['phoneErrorRate'], stats['search'], f))
    rows.sort(key=lambda r: -r[0])
    best = []
    for _, search, _ in rows[:5]:
        stats['search'] = search
        f = figures(stats, outputs, reference)
        best.append((f['phoneSpeech'] + f['classSpeech'] - f['phoneErrorRate'], search, f))
        print(search, {k: round(float(v), 4) for k, v in f.items()}, flush=True)
    stats['search'] = max(best, key=lambda r: r[0])[1]
    path.write_text(json.dumps(stats, separators=(',', ':')) + '\n')
    print('chosen', stats['search'])


if __name__ == '__main__':
    main()
