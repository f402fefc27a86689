"""Contact sheets of the committed mien.glb into sheets/: python3 sheets.py (needs Pillow; about two minutes)."""
import json
import os

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


def picture(meshes, marks, weights, view, size, label=''):
    posed = []
    for m in meshes:
        p = m['points'].copy()
        for n, w in weights.items():
            if n in m['deltas']:
                p += w * m['deltas'][n]
        if m['name'] == 'Eyes':
            for side in ('Left', 'Right'):
                yaw, pitch = np.radians(eye_turn(weights, side, marks['eyeLookDegrees']))
                centre = np.array(marks['eyes'][side.lower()]['eyeballCentreMetres']) * 100
                mine = (m['points'][:, 0] > 0) == (side == 'Left')
                rx = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
                ry = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
                p[mine] = (p[mine] - centre) @ (ry @ rx).T + centre
        posed.append({'points': p - [0, marks['pupilLineMetres'] * 100, 0], 'triangles': m['triangles'], 'colors': m['colors'], 'roughness': m['roughness']})
    image = Image.fromarray(raster.render(posed, VIEWS[view], *size))
    ImageDraw.Draw(image).text((4, 2), label, fill=(255, 255, 255))
    return np.asarray(image)


def save(pictures, columns, name):
    sheet(pictures, columns).save(os.path.join(HERE, 'sheets', name), quality=82, optimize=True)


def main():
    meshes = GlbReader(os.path.join(HERE, 'mien.glb')).meshes()
    marks = json.load(open(os.path.join(HERE, 'landmarks.json')))
    visemes = json.load(open(os.path.join(HERE, 'visemes.json')))['visemes']
    shot = lambda w, view, size, label='': picture(meshes, marks, w, view, size, label)
    save([shot({}, v, (330, 400)) for v in ('front', 'three', 'side', 'below')], 4, 'turn.jpg')
    views = {}
    for n in ARKIT:
        views[n] = 'eyes' if n.startswith('eye') or n.startswith('brow') else 'face' if n.startswith(('cheek', 'nose', 'jaw')) else 'mouth'
    save([shot({n: 1.0}, views[n], (190, 200), n) for n in ARKIT], 9, 'shapes.jpg')
    save([shot(parse(c), 'portrait', (210, 230), c[:34]) for c in COMBOS], 6, 'combinations.jpg')
    pictures = []
    for n, w in visemes.items():
        pictures.append(np.concatenate([shot(w, 'mouth', (190, 180), n), shot(w, 'mouthside', (130, 180))], 1))
    save(pictures, 5, 'visemes.jpg')
    save([shot({'eyeBlinkLeft': w, 'eyeBlinkRight': w}, v, (220, 180), f'blink {w}') for v in ('eyes', 'eyeside') for w in (0, .25, .5, .75, 1)], 5, 'blink.jpg')


if __name__ == '__main__':
    main()
