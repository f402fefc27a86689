"""Every figure of the acoustic model, from the committed .onnx: writes training/figures/acoustic.json and confusion.png.

    evaluate.py [--split test]       test is read for reports only; use --split validation while working

Reported for unseen speakers of speechocean762 without their transcript (all / adults / children / the clips Rhubarb was run
on), for held-out clips of seen voices (GRID, Picovoice), and for controls: always class B, and the right cues on the wrong
clip. Nine classes, closures and false closures are scored by ../shared/tools/score_visemes.py.
"""
import argparse
import datetime
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from heldout import children, class_cues, clips, labels, phone_rows, run, sounds
from paths import DATA, MODELS, ROOT, SHARED
from tune import edit_distance
from viterbi import Decoder
from visemes import CLASSES, PHONES, frame_labels, segment_classes

SCORER = SHARED / 'tools/score_visemes.py'
KEEP = dict(acc9_speech='canonical', set9_speech='set', balanced9='balanced', bilabial='closureRecallPBM',
            labiodental='labiodentalRecallFV', false_closure='falseClosureOpenVowels', acc9='canonicalAllFrames',
            lag_mean_abs_ms='meanAbsoluteLagMs', best_shift_ms='bestShiftMs', hyp_changes_per_s='changesPerSecond',
            utterances='clips')


def score_cues(reference, cues):
    """{id: segments}, {id: cues} -> figures of the shared scorer, or None where it is not installed."""
    if not SCORER.exists():
        return None
    with tempfile.TemporaryDirectory() as d:
        ref, hyp, out = (Path(d) / n for n in ('ref.jsonl', 'hyp.jsonl', 'out.json'))
        ref.write_text(''.join(json.dumps(dict(id=i, phones=phone_rows(reference[i]))) + '\n' for i in cues))
        hyp.write_text(''.join(json.dumps(dict(id=i, cues=c)) + '\n' for i, c in cues.items()))
        subprocess.run([sys.executable, str(SCORER), str(ref), str(hyp), '--json', str(out)], check=True, capture_output=True)
        m = json.loads(out.read_text())
    return {name: round(m[k], 4) if m[k] is not None else None for k, name in KEEP.items()}


def frame_figures(outputs, decoded, reference, ids):
    hit = dict.fromkeys(('phoneSpeech', 'phoneAll', 'phoneSpeechViterbi', 'phoneAllViterbi', 'voice'), 0)
    speech = known = edits = phones = 0
    shifts = []
    for i in ids:
        p, v, _ = outputs[i]
        y, _ = labels(reference[i], len(p))
        h, w = p.argmax(1), frame_labels(decoded[i], len(p), 0)
        for name, x in (('', h), ('Viterbi', w)):
            hit['phoneSpeech' + name] += ((x == y) & (y > 0)).sum()
            hit['phoneAll' + name] += ((x == y) & (y >= 0)).sum()
        hit['voice'] += (((v > .5) == (y > 0)) & (y >= 0)).sum()
        speech, known = speech + (y > 0).sum(), known + (y >= 0).sum()
        want, got = [s for s in reference[i] if s[0]], [s for s in decoded[i] if s[0]]
        edits, phones = edits + edit_distance([s[0] for s in got], [s[0] for s in want]), phones + len(want)
        for q, a, _ in want:                                    # start times of phones found within 100 ms
            near = [b for r, b, _ in got if r == q and abs(b - a) <= 10]
            if near:
                shifts.append(min((b - a for b in near), key=abs) * 10)
    tot = dict(phoneSpeech=speech, phoneAll=known, phoneSpeechViterbi=speech, phoneAllViterbi=known, voice=known)
    return dict({k: round(float(hit[k] / tot[k]), 4) for k in hit}, phoneErrorRate=round(edits / phones, 4),
                startMedianAbsoluteMs=float(np.median(np.abs(shifts))), startMeanMs=round(float(np.mean(shifts)), 1),
                startsFound=round(len(shifts) / phones, 4), clips=len(ids), speechSeconds=round(int(speech) / 100, 1))


def class_figures(outputs, decoded, reference, ids):
    frame = {i: class_cues(outputs[i][2].argmax(1)) for i in ids}
    best = {i: class_cues(frame_labels(segment_classes(decoded[i]), len(outputs[i][0]), 0)) for i in ids}
    return dict(fromFrames=score_cues(reference, frame), fromViterbi=score_cues(reference, best)), best


