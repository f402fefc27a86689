"""Ablations with three training seeds, each with other words held out: writes figures/ablations.json and prints the tables.

    python -m performance.ablations [NAME ...] [--measure]        trains what is missing, then measures; --measure trains nothing

Seed k+1 never sees the words of part k of six (hold.py, k = 0, 1, 2: half of all words that are not the test's). Mouth: correlation
with the captured lips inside the held words and on whole validation clips, range ratio of the width, Frechet distance, everything as
the engine shows it (compare.py). Upper face: compare_upper.py. No figure here is of the test.
"""
import argparse
import json
import subprocess
import sys
import time

import numpy as np
import torch

from paths import ROOT
from performance import twins
from performance.compare import STEPS, Bench, Net
from performance.compare_upper import figures as upper_figures
from performance.measure import agreement, seen
from performance.store import CACHE, lines

PARTS = (0, 1, 2)
CHOSEN = ('final1+base1+beside1', 'final2+base2+beside2', 'final3+base3+beside3')
FILE = ROOT / 'training/figures/ablations.json'
BASE = '--rules'
# name: what is trained, further arguments, steps, from which run it starts, codec.
MOUTH = {
    'regression': ('mouth_regress', BASE, 1400, '', 'mouth_vae'),
    'diffusion': ('mouth', BASE + ' --mean 0.5', 700, 'regression', 'mouth_vae'),
    'regression, another seed': ('mouth_regress', BASE + ' --seed 21', 1400, '', 'mouth_vae'),
    'regression, does not see the rules': ('mouth_regress', '', 1400, '', 'mouth_vae'),
    'regression, no performed lines': ('mouth_regress', BASE + ' --without performed', 1400, '', 'mouth_vae'),
    'regression, no captured lips, does not see the rules': ('mouth_regress', '--without captured', 1400, '', 'mouth_vae'),
    'regression, curves without a codec': ('mouth_regress', BASE, 1400, '', 'mouth_direct'),
    'diffusion, curves without a codec': ('mouth', BASE + ' --mean 0.5', 700, 'regression, curves without a codec', 'mouth_direct'),
    'regression, names as heard': ('mouth_regress', BASE + ' --swap heard', 1400, '', 'mouth_vae'),
}
# Some of the above whose clean latents are averaged at every step of the sampler (nets.Together): what is released.
TOGETHER = {'diffusion with both regressions': ('diffusion', 'regression', 'regression, another seed')}
RULES = {'rules, fitted without the held words': False, 'the same, rounded as in the engine': True}
UPPER = {
    'with the adapter': ('upper', '', 500),
    'emotions as conditions': ('upper', '--without adapter', 500),
}


def run_name(name, part):
    return 'ablation_' + ''.join(c if c.isalnum() else '_' for c in name) + f'_{part}'


def run_of(name, part):
    return '+'.join(run_name(n, part) for n in TOGETHER.get(name, (name,)))


def done(run):
    return all((CACHE / 'runs' / one / 'finished').exists() for one in run.split('+'))


def train(what, name, part, args, steps, init='', vae=''):
    run = run_name(name, part)
    if done(run):
        return
    more = ['--init', run_name(init, part)] if init else []
    more += ['--vae', vae] if vae else []
    hold = ['--hold', f'{part}/6'] if what.startswith('mouth') else []
    subprocess.run([sys.executable, '-m', 'performance.train', what, run, '--steps', str(steps), '--seed', str(part + 1), *args.split(), *hold, *more], check=True)
    (CACHE / 'runs' / run / 'finished').touch()


_BENCHES = {}


def bench(part):
    if part not in _BENCHES:
        _BENCHES[part] = Bench(f'{part}/6')
    return _BENCHES[part]


def flat(f):
    held = dict(heldAperture=f['heldWords']['aperture'][0], heldWidth=f['heldWords']['width'][0], heldWidthRange=f['heldWords']['width'][1]) if 'heldWords' in f else {}
    return held | dict(aperture=f['validation']['aperture'][0], width=f['validation']['width'][0], apertureRange=f['validation']['aperture'][1],
                widthRange=f['validation']['width'][1], frechet=f['frechet'])


