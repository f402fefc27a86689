"""English prose for the phone grammar: Jane Austen's six novels (public domain) out of Debian's package r-cran-janeaustenr.

    apt-get download r-cran-janeaustenr && dpkg -x r-cran-janeaustenr_*.deb FOLDER
    novels.py FOLDER          writes <cache>/texts/novels.txt

Only statistics of the phones go into the released tables, no text.
"""
import re
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

from paths import CACHE
from texts import bare, dictionary
from visemes import PHONE_INDEX

STRING = re.compile(rb'\x00[\x04\x0c]\x00\x09|\x00\x00\x80\x09')      # what R writes before a string: its type and flags, then its length
PAUSE = 0.07                    # share of words that a reader pauses after, where no sign asks for it
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[.,;:?!\"()]|--|\n\s*\n")
SPELT_OUT = dict(mr='mister', mrs='missus')
WEAK = dict(a=['AH'], the=['DH', 'AH'])
SENTENCE_BREAK = -1             # a word nobody knows how to say: nothing is counted across it


def unpack(folder):
    raw = next(Path(folder).rglob('Rdata.rdb')).read_bytes()
    lines, at = [], 0
    while at < len(raw):        # each object: its length, then a zlib stream
        stream = zlib.decompressobj()
        data = stream.decompress(raw[at + 4:])
        at = len(raw) - len(stream.unused_data)
        for m in STRING.finditer(data):
            (length,) = struct.unpack('>i', data[m.end():m.end() + 4])
            if 0 <= length < 400:
                lines.append(data[m.end() + 4:m.end() + 4 + length].decode('utf8', 'replace'))
    return '\n'.join(lines)


def phones(seed=1):
    """All novels as phone indices with silences (0) where a reader pauses; SENTENCE_BREAK at unknown words."""
    rng = np.random.default_rng(seed)
    said = {w: [PHONE_INDEX[bare(p)] for p in WEAK.get(w, way)] for w, way in dictionary().items()}
    out = [0]
    for m in WORD.finditer((CACHE / 'texts/novels.txt').read_text().lower().replace('_', '')):
        word = SPELT_OUT.get(m[0], m[0])
        if not word[0].isalpha():
            out += [0] if out[-1] != 0 else []
            continue
        way = said.get(word) or said.get(word.replace("'s", ''))
        out += way or [SENTENCE_BREAK]
        if way and rng.random() < PAUSE:
            out.append(0)
    a = np.array(out)
    return a[(a != 0) | np.r_[True, a[:-1] != 0]]


if __name__ == '__main__':
    (CACHE / 'texts').mkdir(parents=True, exist_ok=True)
    (CACHE / 'texts/novels.txt').write_text(unpack(sys.argv[1]))
