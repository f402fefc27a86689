"""Every figure of the acoustic model, from the committed files: writes training/figures/acoustic.json, confusion.png.

    evaluate.py [--split test] [--alone]     test is read for reports only; use --split validation while working
    evaluate.py --acted                      only the acted lines; the rest of the file stays

--alone measures anew only what hangs on the search from sound alone (speakers, Rhubarb's clips, changed sounds, confusions, cost) and leaves the rest of the
file as it was.

Unseen speakers of speechocean762 (all / adults / children / women / men / the clips Rhubarb was run on), from sound alone (the decoder
here) and with their text (the app's own code, ears/hear.ts); acted English game lines of four unseen actors (acted.py), the same two ways;
held-out clips of seen voices (GRID, Picovoice); controls; times against
espeak-ng and of GRID's words; other languages; sounds that are not speech; cost. Nine classes, closures and false closures are scored
by ../shared/tools/score_visemes.py.
"""
import argparse
import datetime
import hashlib
import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

import measure_conditions
import measure_espeak
import measure_nonspeech
from features import CLIP_SOURCES
from frontend import log_mel, normalise
from heldout import class_cues, clips, labels, phone_rows, run, sounds
from paths import CACHE, DATA, MODELS, ROOT, SPLITS
from scoring import SCORER, score
from tune import edit_distance
from viterbi import Decoder
from visemes import CLASSES, PHONES, clean_phones, frame_labels, segment_classes

ESPEAK_TEXTS, WORST = 60, 10


def manifest():
    return {r['id']: r for l in open(DATA / 'speech/speechocean762/manifest.jsonl') if (r := json.loads(l))}


def cues_of(segments):
    return class_cues(frame_labels(segment_classes(segments), segments[-1][2], 0))


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


def hear(jobs):
    """jobs: [dict(id, audio, text)] -> {id: row of ears/hear.ts}; {} where node is missing."""
    with tempfile.TemporaryDirectory() as d:
        (Path(d) / 'jobs.json').write_text(json.dumps(jobs))
        done = subprocess.run(['npx', 'tsx', 'training/ears/hear.ts', f'{d}/jobs.json', f'{d}/out.jsonl', str(MODELS)], cwd=ROOT,
                              capture_output=True, text=True)
        if done.returncode:
            print('ears/hear.ts failed:', done.stderr[-500:])
            return {}
        return {r['id']: r for l in open(f'{d}/out.jsonl') if (r := json.loads(l))}


