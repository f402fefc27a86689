"""The released recipe on words whose clips are left out altogether: three folds, 11 words.

    python -m performance.held_clips --train 3        trains a fold (3, 4, 5): regression, diffusion after it, regression beside it
    python -m performance.held_clips                  measures the folds that are trained, writes figures/performance.json (unseenWordsOfHeldClips)

unseen_words.py hides lips inside the held words and trains on the rest of the same clips; here no net and no rule (but the rules engine
as it ships) has seen any frame of the clips that are measured. The codec is the released one, which has: it turns latents into curves
and is told nothing of what is said. Which words a fold holds was fixed by rule before anything was trained (hold.py, 'clipsK/6').
Measured inside the held words, and inside all words of the held-out clips (the others are known from other clips), per fold and over
all, each fold with its own nets. Intervals: 95 %, clips drawn anew, all engines on the same draw.
"""
import argparse
import json
import subprocess
import sys
import time

import torch

from performance import split
from performance.ablations import MOUTH, TOGETHER
from performance.compare import Bench, Net
from performance.hold import left_out
from performance.measure import mean_face
from performance.store import CACHE
from performance.unseen_words import CHOSEN, FILE, compared, each_word, engine_rules, joined, mouths, of_clip, table

FOLDS = (3, 4, 5)
# Names of the runs, and what of the ablations they train.
RECIPE = {'regression': 'regression', 'diffusion': 'diffusion', 'beside': 'regression, another seed'}
assert set(RECIPE.values()) == set(TOGETHER[CHOSEN])
KEY = 'unseenWordsOfHeldClips'


def hold_of(fold):
    return f'clips{fold}/6'


def run_name(name, fold):
    return f'held_clips_{name}_{fold}'


def done(name, fold):
    return (CACHE / 'runs' / run_name(name, fold) / 'finished').exists()


def train_fold(fold):
    for name, ablation in RECIPE.items():
        if done(name, fold):
            continue
        what, args, steps, init, _ = MOUTH[ablation]
        run = run_name(name, fold)
        start = ['--init', run_name(init, fold)] if init else []
        subprocess.run([sys.executable, '-m', 'performance.train', what, run, '--steps', str(steps), '--seed', str(fold + 1), '--hold', hold_of(fold), *start, *args.split()],
                       check=True)
        (CACHE / 'runs' / run / 'finished').touch()


def fold_mouths(bench, fold, shipped):
    """As unseen_words.mouths, by the nets of a fold; the constant face is of the clips they were trained on."""
    diffusion, regression, beside = (run_name(n, fold) for n in ('diffusion', 'regression', 'beside'))
    still = mean_face(set(split.read()['train']) - left_out(hold_of(fold)))
    return mouths(bench, Net(f'{diffusion}+{regression}+{beside}'), Net(regression, regress=True), shipped, still)


def spoken(rows):
    return {w for r in rows for w, *_ in r['words']}


def samples_of(benches, held, everything):
    """{'heldWords', 'allWordsOfTheClips': {fold: {clip: of unseen_words.of_clip}}} and the names of the engines."""
    shipped, out, every_word = engine_rules(everything, 'held_clips'), {'heldWords': {}, 'allWordsOfTheClips': {}}, sorted(spoken(everything.values()))
    for fold, bench in benches.items():
        engines = fold_mouths(bench, fold, shipped)
        out['heldWords'][fold] = {k: of_clip(k, r, engines, bench.held, held) for k, r in bench.rows.items()}
        out['allWordsOfTheClips'][fold] = {k: of_clip(k, r, engines, spoken([r]), every_word) for k, r in bench.rows.items()}
        print('fold', fold, flush=True)
    return out, list(engines)


def pooled(by_fold):
    """One sample a clip, of all folds that hold it out."""
    return [joined([of[k] for of in by_fold.values() if k in of]) for k in sorted(set().union(*by_fold.values()))]


def measure():
    benches = {fold: Bench(hold_of(fold)) for fold in FOLDS if all(done(name, fold) for name in RECIPE)}
    everything = {k: r for b in benches.values() for k, r in b.rows.items()}
    held = sorted(set().union(*(b.held for b in benches.values())))
    samples, names = samples_of(benches, held, everything)
    parts = split.read()
    total = len(parts['train']) + len(parts['validation'])
    out = dict(date=time.strftime('%Y-%m-%d'), folds={f: dict(words=sorted(b.held), clipsHeldOut=len(b.rows), clipsKept=total - len(b.rows)) for f, b in benches.items()})
    for which, of in samples.items():
        out[which] = dict(all=compared(pooled(of), names)) | {f'fold {fold}': compared(clips.values(), names) for fold, clips in of.items()}
        print(which, flush=True)
    out['heldWords']['all']['eachWord'] = each_word(joined(pooled(samples['heldWords'])), held, names)
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--train', type=int, default=0, choices=(0, *FOLDS))
    a = ap.parse_args()
    torch.set_num_threads(1)
    if a.train:
        return train_fold(a.train)
    out = measure()
    kept = json.loads(FILE.read_text())
    kept[KEY] = out
    FILE.write_text(json.dumps(kept, indent=1) + '\n')
    for which in ('heldWords', 'allWordsOfTheClips'):
        for name, found in out[which].items():
            table(f'{which}, {name}', found)


if __name__ == '__main__':
    main()
