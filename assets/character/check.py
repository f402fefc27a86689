"""Measures mien.glb and prints JSON: python3 check.py. Lengths in millimetres. Exit code 1 when a limit is broken.

--livelink <folder> also plays captured Live Link Face CSV files through the face (real data: ../shared/data/face/livelink).
"""
import csv
import json
import os
import sys

import numpy as np
from scipy.spatial import cKDTree

from glb_reader import GlbReader
from names import ARKIT

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = (0.25, 0.5, 0.75, 1.0)
POSES = {
    'rest': {}, 'smile': {'mouthSmileLeft': 1, 'mouthSmileRight': 1}, 'jawOpen': {'jawOpen': 1},
    'smile+jawOpen .7': {'mouthSmileLeft': 1, 'mouthSmileRight': 1, 'jawOpen': 0.7},
    'pucker': {'mouthPucker': 1}, 'funnel+jaw .4': {'mouthFunnel': 1, 'jawOpen': 0.4}, 'pucker+jaw .3': {'mouthPucker': 0.8, 'jawOpen': 0.3},
    'press': {'mouthPressLeft': 1, 'mouthPressRight': 1}, 'roll': {'mouthRollLower': 1, 'mouthRollUpper': 1},
    'mouthLeft': {'mouthLeft': 1}, 'jawLeft': {'jawLeft': 1}, 'frown': {'mouthFrownLeft': 1, 'mouthFrownRight': 1},
    'stretch+jaw .5': {'mouthStretchLeft': 1, 'mouthStretchRight': 1, 'jawOpen': 0.5},
    'sneer+upperUp': {'noseSneerLeft': 1, 'noseSneerRight': 1, 'mouthUpperUpLeft': 1, 'mouthUpperUpRight': 1},
}


def posed(mesh, weights):
    p = mesh['points'].copy()
    for name, w in weights.items():
        if name in mesh['deltas']:
            p += w * mesh['deltas'][name]
    return p


def face_normals(p, tri):
    return np.cross(p[tri[:, 1]] - p[tri[:, 0]], p[tri[:, 2]] - p[tri[:, 0]])


def turned_faces(p, rest, tri):
    """Number of triangles whose normal turned by more than 90 degrees, not counting slivers."""
    a, b = face_normals(p, tri), face_normals(rest, tri)
    real = np.linalg.norm(b, axis=1) > 1e-4
    return int((((a * b).sum(1) < 0) & real).sum())


def lid_clearance(p, lids, tri, centre, radius):
    """Least distance of the lid surface (sampled inside every triangle) from the eyeball, cm; negative pokes through."""
    q = samples(p, tri[np.isin(tri, lids).all(1)])
    least = np.linalg.norm(q - centre, axis=1).min() - radius
    return least


def samples(p, tri):
    """Points spread inside every triangle."""
    a, b, c = (p[tri[:, k]] for k in range(3))
    return np.concatenate([a * (1 - (i + j) / 4) + b * i / 4 + c * j / 4 for i in range(5) for j in range(5 - i)])


def crossings(p_edges, edges, p_tri, tri):
    """How many edges cut through triangles (both closed surfaces posed)."""
    a, b = p_edges[edges[:, 0]], p_edges[edges[:, 1]]
    t0, t1, t2 = (p_tri[tri[:, k]] for k in range(3))
    low, high = np.minimum(np.minimum(t0, t1), t2), np.maximum(np.maximum(t0, t1), t2)
    hits = 0
    for i in range(len(edges)):
        lo, hi = np.minimum(a[i], b[i]), np.maximum(a[i], b[i])
        near = np.flatnonzero(((low <= hi) & (high >= lo)).all(1))
        if len(near) == 0:
            continue
        e1, e2, d = t1[near] - t0[near], t2[near] - t0[near], b[i] - a[i]
        h = np.cross(d, e2)
        det = (e1 * h).sum(1)
        det = np.where(np.abs(det) < 1e-12, 1e-12, det)
        s = a[i] - t0[near]
        u = (s * h).sum(1) / det
        q = np.cross(s, e1)
        v = (q @ d) / det
        t = (e2 * q).sum(1) / det
        hits += int(((u > 0) & (v > 0) & (u + v < 1) & (t > 0) & (t < 1)).any())
    return hits


