"""Synthetic speech with phone times: festival's American voices kal, ked (diphones) and slt (HTS); all may be used freely, with notice.

The phones come from texts.py, invented words included: each word enters festival as one of its own lexicon, so the answer does not
hang on festival's letter rules. Needs Debian's festival, festvox-kallpc16k, festvox-kdlpc16k, festvox-us-slt-hts.
Writes <cache>/audio/synth_festival.npz, .align.jsonl. espeak-ng stays out: its times are the test (times_espeak.py).
"""
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import scipy.signal
import soundfile

from paths import CACHE
from synth_kokoro import prompts
from texts import bare, texts
from visemes import PHONE_INDEX, VOWELS

VOICES = ('kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts')
CLIPS = 1200
RENAME = dict(AX='AH', PAU='SIL', AXR='ER', EM='M', EN='N', EL='L', H='SIL', BREATH='SIL', SSIL='SIL', NX='N', DX='T', HV='HH')


def syllables(phones):
    """festival's ((phones) stress) list: a vowel with the consonant before it; what is left goes to the last one."""
    out, part = [], []
    for p in phones:
        part.append('ax' if p == 'AH0' else bare(p).lower())
        if bare(p) in VOWELS:
            out.append((part, int(p[-1] == '1')))
            part = []
    if part and out:
        out[-1][0].extend(part)
    return ' '.join(f'(({" ".join(p)}) {s})' for p, s in out)


def script(jobs, folder):
    lines, now = [], None
    for k, voice, stretch, words in jobs:
        if voice != now:
            lines.append(f'(voice_{voice})')
            now = voice
        names = []
        for n, (_, phones) in enumerate(words):
            name = 'qz' + ''.join(chr(97 + int(c)) for c in str(k)) + 'x' + ''.join(chr(97 + int(c)) for c in str(n))
            lines.append(f'(lex.add.entry (quote ("{name}" nil ({syllables(phones)}))))')
            names.append(name)
        lines += [f"(Parameter.set 'Duration_Stretch {stretch})", f'(set! u (Utterance Text "{" ".join(names)}."))', '(utt.synth u)',
                  f'(utt.save.wave u "{folder}/{k}.wav" \'riff)', f'(utt.save.segs u "{folder}/{k}.seg")']
    return '\n'.join(lines) + '\n'


def read(folder, k):
    wav, seg = folder / f'{k}.wav', folder / f'{k}.seg'
    if not (wav.exists() and seg.exists()):
        return None
    x, rate = soundfile.read(wav, dtype='float32')
    if rate != 16000:
        x = scipy.signal.resample_poly(x, 16000 // np.gcd(16000, rate), rate // np.gcd(16000, rate))
    phones, at = [], 0.0
    for line in seg.read_text().splitlines():
        part = line.split()
        if len(part) != 3 or part[0] == 'separator':
            continue
        end, name = float(part[0]), RENAME.get(part[2].upper(), part[2].upper())
        if name not in PHONE_INDEX:
            raise SystemExit(f'festival phone {name!r} is not known')
        phones.append([name, round(at, 4), round(end, 4)])
        at = end
    # festival's stated end and the sound must agree, or the times are not to be trusted
    return ((np.clip(x, -1, 1) * 32767).astype(np.int16), phones) if phones and abs(at - len(x) / 16000) < .06 else None


def main():
    lines = texts(23, CLIPS, prompts())
    jobs = sorted(((k, VOICES[k % 3], (.8, .95, 1.0, 1.1, 1.3)[k % 5], w) for k, w in enumerate(lines)), key=lambda j: j[1])
    sounds, ids, rows = [], [], []
    with tempfile.TemporaryDirectory() as d:
        for a in range(0, len(jobs), 60):
            (Path(d) / 'do.scm').write_text(script(jobs[a:a + 60], d))
            subprocess.run(['festival', '-b', f'{d}/do.scm'], capture_output=True)
        for k, voice, _, _ in jobs:
            made = read(Path(d), k)
            if made:
                ids.append(f'festival_{voice}_{k}')
                sounds.append(made[0])
                rows.append(dict(id=ids[-1], phones=made[1]))
    np.savez(CACHE / 'audio/synth_festival.npz', samples=np.concatenate(sounds), ids=np.array(ids),
             offsets=np.cumsum([0] + [len(s) for s in sounds]))
    (CACHE / 'audio/synth_festival.align.jsonl').write_text(''.join(json.dumps(r) + '\n' for r in rows))
    print(len(ids), 'of', len(jobs), 'clips', round(sum(map(len, sounds)) / 16000 / 3600, 2), 'h')


if __name__ == '__main__':
    main()
