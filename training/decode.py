"""Decode every aligned clip to 16 kHz mono int16 in the cache: <cache>/audio/<source>.npz (samples, offsets, ids)."""
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import soundfile

from paths import CACHE, DATA

SOURCES = dict(speechocean762='speech/speechocean762', picovoice_phrases='speech/picovoice_phrases',
               ljspeech='speech/ljspeech', grid_s1='face/grid_s1')


def decode(path):
    samples, rate = soundfile.read(path, dtype='int16', always_2d=True)       # libsndfile decodes Opus at its stated rate
    assert rate == 16000, (path, rate)
    return samples[:, 0]


def main():
    out = CACHE / 'audio'
    out.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or SOURCES:
        folder = DATA / SOURCES[name]
        rows = [json.loads(l) for l in open(folder / 'manifest.jsonl')]
        with ThreadPoolExecutor(2) as pool:
            sounds = list(pool.map(decode, [folder / r['audio'] for r in rows]))
        np.savez(out / f'{name}.npz', samples=np.concatenate(sounds), ids=np.array([r['id'] for r in rows]),
                 offsets=np.cumsum([0] + [len(s) for s in sounds]))
        print(name, len(rows), 'clips', round(sum(map(len, sounds)) / 16000 / 3600, 2), 'h', flush=True)


if __name__ == '__main__':
    main()
