"""The released recipe on all words that are not the test's, held out in turn: six parts (hold.py), 47 words.

    python -m performance.unseen_words [--measure]        trains what is missing, measures, writes figures/performance.json (unseenWordsByParts)

The released nets have heard these words, so twins of them are trained, one set a part, without lips inside its words: recipe, steps,
codec and gains as in the ablations (ablations.py), seed part + 1. These words chose the recipe; only the test's had no say in it.
Measured inside the held words, per part and over all (each part with its own nets), on training and validation clips (hold.py) and
on validation clips alone, of which no net has seen a frame. Intervals: 95 %, clips drawn anew, all engines on the same draw.
"""
import argparse
import json
import time

import numpy as np
import torch

from paths import ROOT
from performance import split
from performance.ablations import MOUTH, TOGETHER, run_name, run_of, train
from performance.compare import Bench, Net
from performance.evaluate import MOUTH_AT, Lines
from performance.fit import VIDEO_FPS
from performance.hold import measured_rows
from performance.measure import captured, features, fitted, frechet, frechet_interval, mean_face, seen, speech_frames, spread, windows
from performance.more_figures import beside_other_takes

PARTS = (0, 1, 2, 3, 4, 5)
PLAIN, CHOSEN = 'regression', 'diffusion with both regressions'
NEURAL, SHIPPED, FITTED, ROUNDED, REGRESSION = 'neural', 'rules engine', 'rules fitted without the words', 'the same, rounded as in the engine', 'regression'
RIVALS = (SHIPPED, FITTED, ROUNDED, REGRESSION)
ROUNDS, SEED = 500, 4
SHIFT = 7                    # clips away, for the control that shuffles
FIGURES = ('apertureR', 'widthR', 'apertureInsideR', 'widthInsideR', 'apertureRange', 'widthRange', 'apertureError', 'widthError', 'frechet')
FILE = ROOT / 'training/figures/performance.json'


def train_parts():
    for part in PARTS:
        for name in TOGETHER[CHOSEN]:
            what, args, steps, init, vae = MOUTH[name]
            train(what, name, part, args, steps, init, vae)


def engine_rules(rows, name='unseen_words'):
    """Mouths [28, T] of the rules engine as it ships, which was fitted with these words. `name`: of the folder of its curves in the cache."""
    job = Lines(name)
    for k, row in rows.items():
        job.add(k, 'grid', row, engine='rules')
    job.run()
    return {k: job.curves(k)[MOUTH_AT] for k in rows}


def mouths(bench, net, regression, shipped, still):
    """{engine: {clip: curves [28, T]}}, the neural engine first. `shipped`: of engine_rules; `still` [28]: the constant face."""
    faces = bench.faces(bench.raw(net))
    plain = bench.raw(regression)
    fits = {k: fitted(k) for k in bench.rows}
    ids = list(bench.rows)
    longest = max(r['frames'] for r in bench.rows.values())
    other = {k: np.pad(faces[o], ((0, 0), (0, longest)), mode='edge')[:, :bench.rows[k]['frames']] for k, o in zip(ids, ids[SHIFT:] + ids[:SHIFT])}
    return {NEURAL: faces, SHIPPED: {k: shipped[k] for k in ids}, FITTED: bench.rules(), ROUNDED: bench.rules(by_eye=True),
            REGRESSION: bench.faces(plain), 'regression, before gains and constraints': plain,
            'constant face': {k: np.repeat(still[:, None], r['frames'], 1) for k, r in bench.rows.items()}, 'neural, sound of another clip': other,
            'captured (fit to the character)': fits}


def of_clip(clip, row, engines, held, names):
    """Lips inside held words [1 + engines, 2, n] with the captured ones first, the word of each frame, and features [1 + engines, takes, 13]
    of the second around the middle of each held word."""
    truth = captured(clip)
    n = truth.shape[1]
    lips = np.stack([truth, *(seen(curves[clip], n) for curves in engines.values())])
    inside, said = speech_frames(row, n, held), np.zeros(n, int)
    for word in sorted(held):                    # as more_figures.lead: on a frame between two held words the later name counts
        said[speech_frames(row, n, {word})] = names.index(word)
    around = []
    for word, a, b in row['words']:
        if word in held:
            at = int(np.clip(round((a + b) / 2 * VIDEO_FPS - VIDEO_FPS / 2), 0, n - VIDEO_FPS))
            around.append([windows(x[:, at:at + VIDEO_FPS], np.ones(VIDEO_FPS))[0] for x in lips])
    return lips[:, :, inside], said[inside], np.array(around).transpose(1, 0, 2)


def joined(samples):
    """Samples of clips as one."""
    return tuple(np.concatenate(v, axis) for v, axis in zip(zip(*samples), (2, 0, 1)))


def correlation(a, b):
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size > 1e-9 else 0.0


def without_means(lips, said):
    """Lips with the mean of each word taken out."""
    count = np.maximum(1, np.bincount(said))
    return np.stack([[x - (np.bincount(said, x) / count)[said] for x in two] for two in lips])


def figures(sample):
    """[engines, 9] in the order of FIGURES."""
    lips, said, around = sample
    within = without_means(lips, said)
    spreads = [spread(x) for x in lips[0]]
    return np.array([[*(correlation(lips[0, i], lips[e, i]) for i in (0, 1)), *(correlation(within[0, i], within[e, i]) for i in (0, 1)),
                      *(spread(lips[e, i]) / spreads[i] for i in (0, 1)), *(np.abs(lips[0, i] - lips[e, i]).mean() for i in (0, 1)),
                      frechet(around[0], around[e])] for e in range(1, len(lips))])


