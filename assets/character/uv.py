"""Texture coordinates of the head: unrolled like a cylinder, open at the back, left and right each on its own half, ears beside it.

Lips, lids, nostrils and ears turn inward, where a cylinder would lay one skin over another: there rings are laid inside each other,
and what is still folded is relaxed (Tutte 1963: a planar mesh whose points are means of their neighbours does not fold).
"""
import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import spsolve

from check_surfaces import edges_of_triangles
from face import smoothstep

HALF_WIDTH = 0.44  # of the map each side takes; the margins hold the ears
TOP_CM, TALL_CM = 14.5, 35.0
CROWN_CM = 4.0  # above this height v follows the arc to the crown instead of the height
CROWN_CENTRE, CROWN_RADIUS_CM = np.array([0.0, 4.0, -2.0]), 8.0
LIP_OPENING_CM = 0.28  # half the hole that the inside of the mouth is laid into
# share of the ring at the rim, by ring: lids from the margin inward, mouth from the contact line inward
LID_SHARE = {5.0: 1.0, 5.5: 0.93, 6.0: 0.84, 6.5: 0.66, 7.0: 0.45}
MOUTH_SHARE = {5.0: 1.0, 5.5: 0.93, 6.0: 0.84, 6.5: 0.70, 7.0: 0.52, 7.5: 0.32, 8.0: 0.12}
FLOOR_CENTRE, FLOOR_SIZE = np.array([0.03, 0.93]), 0.005
EAR_CENTRE, EAR_SIZE = (0.03, 0.78), (0.026, 0.105)  # of the right ear; the left one stands at 1 - x
CROWN_V = 0.15  # above this the middle line stays as it is laid
RIM = 0.02  # what the neck's cut edge takes below the neck
ROUNDS = 40


def outside(points):
    """(u, v) of points on the outer skin of the base head; points at x = 0 behind the axis lie on the left edge of the back."""
    half = 1 - (1 - np.abs(np.arctan2(points[:, 0], points[:, 2] + 2.0)) / np.pi) ** 1.7  # more room for the front
    q = points - CROWN_CENTRE
    arc = CROWN_RADIUS_CM * np.arctan2(q[:, 1], np.hypot(q[:, 0], q[:, 2]))
    height = np.where(q[:, 1] > 0, CROWN_CM + 0.62 * arc, points[:, 1])
    # under the chin the skin runs back, not down
    under = smoothstep(-8.3, -9.6, points[:, 1]) * np.maximum(np.cos(np.arctan2(points[:, 0], points[:, 2] + 2.0)), 0)
    height = height - 0.5 * under * np.maximum(8.5 - points[:, 2], 0)
    side = np.where(points[:, 0] < 0, -1.0, 1.0)
    return np.stack([0.5 + side * HALF_WIDTH * half, (TOP_CM - height) / TALL_CM], 1)


def mirrored(u):
    """0 at the middle of the face .. 1 at the seam behind, for coordinates of either side."""
    return np.abs(u - 0.5) / HALF_WIDTH


def _rings_inside(uv, face):
    """Lays lids and the inside of the mouth into their own openings."""
    sag = np.clip((face.r - 2) / 3, 0, 1) * LIP_OPENING_CM / TALL_CM * face.S
    lips = face.r >= 2
    uv[lips, 1] += (np.where(face.upper, -1, 1) * sag)[lips]
    for side in (1, -1):
        rim = np.array([face.mouth_index(side, 5, k) for k in range(33)])
        upper, lower = uv[rim[:17]], uv[rim[:15:-1]]
        middle = (upper + lower) / 2  # from the centre to the corner
        for ring, share in MOUTH_SHARE.items():
            if ring > 5:
                x = 0.5 + (middle[:, 0] - 0.5) * (0.8 + 0.2 * share)
                line = np.stack([x, np.interp(np.abs(x - 0.5), np.abs(middle[:, 0] - 0.5), middle[:, 1])], 1)
                for row, k in ((upper, range(17)), (lower, range(32, 15, -1))):
                    uv[[face.mouth_index(side, ring, i) for i in k]] = line + (row - middle) * share
        rim = np.array([face.eye_index(side, 5, t) for t in range(48)])
        centre = uv[rim].mean(0)
        for ring, share in LID_SHARE.items():
            if ring > 5:
                index = [face.eye_index(side, ring, t) for t in range(48)]
                uv[index] = centre + (uv[rim] - centre) * share


def _signed_areas(uv, triangles):
    a, b, c = (uv[triangles[:, k]] for k in range(3))
    return (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])


def folded(uv, triangles):
    """Mask of triangles laid the other way round than most, or without area."""
    area = _signed_areas(uv, triangles)
    return area * np.sign(np.median(area)) <= 1e-12


def stretch(uv, points, triangles):
    """Larger over smaller stretch of every triangle, by its area: {'median', 'p90', 'p99'}; 1 keeps angles."""
    e1, e2 = points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]]
    normal = np.cross(e1, e2)
    area = np.linalg.norm(normal, axis=1)
    keep = area > 1e-6
    e1, e2, normal, area, triangles = e1[keep], e2[keep], normal[keep], area[keep], triangles[keep]
    x = e1 / np.linalg.norm(e1, axis=1)[:, None]
    y = np.cross(normal / area[:, None], x)
    flat = np.stack([np.stack([(e1 * x).sum(1), (e2 * x).sum(1)], 1), np.stack([(e1 * y).sum(1), (e2 * y).sum(1)], 1)], 1)
    laid = np.stack([uv[triangles[:, 1]] - uv[triangles[:, 0]], uv[triangles[:, 2]] - uv[triangles[:, 0]]], 2)
    values = np.linalg.svd(laid @ np.linalg.inv(flat), compute_uv=False)
    ratio = values[:, 0] / np.maximum(values[:, 1], 1e-12)
    order = np.argsort(ratio)
    share = np.cumsum(area[order]) / area.sum()
    return {name: round(float(ratio[order][np.searchsorted(share, at)]), 2) for name, at in (('median', 0.5), ('p90', 0.9), ('p99', 0.99))}


