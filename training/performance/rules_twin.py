"""The mouth of the rules engine as a differentiable twin, and its tables fitted to captured lips.

    python -m performance.rules_twin [--weights out.json]     fits on the training clips only and prints the tables

Twin of core/performance/rules (mouthGestures.ts, blendGestures.ts, speakMouth.ts) and constraints/lipClosures.ts, without the
last smoothing; style .5. Starts from the tables as they were before anything captured was looked at and is held to them weakly,
so a phone that the clips hardly hold keeps what was written for it. The words of the test are in no clip that is fitted here.
"""
import argparse
import json

import numpy as np
import torch

from performance import split
from performance.channels import MOUTH, VOWELS
from performance.character import Character
from performance.fit import VIDEO_FPS
from performance.measure import captured
from performance.store import CACHE, FPS, lines, voice_and_rules

SHAPES = ('jawOpen', 'mouthFunnel', 'mouthPucker', 'mouthSmile', 'mouthStretch', 'mouthLowerDown', 'mouthUpperUp', 'lipApproach')
# jawOpen, funnel, pucker, smile, stretch, lowerDown, upperUp, lipApproach; dominance of jaw, shape, opening.
START = {
    'SIL': ((0, 0, 0, 0, 0, 0, 0, 0), (1, 1, 1)),
    'AA': ((.42, 0, 0, 0, 0, .14, .06, 0), (1, 1, 1)), 'AE': ((.36, 0, 0, .05, .14, .18, .10, 0), (1, 1, 1)),
    'AH': ((.24, 0, 0, 0, 0, .10, .05, 0), (1, .6, 1)), 'AO': ((.34, .20, .30, 0, 0, .06, 0, 0), (1, 1, 1)),
    'EH': ((.27, 0, 0, .05, .14, .16, .08, 0), (1, 1, 1)), 'IH': ((.16, 0, 0, .08, .16, .12, .06, 0), (1, 1, 1)),
    'IY': ((.11, 0, 0, .16, .24, .12, .08, 0), (1, 1, 1)), 'UH': ((.15, .16, .32, 0, 0, 0, 0, .1), (1, 1, 1)),
    'UW': ((.10, .14, .58, 0, 0, 0, 0, .2), (1, 1.6, 1)), 'ER': ((.15, .18, .28, 0, 0, .08, 0, 0), (1, 1, 1)),
    'bilabial': ((.07, 0, .05, 0, 0, 0, 0, 0), (.9, .9, 1.2)), 'labiodental': ((.07, 0, 0, 0, .05, 0, .12, 0), (1, .9, 1.2)),
    'sharp': ((.08, 0, 0, .04, .16, .22, .14, 0), (1.5, 1.1, 1.2)), 'hushing': ((.09, .42, .18, 0, 0, .12, .12, 0), (1.5, 1.1, 1.2)),
    'dental': ((.08, 0, 0, 0, 0, .10, .05, 0), (.8, .12, .35)), 'alveolar': ((.07, 0, 0, 0, .03, .10, .04, 0), (.7, .12, .35)),
    'nasal': ((.07, 0, 0, 0, .03, .08, .03, 0), (.6, .12, .35)), 'velar': ((.13, 0, 0, 0, 0, .08, .04, 0), (.4, .12, .35)),
    'lateral': ((.12, 0, 0, 0, 0, .10, .04, 0), (.5, .12, .35)), 'palatal': ((.10, 0, 0, .1, .2, .1, 0, 0), (.5, .12, .35)),
    'breath': ((.16, 0, 0, 0, 0, .08, 0, 0), (.1, .12, .35)), 'retroflex': ((.10, .1, .4, 0, 0, 0, 0, .2), (.5, .8, .6)),
    'offglide': ((.15, .12, .25, 0, 0, 0, 0, .1), (1, 1, 1)),        # where OW and AW end: less rounded than UH itself
    'labiovelar': ((.08, .08, .62, 0, 0, 0, 0, .3), (.7, 1.6, 1)),
}
CLASSES = {p: c for c, names in dict(
    bilabial='P B M', labiodental='F V', sharp='S Z', hushing='SH ZH CH JH', dental='TH DH', alveolar='T D', nasal='N', velar='K G NG',
    lateral='L', palatal='Y', breath='HH', retroflex='R', labiovelar='W').items() for p in names.split()}
