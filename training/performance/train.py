"""Train one net for a number of steps, or for a budget of minutes of wall-clock time; resumes when started again.

    python -m performance.train WHAT RUN --steps 2000 [--seed 1] [--hold 2/6] [--without captured|performed] [--vae RUN] [--width W]

WHAT: mouth_vae, upper_vae, mouth_direct (no codec, only measures), mouth_regress, mouth, upper, upper_regress, mouth_distil, upper_distil (--init TEACHER).
Weights go to the cache, runs/RUN/ (averaged weights ema.pt, state.pt, log).
"""
import argparse
import copy
import json
import time

import numpy as np
import torch
import torch.nn.functional as F

from performance import nets
from performance.channels import MOUTH
from performance.character import Character
from performance.conditions import heard_matrix, mates_matrix
from performance.data import MouthData, UpperData, livelink
from performance.store import CACHE
from performance.twins import OutOfFold

FRAMES = 192                          # a clip of GRID whole; crops would cut off what comes before and after
EMA = 0.997
GAP, WIDE = 4.0, 10.0                  # what lips cost beside single channels: their spreads are .09 and .04 rest mouth widths
SNR_GAMMA, SNR_FLOOR = 5.0, 1.0       # the floor keeps the step from pure noise trained: it sets the mean
LEVELS = (1.0, 0.75, 0.5, 0.25)        # core/performance/neural/neuralModels.ts


def run_path(name):
    p = CACHE / 'runs' / name
    p.mkdir(parents=True, exist_ok=True)
    return p


def weights(run):
    return torch.load(CACHE / 'runs' / run / 'ema.pt', weights_only=True)


def load(net, run):
    net.load_state_dict(weights(run))
    return net.eval()


def codec(run):
    return load(nets.codec_like(weights(run)), run)


def denoiser(run):
    """The net of a run. 'A+B': the diffusion A together with the regression B."""
    first, *others = run.split('+')
    if others:
        return nets.Together(*map(denoiser, (first, *others))).eval()
    return load(nets.denoiser_like(weights(run)), run)


class Lips:
    """Lip gap and width of the character as torch maps."""

    def __init__(self):
        c = Character()
        up, low = c.middle
        self.gap = torch.tensor(c.row(up, 1) - c.row(low, 1), dtype=torch.float32)[:, None]
        right, left = c.corners
        self.wide = torch.tensor(c.row(left, 0) - c.row(right, 0), dtype=torch.float32)[:, None]

    def __call__(self, x):
        """[B, 28, T] -> gap (may be negative where lips press), width."""
        return (x * self.gap).sum(1), (x * self.wide).sum(1)


class Mouth:
    """Losses on mouth curves: masked level, velocity, acceleration, lips as seen."""

    def __init__(self):
        self.lips = Lips()
        self.weight = torch.ones(28, 1)
        for c, w in (('jawOpen', 3), ('mouthClose', 3), ('mouthPucker', 2), ('mouthFunnel', 2)):
            self.weight[MOUTH.index(c)] = w

    def __call__(self, got, want, mask, sample=1.0):
        """`mask` [B, 28, T] or [28, 1] weighs channels and hides frames (0 in all channels); `sample` [B, 1, 1] weighs the clips of a batch."""
        raw = (got - want) * self.weight * sample
        d, d1, d2 = raw * mask, raw.diff(dim=2), raw.diff(n=2, dim=2)
        keep = 1.0
        if mask.dim() == 3:
            d1, d2 = d1 * torch.minimum(mask[..., 1:], mask[..., :-1]), d2 * torch.minimum(mask[..., 2:], mask[..., :-2])
            keep = (mask.amax(1) > 0).float()
        else:
            d1, d2 = d1 * mask, d2 * mask
        each = keep * (sample if isinstance(sample, float) else sample[:, 0])
        g, wd = self.lips(got)
        g2, wd2 = self.lips(want)
        shut = (g2 < 0.02).float()
        # Lips that should be shut and are not cost a further five times their gap, with a little to spare.
        apart = torch.relu(g + 0.006) * (g2 < 0.008).float()
        gap, wide = (g - g2) * each, (wd - wd2) * each
        lip = GAP * gap.abs().mean() + 4 * (shut * gap.abs()).mean() + 5 * (apart * each).mean() + WIDE * wide.abs().mean()
        together = torch.minimum(each[..., 1:], each[..., :-1]) if torch.is_tensor(each) else each
        lip = lip + (GAP * ((g - g2).diff(dim=1) * together).abs().mean() + WIDE * ((wd - wd2).diff(dim=1) * together).abs().mean())
        return d.abs().mean() + 2 * d1.abs().mean() + d2.abs().mean() + lip