def _relax(value, edges, free):
    """Moves free values to the mean of their neighbours'."""
    index = -np.ones(len(value), int)
    index[free] = np.arange(free.sum())
    a, b = np.concatenate([edges, edges[:, ::-1]]).T
    mine = free[a]
    a, b = a[mine], b[mine]
    rows = index[a]
    size = int(free.sum())
    inner = free[b]
    matrix = diags(np.bincount(rows, minlength=size).astype(float)) - csr_matrix((np.ones(inner.sum()), (rows[inner], index[b[inner]])), (size, size))
    value[free] = spsolve(matrix.tocsc(), np.bincount(rows[~inner], value[b[~inner]], size))


def _border(triangles, count):
    """Mask of points on edges that only one triangle has."""
    edges = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), 1)
    kinds, uses = np.unique(edges, axis=0, return_counts=True)
    mask = np.zeros(count, bool)
    mask[kinds[uses == 1].ravel()] = True
    return mask


def _untangle(uv, triangles, edges, caps, middle):
    """Relaxes a growing surrounding of every fold until none is left; points of the middle stay on it.

    caps: open rings inside the map, closed here by a point each. All other borders stay where they are.
    """
    count = len(uv)
    extra = [np.stack([np.full(len(ring), count + i), ring], 1) for i, ring in enumerate(caps)]
    edges = np.concatenate([edges, *extra])
    uv = np.concatenate([uv, [uv[ring].mean(0) for ring in caps]])
    free = np.zeros(len(uv), bool)
    free[count:] = True
    held = np.append(_border(triangles, count), np.zeros(len(caps), bool))
    held[:count][middle & (uv[:count, 1] > CROWN_V)] = False
    for ring in caps:
        held[ring] = False

    def grow(mask):
        mask = mask.copy()
        near = mask[edges].any(1)
        mask[edges[near].ravel()] = True
        return mask

    for _ in range(ROUNDS):
        wrong = np.zeros(len(uv), bool)
        wrong[triangles[folded(uv, triangles)].ravel()] = True
        if not wrong.any():
            break
        free |= grow(grow(wrong)) & ~held
        _relax(uv[:, 0], edges, free & ~np.append(middle, np.zeros(len(caps), bool)))
        _relax(uv[:, 1], edges, free)
    return uv[:count]


def _ear(count, rings):
    """The ear's rings round each other, for the left ear: out from the canal, the back as the rim."""
    phi = np.arange(count // rings) * 2 * np.pi * rings / count
    share = (np.arange(rings) + 0.6) / (rings - 0.4)
    x = share[:, None] * np.cos(phi)
    y = share[:, None] * np.sin(phi)
    return np.stack([1 - EAR_CENTRE[0] - EAR_SIZE[0] * x.ravel(), EAR_CENTRE[1] - EAR_SIZE[1] * y.ravel()], 1)


def head(face, triangles, ear_count, ear_rings):
    """Lays out the head's triangles (corners: the head's points, then the left ear's, then the right ear's).

    Returns (uv of all points and of the copies behind them, the points that are copied, the triangles with copies where they need them).
    """
    points = face.points
    uv = outside(points)
    _rings_inside(uv, face)
    skin = (triangles < face.count).all(1)
    x = np.where(skin[:, None], points[np.minimum(triangles, face.count - 1), 0], 0)
    floor = (x.max(1) > 1e-6) & (x.min(1) < -1e-6)  # closes the neck below, across both halves
    left, right = skin & ~floor & (x.sum(1) > 0), skin & ~floor & (x.sum(1) < 0)
    bottom = np.unique(triangles[floor])
    uv[bottom, 1] += RIM
    nostril_end = np.flatnonzero((face.nostril == face.nostril.max()) & face.left)
    # one half is laid out, the other is its mirror image
    uv = _untangle(uv, triangles[left], edges_of_triangles(triangles[left]), [nostril_end], face.centre)
    uv[face.mirror[face.left]] = _other_side(uv[face.left])
    uv[face.left] = _other_side(uv[face.mirror[face.left]])
    ear = _ear(ear_count, ear_rings)
    seam = np.flatnonzero(face.centre & (points[:, 2] < -2.0))
    disc = FLOOR_CENTRE + FLOOR_SIZE * (points[bottom][:, [0, 2]] - points[bottom][:, [0, 2]].mean(0)) * [-1, 1]
    whole = np.concatenate([uv, ear, _other_side(ear), _other_side(uv[seam]), disc])
    first_copy = face.count + 2 * ear_count
    triangles = triangles.copy()
    for mask, copied, start in ((right, seam, first_copy), (floor, bottom, first_copy + len(seam))):
        place = np.arange(first_copy)
        place[copied] = start + np.arange(len(copied))
        triangles[mask] = place[triangles[mask]]
    return whole, np.concatenate([seam, bottom]), triangles


def _other_side(uv):
    return uv * [-1, 1] + [1, 0]
