"""Pictures of a few unseen clips to read phone times from by eye: wide-band spectrogram (5 ms window), 0-5 kHz, a line every 50 ms.

    spectrogram.py OUT_FOLDER       times read from them: splits/times_by_eye.json; nothing of the model is drawn
"""
import json
import sys
from pathlib import Path

import numpy as np

from heldout import clips, sounds
from paths import DATA
from visemes import PHONES

COUNT, LONGEST = 8, 3.4


def chosen():
    reference, audio = clips('test'), sounds('test')
    people = {r['id']: r for l in open(DATA / 'speech/speechocean762/manifest.jsonl') if (r := json.loads(l))['id'] in reference}
    rng = np.random.default_rng(40)
    ids = [i for i in rng.permutation(sorted(reference)) if len(audio[i]) / 16000 < LONGEST]
    out, speakers = [], set()
    for i in map(str, ids):
        if people[i]['speaker'] not in speakers and len(out) < COUNT:
            speakers.add(people[i]['speaker'])
            out.append((i, audio[i], [PHONES[p] for p, _, _ in reference[i]], people[i]['text'].lower()))
    return out


def main():
    import matplotlib
    matplotlib.use('Agg')
    import matplotlib.pyplot as plt
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for i, sound, phones, text in chosen():
        x = sound.astype(float) / 32768
        x = np.append(x[:1], x[1:] - .95 * x[:-1])
        seconds = len(x) / 16000
        fig, ax = plt.subplots(figsize=(max(8, seconds * 7.5), 5))
        ax.specgram(x, NFFT=80, Fs=16000, noverlap=64, pad_to=512, cmap='gray_r', vmin=-120, vmax=-50, window=np.hamming(80))
        ax.set_ylim(0, 5500)
        ax.set_xticks(np.arange(0, seconds, .05), minor=True)
        ax.set_xticks(np.arange(0, seconds, .1))
        ax.tick_params(axis='x', labelsize=7, rotation=60)
        ax.grid(axis='x', which='both', lw=.4, color='c', alpha=.6)
        ax.set_title(f'{i}  "{text}"  ' + ' '.join(phones), fontsize=9)
        fig.tight_layout()
        fig.savefig(folder / f'{i}.png', dpi=85)
        plt.close(fig)
        print(i, text)


if __name__ == '__main__':
    main()
