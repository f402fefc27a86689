"""Training crops. Arrays are made once in memory; a crop is cut and mixed on the fly (and styled, for the codec)."""
import numpy as np

from performance import split
from performance.channels import CHANNELS, MOUTH, UPPER
from performance.conditions import MOUTH_CONDITIONS, jittered, mouth_conditions, swapped, upper_conditions
from performance.fit import MASK
from performance.hold import held_words, kept_frames, left_out
from performance.measure import fitted
from performance.performer import emotion_curves, least_jerk, perform
from performance.store import CACHE, FPS, lines, voice_and_rules

MOUTH_AT = [CHANNELS.index(c) for c in MOUTH]
JAW_CHANNELS = np.array([c in ('jawOpen', 'mouthClose', 'jawForward') for c in MOUTH])
HELD_CHANNELS = np.array([c.startswith(('mouthPress', 'mouthRoll')) for c in MOUTH])     # closures do not grow with style
OPEN, CLOSE = MOUTH.index('jawOpen'), MOUTH.index('mouthClose')


def axis(value, low, high):
    """core/performance/rules/mouthStyle.ts: geometric between the ends, 1 at .5."""
    return low ** (1 - 2 * value) if value < 0.5 else high ** (2 * value - 1)


def style_gain(jaw, lip):
    """[28] what another style makes of each channel (core/performance/neural/styleMouth.ts)."""
    return np.where(JAW_CHANNELS, axis(jaw, .4, 1.6), np.where(HELD_CHANNELS, 1, axis(lip, .45, 1.45)))


def styled(curves, jaw, lip):
    """Curves [28, T] spoken with another style."""
    gain = style_gain(jaw, lip)
    out = np.clip(curves * gain[:, None], 0, 1)
    out[CLOSE] = np.minimum(out[CLOSE], out[OPEN])
    return out


PARTING = np.array([c.startswith(('mouthLowerDown', 'mouthUpperUp', 'mouthFunnel', 'mouthShrug')) for c in MOUTH])
PRESSED = [(MOUTH.index(c), v) for c, v in (('mouthPressLeft', 0.3), ('mouthPressRight', 0.3), ('mouthRollLower', 0.14), ('mouthRollUpper', 0.1))]


def shut(curves, phones):
    """Lips of P B M closed in captured curves: a camera at 25 Hz hardly ever sees the moment they meet."""
    t = np.arange(curves.shape[1]) / FPS
    near = np.zeros(len(t))
    for name, a, b, *_ in phones:
        if name in ('P', 'B', 'M'):
            middle, half = a + 0.45 * (b - a), max(0.02, 0.3 * (b - a))
            near = np.maximum(near, 1 - least_jerk((np.abs(t - middle) - half) / 0.07))
    out = curves.copy()
    out[CLOSE] = np.maximum(out[CLOSE], near * out[OPEN])
    out[PARTING] *= 1 - near
    for k, size in PRESSED:
        out[k] = np.maximum(out[k], size * near ** 2)
    return out


# Share of each kind of line, and of crops in another style. The codec is to know any mouth. What turns speech into mouths learns from one man as he
# spoke, and from a tenth of performed lines: they bring the phones and voices GRID lacks; more of them, animated lines of another rig whose
# phones were only heard, and styles (which the engine applies by itself) cost .03 to .08 of the width's correlation (NOTES.md).
MIXES = {
    'codec': (dict(captured=0.65, animated=0.05, performed=0.30), 0.4),
    'speech': (dict(captured=0.9, performed=0.1), 0.0),
}
SOURCES = {'grid': 'captured', 'facegood': 'animated', 'speech': 'performed'}