def upper_loss(got, want, sample=1.0):
    w = torch.ones(16, 1)
    w[13:] = 4.0                                  # radians are small numbers
    d = (got - want) * w * sample
    return d.abs().mean() + 4 * d.diff(dim=2).abs().mean() + 4 * d.diff(n=2, dim=2).abs().mean()


class VaeTask:
    def __init__(self, kind, a):
        self.kind, self.direct = kind, a.what.endswith('direct')
        self.net = nets.Direct(28, 2) if self.direct else nets.mouth_vae() if kind == 'mouth' else nets.upper_vae()
        if kind == 'mouth':
            self.data, self.loss = MouthData(use='codec', copies=1, seed=a.seed, hold=a.hold), Mouth()
        else:
            self.data, self.takes = UpperData(seed=a.seed), livelink()

    def targets(self, rng, size):
        if self.kind == 'mouth':
            _, x, mask = self.data.batch(size, FRAMES, rng)
            return torch.from_numpy(x), torch.from_numpy(mask)
        _, _, x = self.data.batch(size, FRAMES, rng)
        for b in range(size // 4):                # a quarter real takes
            take = self.takes[rng.integers(len(self.takes))]
            at = rng.integers(0, take.shape[1] - FRAMES)
            x[b] = take[:, at:at + FRAMES]
            x[b, 13:] -= x[b, 13:].mean(1, keepdims=True)
        return torch.from_numpy(x), None

    def step(self, net, rng, size):
        x, mask = self.targets(rng, size)
        mean, logvar = net.moments(x)
        logvar = logvar.clamp(-8, 4)
        y = net.decode_raw(mean + torch.randn_like(mean) * (0.5 * logvar).exp())
        kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar)
        kl = kl.mean((0, 2)).clamp(min=0.25).sum()                    # free bits: a quarter nat a latent
        loss = self.loss(y, x, mask) if self.kind == 'mouth' else upper_loss(y, x)
        return loss + 1e-4 * kl, dict(loss=float(loss.detach()), kl=float(kl.detach()))

    def finish(self, net):
        """Measure the latents' mean and spread so that they leave standardised."""
        rng = np.random.default_rng(7)
        with torch.no_grad():
            if self.direct:
                x = torch.cat([self.targets(rng, 32)[0].transpose(0, 1).reshape(28, -1) for _ in range(8)], 1)
                net.mean.copy_(x.mean(1, keepdim=True))
                net.scale.copy_(x.std(1, keepdim=True).clamp(min=0.02))
                return
            m = torch.cat([net.moments(self.targets(rng, 32)[0])[0].transpose(0, 1).reshape(16, -1) for _ in range(8)], 1)
        net.mean.copy_(m.mean(1, keepdim=True))
        net.scale.copy_(m.std(1, keepdim=True).clamp(min=1e-3))