PARTS = {'AY': ('AA', 'IH'), 'AW': ('AA', 'offglide'), 'OY': ('AO', 'IH'), 'EY': ('EH', 'IH'), 'OW': ('AO', 'offglide')}
HEAVY = {'sharp', 'hushing', 'labiovelar', 'UW'}
NAMES = list(START)
TEETH = [NAMES.index('sharp'), NAMES.index('hushing')]       # their teeth stay together, which no landmark shows: the jaw is not fitted
SETTINGS = dict(onsetJaw=.04, onsetShape=.045, onsetOpening=.04, releaseJaw=.04, releaseShape=.045, releaseOpening=.04, heavyOnset=1.4,
                heavyRelease=1.2, inset=.35, insetMax=.05, undershoot=.6, effortGain=.5, loudnessGain=.2, shortPause=.4, closingLag=.09,
                openingLead=.17, silenceOnset=.045, silenceRelease=.03)
LEADS = ('jaw', 'shape', 'opening')
GROUP = [0, 1, 1, 1, 1, 2, 2, 2]
SHUT_SHARE = {'P': .65, 'B': .75, 'M': .9}


def contacts(phones, names):
    """core/performance/constraints/lipClosures.ts: start, end, approach, release of each contact."""
    out, k = [], 0
    while k < len(phones):
        if phones[k][0] not in names:
            k += 1
            continue
        last = k
        while last + 1 < len(phones) and phones[last + 1][0] in names:
            last += 1
        to = phones[last][2]
        edge = min(.014, (to - phones[k][1]) / 6)
        a = phones[k][1] + edge
        b = phones[last][1] + (to - phones[last][1]) * SHUT_SHARE.get(phones[last][0], .85) - edge
        missing = max(0, .045 - (b - a))
        hum = to - a > .25 and any(p[0] == 'M' for p in phones[k:last + 1])
        a -= missing / 2
        b = min(a + (np.inf if hum or last > k else .105), b + missing / 2)

        def travel(index, step, wanted):
            room = 0
            while room < wanted:
                if not 0 <= index < len(phones) or phones[index][0] == 'SIL':
                    return wanted
                n, s, e = phones[index][:3]
                if n in names:
                    break
                room += (e - s) * ((.75 if step < 0 else .9) if n in VOWELS else 1)
                if n in VOWELS:
                    break
                index += step
            return max(.06, min(wanted, room))
        out.append((a, b, travel(k - 1, -1, .135), travel(last + 1, 1, .13)))
        k = last + 1
    return out


def least_jerk(x):
    x = np.clip(x, 0, 1)
    return x * x * x * (x * (x * 6 - 15) + 10)


def envelope(phones, names, t):
    out = np.zeros(len(t))
    for a, b, approach, release in contacts(phones, names):
        out = np.maximum(out, np.where(t < a, least_jerk((t - a + approach) / approach), 1 - least_jerk((t - b) / release)))
    return out


def gate(phones, t):
    said = [(a, b) for n, a, b, *_ in phones if n != 'SIL']
    away = np.min([np.maximum(0, np.maximum(a - t, t - b)) for a, b in said], axis=0)
    x = np.clip((away - .07) / .13, 0, 1)
    return 1 - x * x * (3 - 2 * x)


