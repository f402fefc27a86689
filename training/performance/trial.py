"""Look at a mouth net while working, on validation clips only (the nets' own curves, before constraints).

    python -m performance.trial RUN [--steps 4] [--regress] [--width W]
"""
import argparse
import json
import zlib

import numpy as np
import torch

from performance import nets, split
from performance.channels import CHANNELS, MOUTH
from performance.conditions import mouth_conditions
from performance.measure import agreement, captured, features, frechet_interval, seen
from performance.store import CACHE, lines, voice_and_rules
from performance.train import load


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


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('run')
    ap.add_argument('--steps', type=int, default=4)
    ap.add_argument('--regress', action='store_true')
    ap.add_argument('--width', type=int, default=72)
    ap.add_argument('--source', default='captured')
    ap.add_argument('--near', action='store_true')
    ap.add_argument('--vae', default='mouth_vae')
    ap.add_argument('--temperature', type=float, default=1)
    a = ap.parse_args()
    torch.set_num_threads(1)
    parts = split.read()
    rows = {k: r for k, r in lines('grid').items() if k in parts['validation']}
    vae = load(nets.mouth_vae(), a.vae)
    curves, rules = {}, {}
    net = load(nets.mouth_denoiser(a.width, (1,) * 6 if a.near else nets.MOUTH_DILATIONS), a.run) if a.run not in ('fit', 'vae') else None
    for k, row in rows.items():
        voice, r = voice_and_rules('grid', row)
        rules[k] = r[[CHANNELS.index(c) for c in MOUTH]]
        n = row['frames']
        t = -(-n // 2) * 2
        fit = np.load(CACHE / f'fit/{k}.npz')['curves']
        if a.run == 'fit':
            curves[k] = fit
            continue
        with torch.no_grad():
            if a.run == 'vae':
                z = vae.encode(torch.from_numpy(np.pad(fit, ((0, 0), (0, t - n)), mode='edge'))[None])
            else:
                v = np.pad(voice, ((0, 0), (0, t - n)), mode='edge')
                cond = torch.from_numpy(mouth_conditions(row['phones'], v, t, source=a.source))[None]
                if a.regress:
                    z = net(torch.zeros(1, 16, t // 2), cond, torch.tensor([[[1.], [0.]]]))
                else:
                    torch.manual_seed(zlib.crc32(k.encode()))
                    z = sample(net, cond, a.steps, a.temperature * torch.randn(1, 16, t // 2))
            curves[k] = vae.decode(z)[0].clamp(0, 1).numpy()[:, :n]
    truth = features(rows, lambda k: captured(k))
    for name, of in (('rules', rules), (a.run, curves)):
        f = features(rows, lambda k: seen(of[k], captured(k).shape[1]))
        print(name, json.dumps(dict(all=agreement(rows, of.get), unseen=agreement(rows, of.get, set(parts['unseenValidationWords'])),
                                    frechet=frechet_interval(f, truth, 30))))


if __name__ == '__main__':
    main()