class DenoiseTask:
    """x0 prediction with min-SNR weights on latents, and the curves the x0 decodes to. `regress`: no noise, curves only."""

    def __init__(self, kind, a, regress):
        self.kind, self.regress, self.mean = kind, regress, a.mean
        self.vae = codec(a.vae or f'{kind}_vae').requires_grad_(False)
        if kind == 'mouth':
            twins = OutOfFold(a.hold) if a.rules else None
            swap = {'': None, 'mates': mates_matrix(), 'heard': heard_matrix()}[a.swap] if a.swap else None
            self.data = MouthData(without=a.without, seed=a.seed, hold=a.hold, twins=twins, swap=swap, performed=a.performed, hide=a.hide)
            self.curves = Mouth()
            latents = 56 if isinstance(self.vae, nets.Direct) else nets.LATENTS
            self.net = nets.mouth_denoiser(a.width or 72, self.data.rows, latents)
        else:
            self.data, self.net = UpperData(seed=a.seed), nets.upper_denoiser(a.width or 64, a.without != 'adapter')

    def step(self, net, rng, size):
        if self.kind == 'mouth':
            cond, x, mask = (torch.from_numpy(v) for v in self.data.batch(size, FRAMES, rng))
            emotion = None
        else:
            cond, emotion, x = (torch.from_numpy(v) for v in self.data.batch(size, FRAMES, rng))
            mask = None
        with torch.no_grad():
            z0 = self.vae.encode(x)
        if self.regress:
            t, z = torch.ones(size, 1, 1), torch.zeros_like(z0)
        else:
            # Half of the batch at the levels the sampler visits, half anywhere: few-step sampling leans on few levels.
            t = np.where(rng.random((size, 1, 1)) < 0.5, rng.choice(LEVELS, (size, 1, 1)), rng.random((size, 1, 1)) * 0.998 + 0.001)
            t = torch.from_numpy(t.astype(np.float32))
            t[:round(self.mean * size)] = 1.0
            al, s = nets.alpha_sigma(t)
            z = al * z0 + s * torch.randn_like(z0)
            drop = torch.from_numpy((rng.random((size, 1, 1)) > 0.1).astype(np.float32))
            cond = cond * drop
            emotion = emotion * drop if emotion is not None else None
        level = torch.cat([t, torch.zeros_like(t)], 1)
        p = net(z, cond, level, emotion) if self.kind == 'upper' else net(z, cond, level)
        y = self.vae.decode(p)
        if self.regress:
            loss = self.curves(y, x, mask) if self.kind == 'mouth' else upper_loss(y, x)
            return loss, dict(loss=float(loss.detach()))
        snr = (al / s).square()
        weight = snr.clamp(SNR_FLOOR, SNR_GAMMA) / SNR_GAMMA
        weight[:round(self.mean * size)] = 1.0
        seen = 1.0
        if mask is not None:
            seen = -F.max_pool1d(-(mask.amax(1, keepdim=True) > 0).float(), self.vae.stride)
        mse = (weight * seen * (p - z0).square()).mean()
        curve = self.curves(y, x, mask, weight) if self.kind == 'mouth' else upper_loss(y, x, weight)
        loss = mse + 1.0 * curve
        return loss, dict(mse=float(mse.detach()), curve=float(curve.detach()))

    def finish(self, net):
        pass