def gestures(row, voice):
    """Per gesture: shape class, dominance class, start, end, seconds of the phone, vowel, word edges, loudness (10 dB), effort, heavy, silence."""
    out, phones = [], row['phones']
    starts, ends = {round(w[1] * 1000) for w in row['words']}, {round(w[2] * 1000) for w in row['words']}
    energy, effort = voice[0] * 2, voice[4]                 # 10 dB
    span = lambda p: slice(int(p[1] * FPS), max(int(p[1] * FPS) + 1, int(p[2] * FPS)))
    vowels = [k for k, p in enumerate(phones) if p[0] in VOWELS]
    loud = {k: float(energy[span(phones[k])].mean()) for k in vowels}
    middle = float(np.median(list(loud.values()))) if loud else 0
    of = {k: (np.clip(loud[k] - middle, -1.2, 1.2), np.clip(float(effort[span(phones[k])].mean()), -.5, .5)) for k in vowels}

    def lively(k):
        if k in of:
            return of[k]
        near = []
        for step in (-1, 1):
            j = k + step
            while 0 <= j < len(phones) and phones[j][0] != 'SIL':
                gap = phones[j][1] - phones[k][2] if step > 0 else phones[k][1] - phones[j][2]
                if gap > .4:
                    break
                if j in of:
                    near.append(of[j])
                    break
                j += step
        return tuple(np.mean(near, axis=0)) if near else (0, 0)

    for k, (name, a, b, *_) in enumerate(phones):
        if not b > a:
            continue
        seconds = b - a
        if name == 'SIL':
            out.append((0, 0, a, b, seconds, 0, 1, 1, 0, 0, 0, 1 if seconds >= .25 else 2))
            continue
        early, late = .85 if round(a * 1000) in starts else 1, 1.15 if round(b * 1000) in ends else 1
        gain = lively(k)
        vowel = name in VOWELS
        for part, (cls, s, e) in enumerate([(PARTS[name][0], a, a + .6 * seconds), (PARTS[name][1], a + .6 * seconds, b)] if name in PARTS
                                           else [(CLASSES.get(name, name), a, b)]):
            shape = dominance = NAMES.index(cls)
            if name == 'HH' and k + 1 < len(phones) and phones[k + 1][0] in VOWELS:
                nxt = phones[k + 1][0]
                shape = NAMES.index(PARTS[nxt][0] if nxt in PARTS else nxt)
            short = seconds < 1 / 60 and not vowel and cls not in ('sharp', 'hushing')
            out.append((shape, dominance, s, e, seconds, vowel, early, late, *gain, cls in HEAVY, 3 if short else 0))
    return np.array(out, np.float32)


