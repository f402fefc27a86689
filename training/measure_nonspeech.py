"""Does the mouth stay shut while nobody speaks? Sounds made here (seeds apart from training), alone and inside lines of unseen speakers.

`moves` is the share of frames that the decoder gives a phone to, `voice` that of frames the voice output calls speech.
"""
import numpy as np

from frontend import HOP
from heldout import run
from nonspeech import babble, breath, coloured_noise, music, unit
from visemes import frame_labels

CLIPS, SECONDS, SEED = 40, 3, 20261125


def shares(outputs, decode, inside=None):
    moves = voice = total = 0
    for i, (p, v, c) in outputs.items():
        at = inside[i] if inside else np.ones(len(p), bool)
        moves += (frame_labels(decode(p, v, c), len(p), 0)[at] > 0).sum()
        voice += (v[at] > .5).sum()
        total += at.sum()
    return dict(moves=round(float(moves / total), 4), voice=round(float(voice / total), 4), seconds=round(int(total) / 100, 1))


def breaths(rng, n):
    x = coloured_noise(rng, n) * .02
    for _ in range(3):
        m = int(rng.uniform(.3, .9) * 16000)
        at = rng.integers(0, n - m)
        x[at:at + m] += breath(rng, m)
    return unit(x)


def beside_lines(rng, lines, ids, makers, places=('Before',), quieter_db=(6, 20), seconds=(.4, 1.0)):
    """(name of the sound and its place, id, sound int16, frames that are it alone) with the line before or after it, or lines on both sides."""
    for k, i in enumerate(ids):
        level = np.sqrt(np.percentile((lines[i] / 32768.0) ** 2, 90))
        for name, maker in makers.items():
            for place in places:
                m = int(rng.uniform(*seconds) * 100) * HOP
                y = maker(rng, m) * level * 10 ** (-rng.uniform(*quieter_db) / 20)
                y = (np.clip(y, -1, 1) * 32767).astype(np.int16)
                voice, other = (whole_frames(lines[j]) for j in (i, ids[(k + len(ids) // 2) % len(ids)]))
                sound = np.concatenate(dict(Before=[y, lines[i]], After=[voice, y], Between=[voice, y, other])[place])
                start = 0 if place == 'Before' else len(voice) // HOP
                inside = np.zeros(len(sound) // HOP + 1, bool)
                inside[start:start + m // HOP] = True
                yield name + place + ('Lines' if place == 'Between' else 'Line'), i, sound, inside


def whole_frames(x):
    return x[:len(x) // HOP * HOP]


def measure(model, decode, lines):
    """lines: {id: int16 sound of an unseen speaker}, also the crowd's voices."""
    rng = np.random.default_rng(SEED)
    pool = [lines[i] for i in sorted(lines)]
    n = SECONDS * 16000
    make = dict(noise=lambda: coloured_noise(rng, n), music=lambda: music(rng, n), crowd=lambda: babble(rng, n, pool, voices=10),
                breaths=lambda: breaths(rng, n), digitalSilence=lambda: np.zeros(n, np.float32))
    out = {}
    for name, sound in make.items():
        audio = {str(k): (np.clip(sound() * 10 ** (rng.uniform(-40, -18) / 20), -1, 1) * 32767).astype(np.int16) for k in range(CLIPS)}
        out[name] = shares(run(model, audio, audio), decode)
    ids = sorted(lines)[:: max(1, len(lines) // CLIPS)][:CLIPS]
    murmur = dict(crowd=lambda rng, m: babble(rng, m, pool, voices=10))
    beside = [*beside_lines(rng, lines, ids, dict(breath=breath, music=music, noise=coloured_noise)),
              *beside_lines(rng, lines, ids, murmur, ('Before', 'After', 'Between'), (3, 16), (1.0, 3.0))]
    for name in dict.fromkeys(b[0] for b in beside):
        audio, inside = {i: sound for n, i, sound, _ in beside if n == name}, {i: at for n, i, _, at in beside if n == name}
        out[name] = shares(run(model, audio, audio), decode, inside)
    return out
