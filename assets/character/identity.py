"""Identity: a smooth left-right symmetric map of space that turns the base head into a particular person.

Points go through the map itself, shape deltas through its Jacobian at the rest point. So everything that coincides at rest (the two
lips on the contact line) gets the same Jacobian, and what sealed exactly in the base head seals exactly on every face made from it.
Round the eyes the map is a similarity (uniform scale and shift): eyeballs stay spheres and lids keep sliding over them.
"""
import numpy as np

from face import smoothstep
from implicit import EYE

EYE_CORE_CM, EYE_FADE_CM = 2.45, 5.4  # base distances from the eye's centre: pure similarity inside, none outside
MIDDLE_CM = EYE[0] - EYE_CORE_CM  # the two eyes' maps blend within this distance of the middle plane


def bump(p, centre, radii, sharp=0.0):
    """1 at the centre, 0 outside the ellipsoid, smooth; sharp 0..1 widens the flat top."""
    d = np.linalg.norm((p - np.asarray(centre, float)) / np.asarray(radii, float), axis=1)
    return 1 - smoothstep(sharp, 1, d)


def _both(centre):
    c = np.asarray(centre, float)
    return [c] if abs(c[0]) < 1e-9 else [c, c * [-1, 1, 1]]


class Identity:
    """operations: list of tuples, applied in order
    ('scale', centre, radii, factors)   scales about the centre, fading out to the ellipsoid's rim; off-centre ones act on both sides
    ('move', centre, radii, shift)      shifts; x is outward
    ('remap', axis, [(from, to), ...])  stretches an axis piecewise linearly with rounded joints ('y' or 'z')
    eye: (scale, shift) of the similarity of the left eye.
    """

    def __init__(self, operations=(), eye=(1.0, (0, 0, 0))):
        self.operations = operations
        self.eye_scale, self.eye_shift = eye[0], np.asarray(eye[1], float)

    def eye_centre(self):
        return EYE + self.eye_shift

    def map(self, points):
        p = np.array(points, float)
        for kind, *arguments in self.operations:
            p = getattr(self, '_' + kind)(p, *arguments)
        out = p.copy()
        for side in (1, -1):
            mirror = np.array([side, 1, 1])
            centre = EYE * mirror
            d = np.linalg.norm(points - centre, axis=1)
            blend = ((1 - smoothstep(EYE_CORE_CM, EYE_FADE_CM, d)) * smoothstep(-MIDDLE_CM, MIDDLE_CM, side * points[:, 0]))[:, None]
            similar = (points - centre) * self.eye_scale + centre + self.eye_shift * mirror
            out += blend * (similar - p)
        return out

    def jacobian(self, points, h=1e-4):
        """(N, 3, 3): column j is the derivative along axis j."""
        columns = []
        for axis in range(3):
            e = np.zeros(3)
            e[axis] = h
            columns.append((self.map(points + e) - self.map(points - e)) / (2 * h))
        return np.stack(columns, 2)

    def apply(self, part):
        """The part of this person; deltas of points that coincide stay equal."""
        base = part['points']
        jacobian = self.jacobian(base)
        deltas = {name: np.einsum('nij,nj->ni', jacobian, d) for name, d in part['deltas'].items()}
        return {**part, 'points': self.map(base), 'deltas': deltas}

    @staticmethod
    def _scale(p, centre, radii, factors, sharp=0.0):
        shift = np.zeros_like(p)
        for c in _both(centre):
            shift += bump(p, c, radii, sharp)[:, None] * (np.asarray(factors, float) - 1) * (p - c)
        return p + shift

    @staticmethod
    def _move(p, centre, radii, shift, sharp=0.0):
        out = p.copy()
        for c in _both(centre):
            mirror = np.array([np.sign(c[0]) or 1.0, 1, 1])
            out += bump(p, c, radii, sharp)[:, None] * np.asarray(shift, float) * mirror
        return out

    @staticmethod
    def _remap(p, axis, knots):
        """Piecewise linear with each joint rounded over half a centimetre or a third of the shorter neighbour."""
        column = 'xyz'.index(axis)
        x = np.array([k[0] for k in knots], float)
        y = np.array([k[1] for k in knots], float)
        v = p[:, column]
        slopes = np.diff(y) / np.diff(x)
        out = y[0] + slopes[0] * (v - x[0])
        for i in range(1, len(slopes)):
            width = min(1.5, (x[i] - x[i - 1]) / 2, (x[i + 1] - x[i]) / 2)
            out = out + (slopes[i] - slopes[i - 1]) * _soft_ramp(v - x[i], width)
        p = p.copy()
        p[:, column] = out
        return p


def _soft_ramp(v, width):
    """max(v, 0) with its corner rounded over +-width."""
    return np.where(v <= -width, 0, np.where(v >= width, v, (v + width) ** 2 / (4 * width)))