def live_link(folder, head, teeth, marks, edges, lip_triangles, frames=40):
    """Worst figures over frames of captured Live Link Face CSV files: the combinations that people really make."""
    worst = {'frames': 0, 'teethThroughLips': 0, 'turnedFacesPercent': 0.0, 'leastLidClearance': np.inf}
    for name in sorted(n for n in os.listdir(folder) if n.endswith('.csv')):
        with open(os.path.join(folder, name), newline='', encoding='utf-8-sig') as f:
            rows = list(csv.DictReader(f))
        for i in np.linspace(0, len(rows) - 1, frames).astype(int):
            w = {n: float(rows[i][n[0].upper() + n[1:]] or 0) for n in ARKIT}
            p, t = posed(head, w), posed(teeth, w)
            worst['frames'] += 1
            worst['teethThroughLips'] += crossings(t, edges, p, lip_triangles)
            turned = 100 * turned_faces(p, head['points'], head['triangles']) / len(head['triangles'])
            worst['turnedFacesPercent'] = round(max(worst['turnedFacesPercent'], turned), 2)
            for side in ('left', 'right'):
                centre = np.array(marks['eyes'][side]['eyeballCentreMetres']) * 100
                clear = lid_clearance(p, marks['lidSurface'][side], head['triangles'], centre, marks['eyeballRadiusMetres'] * 100) * 10
                worst['leastLidClearance'] = round(min(worst['leastLidClearance'], clear), 3)
    return worst


