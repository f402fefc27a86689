"""Measures every person's GLB and prints JSON: python3 check.py [id ...] [--livelink <folder>]. Lengths in millimetres.

Exit code 1 when a limit is broken. --livelink also plays captured Live Link Face CSV files through the faces.
"""
import json
import os
import sys

import numpy as np
from scipy.spatial import cKDTree

import check_corpus
import check_shapes
import check_topology
import uv
from check_surfaces import Eyeball, Surface, samples, turned_faces
from glb_reader import GlbReader
from names import ARKIT
from sheets import eye_turn, turn_matrix

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = (0.25, 0.5, 0.75, 1.0)
BLINK_STEPS = (0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1)


class Person:
    def __init__(self, entry):
        self.file = os.path.join(HERE, entry['file'])
        self.meshes = {m['name']: m for m in GlbReader(self.file).meshes()}
        with open(os.path.join(HERE, entry['landmarks'])) as f:
            self.marks = json.load(f)
        self.head, self.teeth = self.meshes['Head'], self.meshes['Teeth']
        lips = self.marks['lips']
        self.contact = np.stack([lips['upperContact'], lips['lowerContact']], 1)
        self.out, self.broken = {}, []
        self.upper_lip = Surface(self.head, self.marks['upperLipSurface'])
        self.lower_lip = Surface(self.head, self.marks['lowerLipSurface'])
        self.lips = Surface(self.head, self.marks['lipSurface'])
        self.teeth_surface = Surface(self.teeth)
        self.lids, self.eyeballs = {}, {}
        for side in ('left', 'right'):
            upper, lower = self.marks['upperLidSurface'][side], self.marks['lowerLidSurface'][side]
            ball = self.meshes['Eyes']['points']
            centre = np.array(self.marks['eyes'][side]['eyeballCentreMetres']) * 100
            self.eyeballs[side] = Eyeball(ball[(ball[:, 0] > 0) == (side == 'left')], centre)
            self.lids[side] = (Surface(self.head, upper), Surface(self.head, lower))

    def limit(self, name, ok):
        if not ok:
            self.broken.append(name)

    def posed(self, weights, names=('Head', 'Teeth', 'Tongue')):
        result = {}
        for name in names:
            mesh = self.meshes[name]
            p = mesh['points'].copy()
            for shape, w in weights.items():
                if shape in mesh['deltas']:
                    p += w * mesh['deltas'][shape]
            result[name] = p
        return result

    def gap(self, weights, head=None):
        p = self.posed(weights, ('Head',))['Head'] if head is None else head
        return float(np.linalg.norm(p[self.contact[:, 0]] - p[self.contact[:, 1]], axis=1).max() * 10)

    def clearance(self, head, side, weights):
        """mm between the lids and the eye, turned as the weights ask."""
        turn = turn_matrix(*eye_turn(weights, side.capitalize(), self.marks['eyeLookDegrees']))
        return self.eyeballs[side].clearance(head, self.marks['lidSurface'][side], self.head['triangles'], turn) * 10


def topology(person):
    meshes = person.meshes.values()
    quads = sum(m['quadCount'] for m in meshes)
    faces = sum(len(m['triangles']) - m['quadCount'] for m in meshes)
    for m in meshes:
        check_topology.quads_of(m)
    out = person.out
    out['quadPercent'] = round(100 * quads / faces, 2)
    out['vertices'] = {m['name']: len(m['points']) for m in meshes}
    out['verticesTotal'] = sum(out['vertices'].values())
    out['triangles'] = sum(len(m['triangles']) for m in meshes)
    out['bytes'] = os.path.getsize(person.file)
    out['loops'] = check_topology.loop_report(person.head, person.marks)
    person.limit('quads', out['quadPercent'] >= 98)
    person.limit('vertices', 8000 <= out['verticesTotal'] <= 15000)
    person.limit('loops', all(out['loops'][k]['loops'] >= 5 and out['loops'][k]['highestValence'] < 6 for k in ('lips', 'leftEye', 'rightEye')))


