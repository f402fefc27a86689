"""Phone times of the acted lines (acted.py) by another aligner, so that figures do not rest on this model's own alignment alone: PocketSphinx (BSD-like), whose
PyPI wheel carries its English model.

    OTHER/bin/pip install pocketsphinx;  OTHER/bin/python acted_times.py      writes <cache>/audio/sdap.sphinx.jsonl
"""
import json

import numpy as np
from pocketsphinx import Decoder

from paths import CACHE

SECONDS_AROUND = .2           # silence put before and after a line: it wants some


def phones(decoder, words, samples):
    """[[phone, start, end]] in seconds of the samples (int16, 16 kHz); RuntimeError where it finds no path."""
    around = np.zeros(int(SECONDS_AROUND * 16000), np.int16)
    sound = np.concatenate([around, samples, around]).tobytes()
    decoder.set_align_text(words)
    for second in (False, True):                                  # words, then the phones in them
        if second:
            decoder.set_alignment()
        decoder.start_utt()
        decoder.process_raw(sound, full_utt=True)
        decoder.end_utt()
    found = [(p.name, p.start * .01 - SECONDS_AROUND, (p.start + p.duration) * .01 - SECONDS_AROUND) for word in decoder.get_alignment() for p in word]
    end = len(samples) / 16000
    return [[name, round(max(0.0, a), 2), round(min(end, b), 2)] for name, a, b in found if b > 0 and a < end]


def main():
    z = np.load(CACHE / 'audio/sdap.npz')
    sounds = {str(i): z['samples'][a:b] for i, a, b in zip(z['ids'], z['offsets'], z['offsets'][1:])}
    decoder = Decoder(lm=None, loglevel='FATAL', beam=1e-80, wbeam=1e-60)
    out, failed = [], []
    for r in map(json.loads, open(CACHE / 'audio/sdap.align.jsonl')):
        try:
            out.append(dict(id=r['id'], phones=phones(decoder, r['words'], sounds[r['id']])))
        except RuntimeError:
            failed.append(r['id'])
    (CACHE / 'audio/sdap.sphinx.jsonl').write_text(''.join(json.dumps(r) + '\n' for r in out))
    print(len(out), 'lines; without a path:', failed)


if __name__ == '__main__':
    main()