class DistilTask(DenoiseTask):
    """One student step takes what the teacher takes two steps for, guided (progressive distillation, Salimans and Ho 2022;
    guidance as an input, Meng et al. 2023). Starts from the teacher's weights (--init)."""

    def __init__(self, kind, a):
        super().__init__(kind, a, False)
        self.teacher = denoiser(a.init).requires_grad_(False)

    def guided(self, z, cond, t, emotion, g):
        level = torch.cat([t, torch.zeros_like(t)], 1)
        rest = (emotion,) if emotion is not None else ()
        none = (torch.zeros_like(emotion),) if emotion is not None else ()
        with_c, without = self.teacher(z, cond, level, *rest), self.teacher(z, torch.zeros_like(cond), level, *none)
        return without + g * (with_c - without)

    @staticmethod
    def down(z, x0, t, nxt):
        (al, s), (b, r) = nets.alpha_sigma(t), nets.alpha_sigma(nxt)
        return b * x0 + r * (z - al * x0) / s

    def step(self, net, rng, size):
        batch = [torch.from_numpy(v) for v in self.data.batch(size, FRAMES, rng)]
        cond, emotion, x = (batch[0], None, batch[1]) if self.kind == 'mouth' else batch
        t = torch.from_numpy(rng.choice(LEVELS, (size, 1, 1)).astype(np.float32))
        g = torch.from_numpy(np.where(rng.random((size, 1, 1)) < 0.5, 1, 1 + rng.random((size, 1, 1)) * 1.5).astype(np.float32))
        gap = LEVELS[0] - LEVELS[1]
        with torch.no_grad():
            z0 = self.vae.encode(x)
            al, s = nets.alpha_sigma(t)
            z = al * z0 + s * torch.randn_like(z0)
            half = self.down(z, self.guided(z, cond, t, emotion, g), t, t - gap / 2)
            end = self.down(half, self.guided(half, cond, t - gap / 2, emotion, g), t - gap / 2, t - gap)
            b, r = nets.alpha_sigma(t - gap)
            want = (end - (r / s) * z) / (b - al * r / s)
        level = torch.cat([t, g - 1], 1)
        got = net(z, cond, level, emotion) if emotion is not None else net(z, cond, level)
        y, y2 = self.vae.decode(got), self.vae.decode(want)
        mse = (got - want).square().mean()
        curve = self.curves(y, y2, torch.ones(28, 1)) if self.kind == 'mouth' else upper_loss(y, y2)
        return mse + curve, dict(mse=float(mse.detach()), curve=float(curve.detach()))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('what')
    ap.add_argument('run')
    ap.add_argument('--minutes', type=float, default=15)
    ap.add_argument('--steps', type=int, default=0, help='instead of minutes')
    ap.add_argument('--hold', default='', help='K/N: words whose lips are hidden, or clipsK/N: whole clips, to compare on them (hold.py)')
    ap.add_argument('--rules', action='store_true', help="mouth: the rules' mouth as further conditions")
    ap.add_argument('--swap', default='', choices=['', 'mates', 'heard'], help='mouth: names of phones that look alike, or are heard as each other')
    ap.add_argument('--mean', type=float, default=0.0, help='share of the batch that starts from noise alone, at full weight: it learns the mean')
    ap.add_argument('--hide', type=float, default=0.8, help='mouth: share of crops in which the phones before, or after, are hidden')
    ap.add_argument('--performed', default='', help='mouth: folder of the cache with curves for the speech lines')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--batch', type=int, default=16)
    ap.add_argument('--rate', type=float, default=2e-3)
    ap.add_argument('--without', default='', choices=['', 'captured', 'performed', 'adapter'])
    ap.add_argument('--vae', default='')
    ap.add_argument('--width', type=int, default=0)
    ap.add_argument('--init', default='', help='start from the averaged weights of this run')
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)
    kind = 'mouth' if a.what.startswith('mouth') else 'upper'
    task = VaeTask(kind, a) if a.what.endswith(('vae', 'direct')) else DistilTask(kind, a) if a.what.endswith('distil') else DenoiseTask(kind, a, a.what.endswith('regress'))
    net = task.net
    if a.init:
        net.load_state_dict(weights(a.init))
    ema = copy.deepcopy(net).requires_grad_(False)
    trainable = [p for p in net.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(trainable or [torch.zeros(1, requires_grad=True)], a.rate, betas=(0.9, 0.98), weight_decay=1e-2)
    path = run_path(a.run)
    step, spent = 0, 0.0
    if (path / 'state.pt').exists():
        s = torch.load(path / 'state.pt', weights_only=False)
        net.load_state_dict(s['net']), ema.load_state_dict(s['ema']), opt.load_state_dict(s['opt'])
        step, spent = s['step'], s['spent']
        rng.bit_generator.state = s['rng']
        torch.set_rng_state(s['torch_rng'])
    print(f'{a.what}: {nets.size(net)} weights', flush=True)
    begin, saved, sums, log = time.time() - spent, time.time(), {}, (path / 'log.jsonl').open('a')

    def save():
        torch.save(dict(net=net.state_dict(), ema=ema.state_dict(), opt=opt.state_dict(), step=step, spent=time.time() - begin,
                        rng=rng.bit_generator.state, torch_rng=torch.get_rng_state()), path / 'state.pt')
        torch.save(ema.state_dict(), path / 'ema.pt')

    while trainable and (gone := step / a.steps if a.steps else (time.time() - begin) / (60 * a.minutes)) < 1:
        for g in opt.param_groups:                # one-cycle by steps or time
            g['lr'] = a.rate * (gone / 0.05 if gone < 0.05 else 0.5 * (1 + np.cos(np.pi * (gone - 0.05) / 0.95)) + 0.005)
        loss, figures = task.step(net, rng, a.batch)
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        step += 1
        decay = min(EMA, step / (step + 10))
        with torch.no_grad():
            for p, q in zip(ema.parameters(), net.parameters()):
                p.lerp_(q, 1 - decay)
        for k, v in figures.items():
            sums.setdefault(k, []).append(v)
        if step % 100 == 0:
            row = dict(step=step, minutes=round((time.time() - begin) / 60, 2), **{k: round(float(np.mean(v)), 5) for k, v in sums.items()})
            print(json.dumps(row), flush=True)
            log.write(json.dumps(row) + '\n')
            log.flush()
            sums = {}
        if time.time() - saved > 120:
            save()
            saved = time.time()
    task.finish(ema)
    save()
    print('done', step, flush=True)


if __name__ == '__main__':
    main()
