"""Biharmonic fill of shape deltas: pinned vertices keep their delta, all others follow smoothly (L A^-1 L d = 0)."""
import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from cage import edges_of


class Solver:
    def __init__(self, points, quads):
        n = len(points)
        e = edges_of(quads)
        w = 1 / np.maximum(np.linalg.norm(points[e[:, 0]] - points[e[:, 1]], axis=1), 0.02)
        i, j = np.concatenate([e[:, 0], e[:, 1]]), np.concatenate([e[:, 1], e[:, 0]])
        W = sparse.csr_matrix((np.concatenate([w, w]), (i, j)), (n, n))
        L = sparse.diags(np.asarray(W.sum(1)).ravel()) - W
        area = np.zeros(n)
        a, b, c, d = (points[quads[:, k]] for k in range(4))
        face = np.linalg.norm(np.cross(c - a, d - b), axis=1) / 2
        for k in range(4):
            area += np.bincount(quads[:, k], face / 4, n)
        self.matrix = (L @ sparse.diags(1 / np.maximum(area, 1e-3)) @ L).tocsc()
        self.factors = {}

    def fill(self, pinned, values):
        """pinned (N,) bool, values (N, k) with the pinned rows set; returns the full (N, k) field."""
        key = pinned.tobytes()
        free = np.flatnonzero(~pinned)
        if key not in self.factors:
            self.factors[key] = splu(self.matrix[free][:, free])
        out = np.where(pinned[:, None], values, 0.0)
        rhs = -(self.matrix[free][:, np.flatnonzero(pinned)] @ out[pinned])
        out[free] = self.factors[key].solve(rhs)
        return out
