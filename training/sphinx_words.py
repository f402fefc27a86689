"""Words of spoken American English and how they follow each other: the bigrams of CMU Sphinx's model en-us.lm.bin (BSD, Carnegie Mellon
University and Alpha Cephei).

    apt-get download pocketsphinx-en-us && dpkg -x pocketsphinx-en-us_*.deb FOLDER
    sphinx_words.py FOLDER          writes <cache>/texts/sphinx_words.npz

The file is a trie from the last word of an n-gram backwards: unigrams (log P, log back-off, first of the bigrams that end in it), then the
records of bigrams with their first word, packed bit by bit, with quantised numbers.
"""
import struct
import sys
from pathlib import Path

import numpy as np

from paths import CACHE

MAGIC = b'Trie Language Model'
STORED = CACHE / 'texts/sphinx_words.npz'
LEVELS = 1 << 16                                # of the quantised numbers
STEP = np.log(1.0001)                           # its unit of logarithms


def bits(buffer, start, width, count, stride):
    """`count` numbers of `width` <= 32 bits, the first at bit `start`, each `stride` bits after the one before."""
    at = start + np.arange(count, dtype=np.int64) * stride
    raw = np.frombuffer(buffer + b'\0' * 8, np.uint8)
    value = np.zeros(count, np.uint64)
    for k in range(6):
        value |= raw[at // 8 + k].astype(np.uint64) << np.uint64(8 * k)
    return (value >> (at % 8).astype(np.uint64)) & np.uint64((1 << width) - 1)


def unpack(path):
    """-> words, ln P [W], ln back-off [W], and of the bigrams: first word, second word, ln P."""
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise SystemExit(f'{path.name} is no trie of CMU Sphinx')
    order, at = data[len(MAGIC)], len(MAGIC) + 1
    words, pairs, triples = struct.unpack(f'<{order}I', data[at:at + 4 * order])
    at += 4 * order + 4                         # one more number: the kind of quantisation
    table = np.frombuffer(data, np.float32, (2 * order - 3) * LEVELS, at)       # of pairs: probabilities, back-offs; of triples: probabilities
    at += table.nbytes
    single = np.frombuffer(data, np.dtype([('p', '<f4'), ('back', '<f4'), ('first', '<u4')]), words + 1, at)
    at += single.nbytes
    word_bits, next_bits = words.bit_length(), triples.bit_length()
    stride = word_bits + 32 + next_bits
    packed = lambda count, width: ((count + 1) * width + 7) // 8 + 8
    pair = data[at:at + packed(pairs, stride)]
    at += packed(pairs, stride) + packed(triples, word_bits + 16)
    pairs = int(single['first'][-1])            # the last few that the header counts are not there
    names = data[at + 4:].decode('latin1').split('\0')[:words]
    if len(names) != words or names != sorted(names):
        raise SystemExit(f'{path.name} is laid out in another way')
    return dict(words=np.array(names), single=single['p'][:-1] * STEP, back=single['back'][:-1] * STEP, before=bits(pair, 0, word_bits, pairs, stride).astype(np.int32),
                after=np.repeat(np.arange(words, dtype=np.int32), np.diff(single['first'])), pair=table[bits(pair, word_bits + 16, 16, pairs, stride)] * STEP)


if __name__ == '__main__':
    np.savez(STORED, **unpack(next(Path(sys.argv[1]).rglob('en-us.lm.bin'))))
