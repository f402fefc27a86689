"""Pictures of unseen clips to read phone times from by eye: wide-band spectrogram (5 ms window), 0-5.5 kHz, a line every 20 ms, a red one
every 100 ms; each from its first loud sound to its last.

    spectrogram.py OUT_FOLDER       times read from them: splits/times_by_eye.json; no times of a model or an alignment are drawn
"""
import json
import sys
from pathlib import Path

import numpy as np

from heldout import clips, sounds
from paths import DATA
from visemes import PHONES

LONGEST = 3.4                                    # seconds: longer clips are too small to read
FIRST, MORE = 8, 39                              # one clip of each speaker, then up to two more of a readable number of phones
PER_PAGE = 3


def chosen():
    reference, audio = clips('test'), sounds('test')
    people = {r['id']: r for l in open(DATA / 'speech/speechocean762/manifest.jsonl') if (r := json.loads(l))['id'] in reference}
    rng = np.random.default_rng(40)
    ids = [str(i) for i in rng.permutation(sorted(reference)) if len(audio[i]) / 16000 < LONGEST]
    first, seen = [], set()
    for i in ids:
        if people[i]['speaker'] not in seen and len(first) < FIRST:
            seen.add(people[i]['speaker'])
            first.append(i)
    more, count = [], {}
    for i in ids:
        who = people[i]['speaker']
        if i not in first and count.get(who, 0) < 2 and 7 <= len(reference[i]) <= 17 and len(more) < MORE:
            count[who] = count.get(who, 0) + 1
            more.append(i)
    return [(i, audio[i].astype(float) / 32768, [PHONES[p] for p, _, _ in reference[i]], people[i]['text'].lower()) for i in first + more]


def draw(ax, name, x, phones, text):
    x = np.append(x[:1], x[1:] - .95 * x[:-1])
    loudness = np.convolve(x ** 2, np.ones(400) / 400, 'same')
    loud = np.flatnonzero(loudness > loudness.max() * 2e-3) / 16000
    a, b = max(0, loud[0] - .1), min(len(x) / 16000, loud[-1] + .1)
    ax.specgram(x, NFFT=80, Fs=16000, noverlap=64, pad_to=512, cmap='gray_r', vmin=-120, vmax=-50, window=np.hamming(80))
    ax.set_ylim(0, 5500)
    ax.set_xlim(a, b)
    ax.set_yticks([])
    ax.set_xticks(np.arange(np.ceil(a * 50) / 50, b, .02), minor=True)
    ax.set_xticks(np.arange(np.ceil(a * 10) / 10, b, .1))
    ax.grid(axis='x', which='minor', lw=.25, color='c', alpha=.5)
    ax.grid(axis='x', which='major', lw=.7, color='r', alpha=.6)
    ax.set_title(f'{name}  "{text}"  ' + ' '.join(phones), fontsize=11)


def main():
    import matplotlib
    matplotlib.use('Agg')
    import matplotlib.pyplot as plt
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    picked = chosen()
    for k in range(0, len(picked), PER_PAGE):
        fig, axes = plt.subplots(PER_PAGE, 1, figsize=(20, 13))
        for ax, clip in zip(axes, picked[k:k + PER_PAGE]):
            draw(ax, *clip)
        fig.tight_layout()
        fig.savefig(folder / f'{k // PER_PAGE:02d}.png', dpi=75)
        plt.close(fig)


if __name__ == '__main__':
    main()
