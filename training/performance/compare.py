"""A mouth net against captured lips on words it never saw and on validation clips, as the engine would show it.

    python -m performance.compare RUN [--hold 2/6] [--sampler 2] [--regress]

What the app's engine does around the net (core/performance/neural/neuralFace.ts: range gain, gate, closures) is done here in the same way, so that
nets and rules can be compared where TypeScript has no say: the rules of a run with held words are a twin fitted without them, as fitted
or moved by what the eye changed in the engine's tables. RUN may be two runs, 'A+B' (train.denoiser).
"""
import argparse
import json
import zlib

import numpy as np
import torch

from performance import nets, split, twins
from performance.channels import MOUTH
from performance.conditions import MOUTH_CONDITIONS, mouth_conditions
from performance.hold import held_words, kept_frames, left_out, measured_rows
from performance.measure import agreement, captured, features, frechet_interval, seen
from performance.more_figures import lead
from performance.rules_twin import gate
from performance.store import CACHE, FPS, lines, voice_and_rules
from performance.train import codec, denoiser

JAW_GAIN, WIDTH_GAIN = 1.15, 1.3
WIDE = ('mouthPucker', 'mouthFunnel', 'mouthSmile', 'mouthStretch', 'mouthDimple')
RANGE_GAIN = np.array([JAW_GAIN if c in ('jawOpen', 'mouthClose') else WIDTH_GAIN if c.startswith(WIDE) else 1.0 for c in MOUTH], np.float32)[:, None]
TEMPERATURE, STEPS = 0.45, 2


@torch.no_grad()
def sample(net, cond, steps, noise, guidance=1.0, emotion=None):
    z = noise
    for k in range(steps):
        t = torch.full((len(z), 1, 1), 1 - k / steps)
        level = torch.cat([t, torch.full_like(t, guidance - 1)], 1)
        x0 = net(z, cond, level) if emotion is None else net(z, cond, level, emotion)
        if k + 1 < steps:
            (a, s), (b, r) = nets.alpha_sigma(t), nets.alpha_sigma(t - 1 / steps)
            z = b * x0 + r * (z - a * x0) / s
    return x0


class Net:
    """A trained mouth net as a function from a line to curves [28, frames], before everything the engine adds."""

    def __init__(self, run, vae='mouth_vae', steps=STEPS, regress=False, temperature=TEMPERATURE):
        self.net, self.vae, self.steps, self.regress, self.temperature = denoiser(run), codec(vae), steps, regress, temperature
        self.sees_rules = self.net.conditions > MOUTH_CONDITIONS
        self.latents = self.net.latents

    @torch.no_grad()
    def curves(self, row, voice, shapes=None, seed=1, phones=None):
        n = row['frames']
        t = -(-n // 2) * 2
        pad = lambda x: np.pad(x, ((0, 0), (0, t - n)), mode='edge')
        cond = mouth_conditions(phones or row['phones'], pad(voice), t, rules=pad(shapes) if self.sees_rules else None)
        cond = torch.from_numpy(cond)[None]
        if self.regress:
            z = self.net(torch.zeros(1, self.latents, t // 2), cond, torch.tensor(nets.REGRESSION_LEVEL))
        else:
            noise = torch.Generator().manual_seed(zlib.crc32(f"{row['id']} {seed}".encode()))
            z = sample(self.net, cond, self.steps, self.temperature * torch.randn(1, self.latents, t // 2, generator=noise))
        return self.vae.decode(z)[0].clamp(0, 1).numpy()[:, :n]


def face(own, phones, gain=RANGE_GAIN):
    """The engine's mouth of a net's curves [28, frames]."""
    shown = (gain * own).clip(0, 1) * gate(phones, np.arange(own.shape[1]) / FPS)
    return twins.constrained(shown.astype(np.float32), phones)


class Bench:
    """Lines to compare on, and the rules' mouth of each, fitted without the held words (without a hold: the engine's). `validation`: whole
    clips that no net has seen, which are the clips left out where the hold leaves any out (hold.py)."""

    def __init__(self, hold=''):
        self.held, out, rows = held_words(hold), sorted(left_out(hold)), lines('grid')
        self.validation = {k: rows[k] for k in out or split.read()['validation']}
        seen_too = {k: r for k, r in measured_rows().items() if self.held & {w for w, *_ in r['words']}} if hold and not out else {}
        self.rows = seen_too | self.validation
        twin = twins.twin_of(hold) if hold else twins.as_in_engine(twins.twin_of())
        self.voice = {k: voice_and_rules('grid', r)[0] for k, r in self.rows.items()}
        self.twin = twin
        self.shapes = {k: twins.shapes(twin, r, self.voice[k]) for k, r in self.rows.items()}
        self.truth = features(self.validation, captured)

    def rules(self, by_eye=False):
        """Mouths of the fitted rules; `by_eye`: moved as the engine's tables were after the fit."""
        shapes = {k: twins.shapes(twins.as_in_engine(self.twin), r, self.voice[k]) for k, r in self.rows.items()} if by_eye else self.shapes
        return {k: twins.constrained(twins.mouth(shapes[k]), r['phones']) for k, r in self.rows.items()}

    def raw(self, net, seed=1):
        return {k: net.curves(r, self.voice[k], self.shapes[k], seed) for k, r in self.rows.items()}

    def faces(self, raw, gain=RANGE_GAIN):
        return {k: face(c, self.rows[k]['phones'], gain) for k, c in raw.items()}

    def figures(self, curves):
        """Correlation and range on held words and on whole validation clips; Frechet distance there."""
        short = lambda a: {n: [a[n]['correlation'], a[n]['rangeRatio']] for n in ('aperture', 'width')}
        out = dict(validation=short(agreement(self.validation, curves.get)))
        if self.held:
            out['heldWords'] = short(agreement(self.rows, curves.get, self.held))
        f = features(self.validation, lambda k: seen(curves[k], captured(k).shape[1]))
        out['frechet'] = frechet_interval(f, self.truth, 10)['distance']
        return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('run')
    ap.add_argument('--hold', default='')
    ap.add_argument('--sampler', type=int, default=STEPS, help='steps of the sampler')
    ap.add_argument('--regress', action='store_true')
    ap.add_argument('--vae', default='mouth_vae')
    a = ap.parse_args()
    torch.set_num_threads(1)
    bench = Bench(a.hold)
    raw = bench.raw(Net(a.run, a.vae, a.sampler, a.regress))
    rules = bench.rules(by_eye=bool(a.hold))
    for name, curves in (('fitted rules', bench.rules()), ('rules', rules), ('alone', raw), ('in the engine', bench.faces(raw))):
        print(f'{name:14}', json.dumps(bench.figures(curves)), flush=True)
    if bench.held:
        print('ahead of the rules on held words', json.dumps(lead(bench.rows, bench.faces(raw), rules, bench.held)))


if __name__ == '__main__':
    main()