def leads(table, names):
    """[rivals, 9]: by how much the neural engine is better, in each figure; ranges by how near the captured one they are, as |ln ratio|."""
    own, others = table[names.index(NEURAL)], table[[names.index(r) for r in RIVALS]]
    far = lambda x: np.concatenate([-x[..., :4], np.abs(np.log(x[..., 4:6])), x[..., 6:]], -1)
    return far(others) - far(own)


def compared(samples, names):
    """Figures of all engines and the leads of the neural one with their intervals. `samples`: one a clip."""
    rng, clips = np.random.default_rng(SEED), list(samples)
    whole = joined(clips)
    point = figures(whole)
    kept = [0] + [1 + names.index(n) for n in (NEURAL, *RIVALS)]
    few = [(lips[kept], said, around[kept]) for lips, said, around in clips]
    draws = [leads(figures(joined([few[k] for k in rng.integers(len(few), size=len(few))])), [NEURAL, *RIVALS]) for _ in range(ROUNDS)]
    low, high = np.percentile(draws, (2.5, 97.5), axis=0)
    mean = leads(point, names)
    text = lambda row: {f: round(float(v), 4 if f.endswith('Error') or f == 'frechet' else 3) for f, v in zip(FIGURES, row)}
    return dict(clips=len(clips), frames=whole[0].shape[2], takes=whole[2].shape[1], engines={n: text(r) for n, r in zip(names, point)},
                neuralAheadOf={r: {f: [round(float(x[i, k]), 4) for x in (mean, low, high)] for k, f in enumerate(FIGURES)} for i, r in enumerate(RIVALS)})


def each_word(sample, words, names):
    """Correlation of aperture and width inside each word, of the neural engine and the rules."""
    lips, said, _ = sample
    out = {}
    for k, word in enumerate(words):
        at = said == k
        if not at.any():
            continue
        out[word] = dict(frames=int(at.sum()), **{n: [round(correlation(lips[0, i, at], lips[1 + names.index(n), i, at]), 3) for i in (0, 1)]
                                                  for n in (NEURAL, SHIPPED, FITTED)})
    return out


def measure():
    parts, words = {p: Bench(f'{p}/6') for p in PARTS}, []
    for bench in parts.values():
        words += sorted(bench.held)
    validation, samples, whole, beside = set(split.read()['validation']), {}, {}, {}
    shipped = engine_rules(measured_rows())
    still = mean_face(split.read()['train'])
    for part, bench in parts.items():
        engines = mouths(bench, Net(run_of(CHOSEN, part)), Net(run_name(PLAIN, part), regress=True), shipped, still)
        samples[part] = {k: of_clip(k, r, engines, bench.held, words) for k, r in bench.rows.items() if bench.held & {w for w, *_ in r['words']}}
        beside[part] = beside_other_takes(bench.rows, bench.held, {n: engines[n] for n in (NEURAL, SHIPPED, FITTED)})
        for name, curves in engines.items():
            whole.setdefault(name, []).append(features(bench.validation, lambda k: seen(curves[k], captured(k).shape[1])))
        print('part', part, flush=True)
    names = list(engines)
    out = dict(date=time.strftime('%Y-%m-%d'), words={p: sorted(b.held) for p, b in parts.items()}, besideOtherTakes=beside)
    for which, keep in (('trainingAndValidationClips', lambda k: True), ('validationClips', validation.__contains__)):
        some = {p: {k: s for k, s in of.items() if keep(k)} for p, of in samples.items()}
        clips = sorted(set().union(*some.values()))
        pooled = [joined([of[k] for of in some.values() if k in of]) for k in clips]
        out[which] = {'all': compared(pooled, names)} | {f'part{p}': compared(of.values(), names) for p, of in some.items()}
        out[which]['all']['eachWord'] = each_word(joined(pooled), words, names)
        print(which, flush=True)
    truth = np.concatenate([features(b.validation, captured) for b in parts.values()])
    out['frechetOfWholeValidationClips'] = {n: frechet_interval(np.concatenate(f), truth) for n, f in whole.items()}
    return out


def table(title, found):
    print(f"\n{title}: {found['clips']} clips, {found['takes']} takes, {found['frames']} frames\n\n| | " + ' | '.join(FIGURES) + ' |\n' + '|---' * (1 + len(FIGURES)) + '|')
    for name, row in found['engines'].items():
        print(f'| {name} | ' + ' | '.join(f'{v:.3f}' for v in row.values()) + ' |')
    for name, row in found['neuralAheadOf'].items():
        print(f'| ahead of: {name} | ' + ' | '.join(f'{a:+.3f} ({b:+.3f} to {c:+.3f})' for a, b, c in row.values()) + ' |')


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--measure', action='store_true', help='train nothing')
    a = ap.parse_args()
    torch.set_num_threads(1)
    if not a.measure:
        train_parts()
    out = measure()
    kept = json.loads(FILE.read_text())
    kept['unseenWordsByParts'] = out
    FILE.write_text(json.dumps(kept, indent=1) + '\n')
    for which in ('trainingAndValidationClips', 'validationClips'):
        for name, found in out[which].items():
            table(f'{which}, {name}', found)
    print(json.dumps(out['frechetOfWholeValidationClips']), json.dumps(out['besideOtherTakes']))


if __name__ == '__main__':
    main()
