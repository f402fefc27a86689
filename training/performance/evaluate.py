"""All figures of the performance in one command. Run it once at a release: the test clips are not for tuning.

    python -m performance.evaluate [--part test|validation] [--regress RUN] [--quick]

Performs lines with Mien's own engines (performLines.ts), measures them against captured lips, on the mesh and against the
published numbers, and writes figures/performance.json.
"""
import argparse
import json
import subprocess
import time

import numpy as np
import torch

from paths import ROOT
from performance import split
from performance.channels import CHANNELS, EMOTIONS, MOUTH, UPPER
from performance.character import Character
from performance.closures import CLOSED, closures_table
from performance.compare import Net
from performance.emotion_reading import macro_f1, read_emotion
from performance.measure import agreement, captured, features, fitted, frechet_interval, mean_face, seen
from performance.more_figures import animated_table, beside_other_takes, ceiling, faces_table, into_manifest, lead, nonverbal_table
from performance.performer import perform
from performance.store import CACHE, FPS, lines, voice_and_rules
from performance.twins import as_in_engine, shapes, twin_of

MOUTH_AT = [CHANNELS.index(c) for c in MOUTH]
UPPER_AT = [CHANNELS.index(c) for c in UPPER]
OUT = CACHE / 'evaluate'


class Lines:
    """Tasks for performLines.ts, and the curves it wrote."""

    def __init__(self, name):
        self.name, self.tasks = name, []

    def add(self, out, source, row, **more):
        audio = {'grid': 'face/grid_s1/%s.opus', 'facegood': 'face/facegood/%s.opus'}[source] % row['id']
        self.tasks.append(dict(out=out, audio=audio, phones=row['phones'], words=row['words'], **more))

    def run(self):
        folder = OUT / self.name
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / 'tasks.json'
        file.write_text(json.dumps(self.tasks))
        done = subprocess.run(['npx', 'tsx', 'training/performance/performLines.ts', str(folder), str(file)], cwd=ROOT, check=True,
                              capture_output=True, text=True)
        return json.loads(done.stdout.strip().splitlines()[-1])

    def curves(self, out):
        return np.fromfile(OUT / self.name / f'{out}.f32', np.float32).reshape(len(CHANNELS), -1)


def segments(row, names):
    return [(a, b) for n, a, b, *_ in row['phones'] if n in names]


def closures(curves, row, body, names=('P', 'B', 'M')):
    """Share of labials with the lips shut on the mesh inside the phone (a frame of slack on each side)."""
    gaps = body.gaps(curves[MOUTH_AT].T)
    hits = [gaps[max(0, int((a - 1 / 60) * FPS)):int((b + 1 / 60) * FPS) + 2].min() <= CLOSED for a, b in segments(row, names)]
    return hits


def false_closures(curves, row, body):
    """Share of frames in open vowels, away from labials, with the lips shut."""
    gaps = body.gaps(curves[MOUTH_AT].T)
    near = np.zeros(len(gaps), bool)
    for a, b in segments(row, ('P', 'B', 'M', 'F', 'V', 'W')):
        near[max(0, int((a - 0.1) * FPS)):int((b + 0.1) * FPS)] = True
    bad = total = 0
    for a, b in segments(row, ('AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH', 'EY')):
        f = np.arange(int(a * FPS) + 1, min(len(gaps), int(b * FPS)))
        f = f[~near[f]]
        bad += int((gaps[f] <= CLOSED).sum())
        total += len(f)
    return bad, total


def jerk(curve):
    return np.abs(np.diff(curve, n=3)) * FPS ** 3


def regression(run, rows):
    """Curves of the plain regression net (same body, same conditions, no noise), before constraints."""
    net, rules = Net(run, regress=True), as_in_engine(twin_of())
    voice = {k: voice_and_rules('grid', r)[0] for k, r in rows.items()}
    return {k: net.curves(r, voice[k], shapes(rules, r, voice[k])) for k, r in rows.items()}