def map_of_the_head(person):
    """Texture coordinates: triangles that are folded, and how far the map stretches the visible skin one way more than the other."""
    head = person.head
    fold = uv.folded(head['uv'], head['triangles'])
    person.out['foldedInTheMap'] = int(fold.sum())
    person.out['mapStretch'] = uv.stretch(head['uv'], head['points'], head['triangles'])
    person.limit('folds in the map', not fold.any())


def tongue(person):
    """tongueOut on its way, jaw shut and open: where the tongue cuts teeth or the upper lip, and where it presses into the lower."""
    out, surface = {}, Surface(person.meshes['Tongue'])
    for jaw in (0, 0.12, 0.2, 0.4, 0.6):
        for w in np.arange(1, 11) / 10:
            posed = person.posed({'tongueOut': w, 'jawOpen': jaw})
            cuts = surface.crossings(person.teeth_surface, posed) + surface.crossings(person.upper_lip, posed)
            out[f'{w} jaw {jaw}'] = (cuts, surface.crossings(person.lower_lip, posed))
    person.out['tongueCuts'] = {k: c for k, (c, _) in out.items() if c}
    person.out['tongueInLowerLip'] = {k: c for k, (_, c) in out.items() if c}
    person.limit('tongue through teeth', not person.out['tongueCuts'])


def sealing(person):
    out = person.out
    out['lipGapRest'] = person.gap({})
    out['lipGapJawClose'] = {str(w): person.gap({'jawOpen': w, 'mouthClose': w}) for w in STEPS}
    out['lipGapClosures'] = {n: round(person.gap(check_corpus.parse(c)), 3) for n, c in check_corpus.CLOSURES.items()}
    out['lipGapShapes'] = {n: round(person.gap({n: 1}), 2) for n in ARKIT if person.gap({n: 1}) > 0.01}
    person.limit('jawOpen + mouthClose', max(out['lipGapJawClose'].values()) < 0.01)
    person.limit('lips at closures', max(out['lipGapClosures'].values()) <= 0.5)
    out['lidClearance'], out['lidGapClosed'] = {}, {}
    for side in ('left', 'right'):
        S = side.capitalize()
        test = {f'blink {w}': {'eyeBlink' + S: w} for w in BLINK_STEPS}
        test.update({n: {n + S: 1} for n in ('eyeWide', 'eyeSquint', 'eyeLookDown', 'eyeLookUp', 'eyeLookIn', 'eyeLookOut')})
        test['blink .5 + squint .5'] = {'eyeBlink' + S: 0.5, 'eyeSquint' + S: 0.5}
        test['blink .5 + lookDown .5'] = {'eyeBlink' + S: 0.5, 'eyeLookDown' + S: 0.5}
        heads = {k: person.posed(w, ('Head',))['Head'] for k, w in test.items()}
        out['lidClearance'][side] = {k: round(person.clearance(p, side, test[k]), 3) for k, p in heads.items()}
        marks = person.marks['eyes'][side]
        pairs, closed = np.array(marks['lidPairs'] + marks['innerLidPairs']), heads['blink 1']
        out['lidGapClosed'][side] = float(np.linalg.norm(closed[pairs[:, 0]] - closed[pairs[:, 1]], axis=1).max() * 10)
        person.limit('lids ' + side, min(out['lidClearance'][side].values()) >= 0 and out['lidGapClosed'][side] < 0.01)


def visemes(person):
    head, marks = person.head, person.marks
    rest, tri = head['points'], head['triangles']
    edge, front = marks['teethMesh']['upperIncisorEdge'], np.isin(tri, marks['lowerLipFront']).all(1)
    left, right = marks['lips']['cornerLeft'], marks['lips']['cornerRight']
    v = person.out['visemes'] = {}
    for name, w in check_corpus.visemes().items():
        posed = person.posed(w)
        p, t = posed['Head'], posed['Teeth']
        v[name] = {'lipGap': round(person.gap(w, p), 2), 'mouthWidth': round(float(np.linalg.norm(p[left] - p[right]) * 10), 1),
                   'lowerLipToIncisors': round(float(cKDTree(samples(p, tri[front])).query(t[edge])[0].min() * 10), 2)}
    width = np.linalg.norm(rest[left] - rest[right]) * 10
    person.limit('visemes', v['PP']['lipGap'] < 0.5 and v['FF']['lowerLipToIncisors'] < 1.0 and v['I']['mouthWidth'] > 1.1 * width
                 and v['U']['mouthWidth'] < 0.65 * width and v['aa']['lipGap'] > 0.25 * width)


