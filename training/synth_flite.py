"""Synthetic speech with exact phone times: three of flite's built-in voices (CMU, permissive licence) read texts made here.

Texts: prompts of the TRAINING speakers of speechocean762, and random strings of words of its lexicon (for phone sequences
the prompts lack). flite prints each segment's end time (-psdur). Writes <cache>/audio/synth_flite.npz and .align.jsonl.
"""
import json
import subprocess
import wave
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from features import held_out
from paths import CACHE, DATA
from visemes import PHONE_INDEX

VOICES = ('slt', 'rms', 'awb')      # clustergen voices; the diphone voice kal16 is left out: its printed times drift from its sound
CLIPS = 1800
RENAME = dict(AX='AH', PAU='SIL', AXR='ER', EM='M', EN='N', EL='L')


def texts():
    rng = np.random.default_rng(7)
    test, validation, _ = held_out()
    prompts = sorted({json.loads(l)['text'].lower() for l in open(DATA / 'speech/speechocean762/manifest.jsonl')
                      if json.loads(l)['speaker'] not in test | validation})
    words = sorted({l.split('\t')[0].split()[0].lower() for l in open(DATA / 'speech/speechocean762/lexicon.txt')})
    words = [w for w in words if w.replace("'", '').isalpha()]
    for k in range(CLIPS):
        if k % 5 < 2:
            yield prompts[rng.integers(len(prompts))] + rng.choice(['.', '?', '!'])
        else:
            n = rng.integers(4, 11)
            out = [words[rng.integers(len(words))] for _ in range(n)]
            if rng.random() < .4:
                out[rng.integers(n - 1)] += ','
            yield ' '.join(out) + '.'


def speak(job):
    k, text = job
    voice = VOICES[k % len(VOICES)]
    stretch = [0.8, 0.9, 1.0, 1.1, 1.25][k % 5]
    path = CACHE / 'audio' / f'flite_{k}.wav'
    done = subprocess.run(['flite', '-voice', voice, '--setf', f'duration_stretch={stretch}', '-psdur', '-t', text,
                           '-o', str(path)], capture_output=True, text=True)
    with wave.open(str(path)) as w:
        assert w.getframerate() == 16000 and w.getnchannels() == 1
        sound = np.frombuffer(w.readframes(w.getnframes()), np.int16)
    path.unlink()
    phones, at, length = [], 0.0, len(sound) / 16000
    for item in done.stdout.split():
        name, _, end = item.rpartition(':')
        name, end = name.upper(), float(end)
        name = RENAME.get(name, name)
        if name not in PHONE_INDEX:
            raise SystemExit(f'flite phone {name!r} is not known')
        if end > at:
            phones.append([name, round(at, 4), round(end, 4)])
        at = end
    # flite's stated end and the sound must agree, or the times are not to be trusted
    return (sound, phones) if phones and abs(at - length) < 0.06 else None


def main():
    jobs = list(enumerate(texts()))
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(speak, jobs))
    keep = [(k, m) for k, m in enumerate(made) if m]
    ids = [f'flite_{VOICES[k % len(VOICES)]}_{k}' for k, _ in keep]
    np.savez(CACHE / 'audio' / 'synth_flite.npz', samples=np.concatenate([m[0] for _, m in keep]), ids=np.array(ids),
             offsets=np.cumsum([0] + [len(m[0]) for _, m in keep]))
    with open(CACHE / 'audio' / 'synth_flite.align.jsonl', 'w') as f:
        for i, (_, m) in zip(ids, keep):
            f.write(json.dumps(dict(id=i, phones=m[1])) + '\n')
    print(len(keep), 'of', len(jobs), 'clips', round(sum(len(m[0]) for _, m in keep) / 16000 / 3600, 2), 'h')


if __name__ == '__main__':
    main()