def mouth_table(rows, unseen, regress_run):
    job = Lines('mouth')
    for k, row in rows.items():
        job.add(f'rules/{k}', 'grid', row, engine='rules')
        job.add(f'neural/{k}', 'grid', row, engine='neural')
        job.add(f'raw/{k}', 'grid', row, engine='neural', closureStrength=0)
    cost = job.run()
    ids = list(rows)
    of = {n: {k: job.curves(f'{n}/{k}')[MOUTH_AT] for k in ids} for n in ('rules', 'neural', 'raw')}
    longest = max(rows[k]['frames'] for k in ids)
    still = mean_face(ids)
    of['constant face'] = {k: np.repeat(still[:, None], rows[k]['frames'], 1) for k in ids}
    of['neural, sound of another clip'] = {}
    for k, other in zip(ids, ids[7:] + ids[:7]):
        c = of['neural'][other]
        of['neural, sound of another clip'][k] = np.pad(c, ((0, 0), (0, longest)), mode='edge')[:, :rows[k]['frames']]
    if regress_run:
        of['regression (same body), before constraints'] = regression(regress_run, rows)
    of['neural, before constraints'] = of.pop('raw')
    of['captured (fit to the character)'] = {k: fitted(k) for k in ids}
    truth = features(rows, captured)
    half = len(ids) // 2
    floor = frechet_interval(features({k: rows[k] for k in ids[:half]}, captured), features({k: rows[k] for k in ids[half:]}, captured))
    table = {}
    for name, curves in of.items():
        f = features(rows, lambda k: seen(curves[k], captured(k).shape[1]))
        table[name] = dict(unseenWords=agreement(rows, curves.get, unseen), wholeClips=agreement(rows, curves.get), frechet=frechet_interval(f, truth))
        print(name, json.dumps(table[name]), flush=True)
    body = Character()
    for name in ('rules', 'neural', 'neural, before constraints'):
        hits, bad, total = [], 0, 0
        for k in ids:
            full = np.zeros((len(CHANNELS), rows[k]['frames']), np.float32)
            full[MOUTH_AT] = of[name][k]
            hits += closures(full, rows[k], body)
            b, t = false_closures(full, rows[k], body)
            bad, total = bad + b, total + t
        table[name].update(closures=round(float(np.mean(hits)), 4), labials=len(hits), falseClosuresOnOpenVowels=round(bad / max(1, total), 4))
    speeds = lambda curves: np.concatenate([jerk(seen_gap(curves[k])) [speech60(rows[k], curves[k].shape[1] - 3)] for k in ids])
    seen_gap = lambda c: body.aperture_width(c.T)[0]
    band = [np.percentile(speeds({k: of['captured (fit to the character)'][k] for k in ids}), q) for q in (5, 50, 95)]
    for name in ('rules', 'neural', 'neural, before constraints'):
        v = speeds(of[name])
        table[name]['apertureJerk'] = dict(median=round(float(np.median(v)), 1), p95=round(float(np.percentile(v, 95)), 1))
    captured_face = np.zeros((len(CHANNELS), longest), np.float32)

    def fitted(k):
        captured_face[MOUTH_AT, :rows[k]['frames']] = of['captured (fit to the character)'][k]
        return captured_face[:, :rows[k]['frames']]

    closed = {e: closures_table(lambda k: job.curves(f'{e}/{k}'), rows) for e in ('rules', 'neural', 'raw')} | {'captured': closures_table(fitted, rows)}
    return dict(clips=len(ids), table=table, closedLips=closed, closuresOnFaces=faces_table(job, rows), ceilingTwoTakesOfOneWord=ceiling(rows, unseen),
                besideOtherTakes=beside_other_takes(rows, unseen, {n: of[n] for n in ('rules', 'neural')}),
                neuralAheadOfRulesOnUnseenWords=lead(rows, of['neural'], of['rules'], unseen), frechetFloorCapturedAgainstCaptured=floor, capturedApertureJerk=[round(float(b), 1) for b in band],
                computePerSecondAllEngines=round(cost['cpuSecondsPerSecond'], 4))