def controls(rows, cues):
    ids = sorted(cues)
    wrong = {i: cues[ids[(k + len(ids) // 2) % len(ids)]] for k, i in enumerate(ids)}
    return dict(alwaysB=score(rows, {i: [[0, rows[i][-1][2], 'B']] for i in ids}), wrongClip=score(rows, wrong))


def rhubarb(source, rows, ids):
    out = {}
    for kind in ('phonetic', 'pocketsphinx', 'pocketsphinx_text'):
        path = DATA / f'rhubarb/{source}.{kind}.jsonl'
        if path.exists():
            cues = {r['id']: r['cues'] for l in open(path) if (r := json.loads(l))['id'] in ids}
            out[kind] = score(rows, cues)
    return out


def rhubarb_ids(source):
    path = DATA / f'rhubarb/{source}.phonetic.jsonl'
    return {json.loads(l)['id'] for l in open(path)} if path.exists() else set()


def rhubarb_grid(reference, decoded):
    """Held-out GRID clips on which Rhubarb was run: a voice and words this model was trained on."""
    ids = rhubarb_ids('grid_s1') & set(decoded)
    rows = {i: phone_rows(reference[i]) for i in ids}
    return dict(mien=score(rows, {i: cues_of(decoded[i]) for i in ids}), rhubarb=rhubarb('grid_s1', rows, ids)) if ids else None


def agreement(decoded, heard):
    """Share of frames on which the app's decoder (resampling, front end, model, search in TypeScript) and this one say the same."""
    same = total = 0
    for i, row in heard.items():
        a, b = decoded[i], clean_phones(row['alone'])
        n = min(a[-1][2], b[-1][2])
        same, total = same + (frame_labels(a, n, -1) == frame_labels(b, n, -2)).sum(), total + n
    return round(float(same / total), 4)


def word_times(heard, words):
    """Starts of words found with the text against those of the alignment; words in the same order by construction."""
    d = []
    for i, row in heard.items():
        if [w[0].lower() for w in row['words']] == [w[0] for w in words[i]]:
            d += [(a[1] - b[1]) * 1000 for a, b in zip(row['words'], words[i])]
    d = np.array(d)
    return dict(words=len(d), medianAbsoluteMs=round(float(np.median(np.abs(d))), 1), meanMs=round(float(d.mean()), 1),
                within20Ms=round(float((np.abs(d) <= 20).mean()), 3), within50Ms=round(float((np.abs(d) <= 50).mean()), 3))


def eye_times(phones):
    """{id: [[phone, start, end]]} against starts read by eye (splits/times_by_eye.json); each to the nearest of the same name within 150 ms."""
    d, total = [], 0
    for i, marks in json.loads((SPLITS / 'times_by_eye.json').read_text())['speechocean762'].items():
        for name, at in marks if i in phones else ():
            total += 1
            near = [a - at for p, a, _ in phones[i] if p == name and abs(a - at) <= .15]
            if near:
                d.append(min(near, key=abs) * 1000)
    if not d:
        return None
    d = np.array(d)
    clips_read = len(set(phones) & set(json.loads((SPLITS / 'times_by_eye.json').read_text())['speechocean762']))
    return dict(clips=clips_read, starts=total, found=round(len(d) / total, 3), medianAbsoluteMs=round(float(np.median(np.abs(d))), 1), meanMs=round(float(d.mean()), 1),
                within20Ms=round(float((np.abs(d) <= 20).mean()), 3))


def confusion(outputs, decoded, reference, path):
    import matplotlib
    matplotlib.use('Agg')
    import matplotlib.pyplot as plt
    m, c = np.zeros((40, 40)), np.zeros((9, 9))
    for i, (p, _, _) in outputs.items():
        y, k = labels(reference[i], len(p))
        np.add.at(m, (y[y >= 0], frame_labels(decoded[i], len(p), 0)[y >= 0]), 1)
        np.add.at(c, (k[k >= 0], frame_labels(segment_classes(decoded[i]), len(p), 0)[k >= 0]), 1)
    rate, share = (x / np.maximum(x.sum(1, keepdims=True), 1) for x in (m, c))
    fig, axes = plt.subplots(1, 2, figsize=(15, 8), width_ratios=(5, 3))
    for ax, x, names in zip(axes, (rate, share), (PHONES, CLASSES)):
        ax.imshow(x, cmap='viridis', vmin=0, vmax=1)
        ax.set_xticks(range(len(names)), names, rotation=90 if len(names) > 9 else 0, fontsize=7 if len(names) > 9 else 11)
        ax.set_yticks(range(len(names)), names, fontsize=7 if len(names) > 9 else 11)
        ax.set_xlabel('heard, after the search')
        ax.set_ylabel('aligned')
    for a in range(9):
        for b in range(9):
            axes[1].text(b, a, f'{100 * share[a, b]:.0f}', ha='center', va='center', color='w' if share[a, b] < .6 else 'k', fontsize=9)
    fig.tight_layout()
    fig.savefig(path, dpi=80)
    pairs = sorted(((m[a, b], PHONES[a], PHONES[b]) for a in range(1, 40) for b in range(40) if a != b), reverse=True)[:15]
    return dict(recallPerPhone={PHONES[k]: round(float(rate[k, k]), 3) for k in range(40) if m[k].sum()},
                classes={CLASSES[a]: {CLASSES[b]: round(float(share[a, b]), 3) for b in range(9)} for a in range(9)},
                commonest=[f'{a} heard as {b}: {n / 100:.1f} s' for n, a, b in pairs])


def worst(decoded, rows, reference, outputs, people):
    out = []
    for i in decoded:
        s = score(rows, {i: cues_of(decoded[i])})
        p = outputs[i][0]
        y, _ = labels(reference[i], len(p))
        speech = np.flatnonzero(y > 0)
        fit = p[speech, y[speech]].mean()
        want, got = ([PHONES[x[0]] for x in side if x[0]] for side in (reference[i], decoded[i]))
        out.append(dict(id=i, canonical=s['canonical'], age=people[i]['age'], sex=people[i]['sex'], text=people[i]['text'].lower(),
                        aligned=' '.join(want), heard=' '.join(got), meanLogProbabilityOfAlignedPhones=round(float(fit), 2)))
    return sorted(out, key=lambda r: r['canonical'])[:WORST]


def costs(model, decode, audio, ids):
    """Processor seconds for a second of sound, one thread."""
    ids = sorted(ids)[:60]
    seconds = sum(len(audio[i]) for i in ids) / 16000
    start = time.process_time()
    mels = [normalise(log_mel(audio[i].astype(np.float32) / 32768)) for i in ids]
    front = time.process_time() - start
    outputs = run(model, ids, audio)                            # loads the model, which is not counted
    start = time.process_time()
    outputs = run(model, ids, audio)
    both = time.process_time() - start
    start = time.process_time()
    for i in ids:
        decode(*outputs[i])
    search = time.process_time() - start
    return dict(frontEnd=round(front / seconds, 5), frontEndModelAndItsLoading=round(both / seconds, 5), search=round(search / seconds, 5),
                secondsMeasured=round(seconds, 1), meaning='processor seconds per second of sound, Python, one thread')


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--split', default='test', choices=('test', 'validation'))
    ap.add_argument('--alone', action='store_true')
    ap.add_argument('--acted', action='store_true')
    a = ap.parse_args()
    model = MODELS / 'acoustic.onnx'
    decode = Decoder(json.loads((MODELS / 'acoustic.decoder.json').read_text()))
    out = dict(date=datetime.date.today().isoformat(), split=a.split, model=hashlib.sha256(model.read_bytes()).hexdigest(),
               decoder=hashlib.sha256((MODELS / 'acoustic.decoder.json').read_bytes()).hexdigest(),
               scorer='score_visemes.py' if SCORER.exists() else 'missing: nine-class figures left out')
    figures = ROOT / 'training/figures'
    path = figures / ('acoustic.json' if a.split == 'test' else 'acoustic.validation.json')
    if a.acted:
        path.write_text(json.dumps(dict(json.loads(path.read_text()), acted=measure_acted(model, decode)), indent=1, ensure_ascii=False) + '\n')
        return
    reference, audio, people = clips(a.split), sounds(a.split), manifest()
    rows = {i: phone_rows(s) for i, s in reference.items()}
    outputs = run(model, reference, audio)
    decoded = {i: decode(*o) for i, o in outputs.items()}
    alone = {i: cues_of(s) for i, s in decoded.items()}
    frames = {i: class_cues(o[2].argmax(1)) for i, o in outputs.items()}
    heard = {} if a.alone else hear([dict(id=i, audio=str(DATA / 'speech/speechocean762' / people[i]['audio']), text=people[i]['text'].lower()) for i in sorted(outputs)])
    text = {i: cues_of(clean_phones(r['phones'])) for i, r in heard.items()}
    child = {i for i in outputs if people[i]['age'] < 16}
    groups = dict(all=set(outputs), adults=set(outputs) - child, children=child,
                  women={i for i in outputs if people[i]['sex'] == 'f'} - child, men={i for i in outputs if people[i]['sex'] == 'm'} - child)
    for name, ids in groups.items():
        out[name] = dict(frames=frame_figures(outputs, decoded, reference, sorted(ids)), speakers=len({people[i]['speaker'] for i in ids}),
                         classes=dict(fromSoundAlone=score(rows, alone, ids), withText=score(rows, text, ids), fromFrames=score(rows, frames, ids)))
    out['controls'] = controls(rows, alone)
    if heard:
        out['appAgreesWithThisDecoder'] = agreement(decoded, heard)
    ids = rhubarb_ids('speechocean762') & set(outputs)
    if ids:
        out['rhubarbClips'] = dict(mien=score(rows, alone, ids), mienWithText=score(rows, text, ids), rhubarb=rhubarb('speechocean762', rows, ids))
    out['timesByEye'] = dict(fromSoundAlone=eye_times({i: phone_rows(s) for i, s in decoded.items()}),
                             withText=eye_times({i: r['phones'] for i, r in heard.items()}), referenceAlignment=eye_times(rows))
    if not a.alone:
        measure_others(out, model, decode, outputs, people, audio)
    out['cost'] = costs(model, decode, audio, outputs)
    figures.mkdir(exist_ok=True)
    out['confusion'] = confusion(outputs, decoded, reference, figures / ('confusion.png' if a.split == 'test' else 'confusion.validation.png'))
    out['worst'] = worst(decoded, rows, reference, outputs, people)
    if a.alone:
        before = json.loads(path.read_text())
        out = over(before, dict(out, rest=dict(date=before['date'], decoder=before['decoder'], what='with the text, other languages, non-speech, times but for those by eye')))
        path.write_text(json.dumps(out, indent=1, ensure_ascii=False) + '\n')
    out['conditions'] = measure_conditions.measure(model, decode, reference, audio)
    path.write_text(json.dumps(out, indent=1, ensure_ascii=False) + '\n')
    for key in ('all', 'adults', 'children', 'rhubarbClips', 'gridWordTimes', 'timesEspeak', 'timesByEye', 'nonspeech', 'conditions', 'languages', 'cost', 'appAgreesWithThisDecoder'):
        print(key, json.dumps(out.get(key)))


def over(old, new):
    """New figures over old ones; what was not measured anew stays."""
    if not isinstance(new, dict) or not isinstance(old, dict):
        return old if new is None else new
    return {**old, **{k: over(old.get(k), v) for k, v in new.items()}}


def measure_acted(model, decode):
    """Acted game lines of four native actors nobody trained on. Their reference is forced alignment of a recogniser's words (acted.py)."""
    if not (CACHE / 'audio/sdap.npz').exists():
        return None
    reference, audio = clips('sdap'), sounds('sdap')
    info = {r['id']: r for l in open(DATA / 'speech/sdap/manifest.jsonl') if (r := json.loads(l))}
    words = {r['id']: r['words'] for l in open(CACHE / 'audio/sdap.align.jsonl') if (r := json.loads(l))}
    rows = {i: phone_rows(s) for i, s in reference.items()}
    outputs = run(model, reference, audio)
    decoded = {i: decode(*o) for i, o in outputs.items()}
    heard = hear([dict(id=i, audio=str(DATA / 'speech/sdap' / info[i]['audio']), text=words[i]) for i in sorted(outputs)])
    alone, text = ({i: cues_of(s) for i, s in side.items()} for side in (decoded, {i: clean_phones(r['phones']) for i, r in heard.items()}))
    other = CACHE / 'audio/sdap.sphinx.jsonl'
    sphinx = {r['id']: [p for p in r['phones'] if p[0] in PHONES] for l in open(other) if (r := json.loads(l))} if other.exists() else {}
    out = {}
    for who in ('all', *sorted({info[i]['speaker'] for i in outputs})):
        ids = {i for i in outputs if who in ('all', info[i]['speaker'])}
        out[who] = dict(frames=frame_figures(outputs, decoded, reference, sorted(ids)),
                        classes=dict(fromSoundAlone=score(rows, alone, ids), withText=score(rows, text, ids)))
    out['otherAligner'] = dict(fromSoundAlone=score(sphinx, alone), withText=score(sphinx, text), thisReference=score(sphinx, {i: cues_of(s) for i, s in reference.items()}))
    out['controls'] = controls(rows, alone)
    out['appAgreesWithThisDecoder'] = agreement(decoded, heard) if heard else None
    print('acted', json.dumps(out))
    return out


def measure_others(out, model, decode, outputs, people, audio):
    """Voices that are known, times against espeak-ng and of GRID's words, other languages, sounds that are not speech."""
    out['acted'] = measure_acted(model, decode)
    for which in CLIP_SOURCES:
        if not (CACHE / f'audio/{which}.npz').exists():
            continue
        r = clips(which)
        o = run(model, r, sounds(which))
        d = {i: decode(*x) for i, x in o.items()}
        out['seenVoices_' + which] = dict(frames=frame_figures(o, d, r, sorted(o)),
                                          classes=score({i: phone_rows(r[i]) for i in o}, {i: cues_of(d[i]) for i in o}))
        if which == 'grid_s1':
            out['rhubarbGrid'] = rhubarb_grid(r, d)
    held = clips('grid_s1')
    words = {r['id']: r['words'] for l in open(DATA / 'align/grid_s1.jsonl') if (r := json.loads(l))['id'] in held}
    grid = hear([dict(id=i, audio=str(DATA / f'face/grid_s1/{i}.opus'), text=' '.join(w[0] for w in words[i])) for i in sorted(words)])
    if grid:
        out['gridWordTimes'] = word_times(grid, words)
    prompts = sorted({people[i]['text'].lower() for i in outputs})
    texts = [str(t) for t in np.random.default_rng(3).choice(prompts, min(ESPEAK_TEXTS, len(prompts)), replace=False)]
    out['timesEspeak'] = dict(fromSoundAlone=measure_espeak.times(model, decode, texts), phonesKnown=measure_espeak.known_times(model, texts))
    out['languages'] = measure_espeak.languages(model, decode)
    out['nonspeech'] = measure_nonspeech.measure(model, decode, {i: audio[i] for i in outputs})


if __name__ == '__main__':
    main()
