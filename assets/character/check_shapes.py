"""The 52 shapes one by one: do they move, where, are they mirrored, are any two the same."""
import numpy as np
from scipy.spatial import cKDTree

from names import ARKIT

# Pairs that may point the same way by their meaning.
ALIKE = {('jawOpen', 'mouthClose')}


def _regions(person):
    """Vertex masks on the head, sized by the person's own landmarks."""
    p, marks = person.head['points'], person.marks
    eye = {s: np.array(marks['eyes'][s]['eyeballCentreMetres']) * 100 for s in ('left', 'right')}
    radius = marks['eyeballRadiusMetres'] * 100
    left, right = p[marks['lips']['cornerLeft']], p[marks['lips']['cornerRight']]
    mouth, width = (left + right) / 2, np.linalg.norm(left - right)
    tip, chin = p[marks['noseTip']], p[marks['chin']]
    lids = {s: np.linalg.norm(p - c, axis=1) < 2.0 * radius for s, c in eye.items()}
    cheek = {'left': (p[:, 0] > 0.25 * width) & (p[:, 1] < eye['left'][1]) & (p[:, 1] > chin[1])}
    cheek['right'] = (p[:, 0] < -0.25 * width) & (p[:, 1] < eye['left'][1]) & (p[:, 1] > chin[1])
    brow = (p[:, 1] > eye['left'][1] + 0.35 * radius) & (p[:, 2] > eye['left'][2] - 2.0 * radius)
    q = (p - mouth) / [1.05 * width, 1.0 * width, 1.3 * width]
    lips = (np.linalg.norm(q, axis=1) < 1) & (p[:, 1] < tip[1] + 0.1 * width)
    nose = (np.abs(p[:, 0]) < 0.75 * width) & (p[:, 1] < eye['left'][1] + radius) & (p[:, 1] > mouth[1] - 0.2 * width)
    jaw = (p[:, 1] < tip[1]) & (p[:, 1] > chin[1] - 1.2 * width)
    return lids, cheek, brow, lips, nose, jaw


def region_of(name, regions):
    lids, cheek, brow, lips, nose, jaw = regions
    side = 'left' if name.endswith('Left') else 'right'
    if name.startswith('eye'):
        return lids[side]
    if name.startswith('brow'):
        return brow
    if name.startswith('nose'):
        return nose
    if name.startswith('cheekSquint'):
        return cheek[side] | lids[side]
    if name == 'cheekPuff':
        return cheek['left'] | cheek['right'] | lips
    if name.startswith('mouthSmile'):
        return lips | cheek[side]
    if name.startswith('jaw') or name in ('tongueOut', 'mouthClose'):
        return jaw | lips
    return lips


def shapes(person):
    head, out = person.head, person.out
    rest, deltas, marks = head['points'], head['deltas'], person.marks
    person.limit('names', list(deltas) == ARKIT)
    moves = {n: float(np.linalg.norm(d, axis=1).max() * 10) for n, d in deltas.items()}
    out['leastMoving'] = sorted((round(v, 2), n) for n, v in moves.items())[:5]
    person.limit('moves', min(moves.values()) >= 0.5)

    twin = cKDTree(rest).query(rest * [-1, 1, 1])[1]
    distance = np.linalg.norm(rest[twin] - rest * [-1, 1, 1], axis=1).max()
    error, lip = 0.0, np.isin(np.arange(len(rest)), marks['lipSurface'])
    for name, d in deltas.items():
        other = name.replace('Left', '#').replace('Right', 'Left').replace('#', 'Right')
        error = max(error, np.abs(deltas[other][twin] * [-1, 1, 1] - d)[~lip].max())
    out['mirrorErrorRest'], out['mirrorErrorShapes'] = float(distance * 10), float(error * 10)
    person.limit('mirror', max(distance, error) * 10 < 0.1)

    regions = _regions(person)
    shares = {}
    for name, d in deltas.items():
        amount = (d * d).sum(1)  # energy: a large motion counts for more than a faint one
        shares[name] = round(100 * float(amount[region_of(name, regions)].sum() / amount.sum()), 1)
    out['motionInRegionPercentLeast'] = sorted((v, n) for n, v in shares.items())[:8]
    person.limit('regions', min(shares.values()) > 80)

    flat = {}
    for name in ARKIT:
        whole = np.concatenate([m['deltas'].get(name, np.zeros_like(m['points'])).ravel() for m in person.meshes.values()])
        flat[name] = whole / np.linalg.norm(whole)
    pairs = [(a, b, round(float(flat[a] @ flat[b]), 3)) for i, a in enumerate(ARKIT) for b in ARKIT[i + 1:]]
    out['cosinesMost'] = sorted(pairs, key=lambda e: -e[2])[:6]
    person.limit('cosines', all(c < 0.9 or (a, b) in ALIKE for a, b, c in pairs))

    teeth = person.teeth
    lower = np.linalg.norm(teeth['deltas']['jawOpen'], axis=1) > 0.1
    chin = float(np.linalg.norm(deltas['jawOpen'][marks['chin']]))
    tongue_tip = int(person.meshes['Tongue']['points'][:, 2].argmax())
    front = lower & (teeth['points'][:, 2] > teeth['points'][lower, 2].max() - 0.5)
    out['followsTheJaw'] = {'lowerIncisors': round(float(np.linalg.norm(teeth['deltas']['jawOpen'][front], axis=1).mean()) / chin, 2),
                            'tongueTip': round(float(np.linalg.norm(person.meshes['Tongue']['deltas']['jawOpen'][tongue_tip])) / chin, 2)}
    person.limit('teeth and tongue follow', all(0.6 < v < 1.2 for v in out['followsTheJaw'].values()))