def measured(name, part, sampler=STEPS):
    what, args, _, _, vae = MOUTH[TOGETHER.get(name, (name,))[0]]
    b = bench(part)
    net = Net(run_of(name, part), vae, sampler, what.endswith('regress'))
    raw = b.raw(net)
    out = flat(b.figures(b.faces(raw)))
    alone = b.figures(raw)['heldWords']
    out |= dict(aloneHeldAperture=alone['aperture'][0], aloneHeldWidth=alone['width'][0])
    a = agreement(b.validation, decoded(b, net, part).get)
    return out | dict(heardAperture=a['aperture']['correlation'], heardWidth=a['width']['correlation'])


def decoded(b, net, part):
    """Curves of the net alone on validation clips whose phones were decoded from the sound."""
    out = {}
    for k, row in lines('gridheard').items():
        as_heard = {**b.validation[k], 'phones': row['phones'], 'words': []}
        idea = twins.shapes(twins.twin_of(f'{part}/6'), as_heard, b.voice[k])
        out[k] = net.curves(as_heard, b.voice[k], idea)
    return out


def chosen(b, run):
    """A run of the released recipe (no word held out) on validation clips, with the engine's rules."""
    raw = b.raw(Net(run))
    again = b.raw(Net(run), seed=2)
    seeds = [np.corrcoef(seen(raw[k], 75)[0], seen(again[k], 75)[0])[0, 1] for k in raw]
    return flat(b.figures(b.faces(raw))) | dict(seedsAgree=float(np.mean(seeds)))


def summary(rows):
    return {k: [round(float(np.mean([r[k] for r in rows])), 3), round(float(np.ptp([r[k] for r in rows])), 3)] for k in rows[0]}


def table(title, results):
    keys = list(next(iter(results.values()))['mean'])
    print(f'\n{title}: mean of three seeds (largest minus smallest)\n\n| | ' + ' | '.join(keys) + ' |\n|---' * 1 + '|---' * len(keys) + '|')
    for name, r in results.items():
        print(f'| {name} | ' + ' | '.join(f'{m:.3f} ({s:.3f})' for m, s in r['mean'].values()) + ' |')


def keep(kept):
    kept['date'] = time.strftime('%Y-%m-%d')
    FILE.write_text(json.dumps(kept, indent=1) + '\n')


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('names', nargs='*')
    ap.add_argument('--measure', action='store_true')
    a = ap.parse_args()
    torch.set_num_threads(1)
    for name in a.names or [*MOUTH, *UPPER]:
        if name in TOGETHER:
            continue
        for part in () if a.measure else PARTS:
            if name in MOUTH:
                what, args, steps, init, vae = MOUTH[name]
                train(what, name, part, args, steps, init, vae)
            else:
                train(UPPER[name][0], name, part, *UPPER[name][1:])
    kept = json.loads(FILE.read_text()) if FILE.exists() else dict(mouth={}, steps={}, chosen={}, upper={})
    ready = lambda name: all(done(run_of(name, p)) for p in PARTS) and (not a.names or name in a.names)
    for name, by_eye in RULES.items():
        if name not in kept['mouth']:
            rows = [flat(bench(p).figures(bench(p).rules(by_eye))) for p in PARTS]
            kept['mouth'][name] = dict(mean=summary(rows), each=rows)
    for name in (*MOUTH, *TOGETHER):
        if ready(name):
            rows = [measured(name, p) for p in PARTS]
            kept['mouth'][name] = dict(mean=summary(rows), each=rows)
            print(name, json.dumps(kept['mouth'][name]['mean']), flush=True)
            keep(kept)
    if not a.names and all((CACHE / 'runs' / one / 'ema.pt').exists() for run in CHOSEN for one in run.split('+')):
        b = Bench()
        rows = [chosen(b, run) for run in CHOSEN]
        kept['chosen'] = {'released recipe, three seeds': dict(mean=summary(rows), each=rows), "the engine's rules": dict(mean=summary([flat(b.figures(b.rules()))]))}
    if ready('diffusion') and not kept['steps']:
        for steps in (1, 2, 4, 16):
            rows = [measured('diffusion', p, steps) for p in PARTS]
            kept['steps'][str(steps)] = dict(mean=summary(rows), each=rows)
    for name in UPPER:
        if ready(name):
            rows = [upper_figures(run_name(name, p)) for p in PARTS]
            kept['upper'][name] = dict(mean=summary(rows), each=rows)
            print(name, json.dumps(kept['upper'][name]['mean']), flush=True)
            keep(kept)
    keep(kept)
    for title in ('mouth', 'steps', 'chosen', 'upper'):
        if kept[title]:
            table(title, kept[title])


if __name__ == '__main__':
    main()