class MouthData:
    """Clips of GRID (captured), Facegood (animated) and speech (performed by the rules engine), mixed as MIXES says for `use`, `without` one kind.

    `hold`: words whose lips are hidden, or clips left out (hold.py); performed lines then come from rules fitted without them. `twins`: the rules'
    idea of the mouth as further conditions (twins.OutOfFold). `swap`: [40, 40] what a phone's name may be replaced by in the
    copies. `performed`: folder of curves [28, T] that stand for captured lips on the speech lines."""

    def __init__(self, use='speech', without='', part='train', copies=3, seed=1, hold='', twins=None, swap=None, performed=None, hide=0.8):
        parts = split.read()
        share, self.style = MIXES[use]
        self.clips, self.rows, self.hide = [], MOUTH_CONDITIONS + (8 if twins else 0), hide
        rng = np.random.default_rng(seed)
        chosen, held = set(parts[part]) - left_out(hold), held_words(hold)
        for source, kind in SOURCES.items():
            for clip, row in lines(source).items() if kind in share and kind != without else ():
                if (source == 'grid' and clip not in chosen) or (source == 'facegood' and clip in parts['facegoodTest']):
                    continue
                voice, rules = voice_and_rules(source, row)
                mask = np.repeat((MASK if source == 'grid' else np.ones(28, np.float32))[:, None], row['frames'], 1)
                if source == 'grid' and held:
                    mask = mask * kept_frames(row, held)
                flag = 'captured' if source == 'speech' and performed else kind
                # Jittered boundaries and other names leave the rules' idea as it is: the net should not trust it to the frame.
                idea = twins.shapes(source, row, voice) if twins else None
                conds = []
                for copy in range(copies if part == 'train' else 1):
                    phones, hidden = jittered(row['phones'], rng) if copy else (row['phones'], frozenset())
                    if copy and swap is not None:
                        phones = swapped(phones, rng, swap)
                    conds.append(mouth_conditions(phones, voice, row['frames'], source=flag, dropped=hidden, rules=idea).astype(np.float16))
                target = self.target(source, row, voice, rules, hold, performed)
                self.clips.append((kind, conds, target.astype(np.float32), mask.astype(np.float32)))
        kinds = np.array([c[0] for c in self.clips])
        p = np.zeros(len(kinds))
        for k, v in share.items():
            m = kinds == k
            length = np.array([c[2].shape[1] for c in self.clips])
            if m.any():
                p[m] = v * length[m] / length[m].sum()
        self.p = p / p.sum()

    @staticmethod
    def target(source, row, voice, rules, hold, performed):
        if source != 'speech':
            return shut(fitted(row['id']), row['phones'])
        if performed:
            return shut(np.load(CACHE / performed / f"{row['id']}.npy"), row['phones'])
        if hold:                                    # the rules engine was fitted to the held words too
            from performance import twins
            return twins.constrained(twins.mouth(twins.shapes(twins.twin_of(hold), row, voice)), row['phones'])
        return rules[MOUTH_AT]

    def batch(self, size, frames, rng):
        cond, target, mask = (np.zeros((size, n, frames), np.float32) for n in (self.rows, 28, 28))
        cond[:, 0] = 1
        for b, k in enumerate(rng.choice(len(self.clips), size, p=self.p)):
            _, conds, curves, m = self.clips[k]
            c = conds[rng.integers(len(conds))]
            length = curves.shape[1]
            at = int(rng.integers(0, max(1, length - frames + 1)))
            n = min(frames, length - at)
            jaw = lip = 0.5
            if rng.random() < self.style:
                jaw, lip = rng.random(2)
            cond[b, :, :n], target[b, :, :n], mask[b, :, :n] = c[:, at:at + n], styled(curves[:, at:at + n], jaw, lip), m[:, at:at + n]
            if n < frames:
                cond[b, :, n:] = c[:, length - 1:]
                target[b, :, n:], mask[b, :, n:] = target[b, :, n - 1:n], mask[b, :, n - 1:n]
            # GRID has 51 words: what comes before and after must not become a name of the word.
            for block in (slice(40, 80), slice(80, 120)):
                if rng.random() < self.hide:
                    cond[b, block] = 0
            cond[b, 122:127] = cond[b, 122:127] * rng.normal(1, 0.1, (5, 1)) + rng.normal(0, 0.1, (5, 1))
        return cond, target, mask


class UpperData:
    """Lines with real voices, their upper face drawn by the performer; `copies` drawings a line."""

    def __init__(self, sources=('grid', 'speech', 'acted'), part='train', copies=3, seed=1):
        self.clips = []
        rng = np.random.default_rng(seed if part == 'train' else seed + 1000)
        parts = split.read()
        for source in sources:
            for index, (clip, row) in enumerate(lines(source).items()):
                train = clip in set(parts['train']) if source == 'grid' else index % 12 != 0
                if (part == 'train') != train or (source == 'grid' and part == 'test' and clip not in parts['test']):
                    continue
                if source == 'grid' and part == 'train' and index % 2:
                    continue                      # one man's three seconds weigh less than many voices
                voice, rules = voice_and_rules(source, row)
                jaw, round_ = rules[CHANNELS.index('jawOpen')], rules[CHANNELS.index('mouthPucker')] + rules[CHANNELS.index('mouthFunnel')]
                cond = upper_conditions(row['phones'], voice, row['accents'], jaw, round_, row['frames']).astype(np.float16)
                for _ in range(copies if part == 'train' else 1):
                    e = emotion_curves(rng, row['frames'])
                    self.clips.append((cond, e.astype(np.float16), perform(row['phones'], voice, row['accents'], e, rng).astype(np.float32)))
        length = np.array([c[0].shape[1] for c in self.clips])
        self.p = length / length.sum()

    def batch(self, size, frames, rng):
        cond, emotion, target = np.zeros((size, 11, frames), np.float32), np.zeros((size, 8, frames), np.float32), np.zeros((size, 16, frames), np.float32)
        for b, k in enumerate(rng.choice(len(self.clips), size, p=self.p)):
            c, e, x = self.clips[k]
            at = int(rng.integers(0, max(1, c.shape[1] - frames + 1)))
            n = min(frames, c.shape[1] - at)
            cond[b, :, :n], emotion[b, :, :n], target[b, :, :n] = c[:, at:at + n], e[:, at:at + n], x[:, at:at + n]
            if n < frames:
                emotion[b, :, n:], target[b, :, n:] = emotion[b, :, n - 1:n], target[b, :, n - 1:n]
        return cond, emotion, target


def livelink():
    """Real takes without sound, upper face only: [16, T] at 60 fps each, blinks left out by their channel."""
    from paths import DATA
    takes = []
    for file in sorted((DATA / 'face/livelink').glob('*.csv')):
        text = file.read_text().splitlines()
        names = [n.strip().lower() for n in text[0].split(',')]
        at = [names.index(c.lower()) for c in UPPER]
        rows = np.array([[float(v) for v in np.array(line.split(','))[at]] for line in text[1:] if line.count(',') == len(names) - 1], np.float32)
        takes.append(rows.T)
    return takes
