"""Writes core/speech/golden/murmur.json, which holds core/speech/murmur.ts to murmur.py: a made line of voice, crowd, voice, silence and crowd."""
import json

import numpy as np

from murmur import murmur_frames
from paths import ROOT

WEIGHTS = dict(share=.5, least=1.5, change=60)


def main():
    rng = np.random.default_rng(7)
    silence, voice = [], []
    for frames, phones, sure in ((180, .95, .985), (150, .85, .6), (200, .95, .97), (60, .02, .03), (140, .8, .45)):
        pause = rng.random(frames) < .1
        silence += np.where(pause, .9, np.clip(1 - phones + .1 * rng.standard_normal(frames), .01, .99)).tolist()
        voice += np.clip(sure + .25 * min(sure, 1 - sure) * rng.standard_normal(frames), .001, .999).tolist()
    silence, voice = np.round(silence, 3), np.round(voice, 3)
    logp = np.full((len(silence), 40), -4, np.float32)
    logp[:, 0] = np.log(silence)
    frames = murmur_frames(logp, voice.astype(np.float32), WEIGHTS)
    path = ROOT / 'core/speech/golden/murmur.json'
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(dict(weights=WEIGHTS, silence=silence.tolist(), voice=voice.tolist(), frames=''.join(map(str, frames.astype(int))))) + '\n')
    print(int(frames.sum()), 'of', len(frames))


if __name__ == '__main__':
    main()
