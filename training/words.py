"""Words a recogniser wrote (transcribe.py), and their phone times in the sound."""
import json
import re

import numpy as np
import onnxruntime

from align import align_words
from frontend import log_mel, normalise
from paths import CACHE, MODELS
from texts import ways
from visemes import PHONES

NUMBERS = {'1': 'one', '2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six', '7': 'seven', '8': 'eight', '9': 'nine', '10': 'ten',
           '12': 'twelve', '16': 'sixteen', '20': 'twenty'}
# ways to say them besides the dictionary's
SAID = dict(mocha=['M AA K AH'], americano=['AH M EH R IH K AA N AH'], espresso=['IH S P R EH S OW'], iced=['AY S'], of=['AH'], nah=['N AE'],
            yeah=['Y EH AH'], have=['HH AH V', 'AE V', 'AH V'], **{'and': ['AH N', 'AE N', 'N']})


def tokens(text):
    """Lower-case words without marks; small numbers spelled. A recogniser may write a short line twice: said once."""
    words = [NUMBERS.get(w, w) for w in (m.strip("'") for m in re.findall(r"[a-z']+|\d+", text.lower().replace('\u2019', "'"))) if w]
    half = len(words) // 2
    return words[:half] if half > 2 and words[:half] == words[half:] else words


def transcripts(source):
    """{recogniser: {id: words}}"""
    return {path.name.split('.')[1]: {r['id']: tokens(r['text']) for r in map(json.loads, open(path))}
            for path in sorted((CACHE / 'texts').glob(f'{source}.*.jsonl'))}


def listener(model=MODELS / 'acoustic.onnx'):
    """-> function: int16 samples -> log-probabilities of the phones [T, 40]."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=['CPUExecutionProvider'])
    return lambda sound: session.run(['phones'], {'mel': normalise(log_mel(sound.astype(np.float32) / 32768)).astype(np.float32)[None]})[0][0]


def best_text(logp, options):
    """-> (words, segments, mean log-probability of a speech frame, of the worst word) of the text that fits the sound best; None when none is
    of known words and short enough."""
    found = []
    for words in options:
        if words and all(w in ways() for w in words) and (a := align_words(logp, [ways()[w] + [p.split() for p in SAID.get(w, [])] for w in words])):
            segments, total, fits = a
            speech = np.concatenate([logp[s:e, p] for p, s, e in segments if p])
            found.append((total, words, segments, float(speech.mean()), min(fits)))
    return max(found, key=lambda f: f[0])[1:] if found else None


def row(i, best):
    words, segments, fit, _ = best
    return dict(id=i, words=' '.join(words), score=round(fit, 3), phones=[[PHONES[p], round(s * .01, 2), round(e * .01, 2)] for p, s, e in segments])


def keep(source, sounds, rows):
    """Write <cache>/audio/SOURCE.npz and .align.jsonl, as features.py reads them."""
    np.savez(CACHE / f'audio/{source}.npz', samples=np.concatenate(sounds), ids=np.array([r['id'] for r in rows]),
             offsets=np.cumsum([0] + [len(s) for s in sounds]))
    (CACHE / f'audio/{source}.align.jsonl').write_text(''.join(json.dumps(r) + '\n' for r in rows))
    print(len(rows), 'clips,', round(sum(map(len, sounds)) / 16000 / 3600, 3), 'h; fit', np.percentile([r['score'] for r in rows], [5, 25, 50, 75, 95]).round(2))
