"""The default character as a linear map: what each channel does to the lip and chin points a face tracker sees.

Lengths are in rest mouth widths, x to the character's left, y up. Points: 20 outer and 20 inner lip points in the order of
MediaPipe (right corner, below to the left corner, above back), then the chin.
"""
import json
import sys

import numpy as np

from paths import ROOT
from performance.channels import MOUTH

sys.path.insert(0, str(ROOT / 'assets' / 'character'))
from glb_reader import GlbReader  # noqa: E402


def _ring(start_left, start_right, upper):
    """Vertices of one half (upper or lower) of a lip ring from the right corner to the left one."""
    left = list(range(start_left, start_left + 33))         # upper middle, round the left corner, lower middle
    right = list(range(start_right, start_right + 31))      # beside the upper middle, round the right corner, beside the lower
    if upper:
        return right[:16][::-1] + left[:17]
    return right[15:] + left[16:][::-1]


class Character:
    def __init__(self, name=''):
        """`name`: '' for the default face, or 'elder', 'child'."""
        tail = f'-{name}' if name else ''
        marks = json.loads((ROOT / f'assets/character/landmarks{tail}.json').read_text())
        mesh = GlbReader(ROOT / f'assets/character/mien{tail}.glb').mesh(marks['mesh'])
        self.width = marks['restMouthWidthMetres'] * 100
        self.points = mesh['points'] / self.width
        self.deltas = {n: mesh['deltas'].get(n, np.zeros_like(mesh['points'])) / self.width for n in MOUTH + ['tongueOut']}
        lips = marks['lips']
        contact, border = (lips['upperContactMid'], 6555), (lips['upperBorderMid'], 6555 - 4 * 31)
        assert _ring(*contact, True)[0] == lips['cornerRight'] and _ring(*contact, True)[-1] == lips['cornerLeft']
        assert lips['lowerContactMid'] in _ring(*contact, False) and lips['lowerBorderMid'] in _ring(*border, False)
        self.rings = {('inner', up): _ring(*contact, up) for up in (True, False)}
        self.rings |= {('outer', up): _ring(*border, up) for up in (True, False)}
        self.chin = marks['chin']
        self.middle = (lips['upperContactMid'], lips['lowerContactMid'])
        self.corners = (lips['cornerRight'], lips['cornerLeft'])
        self.pairs = lips['contactPairs']

    def row(self, vertex, axis, channels=MOUTH):
        return np.array([self.deltas[c][vertex, axis] for c in channels])

    def _along(self, ring, share):
        """Deltas [28, 2] of the place at `share` of the ring's width from the right corner."""
        x = self.points[ring, 0]
        at = np.clip(share, 0, 1) * (x[-1] - x[0]) + x[0]
        i = int(np.clip(np.searchsorted(x, at) - 1, 0, len(ring) - 2))
        f = float(np.clip((at - x[i]) / max(1e-6, x[i + 1] - x[i]), 0, 1))
        cols = []
        for c in MOUTH:
            d = self.deltas[c]
            cols.append(d[ring[i], :2] * (1 - f) + d[ring[i + 1], :2] * f)
        return np.array(cols)

    def jacobian(self, shares):
        """[41, 2, 28] from the 40 places' shares of the mouth's width at rest (outer 20, inner 20), chin last."""
        rows = []
        for k in range(40):
            kind = 'outer' if k < 20 else 'inner'
            rows.append(self._along(self.rings[kind, k % 20 > 10], shares[k]).T)
        rows.append(np.array([self.deltas[c][self.chin, :2] for c in MOUTH]).T)
        return np.array(rows)

    def aperture_width(self, curves):
        """Lip gap at the middle (never below 0) and width against rest, of curves [..., 28]."""
        up, low = self.middle
        rest = self.points[up, 1] - self.points[low, 1]
        gap = rest + curves @ (self.row(up, 1) - self.row(low, 1))
        right, left = self.corners
        return np.maximum(0, gap), curves @ (self.row(left, 0) - self.row(right, 0))

    def gaps(self, curves):
        """Largest lip gap over the five contact pairs."""
        g = [self.points[u, 1] - self.points[v, 1] + curves @ (self.row(u, 1) - self.row(v, 1)) for u, v in self.pairs]
        return np.maximum(0, np.max(g, axis=0))