def speech60(row, frames):
    t = np.arange(frames) / FPS
    said = [p for p in row['phones'] if p[0] != 'SIL']
    return (t >= said[0][1] - 0.15) & (t <= said[-1][2] + 0.15)


def emotion_table(rows, engine):
    """Closures on the mesh for every emotion and intensity, and the emotion read back from the mean face."""
    job = Lines(f'emotions-{engine}')
    for k, row in rows.items():
        for e in EMOTIONS:
            for i in (0.25, 0.5, 0.75, 1.0):
                job.add(f'{e}-{i}-{k}', 'grid', row, engine=engine, emotion=e, intensity=i, seed=3)
                if i in (0.5, 1.0):
                    job.add(f'{e}-{i}-{k}-open', 'grid', row, engine=engine, emotion=e, intensity=i, seed=3, closureStrength=0)
        job.add(f'neutral-{k}', 'grid', row, engine=engine, seed=3)
    job.run()
    body = Character()
    after, before, truth, got, monotone = [], [], [], [], []
    confusion = {e: {} for e in EMOTIONS}
    for k, row in rows.items():
        for e in EMOTIONS:
            strength = []
            for i in (0.25, 0.5, 0.75, 1.0):
                c = job.curves(f'{e}-{i}-{k}')
                still = job.curves(f'neutral-{k}')
                # Blinks are events: the median face does not see them. Speech is taken out by subtracting the neutral performance.
                face = np.median(c, axis=1)
                face[MOUTH_AT] = np.maximum(0, np.median(c[MOUTH_AT] - still[MOUTH_AT], axis=1))
                strength.append(np.linalg.norm(face[UPPER_AT[:13]]))
                if i in (0.5, 1.0):
                    after += closures(c, row, body)
                    before += closures(job.curves(f'{e}-{i}-{k}-open'), row, body)
                    truth.append(e)
                    got.append(read_emotion(face))
                    confusion[e][got[-1]] = confusion[e].get(got[-1], 0) + 1
            monotone.append(bool(np.all(np.diff(strength) > -0.02)))
    return dict(faces=len(truth), macroF1=round(macro_f1(truth, got), 3), confusion=confusion, monotoneInIntensity=round(float(np.mean(monotone)), 3),
                closuresBefore=round(float(np.mean(before)), 4), closuresAfter=round(float(np.mean(after)), 4), labials=len(after))


def seeds_table(rows):
    """How far apart seeds are: upper face against the performer's own spread, mouths against each other."""
    job = Lines('seeds')
    seeds = (1, 2, 3, 4)
    for k, row in rows.items():
        for s in seeds:
            for e in ('joy', 'anger', 'sadness'):
                job.add(f'{e}-{s}-{k}', 'grid', row, engine='neural', seed=s, emotion=e, intensity=0.7)
    job.run()
    rng = np.random.default_rng(5)
    upper, drawn, mouths = [], [], []
    flat = UPPER_AT[:13]
    for k, row in rows.items():
        voice, _ = voice_and_rules('grid', row)
        for e in ('joy', 'anger', 'sadness'):
            c = [job.curves(f'{e}-{s}-{k}') for s in seeds]
            level = np.zeros((8, row['frames']), np.float32)
            level[EMOTIONS.index(e)] = 0.7
            p = [perform(row['phones'], voice, row['accents'], level, rng) for _ in seeds]
            for i in range(len(seeds)):
                for j in range(i):
                    upper.append(np.abs(c[i][flat] - c[j][flat]).mean())
                    drawn.append(np.abs(p[i][:13] - p[j][:13]).mean())
                    a, b = (Character_gap(x) for x in (c[i], c[j]))
                    mouths.append(np.corrcoef(a, b)[0, 1])
    return dict(upperDistance=round(float(np.mean(upper)), 4), performerDistance=round(float(np.mean(drawn)), 4),
                ratio=round(float(np.mean(upper) / np.mean(drawn)), 3), mouthAgreement=round(float(np.mean(mouths)), 4))