def main():
    glb = GlbReader(os.path.join(HERE, 'mien.glb'))
    marks = json.load(open(os.path.join(HERE, 'landmarks.json')))
    meshes = {m['name']: m for m in glb.meshes()}
    head, teeth = meshes['Head'], meshes['Teeth']
    rest, tri, deltas = head['points'], head['triangles'], head['deltas']
    out, bad = {}, []

    def limit(name, ok):
        if not ok:
            bad.append(name)

    limit('names', list(deltas) == ARKIT)
    moves = {n: float(np.linalg.norm(d, axis=1).max() * 10) for n, d in deltas.items()}
    out['leastMoving'] = sorted(((round(v, 2), n) for n, v in moves.items()))[:5]
    limit('moves', min(moves.values()) >= 0.5)

    twin = cKDTree(rest).query(rest * [-1, 1, 1])[1]
    distance = np.linalg.norm(rest[twin] - rest * [-1, 1, 1], axis=1).max()
    error = 0.0
    for name, d in deltas.items():
        other = name.replace('Left', '#').replace('Right', 'Left').replace('#', 'Right')
        error = max(error, np.abs(deltas[other][twin] * [-1, 1, 1] - d)[~np.isin(np.arange(len(rest)), marks['lipSurface'])].max())
    out['mirrorErrorRest'], out['mirrorErrorShapes'] = float(distance * 10), float(error * 10)
    limit('mirror', max(distance, error) * 10 < 0.1)

    pairs = np.array(marks['lips']['allContactPairs'])
    gap = lambda w: float(np.linalg.norm((lambda p: p[pairs[:, 0]] - p[pairs[:, 1]])(posed(head, w)), axis=1).max() * 10)
    out['lipGapRest'] = gap({})
    out['lipGapJawClose'] = {str(w): gap({'jawOpen': w, 'mouthClose': w}) for w in STEPS}
    out['lipGapShapes'] = {n: round(gap({n: 1}), 3) for n in ARKIT if gap({n: 1}) > 0.01}
    limit('lip seal', max(out['lipGapJawClose'].values()) < 0.01)

    out['lidClearance'], out['lidGapClosed'] = {}, {}
    for side in ('left', 'right'):
        e = marks['eyes'][side]
        centre, radius = np.array(e['eyeballCentreMetres']) * 100, marks['eyeballRadiusMetres'] * 100
        S = side.capitalize()
        lids = np.array(marks['lidSurface'][side])
        test = {f'blink {w}': {'eyeBlink' + S: w} for w in (0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1)}
        test.update({n: {n + S: 1} for n in ('eyeWide', 'eyeSquint', 'eyeLookDown', 'eyeLookUp', 'eyeLookIn', 'eyeLookOut')})
        test['blink .5 + squint .5'] = {'eyeBlink' + S: 0.5, 'eyeSquint' + S: 0.5}
        out['lidClearance'][side] = {k: round(lid_clearance(posed(head, w), lids, tri, centre, radius) * 10, 3) for k, w in test.items()}
        closed = posed(head, {'eyeBlink' + S: 1})
        lid_pairs = np.array(e['lidPairs'] + e['innerLidPairs'])
        out['lidGapClosed'][side] = float(np.linalg.norm(closed[lid_pairs[:, 0]] - closed[lid_pairs[:, 1]], axis=1).max() * 10)
        limit('lids ' + side, min(out['lidClearance'][side].values()) >= 0 and out['lidGapClosed'][side] < 0.01)

    visemes = json.load(open(os.path.join(HERE, 'visemes.json')))['visemes']
    edge, front = marks['teethMesh']['upperIncisorEdge'], np.isin(tri, marks['lowerLipFront']).all(1)
    corners = [marks['lips']['cornerLeft'], marks['lips']['cornerRight']]
    out['visemes'] = {}
    for name, w in visemes.items():
        p, t = posed(head, w), posed(teeth, w)
        out['visemes'][name] = {'lipGap': round(gap(w), 2), 'mouthWidth': round(float(np.linalg.norm(p[corners[0]] - p[corners[1]]) * 10), 1),
                                'lowerLipToIncisors': round(float(cKDTree(samples(p, tri[front])).query(t[edge])[0].min() * 10), 2)}
        POSES['viseme ' + name] = w
    v, width = out['visemes'], np.linalg.norm(rest[corners[0]] - rest[corners[1]]) * 10
    limit('visemes', v['PP']['lipGap'] < 0.1 and v['FF']['lowerLipToIncisors'] < 1.0 and v['I']['mouthWidth'] > 1.1 * width
          and v['U']['mouthWidth'] < 0.65 * width and v['aa']['lipGap'] > 12)

    flat = {n: d.ravel() / np.linalg.norm(d) for n, d in deltas.items()}
    out['cosinesOver0.9'] = [[a, b, round(float(flat[a] @ flat[b]), 3)] for i, a in enumerate(ARKIT) for b in ARKIT[i + 1:] if flat[a] @ flat[b] > 0.9]

    lip = np.isin(tri, marks['lipSurface']).all(1)
    edges = np.concatenate([teeth['triangles'][:, [0, 1]], teeth['triangles'][:, [1, 2]], teeth['triangles'][:, [2, 0]]])
    edges = np.unique(np.sort(edges, 1), axis=0)
    out['teethThroughLips'] = {k: crossings(posed(teeth, w), edges, posed(head, w), tri[lip]) for k, w in POSES.items()}
    moved = teeth['points'] + [0, 0, 1.2]  # control: teeth pushed forward must be noticed
    out['teethThroughLipsControl'] = crossings(moved, edges, rest, tri[lip])
    limit('teeth control', out['teethThroughLipsControl'] > 20)
    limit('teeth', sum(out['teethThroughLips'][k] for k in ('rest', 'smile', 'jawOpen')) == 0)

    out['turnedFacesPercent'] = {}
    for name in ARKIT:
        share = 100 * turned_faces(posed(head, {name: 1}), rest, tri) / len(tri)
        if share > 0.05:
            out['turnedFacesPercent'][name] = round(share, 2)
    out['turnedFacesPercentPoses'] = {k: round(100 * turned_faces(posed(head, w), rest, tri) / len(tri), 2) for k, w in POSES.items()}
    single = [n for n in ARKIT if n != 'mouthClose']  # mouthClose alone crosses the lips by design: it is a corrective of jawOpen
    limit('turned faces', max([out['turnedFacesPercent'].get(n, 0) for n in single]) <= 2)
    if '--livelink' in sys.argv:
        out['liveLink'] = live_link(sys.argv[sys.argv.index('--livelink') + 1], head, teeth, marks, edges, tri[lip])
        limit('liveLink', out['liveLink']['teethThroughLips'] == 0 and out['liveLink']['leastLidClearance'] >= 0)
    out['jawOpenLipGap'] = round(gap({'jawOpen': 1}), 1)
    out['vertices'] = {n: len(m['points']) for n, m in meshes.items()}
    out['triangles'] = sum(len(m['triangles']) for m in meshes.values())
    out['bytes'] = os.path.getsize(os.path.join(HERE, 'mien.glb'))
    out['brokenLimits'] = bad
    print(json.dumps(out, indent=1))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
