"""Random 4 s crops from the shards of the cache. New shards are picked up while training runs."""
import numpy as np

from paths import CACHE

CROP = 400
BATCH = 32
# expected share of crops per source (of those there are): speechocean762 is the only one with many words and many voices; GRID is one man
# saying 51 words and Picovoice is six phrases, so both are capped far below their hours
SHARE = dict(speechocean762=.50, picovoice_phrases=.08, picovoice_orders=.08, grid_s1=.05, ljspeech=.02, synth_flite=.10, synth_festival=.10,
             synth_kokoro=.06, noise=.05)
WARP = 0.09                     # the bins of half the clips are stretched by up to this: another length of the vocal tract
MAX_EDGE_SILENCE = 60           # frames of silence kept around the speech of a clip, at most


def warp(amount):
    """Matrix [80, 80] that reads bin k (1 + amount) into bin k."""
    at = np.clip(np.arange(80) * (1 + amount), 0, 79)
    low = np.minimum(at.astype(int), 78)
    m = np.zeros((80, 80), np.float32)
    m[low, np.arange(80)] = 1 - (at - low)
    m[low + 1, np.arange(80)] = at - low
    return m


class Shard:
    def __init__(self, path):
        self.mel = np.load(path / 'mel.npy', mmap_mode='r')
        self.phone, self.klass = np.load(path / 'phone.npy'), np.load(path / 'klass.npy')
        self.offsets, self.spans = np.load(path / 'offsets.npy'), np.load(path / 'spans.npy')
        n = (self.spans[:, 1] - self.spans[:, 0]).astype(float)
        self.p = n / n.sum()

    def clip(self, rng, room):
        """A stretch of one clip of at most `room` frames."""
        k = rng.choice(len(self.p), p=self.p)
        o, end = self.offsets[k], self.offsets[k + 1] - self.offsets[k]
        a = max(0, self.spans[k, 0] - rng.integers(5, MAX_EDGE_SILENCE))
        b = min(end, self.spans[k, 1] + rng.integers(5, MAX_EDGE_SILENCE))
        if b - a > room:
            a = rng.integers(a, b - room + 1)
            b = a + room
        s = slice(o + a, o + b)
        mel = self.mel[s]
        if rng.random() < .5:
            mel = mel.astype(np.float32) @ warp(rng.uniform(-WARP, WARP))
        return mel, self.phone[s], self.klass[s]


class Sampler:
    def __init__(self, seed, size=BATCH):
        self.size = size
        self.rng = np.random.default_rng(seed)
        self.shards = {}
        self.refresh()

    def refresh(self):
        """Look for finished shards that are not loaded yet; returns the names of new ones."""
        new = []
        for p in sorted((CACHE / 'shards').glob('*.d')):
            if p.name not in self.shards and p.name.split('.')[0] in SHARE:
                self.shards[p.name] = Shard(p)
                new.append(p.name)
        self.sources = {}
        for n in self.shards:
            self.sources.setdefault(n.split('.')[0], []).append(n)
        w = np.array([SHARE[s] for s in self.sources])
        self.weights = w / w.sum()
        return new

    def batch(self):
        mel = np.zeros((self.size, CROP, 80), np.float32)
        phone = np.full((self.size, CROP), -1, np.int64)
        klass = np.full((self.size, CROP), -1, np.int64)
        names = list(self.sources)
        for i in range(self.size):
            at = 0
            while at < CROP - 40:                     # short clips are packed; each was normalised as its own line
                source = names[self.rng.choice(len(names), p=self.weights)]
                shard = self.shards[self.sources[source][self.rng.integers(len(self.sources[source]))]]
                m, p, k = shard.clip(self.rng, CROP - at)
                mel[i, at:at + len(m)], phone[i, at:at + len(m)], klass[i, at:at + len(m)] = m, p, k
                at += len(m)
        self.mask(mel)
        return mel, phone, klass

    def mask(self, mel):
        """SpecAugment: two bands of up to 10 bins, two stretches of up to 80 ms; a small offset and slope over the bins."""
        bins = np.linspace(-1, 1, 80)
        for m in mel:
            m += self.rng.normal(0, .3) + self.rng.normal(0, .4) * bins
            for _ in range(2):
                w = self.rng.integers(0, 11)
                f = self.rng.integers(0, 80 - w)
                m[:, f:f + w] = 0
                w = self.rng.integers(0, 9)
                t = self.rng.integers(0, len(m) - w)
                m[t:t + w] = 0