class Twin(torch.nn.Module):
    def __init__(self):
        super().__init__()
        P = torch.nn.Parameter
        self.shape0 = torch.tensor([START[n][0] for n in NAMES], dtype=torch.float32)
        self.dominance0 = torch.tensor([START[n][1] for n in NAMES], dtype=torch.float32).log()
        self.settings0 = torch.tensor(list(SETTINGS.values()), dtype=torch.float32).log()
        self.shape, self.dominance, self.settings = P(self.shape0.clone()), P(self.dominance0.clone()), P(self.settings0.clone())
        self.lead = P(torch.zeros(3))
        body = Character()
        up, low = body.middle
        right, left = body.corners
        gap, wide = body.row(up, 1) - body.row(low, 1), body.row(left, 0) - body.row(right, 0)
        both = lambda row, n: float(sum(row[k] for k, c in enumerate(MOUTH) if c in (n, n + 'Left', n + 'Right')))
        self.rest = float(body.points[up, 1] - body.points[low, 1])
        self.gap = torch.tensor([both(gap, n) for n in SHAPES[:7]], dtype=torch.float32)
        self.wide = torch.tensor([both(wide, n) for n in SHAPES[:7]], dtype=torch.float32)
        self.close = both(gap, 'mouthClose'), both(wide, 'mouthClose')
        self.roll = both(gap, 'mouthRollLower'), both(gap, 'mouthShrugLower'), both(gap, 'mouthUpperUp')
        self.press = both(wide, 'mouthPress')

    def value(self, name):
        return self.settings[list(SETTINGS).index(name)].exp()

    def shapes(self):
        s = self.shape.clamp(0, 1).clone()
        s[0] = 0
        s[TEETH, 0] = self.shape0[TEETH, 0]
        return s

    def curves(self, g, t, gate):
        """g [B, G, 12], t [T], gate [B, T] -> blended shapes [B, T, 8] before closures."""
        shape, dom, s, e, seconds, vowel, early, late, loud, effort, heavy, kind = g.unbind(2)
        v, silent = self.value, (kind == 1) | (kind == 2)
        real = e > s
        lively = (1 + v('effortGain') * effort + v('loudnessGain') * loud).clamp(.45, 1.6)
        values = self.shapes()[shape.long()]
        jaw = values[..., :1] * torch.where(vowel > 0, lively, torch.ones_like(lively))[..., None]
        hush = (shape == NAMES.index('sharp')) | (shape == NAMES.index('hushing'))
        jaw = torch.where(hush[..., None], jaw.clamp(max=.3), jaw)
        values = torch.cat([jaw, values[..., 1:] * lively.sqrt()[..., None]], -1)
        under = torch.where(vowel > 0, (seconds / .09).clamp(1e-3, 1) ** v('undershoot'), torch.ones_like(seconds))
        inset = torch.minimum((e - s) * v('inset'), v('insetMax').expand_as(s))
        lag, lead = torch.minimum(v('closingLag').expand_as(s), (e - s) * .4), torch.minimum(v('openingLead').expand_as(s), (e - s) * .4)
        a, b = torch.where(silent, s + lag, s + inset), torch.where(silent, e - lead, e - inset)
        out = []
        for k, name in enumerate(('Jaw', 'Shape', 'Opening')):
            strength = self.dominance.exp()[:, k][dom.long()] * under
            strength = torch.where(kind == 1, torch.ones_like(strength), torch.where(kind == 2, v('shortPause').expand_as(strength), strength))
            if k == 0:
                strength = torch.where(kind == 3, torch.zeros_like(strength), strength)
            on, off = v('onset' + name) * early, v('release' + name) * late
            if k == 1:
                on, off = on * torch.where(heavy > 0, v('heavyOnset'), torch.ones(())), off * torch.where(heavy > 0, v('heavyRelease'), torch.ones(()))
            on = torch.where(silent, v('silenceOnset').expand_as(on), on)[..., None]
            off = torch.where(silent, v('silenceRelease').expand_as(off), off)[..., None]
            lead_by = torch.where(silent, torch.zeros(()), self.lead[k])[..., None]
            x = t[None, None]
            away = torch.where(x < a[..., None] - lead_by, (a[..., None] - lead_by - x) / on, ((x - b[..., None] + lead_by) / off).clamp(min=0))
            w = strength[..., None] * torch.exp(-.5 * away * away) * real[..., None]
            total = w.sum(1).clamp(min=.02)
            mine = [i for i in range(8) if GROUP[i] == k]
            out.append((mine, torch.einsum('bgt,bgc->btc', w, values[..., mine]) / total[..., None]))
        curves = torch.cat([c for _, c in out], 2)
        order = [i for mine, _ in out for i in mine]
        curves = curves[..., [order.index(i) for i in range(8)]]
        return curves * gate[..., None]

    def lips(self, curves, shut, teeth):
        """Aperture and width [B, T] after closures."""
        jaw = curves[..., 0]
        close = curves[..., 7].clamp(max=1) * jaw
        close = torch.maximum(close, teeth * .7 * jaw)
        c = torch.cat([curves[..., :1], curves[..., 1:2] * (1 - .7 * teeth[..., None]), curves[..., 2:5], curves[..., 5:6] * (1 - teeth[..., None]),
                       torch.maximum(curves[..., 6:7], .34 * teeth[..., None])], -1)
        roll, shrug = .85 * teeth, .18 * teeth
        close = torch.maximum(close, shut * jaw)
        keep = 1 - shut[..., None]
        c = torch.cat([c[..., :1], c[..., 1:2] * keep, c[..., 2:5], c[..., 5:7] * keep], -1)
        gap = self.rest + c @ self.gap + close * self.close[0] + roll * self.roll[0] + shrug * self.roll[1]
        wide = c @ self.wide + close * self.close[1] + .3 * shut * shut * self.press
        return torch.nn.functional.softplus(gap * 60) / 60, wide


