"""Vertex indices on the Head mesh that checks, training and the rules engine need."""
import numpy as np

import rings
from implicit import EYE, EYE_RADIUS


def landmarks(face, model, identity, metres):
    """model: the person's parts, head and teeth first; metres(points in cm) gives the GLB's coordinates."""
    m = face.mouth_index
    p = face.points  # vertices are picked on the base head, so that every person has the same indices
    shaped = model[0]['points']
    teeth_points = model[1]['base']
    contact = []
    for side, k in [(-1, 13), (-1, 10), (-1, 7), (-1, 3), (1, 0), (1, 3), (1, 7), (1, 10), (1, 13)]:
        contact.append([m(side, 5, k), m(side, 5, 32 - k)])
    five = [contact[i] for i in (1, 3, 4, 5, 7)]
    outer = [[m(side, 3, k), m(side, 3, 32 - k)] for side, k in [(-1, 7), (1, 0), (1, 7)]]
    eyes = {}
    for side, name in ((1, 'left'), (-1, 'right')):
        e = lambda ring, t, s=side: face.eye_index(s, ring, t)
        eyes[name] = {
            'upperLidMid': e(5, 12), 'lowerLidMid': e(5, 36), 'outerCorner': e(5, 0), 'innerCorner': e(5, 24),
            'lidPairs': [[e(5, t), e(5, 48 - t)] for t in (4, 8, 12, 16, 20)],
            'innerLidPairs': [[e(6, t), e(6, 48 - t)] for t in (4, 8, 12, 16, 20)],
            'upperMargin': [e(5, t) for t in range(0, 25)], 'lowerMargin': [e(5, (48 - t) % 48) for t in range(0, 25)],
            'eyeballCentreMetres': metres(identity.eye_centre() * [side, 1, 1]).round(6).tolist(),
        }

    def nearest(x, y, z, mask=None):
        d = np.linalg.norm(p - [x, y, z], axis=1)
        if mask is not None:
            d = np.where(mask, d, 1e9)
        return int(np.argmin(d))

    skin = (face.er < 2) & (face.r < 0)
    brows = {}
    for side, name in ((1, 'left'), (-1, 'right')):
        pick = [nearest(x, y, 8, skin & (p[:, 2] > 3)) for x, y in [(1.35, 2.15), (3.1, 2.75), (4.9, 2.3)]]
        pick = pick if side > 0 else [int(face.mirror[i]) for i in pick]
        brows[name] = {'inner': pick[0], 'mid': pick[1], 'outer': pick[2]}
    centre = face.centre & (p[:, 2] > 4)
    chin = int(np.flatnonzero(centre & (face.r < 0) & (p[:, 1] < -7.6) & (p[:, 1] > -9.2))[
        np.argmax(p[centre & (face.r < 0) & (p[:, 1] < -7.6) & (p[:, 1] > -9.2)][:, 2])])
    tip_mask = centre & (p[:, 1] < -2) & (p[:, 1] > -4.5)
    tip = int(np.flatnonzero(tip_mask)[np.argmax(p[tip_mask][:, 2])])
    left, right = m(1, 5, 16), m(-1, 5, 16)
    return {
        'mesh': 'Head', 'units': 'metres', 'note': 'indices of the Head mesh vertices; pairs are [upper, lower]',
        'lips': {
            'upperContactMid': m(1, 5, 0), 'lowerContactMid': m(1, 5, 32), 'cornerLeft': left, 'cornerRight': right,
            'contactPairs': five, 'allContactPairs': contact, 'vermilionPairs': outer,
            'upperBorderMid': m(1, 3, 0), 'lowerBorderMid': m(1, 3, 32),
            'upperContact': [m(-1, 5, k) for k in range(16, 0, -1)] + [m(1, 5, k) for k in range(0, 17)],
            'lowerContact': [m(-1, 5, 32 - k) for k in range(16, 0, -1)] + [m(1, 5, 32 - k) for k in range(0, 17)],
        },
        'lowerLipFront': np.flatnonzero((face.r >= 3.5) & (face.r <= 6.5) & ~face.upper & (face.ax < 0.9)).tolist(),
        'lipSurface': np.flatnonzero((face.r >= 2.5) & (face.r <= 6)).tolist(),
        'upperLipSurface': np.flatnonzero((face.r >= 2.5) & (face.r <= 6) & (face.upper | (face.u == 1))).tolist(),
        'lowerLipSurface': np.flatnonzero((face.r >= 2.5) & (face.r <= 6) & (~face.upper | (face.u == 1))).tolist(),
        **{name: {side: np.flatnonzero((face.er >= 3) & (face.er <= 6) & rows & (face.left == (side == 'left'))).tolist() for side in ('left', 'right')}
           for name, rows in (('upperLidSurface', (face.et >= 0) & (face.et <= 24)), ('lowerLidSurface', (face.et >= 24) | (face.et == 0)))},
        'lidSurface': {name: np.flatnonzero((face.er >= 3) & (face.er <= 6) & (face.left == (name == 'left'))).tolist()
                       for name in ('left', 'right')},
        'eyes': eyes, 'brows': brows, 'chin': chin, 'noseTip': tip,
        'teethMesh': {'upperIncisorEdge': np.flatnonzero((np.abs(teeth_points[:, 0]) < 0.8) & (np.abs(teeth_points[:, 1] + 6.51) < 0.07) & (teeth_points[:, 2] > 7.3)).tolist()},
        'restMouthWidthMetres': round(float(np.linalg.norm(shaped[left] - shaped[right])) / 100, 6),
        'eyeLookDegrees': {'in': 30, 'out': 30, 'up': 20, 'down': 25},
        'pupilLineMetres': round(float(metres(identity.eye_centre())[1]), 6),
        'eyeballRadiusMetres': round(EYE_RADIUS * identity.eye_scale / 100, 6),
        'interpupillaryMetres': round(2 * float(identity.eye_centre()[0]) / 100, 6),
    }
