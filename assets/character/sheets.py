"""Contact sheets of the built persons: python3 sheets.py [--out folder] [--csv line.csv --at 0.5,1.2] [id ...] (needs Pillow; minutes).

--csv adds a talking sheet from a Live Link Face CSV (for example of `mien generate line.wav --out line.csv`): 24 frames evenly, and the mouth at --at.
"""
import csv
import json
import os
import sys

import numpy as np
from PIL import Image, ImageDraw

import raster
from glb_reader import GlbReader
from look import VIEWS, parse, sheet
from names import ARKIT

HERE = os.path.dirname(os.path.abspath(__file__))
COMBOS = [
    'jawOpen .7 mouthSmile 1', 'jawOpen .7 mouthSmile .6 eyeSquint .5 cheekSquint .6', 'mouthPucker 1 jawOpen .3',
    'mouthFunnel 1 jawOpen .4', 'jawOpen .5 mouthClose .5', 'jawOpen 1 mouthClose 1', 'mouthSmile .6 browInnerUp .5',
    'mouthFrown .8 browInnerUp 1', 'browDown 1 eyeSquint .6 mouthPress .7', 'browDown 1 noseSneer 1 mouthUpperUp .7 jawOpen .3',
    'eyeWide 1 browInnerUp .8 browOuterUp .8 jawOpen .5', 'eyeBlink 1', 'eyeBlink .5', 'eyeBlinkLeft 1 mouthSmileLeft .8 cheekSquintLeft .7',
    'eyeLookDown 1', 'eyeLookUp 1', 'eyeLookOutLeft 1 eyeLookInRight 1', 'eyeLookInLeft 1 eyeLookOutRight 1', 'eyeBlink .5 eyeSquint .5',
    'cheekPuff 1 mouthPucker .4', 'mouthStretch 1 jawOpen .4', 'mouthDimple .8 mouthPress .5', 'mouthLeft 1 mouthSmileLeft .4',
    'jawLeft .8 jawOpen .3', 'mouthRollLower 1 mouthRollUpper 1', 'mouthShrugLower 1 mouthShrugUpper .6 browInnerUp .4',
    'mouthUpperUp 1 mouthLowerDown 1 jawOpen .1', 'tongueOut 1 jawOpen .4', 'browOuterUpLeft 1 browDownRight .8 mouthSmileRight .5', 'jawForward .7 mouthFrown .5',
]


def eye_turn(weights, side, degrees):
    """(yaw, pitch) in degrees of one eye from its eyeLook weights; yaw positive toward +x, pitch positive down."""
    g = lambda n: weights.get(n + side, 0)
    out = g('eyeLookOut') * degrees['out'] - g('eyeLookIn') * degrees['in']
    return (out if side == 'Left' else -out), g('eyeLookDown') * degrees['down'] - g('eyeLookUp') * degrees['up']


def turn_matrix(yaw_degrees, pitch_degrees):
    yaw, pitch = np.radians([yaw_degrees, pitch_degrees])
    rx = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    ry = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    return ry @ rx


def picture(meshes, marks, weights, view, size, label=''):
    posed = []
    for m in meshes:
        p = m['points'].copy()
        for n, w in weights.items():
            if n in m['deltas']:
                p += w * m['deltas'][n]
        if m['name'] == 'Eyes':
            for side in ('Left', 'Right'):
                turn = turn_matrix(*eye_turn(weights, side, marks['eyeLookDegrees']))
                centre = np.array(marks['eyes'][side.lower()]['eyeballCentreMetres']) * 100
                mine = (m['points'][:, 0] > 0) == (side == 'Left')
                p[mine] = (p[mine] - centre) @ turn.T + centre
        posed.append({**m, 'points': p - [0, marks['pupilLineMetres'] * 100, 0]})
    image = Image.fromarray(raster.render(posed, VIEWS[view], *size))
    ImageDraw.Draw(image).text((4, 2), label, fill=(255, 255, 255))
    return np.asarray(image)