_BODY = []


def Character_gap(curves):
    if not _BODY:
        _BODY.append(Character())
    return _BODY[0].aperture_width(curves[MOUTH_AT].T)[0]


def effort_table(rows, engine):
    """Brow amplitude when a whole line is said with +4.7 semitones and +7 dB (effort +.3 against the speaker's profile): ln ratio
    of the mean amplitudes over lines and seeds."""
    job = Lines(f'effort-{engine}')
    for k, row in rows.items():
        for s in (1, 2, 3):
            job.add(f'plain-{s}-{k}', 'grid', row, engine=engine, seed=s)
            job.add(f'raised-{s}-{k}', 'grid', row, engine=engine, seed=s, raised=1)
    job.run()
    brows = [CHANNELS.index(c) for c in ('browInnerUp', 'browOuterUpLeft', 'browOuterUpRight')]
    size = lambda kind: np.mean([job.curves(f'{kind}-{s}-{k}')[brows].std(1).mean() for k in rows for s in (1, 2, 3)])
    return dict(lnRatio=round(float(np.log(size('raised') / size('plain'))), 3), lines=3 * len(rows))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--part', default='test')
    ap.add_argument('--regress', default='base1')
    ap.add_argument('--limit', type=int, default=0)
    ap.add_argument('--only', default='mouth emotions seeds effort animated nonverbal')
    a = ap.parse_args()
    torch.set_num_threads(1)
    parts = split.read()
    chosen = parts[a.part][::max(1, len(parts[a.part]) // a.limit)] if a.limit else parts[a.part]
    rows = {k: r for k, r in lines('grid').items() if k in set(chosen)}
    few = {k: rows[k] for k in list(rows)[:: max(1, len(rows) // 6)][:6]}
    some = {k: rows[k] for k in list(rows)[:: max(1, len(rows) // 12)][:12]}
    unseen = set(parts['unseenTestWords' if a.part == 'test' else 'unseenValidationWords'])
    begin = time.time()
    out = dict(part=a.part, date=time.strftime('%Y-%m-%d'), unseenWords=sorted(unseen))
    if 'mouth' in a.only:
        out['mouth'] = mouth_table(rows, unseen, a.regress)
    if 'emotions' in a.only:
        out['emotions'] = {e: emotion_table(few, e) for e in ('rules', 'neural')}
    if 'seeds' in a.only:
        out['seeds'] = seeds_table(few)
    if 'effort' in a.only:
        out['browEffort'] = {e: effort_table(some, e) for e in ('rules', 'neural')}
    if 'animated' in a.only:
        out['animatorsLine'] = animated_table(Lines)
    if 'nonverbal' in a.only:
        out['nonverbal'] = nonverbal_table(Lines)
    out['models'] = {m['name']: m['sha256'] for m in json.loads((ROOT / 'models/manifest.json').read_text())['models'] if m['name'] != 'acoustic'}
    name = 'performance.json' if a.part == 'test' else f'performance.{a.part}.json'
    file = ROOT / 'training/figures' / name
    if file.exists():                 # tables of other calls stay beside these as long as the models are the same
        before = json.loads(file.read_text())
        out = {**before, **out} if before.get('models') == out['models'] else out
    file.write_text(json.dumps(out, indent=1) + '\n')
    if a.part == 'test' and all(k in out for k in ('mouth', 'emotions', 'seeds', 'browEffort')):
        into_manifest(out)
    print(json.dumps({k: v for k, v in out.items() if k != 'mouth'}, indent=1))
    print('minutes', round((time.time() - begin) / 60, 1))


if __name__ == '__main__':
    main()
