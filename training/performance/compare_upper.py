"""An upper-face net against the performer it learned from, on lines and voices that were held out.

    python -m performance.compare_upper RUN [--sampler 4]

Emotions drawn as in training (held, mixed, ramps) and held ones at four intensities; what the engine does around the net (spread of
the noise, 50 ms of smoothing) is done here too.
"""
import argparse
import json
import zlib

import numpy as np
import scipy.ndimage
import torch

from performance.channels import CHANNELS, EMOTIONS, UPPER
from performance.compare import sample
from performance.conditions import upper_conditions
from performance.emotion_reading import PROTOTYPES, macro_f1, read_emotion
from performance.measure import frechet
from performance.performer import emotion_curves, perform
from performance.store import FPS, lines, voice_and_rules
from performance.train import codec, denoiser

TEMPERATURE, SMOOTH_FRAMES = 1.35, 0.05 * FPS          # core/performance/neural/neuralModels.ts, neuralFace.ts
SEEDS, LINES, HELD_LINES = 4, 40, 8
FACE = 13                                              # channels before the head's three
# Prototypes without the mouth, which is not this net's; contempt has nothing left.
UNITS = ('1', '2', '4', '5', '6', '7', '9', '2one')
READABLE = {e: kept for e in EMOTIONS if (kept := tuple(u for u in PROTOTYPES[e] if u in UNITS))}


def held_out():
    """Rows of lines the upper nets never train on (data.UpperData), with voice, jaw and rounding."""
    out = []
    for source in ('speech', 'acted'):
        for index, row in enumerate(lines(source).values()):
            if index % 12 == 0 and row['frames'] >= 90:
                voice, rules = voice_and_rules(source, row)
                jaw, lips = rules[CHANNELS.index('jawOpen')], rules[CHANNELS.index('mouthPucker')] + rules[CHANNELS.index('mouthFunnel')]
                out.append((row, voice, upper_conditions(row['phones'], voice, row['accents'], jaw, lips, row['frames'])))
    return out[:: max(1, len(out) // LINES)][:LINES]


class UpperNet:
    def __init__(self, run, vae='upper_vae', steps=4):
        self.net, self.vae, self.steps = denoiser(run), codec(vae), steps

    @torch.no_grad()
    def curves(self, row, cond, emotion, seed):
        """[16, frames]"""
        n, t = row['frames'], -(-row['frames'] // 4) * 4
        pad = lambda x: torch.from_numpy(np.pad(x, ((0, 0), (0, t - n)), mode='edge').astype(np.float32))[None]
        noise = torch.Generator().manual_seed(zlib.crc32(f"{row['id']} {seed}".encode()))
        z = sample(self.net, pad(cond), self.steps, TEMPERATURE * torch.randn(1, 16, t // 4, generator=noise), emotion=pad(emotion))
        x = self.vae.decode(z)[0].numpy()[:, :n]
        x[:FACE] = x[:FACE].clip(0, 1)
        return scipy.ndimage.gaussian_filter1d(x, SMOOTH_FRAMES, axis=1, mode='nearest')


def windows(x):
    """Features of 1 s windows: level and speed of every channel; head angles weigh four times."""
    scaled = x * np.r_[np.ones(FACE), np.full(len(UPPER) - FACE, 4.0)][:, None]
    return [np.r_[scaled[:, a:a + FPS].mean(1), 10 * np.abs(np.diff(scaled[:, a:a + FPS])).mean(1)] for a in range(0, x.shape[1] - FPS + 1, FPS // 2)]


def drawn_figures(net, rows):
    """Lines with drawn emotions: mean over seeds against mean over drawings, distances of seeds, Frechet distance."""
    rng = np.random.default_rng(11)
    error, apart, apart_drawn, ours, theirs = [], [], [], [], []
    for row, voice, cond in rows:
        e = emotion_curves(rng, row['frames'])
        got = np.stack([net.curves(row, cond, e, s) for s in range(SEEDS)])
        drawn = np.stack([perform(row['phones'], voice, row['accents'], e, rng) for _ in range(SEEDS)])
        error.append(np.abs(got.mean(0) - drawn.mean(0))[:FACE].mean())
        for i in range(SEEDS):
            ours += windows(got[i])
            theirs += windows(drawn[i])
            for j in range(i):
                apart.append(np.abs(got[i] - got[j])[:FACE].mean())
                apart_drawn.append(np.abs(drawn[i] - drawn[j])[:FACE].mean())
    return dict(error=float(np.mean(error)), seedsRatio=float(np.mean(apart) / np.mean(apart_drawn)), frechet=frechet(np.array(ours), np.array(theirs), 1e-5))


def held_figures(net, rows):
    """Held emotions: read back from the mean face minus the neutral one, and monotone in intensity."""
    truth, got, monotone, ramp = [], [], [], []
    for row, _, cond in rows[:: max(1, len(rows) // HELD_LINES)][:HELD_LINES]:
        level = lambda e, v: np.stack([np.full(row['frames'], v if n == e else 0.0, np.float32) for n in EMOTIONS])
        still = np.median(net.curves(row, cond, level('', 0), 3), axis=1)
        for e in EMOTIONS:
            strength = []
            for v in (0.25, 0.5, 0.75, 1.0):
                face = np.zeros(len(CHANNELS))
                face[[CHANNELS.index(c) for c in UPPER]] = np.median(net.curves(row, cond, level(e, v), 3), axis=1)
                strength.append(np.linalg.norm(face[[CHANNELS.index(c) for c in UPPER[:FACE]]] - np.clip(still[:FACE], 0, 1)))
                if e in READABLE and v in (0.5, 1.0):
                    truth.append(e)
                    got.append(read_emotion(face, READABLE))
            monotone.append(bool(np.all(np.diff(strength) > -0.02)))
            ramp.append(strength[1] / max(1e-6, strength[3]))
    return dict(macroF1=macro_f1(truth, got, READABLE), monotone=float(np.mean(monotone)), halfOverFull=float(np.mean(ramp)))


def figures(run, steps=4, vae='upper_vae'):
    net, rows = UpperNet(run, vae, steps), held_out()
    return {k: round(v, 4) for k, v in (drawn_figures(net, rows) | held_figures(net, rows)).items()}


if __name__ == '__main__':
    ap = argparse.ArgumentParser()
    ap.add_argument('run')
    ap.add_argument('--sampler', type=int, default=4)
    a = ap.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(figures(a.run, a.sampler)))
