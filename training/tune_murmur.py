"""Choose how the murmur of a crowd is told from a voice (murmur.py) on the VALIDATION speakers, and write it to models/acoustic.decoder.json.

Of all weights that silence hardly any speech (LOST), those that silence most of a crowd: alone, and before, after and between lines. Prints what
they cost and bring, frame by frame and in classes after the search.
"""
import json

import numpy as np
import onnxruntime

import measure_conditions
from frontend import normalise
from heldout import clips, labels, run, sounds
from measure_nonspeech import beside_lines
from murmur import murmur_frames
from nonspeech import babble
from paths import MODELS
from viterbi import Decoder
from visemes import frame_labels, segment_classes
from vocal_tract import hear

SEED, EVERY, CLIPS, SECONDS = 20261129, 2, 60, 3
SHARES, LEASTS, CHANGES = (.35, .4, .45, .5, .55, .6), (1.2, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9), (35, 45, 60, 75)
# most of the speech (frames with a phone) that may be silenced; a crowd behind the voice hides the voice itself
LOST = dict(clean=.001, quiet=.001, telephone=.003, noise10dB=.004, music10dB=.015, crowd10dB=.015, reverberation=.003, starvedCodec=.003, whispered=.002,
            cartoon=.003, giant=.003, besideLines=.015)
QUIET_DB = -35


def speech_of(reference, frames):
    return labels(reference, frames)[0] > 0


def changed_lines(session, reference, audio):
    """condition -> [(outputs, frames of speech)]"""
    ids = sorted(set(reference) & set(audio))[::EVERY]
    rng = np.random.default_rng(SEED)
    changes = measure_conditions.changes(rng, [audio[i] for i in ids])
    changes['quiet'] = lambda x: changes['clean'](x * 10 ** (QUIET_DB / 20))
    out = {}
    for name, change in changes.items():
        out[name] = []
        for i in ids:
            o = hear(session, normalise(change(audio[i].astype(np.float32) / 32768)).astype(np.float32))
            out[name].append((o, speech_of(reference[i], len(o[0])), reference[i]))
    return out


def crowds(model, reference, audio):
    """place -> [(outputs, frames of speech, frames of crowd)]"""
    ids = sorted(set(reference) & set(audio))[::EVERY]
    rng = np.random.default_rng(SEED)
    pool = [audio[i] for i in ids]
    murmur = lambda rng, m: babble(rng, m, pool, voices=rng.integers(7, 14))
    alone = {str(k): (np.clip(murmur(rng, SECONDS * 16000) * 10 ** (rng.uniform(-40, -18) / 20), -1, 1) * 32767).astype(np.int16) for k in range(CLIPS)}
    out = dict(crowd=[(o, np.zeros(len(o[0]), bool), np.ones(len(o[0]), bool)) for o in run(model, alone, alone).values()])
    beside = list(beside_lines(rng, audio, ids, dict(crowd=murmur), ('Before', 'After'), (3, 16), (.6, 2.5)))
    for name, i, sound, inside in beside:
        o = run(model, [i], {i: sound})[i]
        speech = np.zeros(len(inside), bool)
        first = int(np.flatnonzero(inside)[-1]) + 1 if inside[0] else 0
        n = (len(inside) - first) if inside[0] else int(np.flatnonzero(inside)[0])
        speech[first:first + n] = speech_of(reference[i], n)
        out.setdefault(name, []).append((o, speech, inside))
    return out


def lost(rows, weights):
    silenced = speech = 0
    for o, at, _ in rows:
        silenced, speech = silenced + (murmur_frames(o[0], o[1], weights) & at).sum(), speech + at.sum()
    return silenced / speech


def caught(rows, weights):
    """Share of the frames of a crowd that sound like a phone."""
    silenced = total = 0
    for o, _, inside in rows:
        at = inside & (o[0][:, 0] < np.log(.5))
        silenced, total = silenced + (murmur_frames(o[0], o[1], weights) & at).sum(), total + at.sum()
    return silenced / total


def figures(lines, murmurs, weights):
    return dict({name: lost(rows, weights) for name, rows in lines.items()},
                besideLines=lost([r for name, rows in murmurs.items() if name != 'crowd' for r in rows], weights)), {name: caught(rows, weights) for name, rows in murmurs.items()}


def classes(lines, decode):
    """condition -> share of the frames of speech whose class is right."""
    out = {}
    for name, rows in lines.items():
        hit = total = 0
        for o, at, reference in rows:
            want, got = labels(reference, len(at))[1], frame_labels(segment_classes(decode(*o)), len(at), 0)
            hit, total = hit + (want == got)[at].sum(), total + at.sum()
        out[name] = hit / total
    return out


def moves(murmurs, decode):
    """place -> share of the frames of a crowd in which the mouth moves."""
    out = {}
    for name, rows in murmurs.items():
        moved = sum((frame_labels(decode(*o), len(inside), 0)[inside] > 0).sum() for o, _, inside in rows)
        out[name] = moved / sum(inside.sum() for _, _, inside in rows)
    return out


def main():
    path, model = MODELS / 'acoustic.decoder.json', MODELS / 'acoustic.onnx'
    stats = json.loads(path.read_text())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=['CPUExecutionProvider'])
    reference, audio = clips('validation'), sounds('validation')
    audio = {i: audio[i] for i in reference if i in audio}
    lines, murmurs = changed_lines(session, reference, audio), crowds(model, reference, audio)
    best, worth = None, 0
    for share in SHARES:
        for least in LEASTS:
            for change in CHANGES:
                weights = dict(share=share, least=least, change=change)
                costs, gains = figures(lines, murmurs, weights)
                if all(costs[name] <= most for name, most in LOST.items()) and sum(gains.values()) > worth:
                    best, worth = weights, sum(gains.values())
    if best is None:
        print('every choice silences too much speech: no murmur is looked for')
        stats.pop('murmur', None)
    else:
        costs, gains = figures(lines, murmurs, best)
        rounded = lambda d: {k: round(float(v), 4) for k, v in d.items()}
        print(best, 'speech silenced', rounded(costs), 'crowd silenced', rounded(gains))
        before, after = (Decoder(dict(stats, murmur=w)) for w in (None, best))
        print('classes before', rounded(classes(lines, before)), 'after', rounded(classes(lines, after)))
        print('mouth moves before', rounded(moves(murmurs, before)), 'after', rounded(moves(murmurs, after)))
        stats['murmur'] = best
    path.write_text(json.dumps(stats, separators=(',', ':')) + '\n')


if __name__ == '__main__':
    main()