def gather(rows):
    """Padded tensors of clips."""
    ids = list(rows)
    gs = [gestures(rows[k], voice_and_rules('grid', rows[k])[0]) for k in ids]
    caps = [captured(k) for k in ids]
    T = max(c.shape[1] for c in caps)
    t = np.arange(T) / VIDEO_FPS
    g = np.zeros((len(ids), max(map(len, gs)), 12), np.float32)
    g[:, :, 6:8] = 1                  # padding: no phone, but flanks of some width
    cap, speech, words = np.zeros((len(ids), 2, T), np.float32), np.zeros((len(ids), T), bool), []
    for k, (row, c) in enumerate(zip(rows.values(), caps)):
        g[k, :len(gs[k])] = gs[k]
        cap[k, :, :c.shape[1]] = c
        said = [p for p in row['phones'] if p[0] != 'SIL']
        speech[k] = (t >= said[0][1] - .15) & (t <= said[-1][2] + .15) & (np.arange(T) < c.shape[1])
        words.append(row['words'])
    stack = lambda f: torch.tensor(np.stack([f(r['phones']) for r in rows.values()]), dtype=torch.float32)
    return dict(ids=ids, g=torch.from_numpy(g), t=torch.tensor(t, dtype=torch.float32), cap=torch.from_numpy(cap), speech=torch.from_numpy(speech), words=words,
                gate=stack(lambda p: gate(p, t)), shut=stack(lambda p: envelope(p, {'P', 'B', 'M'}, t)), teeth=stack(lambda p: envelope(p, {'F', 'V'}, t)))


def fit(data, mask=None, steps=400, hold=1.0, seed=1, width=1.0):
    torch.manual_seed(seed)
    twin = Twin()
    opt = torch.optim.Adam([dict(params=[twin.shape], lr=.01), dict(params=[twin.dominance, twin.settings], lr=.02), dict(params=[twin.lead], lr=.002)])
    mask = data['speech'] if mask is None else mask
    n = len(data['ids'])
    for step in range(steps):
        for group in opt.param_groups:
            group['lr'] *= 1 if step < steps * .6 else .99
        at = torch.randperm(n)[:128]
        gap, wide = twin.lips(twin.curves(data['g'][at], data['t'], data['gate'][at]), data['shut'][at], data['teeth'][at])
        m, cap = mask[at], data['cap'][at]
        loss = ((gap - cap[:, 0])[m].square().mean() / .0035 + width * (wide - cap[:, 1])[m].square().mean() / .0022)
        loss = loss + hold * (.15 * (twin.shape - twin.shape0).square().sum() / 8 + .004 * (twin.dominance - twin.dominance0).square().sum()
                              + .004 * (twin.settings - twin.settings0).square().sum() + 4 * twin.lead.square().sum()) + 5 * (-twin.shape).clamp(min=0).sum()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return twin


@torch.no_grad()
def lips_of(twin, data):
    return torch.stack(twin.lips(twin.curves(data['g'], data['t'], data['gate']), data['shut'], data['teeth']), 1).numpy()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--steps', type=int, default=600)
    ap.add_argument('--hold', type=float, default=1.0)
    ap.add_argument('--weights', default='')
    a = ap.parse_args()
    torch.set_num_threads(1)
    rows = {k: r for k, r in lines('grid').items() if k in set(split.read()['train'])}
    twin = fit(gather(rows), steps=a.steps, hold=a.hold)
    shapes = twin.shapes().detach()
    table = {n: dict(shape={s: round(float(v), 3) for s, v in zip(SHAPES, shapes[k])},
                     dominance=[round(float(v), 2) for v in twin.dominance[k].exp()]) for k, n in enumerate(NAMES)}
    settings = {n: round(float(v.exp()), 4) for n, v in zip(SETTINGS, twin.settings)} | {f'lead{n}': round(float(v), 4) for n, v in zip(LEADS, twin.lead)}
    for n, v in table.items():
        print(n, v)
    print(json.dumps(settings))
    if a.weights:
        torch.save(twin.state_dict(), a.weights)


if __name__ == '__main__':
    main()
