"""Poses a face must survive: every shape, the combinations of the sheets, visemes, closures, captured frames."""
import csv
import json
import os

import numpy as np

from look import parse
from names import ARKIT
from sheets import COMBOS

HERE = os.path.dirname(os.path.abspath(__file__))
# The lips are meant to be shut in these: P, B and M under expressions.
PRESS = 'mouthPress .45 mouthRollLower .28 mouthRollUpper .28'
CLOSURES = {
    'PP': PRESS, 'PP + jaw .3': PRESS + ' jawOpen .3 mouthClose .3', 'PP + smile .6': PRESS + ' mouthSmile .6', 'PP + smile 1 + jaw .2':
    PRESS + ' mouthSmile 1 jawOpen .2 mouthClose .2', 'PP + frown .7': PRESS + ' mouthFrown .7', 'PP + stretch .5': PRESS + ' mouthStretch .5',
    'PP + pucker .4': PRESS + ' mouthPucker .4', 'PP + shrug .5': PRESS + ' mouthShrugLower .5 mouthShrugUpper .3', 'PP + left .5': PRESS + ' mouthLeft .5',
    'press 1': 'mouthPress 1', 'roll both': 'mouthRollLower 1 mouthRollUpper 1', 'smile 1': 'mouthSmile 1', 'smile left': 'mouthSmileLeft 1',
    'pucker 1': 'mouthPucker 1', 'puff': 'cheekPuff 1', 'jaw + close .25': 'jawOpen .25 mouthClose .25', 'jaw + close .5': 'jawOpen .5 mouthClose .5',
    'jaw + close 1': 'jawOpen 1 mouthClose 1', 'smile + jaw + close .5': 'mouthSmile .8 jawOpen .5 mouthClose .5',
}
# mouthClose alone drives the lips through each other by its meaning (a corrective of jawOpen), so it is no pose.
ALONE_ON_PURPOSE = {'mouthClose': {'jawOpen': 1, 'mouthClose': 1}}


def visemes():
    with open(os.path.join(HERE, 'visemes.json')) as f:
        return json.load(f)['visemes']


def shapes():
    return {name: ALONE_ON_PURPOSE.get(name, {name: 1.0}) for name in ARKIT}


def corpus(live_link_folder=None, frames=40):
    """{name: {shape: weight}}"""
    poses = {'rest': {}}
    poses.update({'shape ' + n: w for n, w in shapes().items()})
    poses.update({'half ' + n: {k: v / 2 for k, v in w.items()} for n, w in shapes().items()})
    poses.update({'combination ' + c: fade_lids(parse(c)) for c in COMBOS})
    poses.update({'viseme ' + n: w for n, w in visemes().items()})
    poses.update({'closure ' + n: parse(c) for n, c in CLOSURES.items()})
    if live_link_folder:
        poses.update(live_link(live_link_folder, frames))
    return poses


def fade_lids(weights):
    """Squint and look-down give way as the lid closes (README, 'How shapes are meant to be combined')."""
    out = dict(weights)
    for side in ('Left', 'Right'):
        room = 1 - out.get('eyeBlink' + side, 0)
        for name in ('eyeSquint', 'eyeLookDown'):
            if name + side in out:
                out[name + side] *= room
    return out


def live_link(folder, frames):
    """Evenly picked frames of captured Live Link Face CSV files: the combinations that people really make."""
    poses = {}
    for name in sorted(n for n in os.listdir(folder) if n.endswith('.csv')):
        with open(os.path.join(folder, name), newline='', encoding='utf-8-sig') as f:
            rows = list(csv.DictReader(f))
        for i in np.linspace(0, len(rows) - 1, frames).astype(int):
            weights = {n: float(rows[i][n[0].upper() + n[1:]] or 0) for n in ARKIT}
            poses[f'captured {name[:-4]} {i}'] = fade_lids({n: w for n, w in weights.items() if w > 0})
    return poses