def controls(reference, cues):
    ids = sorted(cues)
    wrong = {i: cues[ids[(k + len(ids) // 2) % len(ids)]] for k, i in enumerate(ids)}
    return dict(alwaysB=score_cues(reference, {i: [[0, reference[i][-1][2] * .01, 'B']] for i in ids}),
                wrongClip=score_cues(reference, wrong))


def rhubarb(reference, ids):
    out = {}
    for kind in ('phonetic', 'pocketsphinx', 'pocketsphinx_text'):
        path = DATA / f'rhubarb/speechocean762.{kind}.jsonl'
        if path.exists():
            cues = {r['id']: r['cues'] for l in open(path) if (r := json.loads(l))['id'] in ids}
            out[kind] = score_cues(reference, cues)
    return out


def confusion_figure(outputs, reference, path):
    import matplotlib
    matplotlib.use('Agg')
    import matplotlib.pyplot as plt
    m = np.zeros((40, 40))
    for i, (p, _, _) in outputs.items():
        y, _ = labels(reference[i], len(p))
        np.add.at(m, (y[y >= 0], p.argmax(1)[y >= 0]), 1)
    rate = m / np.maximum(m.sum(1, keepdims=True), 1)
    fig, ax = plt.subplots(figsize=(9, 8))
    ax.imshow(rate, cmap='viridis', vmin=0, vmax=1)
    ax.set_xticks(range(40), PHONES, rotation=90, fontsize=7)
    ax.set_yticks(range(40), PHONES, fontsize=7)
    ax.set_xlabel('heard')
    ax.set_ylabel('aligned')
    fig.tight_layout()
    fig.savefig(path, dpi=90)
    return {PHONES[k]: round(float(rate[k, k]), 3) for k in range(40) if m[k].sum()}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--split', default='test', choices=('test', 'validation'))
    a = ap.parse_args()
    model = MODELS / 'acoustic.onnx'
    decode = Decoder(json.loads((MODELS / 'acoustic.decoder.json').read_text()))
    out = dict(date=datetime.date.today().isoformat(), split=a.split, model=hashlib.sha256(model.read_bytes()).hexdigest(),
               scorer='score_visemes.py' if SCORER.exists() else 'missing: nine-class figures left out')
    reference, audio, kids = clips(a.split), sounds(a.split), children()
    start = time.perf_counter()
    outputs = run(model, reference, audio)
    seconds = sum(len(o[0]) for o in outputs.values()) / 100
    out['secondsPerSecondFrontEndAndModelOneThread'] = round((time.perf_counter() - start) / seconds, 5)
    decoded = {i: decode(o[0]) for i, o in outputs.items()}
    groups = dict(all=set(outputs), adults=set(outputs) - kids, children=set(outputs) & kids)
    for name, ids in groups.items():
        c, best = class_figures(outputs, decoded, reference, sorted(ids))
        out[name] = dict(frames=frame_figures(outputs, decoded, reference, sorted(ids)), classes=c)
        if name == 'all':
            out['controls'] = controls(reference, best)
    path = DATA / 'rhubarb/speechocean762.phonetic.jsonl'
    if a.split == 'test' and path.exists():
        ids = {json.loads(l)['id'] for l in open(path)} & set(outputs)
        c, _ = class_figures(outputs, decoded, reference, sorted(ids))
        out['rhubarbClips'] = dict(mien=c, rhubarb=rhubarb(reference, ids))
    for which in ('grid_s1', 'picovoice_phrases'):
        r = clips(which)
        o = run(model, r, sounds(which))
        d = {i: decode(x[0]) for i, x in o.items()}
        c, _ = class_figures(o, d, r, sorted(o))
        out['seenVoices_' + which] = dict(frames=frame_figures(o, d, r, sorted(o)), classes=c)
    figures = ROOT / 'training/figures'
    figures.mkdir(exist_ok=True)
    out['recallPerPhone'] = confusion_figure(outputs, reference, figures / 'confusion.png')
    name = 'acoustic.json' if a.split == 'test' else 'acoustic.validation.json'
    (figures / name).write_text(json.dumps(out, indent=1) + '\n')
    for g in groups:
        print(g, json.dumps(out[g]))


if __name__ == '__main__':
    main()