class Sheets:
    def __init__(self, entry, folder):
        reader = GlbReader(os.path.join(HERE, entry['file']))
        self.meshes = [reader.textured(m['name']) for m in reader.doc['meshes']]
        with open(os.path.join(HERE, entry['landmarks'])) as f:
            self.marks = json.load(f)
        self.prefix = '' if entry['id'] == 'mien' else entry['id'] + '-'
        self.folder = folder

    def shot(self, weights, view, size, label=''):
        return picture(self.meshes, self.marks, weights, view, size, label)

    def save(self, pictures, columns, name):
        kind = 'jpg' if self.folder.endswith('sheets') else 'png'
        sheet(pictures, columns).save(os.path.join(self.folder, f'{self.prefix}{name}.{kind}'), quality=82, optimize=True)

    def turn(self):
        self.save([self.shot({}, v, (300, 360)) for v in ('front', 'three', 'side', 'backthree', 'back', 'below', 'above', 'farleft')], 4, 'turn')
        black = [{**m, 'colors': m['colors'] * 0, 'roughness': np.ones(len(m['points'])), 'texture': None} for m in self.meshes]
        self.save([picture(black, self.marks, {}, v, (300, 360)) for v in ('front', 'three', 'side', 'back')], 4, 'silhouette')

    def shapes(self):
        views = {n: 'eyes' if n.startswith(('eye', 'brow')) else 'face' if n.startswith(('cheek', 'nose', 'jaw')) else 'mouth' for n in ARKIT}
        for amount in (0.5, 1.0):
            weights = lambda n: {n: amount, 'jawOpen': amount} if n == 'mouthClose' else {n: amount}
            self.save([self.shot(weights(n), views[n], (180, 190), n) for n in ARKIT], 9, 'shapes' if amount == 1 else 'shapes-half')

    def combinations(self, combos=None):
        self.save([self.shot(parse(c), 'portrait', (210, 240), c[:34]) for c in combos or COMBOS], 6, 'combinations')

    def visemes(self):
        with open(os.path.join(HERE, 'visemes.json')) as f:
            visemes = json.load(f)['visemes']
        pictures = [np.concatenate([self.shot(w, 'mouth', (190, 180), n), self.shot(w, 'mouthside', (130, 180))], 1) for n, w in visemes.items()]
        self.save(pictures, 5, 'visemes')

    def blink(self):
        steps = (0, 0.25, 0.5, 0.75, 1)
        both = lambda w: {'eyeBlinkLeft': w, 'eyeBlinkRight': w}
        self.save([self.shot(both(w), v, (240, 190), f'blink {w}') for v in ('eyes', 'eyeside') for w in steps], 5, 'blink')

    def talking(self, file, moments):
        with open(file, newline='', encoding='utf-8-sig') as f:
            rows = list(csv.DictReader(f))
        read = lambda i: {n: float(rows[i][n[0].upper() + n[1:]] or 0) for n in ARKIT}
        picked = np.linspace(0, len(rows) - 1, 26).astype(int)[1:-1]
        self.save([self.shot(read(i), 'portrait', (210, 240), f'frame {i}') for i in picked], 8, 'talking')
        if moments:
            frames = [min(len(rows) - 1, round(t * 60)) for t in moments]
            pictures = [np.concatenate([self.shot(read(i), 'mouthfront', (200, 150), f'{i / 60:.2f} s'), self.shot(read(i), 'mouthside', (110, 150))], 1) for i in frames]
            self.save(pictures, 4, 'talking-mouth')


FEW = COMBOS[:8] + COMBOS[9:13] + COMBOS[19:21] + COMBOS[26:29] + COMBOS[14:15]


def main():
    arguments = sys.argv[1:]
    options = {}
    for name in ('--out', '--csv', '--at'):
        if name in arguments:
            at = arguments.index(name)
            options[name] = arguments[at + 1]
            del arguments[at:at + 2]
    folder = options.get('--out', os.path.join(HERE, 'sheets'))
    with open(os.path.join(HERE, 'characters.json')) as f:
        entries = json.load(f)['characters']
    for entry in entries:
        if arguments and entry['id'] not in arguments:
            continue
        s = Sheets(entry, folder)
        s.turn()
        if entry['id'] == 'mien':
            s.shapes()
            s.combinations()
            s.visemes()
        else:
            s.combinations(FEW)
        s.blink()
        if '--csv' in options:
            s.talking(options['--csv'], [float(t) for t in options.get('--at', '').split(',') if t])


if __name__ == '__main__':
    main()
