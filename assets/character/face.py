"""The rest face and what the shape modules need to know of it: tags, masks, solver, left/right splitting."""
import numpy as np

import cage
import rings
from solver import Solver


def smoothstep(a, b, x):
    v = np.clip((x - a) / (b - a), 0, 1)
    return v * v * (3 - 2 * v)


class Face:
    """Full head mesh in cm. Arrays are per vertex: r/u/upper of the mouth, eye ring er and parameter et (-1 outside)."""

    def __init__(self):
        half = cage.build_half()
        self.points, self.quads, self.mirror, tags = cage.mirror(half)
        self.er = np.where(tags['eye_ring'] >= 0, tags['eye_ring'] / 2, -1.0)
        self.et = tags['eye_t']
        self.r = np.where(tags['mouth_ring'] >= 0, tags['mouth_ring'] / 2, -1.0)
        self.k = tags['mouth_k']
        self.u = np.where(self.r < 0, 0, np.where(self.k <= 16, self.k, 32 - self.k)) / 16.0
        self.upper = self.k <= 16
        self.S = np.cos(self.u * np.pi / 2)
        self.left = tags['left']
        self.nostril = tags['nostril']
        self.centre = tags['centre']
        self.solver = Solver(self.points, self.quads)
        self.count = len(self.points)
        self.side = np.where(self.centre, 0.0, np.where(self.left, 1.0, -1.0))
        self.ax = np.abs(self.points[:, 0])

    def flip(self, delta):
        """The mirror image of a delta field."""
        return delta[self.mirror] * [-1, 1, 1]

    def split(self, symmetric, width=0.9):
        """Left and right halves of a symmetric field; they sum to it exactly."""
        mask = smoothstep(-width, width, self.points[:, 0])[:, None]
        left = symmetric * mask
        return left, self.flip(left)

    def mouth_index(self, side, ring, k):
        """Vertex index of a mouth ring point; side +1 left, -1 right."""
        hit = (np.abs(self.r - ring) < 0.01) & (self.k == k) & self.left
        index = int(np.flatnonzero(hit)[0])
        return index if side > 0 else int(self.mirror[index])

    def eye_index(self, side, ring, t):
        hit = (np.abs(self.er - ring) < 0.01) & (self.et == t % rings.EYE_POINTS) & self.left
        index = int(np.flatnonzero(hit)[0])
        return index if side > 0 else int(self.mirror[index])

    def solve(self, pins):
        """pins: list of (mask, delta (N, 3) or 3-vector), later ones win; symmetric pins give a symmetric field."""
        pinned = np.zeros(self.count, bool)
        values = np.zeros((self.count, 3))
        for mask, value in pins:
            pinned |= mask
            values[mask] = np.broadcast_to(value, (self.count, 3))[mask]
        field = self.solver.fill(pinned, values)
        return field

    def symmetric(self, pins):
        field = self.solve(pins)
        field = (field + self.flip(field)) / 2
        field[self.centre, 0] = 0
        return field