def surfaces(person, poses):
    """Crossings and turned faces over the whole corpus."""
    rest, tri = person.head['points'], person.head['triangles']
    found = {'lipThroughLip': {}, 'teethThroughLips': {}, 'lidThroughLid': {}, 'tongueThroughTeeth': {}}
    turned, clear = {}, {}
    tongue = Surface(person.meshes['Tongue'])
    at_rest = person.posed({})
    lips_rest, tongue_rest = person.upper_lip.crossings(person.lower_lip, at_rest), tongue.crossings(person.teeth_surface, at_rest)
    for name, weights in poses.items():
        posed = person.posed(weights)
        found['lipThroughLip'][name] = person.upper_lip.crossings(person.lower_lip, posed) - lips_rest
        found['teethThroughLips'][name] = person.teeth_surface.crossings(person.lips, posed)
        found['lidThroughLid'][name] = sum(u.crossings(l, posed) for u, l in person.lids.values())
        found['tongueThroughTeeth'][name] = tongue.crossings(person.teeth_surface, posed) - tongue_rest
        turned[name] = round(100 * turned_faces(posed['Head'], rest, tri) / len(tri), 2)
        clear[name] = round(min(person.clearance(posed['Head'], s, weights) for s in ('left', 'right')), 3)
    out = person.out
    out['corpus'] = len(poses)
    out['turnedFacesPercentMost'] = sorted(((v, k) for k, v in turned.items()), reverse=True)[:5]
    out['lidClearanceLeast'] = sorted((v, k) for k, v in clear.items())[:3]
    for kind, counts in found.items():
        out[kind] = dict(sorted(((k, n) for k, n in counts.items() if n > 0), key=lambda e: -e[1])[:12])
        out[kind + 'Poses'] = sum(n > 0 for n in counts.values())
    person.limit('turned faces', max(turned.values()) <= 2)
    person.limit('lids over the eyeball', min(clear.values()) >= 0)
    for kind in found:
        person.limit(kind, out[kind + 'Poses'] == 0)
    pushed = {**at_rest, 'Teeth': at_rest['Teeth'] + [0, 0, 1.2]}  # controls: the tests must notice what is wrong
    bitten = {**at_rest, 'Head': person.posed({'mouthClose': 0.4}, ('Head',))['Head']}
    out['controls'] = {'teethPushedForward': person.teeth_surface.crossings(person.lips, pushed),
                       'mouthCloseAlone': person.upper_lip.crossings(person.lower_lip, bitten)}
    person.limit('controls', min(out['controls'].values()) > 5)


def measure(entry, poses):
    person = Person(entry)
    topology(person)
    map_of_the_head(person)
    tongue(person)
    check_shapes.shapes(person)
    sealing(person)
    visemes(person)
    surfaces(person, poses)
    person.out['brokenLimits'] = person.broken
    return person.out


def main():
    arguments = sys.argv[1:]
    folder = None
    if '--livelink' in arguments:
        at = arguments.index('--livelink')
        folder = arguments[at + 1]
        del arguments[at:at + 2]
    with open(os.path.join(HERE, 'characters.json')) as f:
        entries = json.load(f)['characters']
    poses = check_corpus.corpus(folder)
    results = {e['id']: measure(e, poses) for e in entries if not arguments or e['id'] in arguments}
    print(json.dumps(results, indent=1))
    return 1 if any(r['brokenLimits'] for r in results.values()) else 0


if __name__ == '__main__':
    sys.exit(main())
