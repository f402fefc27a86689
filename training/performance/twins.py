"""Rules fitted without the words they are asked about: the rules' idea of a mouth that a net may look at while it trains.

Rules fitted to the very words that a net trains on look better there than on other words, and a net that sees them trusts them too
much. So each word's curves come from a twin (rules_twin.py) fitted on clips in which that word's part (hold.py) is hidden, as in
stacked generalisation (Wolpert 1992). Arrays [8, frames] in the order of conditions.RULES_ROWS, at 60 Hz, before closures.
"""
import json

import numpy as np
import scipy.ndimage
import torch

from performance import split
from performance.channels import MOUTH
from performance.fit import VIDEO_FPS
from performance.hold import held_words, kept_frames, left_out
from performance.rules_twin import NAMES, SETTINGS, SHAPES, Twin, envelope, fit, gate, gather, gestures
from performance.store import CACHE, FPS, lines

SMOOTH_FRAMES = 0.012 * FPS          # core/performance/rules/mouthSettings.ts, smoothSeconds
INNER = 6
STEPS, INNER_STEPS = 600, 250
PARTING = np.array([c.startswith(('mouthLowerDown', 'mouthUpperUp', 'mouthFunnel', 'mouthShrug')) for c in MOUTH])
AT = {c: k for k, c in enumerate(MOUTH)}
_DATA = {}


def twin_of(*holds):
    """The twin fitted on training clips with the words (or the clips, hold.py) of all these parts hidden; kept in the cache."""
    holds = tuple(sorted({h for h in holds if h}))
    file = CACHE / 'twins' / ('-'.join(h.replace('/', 'of') for h in holds) + '.pt' if holds else 'all.pt')
    twin = Twin()
    if file.exists():
        twin.load_state_dict(torch.load(file, weights_only=True))
        return twin.eval()
    out = frozenset().union(*map(left_out, holds))
    if out not in _DATA:
        rows = {k: r for k, r in lines('grid').items() if k in set(split.read()['train']) - out}
        _DATA[out] = rows, gather(rows)
    rows, data = _DATA[out]
    held = frozenset().union(*map(held_words, holds)) if holds else frozenset()
    frames = data['speech'].shape[1]
    mask = data['speech'] & torch.from_numpy(np.stack([kept_frames(r, held, VIDEO_FPS, frames) for r in rows.values()])).bool()
    twin = fit(data, mask=mask, steps=STEPS if len(holds) < 2 else INNER_STEPS)
    file.parent.mkdir(exist_ok=True)
    torch.save(twin.state_dict(), file)
    return twin.eval()


def seen_by_twin(row, voice):
    """What a twin needs of a line: gestures, times, gate."""
    t = np.arange(row['frames']) / FPS
    one = lambda x: torch.tensor(np.asarray(x), dtype=torch.float32)
    return one(gestures(row, voice))[None], one(t), one(gate(row['phones'], t))[None]


@torch.no_grad()
def shapes(twin, row, voice, seen=None):
    """[8, frames] of one line."""
    curves = twin.curves(*(seen or seen_by_twin(row, voice)))[0].numpy()
    smooth = scipy.ndimage.gaussian_filter1d(curves, SMOOTH_FRAMES, axis=0, mode='nearest').T.clip(0, 1)
    smooth[7] *= smooth[0]                       # mouthClose: the lips' approach times the jaw
    return smooth.astype(np.float32)


def mouth(shape):
    """Curves [28, frames] of shapes, before closures."""
    out = np.zeros((len(MOUTH), shape.shape[1]), np.float32)
    for name, curve in zip(SHAPES[:7], shape):
        for c in (name, name + 'Left', name + 'Right'):
            if c in AT:
                out[AT[c]] = curve
    out[AT['mouthClose']] = shape[7]
    return out


def constrained(curves, phones):
    """core/performance/constraints/lipClosures.ts at full strength: teeth on the lip for F V, then lips shut for P B M."""
    out, t = curves.copy(), np.arange(curves.shape[1]) / FPS
    teeth, shut = envelope(phones, {'F', 'V'}, t), envelope(phones, {'P', 'B', 'M'}, t)
    close, jaw = AT['mouthClose'], out[AT['jawOpen']]
    raised = lambda c, v: np.maximum(out[AT[c]], v, out=out[AT[c]])
    raised('mouthClose', teeth * .7 * jaw)
    for c, share in (('mouthLowerDownLeft', 1), ('mouthLowerDownRight', 1), ('mouthFunnel', .7)):
        out[AT[c]] *= 1 - share * teeth
    for c, v in (('mouthRollLower', .85), ('mouthShrugLower', .18), ('mouthUpperUpLeft', .34), ('mouthUpperUpRight', .34)):
        raised(c, v * teeth)
    raised('mouthClose', shut * jaw)
    out[PARTING] *= 1 - shut
    for c, v in (('mouthPressLeft', .3), ('mouthPressRight', .3), ('mouthRollLower', .14), ('mouthRollUpper', .1)):
        raised(c, v * shut ** 2)
    out[close] = np.minimum(out[close], jaw)
    return out


def engine_state():
    """Parameters of a twin with the engine's own tables (`npx tsx training/performance/rulesTables.ts`): what the fit became by rounding
    and by eye. What those tables do not hold stays as fitted."""
    tables = json.loads((CACHE / 'rules_tables.json').read_text())
    state = {k: v.clone() for k, v in twin_of().state_dict().items()}
    for k, name in enumerate(NAMES):
        state['shape'][k] = torch.tensor(tables['shapes'][name])
        state['dominance'][k] = torch.tensor(tables['dominance'][name]).clamp(min=1e-3).log()
    for k, name in enumerate(SETTINGS):
        if name in tables['settings']:
            state['settings'][k] = float(np.log(tables['settings'][name]))
    state['lead'] = torch.tensor(tables['leads'])
    return state


def as_in_engine(twin):
    """The same twin, moved by what rounding and the eye changed in the engine's tables: left-out words look as the engine's words do."""
    engine, fitted, out = engine_state(), twin_of().state_dict(), Twin()
    out.load_state_dict({k: v + engine[k] - fitted[k] for k, v in twin.state_dict().items()})
    return out.eval()


class OutOfFold:
    """Shapes of lines for a net that is trained with `hold`: inside a word from the twin that never saw its part, elsewhere (and for
    lines that nothing was fitted to) from the twin that saw all the net may see. Kept in the cache."""

    def __init__(self, hold=''):
        moved = (lambda twin: twin) if hold else as_in_engine            # without a hold the net is for the engine
        self.folder = CACHE / 'twin_shapes' / (hold.replace('/', 'of') or 'engine')
        self.all = moved(twin_of(hold))
        self.parts = [(held_words(f'{k}/{INNER}'), moved(twin_of(hold, f'{k}/{INNER}'))) for k in range(INNER)]

    def shapes(self, source, row, voice):
        file = self.folder / source / f"{row['id']}.npy"
        if file.exists():
            return np.load(file).astype(np.float32)
        seen = seen_by_twin(row, voice)
        out = shapes(self.all, row, voice, seen)
        for held, twin in self.parts if source == 'grid' else ():
            if held & {w for w, *_ in row['words']}:
                inside = scipy.ndimage.gaussian_filter1d(1 - kept_frames(row, held), 2.0)
                out = out * (1 - inside) + shapes(twin, row, voice, seen) * inside
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, out.astype(np.float16))
        return out


if __name__ == '__main__':
    for k in range(INNER):
        twin_of(f'{k}/{INNER}')
    twin_of()
