"""Lid, brow, cheek and nose shapes (symmetric fields first, then split or taken from one side)."""
import numpy as np
from scipy.interpolate import PchipInterpolator

from face import smoothstep
from implicit import EYE, EYE_RADIUS
import rings

BLINK_RING_WEIGHTS = [0, 0.02, 0.10, 0.35, 0.70, 1, 1, 0.9]
CLOSED_UPPER_SHARE = 0.12  # the lids meet low: 12 % of the way from the lower to the upper margin
# Linear morphs cut a chord through the eyeball: mean of rest and closed offset must exceed R (1/cos(half travel) - 1).
CLOSED_OFFSET = {4.0: 0.38, 4.5: 0.38, 5.0: 0.37, 5.5: 0.36, 6.0: 0.35}


def _angles(face):
    """(azimuth, elevation, radius) about the own eye's centre, mirrored to the left side."""
    q = np.stack([face.ax, face.points[:, 1], face.points[:, 2]], 1) - EYE
    radius = np.linalg.norm(q, axis=1)
    return np.arctan2(q[:, 0], q[:, 2]), np.arcsin(np.clip(q[:, 1] / radius, -1, 1)), radius


def _place(face, azimuth, elevation, radius):
    x, y = np.sin(azimuth) * np.cos(elevation), np.sin(elevation)
    z = np.cos(azimuth) * np.cos(elevation)
    p = EYE + radius[:, None] * np.stack([x, y, z], 1)
    p[:, 0] *= np.where(face.left, 1, -1)
    return p


def _margin(face, azimuth, elevation):
    """Azimuth and elevation of the margin (ring 5) for every t."""
    on = (np.abs(face.er - 5) < 0.01) & face.left
    az, el = np.zeros(rings.EYE_POINTS), np.zeros(rings.EYE_POINTS)
    az[face.et[on]], el[face.et[on]] = azimuth[on], elevation[on]
    return az, el


def lid_move(face, shift, radius_gain=None, weights=BLINK_RING_WEIGHTS):
    """Moves lid points on the eyeball by shift(t_degrees) -> (d azimuth, d elevation) in radians, weighted by ring."""
    azimuth, elevation, radius = _angles(face)
    on = face.er >= 0
    w = np.where(on, PchipInterpolator(np.arange(8), weights)(np.clip(face.er, 0, 7)), 0)
    t = np.where(on, face.et, 0)
    d_az, d_el = shift
    gain = np.zeros(face.count) if radius_gain is None else radius_gain
    moved = _place(face, azimuth + w * d_az[t], elevation + w * d_el[t], radius + gain)
    return np.where(on[:, None], moved - face.points, 0.0)


def blink(face):
    azimuth, elevation, radius = _angles(face)
    az, el = _margin(face, azimuth, elevation)
    n = rings.EYE_POINTS
    pair = (-np.arange(n)) % n
    upper = np.arange(n) <= n // 2
    high, low = np.where(upper, el, el[pair]), np.where(upper, el[pair], el)
    # in the corners they meet half way: a line that dives steeply from the corner would fold the skin there
    share = CLOSED_UPPER_SHARE + (0.5 - CLOSED_UPPER_SHARE) * np.abs(np.cos(np.arange(n) * 2 * np.pi / n)) ** 4
    target_el = share * high + (1 - share) * low
    target_az = (az + az[pair]) / 2
    # rings 5..6 land on one line whatever their own rest angle: shift per vertex, not per t
    on = face.er >= 0
    t = np.where(on, face.et, 0)
    w = np.where(on, PchipInterpolator(np.arange(8), BLINK_RING_WEIGHTS)(np.clip(face.er, 0, 7)), 0)
    d_az, d_el = (target_az - az)[t] * w, (target_el - el)[t] * w
    exact = (face.er >= 5) & (face.er <= 6)
    d_az = np.where(exact, target_az[t] - azimuth, d_az)
    d_el = np.where(exact, target_el[t] - elevation, d_el)
    new_radius = radius.copy()
    for ring, offset in CLOSED_OFFSET.items():
        hit = np.abs(face.er - ring) < 0.01
        new_radius[hit] = np.where(np.isin(ring, [5, 5.5, 6]), EYE_RADIUS + offset,
                                   np.maximum(radius[hit], EYE_RADIUS + offset))
    moved = _place(face, azimuth + d_az, elevation + d_el, new_radius)
    return np.where(on[:, None], moved - face.points, 0.0)


def _lid_field(face, up_el, low_el, d_az=0.0, extra=()):
    """Symmetric lid shape from degrees of upper and lower margin travel; blends outward through the skin."""
    t = np.arange(rings.EYE_POINTS) * 2 * np.pi / rings.EYE_POINTS
    s = np.sin(t)
    d_el = np.radians(np.where(s >= 0, up_el, low_el)) * np.abs(s) ** 0.7
    shift = (np.full(len(t), np.radians(d_az)), d_el)
    moved = lid_move(face, shift, weights=[0, 0.05, 0.15, 0.4, 0.8, 1, 1, 0.95])
    y, z = face.points[:, 1], face.points[:, 2]
    outside = (face.er < 0) & ((y > 2.6) | (y < -2.6) | (face.ax > 7) | (face.ax < 0.6) | (z < 2))
    pins = [(outside, (0, 0, 0))] + list(extra) + [(face.er >= 3, moved)]
    return face.symmetric(pins)


def _cheek(face, centre, radius, delta):
    """Pin of a disc of skin round (x, y), moving outward by delta (left side's sign)."""
    d = np.hypot(face.ax - centre[0], face.points[:, 1] - centre[1])
    mask = (d < radius) & (face.points[:, 2] > 3) & (face.er < 0) & (face.r < 1)
    sign = np.where(face.points[:, 0] >= 0, 1, -1)
    value = np.tile(np.asarray(delta, float), (face.count, 1))
    value[:, 0] *= sign
    return mask, value


def eye_shapes(face):
    out = {}

    def pair(name, field):
        left = np.where((face.side > 0)[:, None], field, 0.0)
        out[name + 'Left'], out[name + 'Right'] = left, face.flip(left)

    pair('eyeBlink', blink(face))
    pair('eyeLookDown', _lid_field(face, -16, -8))
    pair('eyeLookUp', _lid_field(face, 7, 4))
    out_field = _lid_field(face, 0, 0, 3.0)
    pair('eyeLookIn', _lid_field(face, -0.5, 0.5, -3.0))
    pair('eyeLookOut', out_field)
    pair('eyeSquint', _lid_field(face, -6, 13, 0, [_cheek(face, (3.9, -2.6), 0.5, (0.05, 0.22, 0.08))]))
    pair('eyeWide', _lid_field(face, 9, -5))
    return out


def brow_shapes(face):
    p, ax = face.points, face.ax
    y, z = p[:, 1], p[:, 2]
    sign = np.where(p[:, 0] >= 0, 1.0, -1.0)
    still = (face.er >= 3.5) | (y < 0.4) | (y > 6.8) | (z < 1.6)
    band = (y > 1.7) & (y < 3.1) & (z > 3.2) & (face.er < 1)

    def field(dx, dy, dz):
        value = np.stack([sign * dx * smoothstep(0, 1.3, ax), dy, dz], 1) * np.ones((face.count, 1))
        return face.symmetric([(still, (0, 0, 0)), (band, value)])

    inner = 1 - smoothstep(0.8, 4.2, ax)
    outer = smoothstep(1.7, 4.2, ax)
    one = np.ones(face.count)
    out = {'browInnerUp': field(-0.08 * inner, 0.78 * inner, 0.10 * inner)}
    down = 1 - 0.55 * smoothstep(2.4, 5.2, ax)
    out['browDownLeft'], out['browDownRight'] = face.split(field(-0.30 * inner, -0.50 * down - 0.22 * inner, 0.10 * one * down), 0.7)
    out['browOuterUpLeft'], out['browOuterUpRight'] = face.split(field(0.02 * outer, 0.68 * outer, 0.02 * outer), 0.7)
    return out


def cheek_nose_shapes(face):
    p, ax = face.points, face.ax
    y, z = p[:, 1], p[:, 2]
    out = {}
    still = ((y > 2.2) | (y < -5.4) | (z < 1.5) | (ax < 0.7)) & (face.er < 0)
    # the bag rises against a margin that stays: a wink (eyeBlink + cheekSquint) must not push the lids through each other
    shift = np.array([0, 0.16, 0.05])
    bag = (face.er >= 2) & (face.er <= 3.5) & (face.et > 25) & (face.et < 47)
    pins = [(still, (0, 0, 0)), (face.r >= 1, (0, 0, 0)), _cheek(face, (4.0, -2.5), 0.8, (0.08, 0.42, 0.22)),
            (bag, shift), (face.er >= 4.5, (0, 0, 0)), ((face.er >= 3) & (face.et <= 24), (0, 0, 0))]
    out['cheekSquintLeft'], out['cheekSquintRight'] = face.split(face.symmetric(pins))
    # sneer: the wings and the skin beside the nose go up, the inner brow comes down a little
    sign = np.where(p[:, 0] >= 0, 1.0, -1.0)[:, None] * [1, 0, 0]
    wing = (ax > 0.75) & (ax < 1.9) & (y < -2.7) & (y > -4.4) & (z > 7.6) & (face.r < 0)
    lip = (np.abs(face.r - 1) < 0.6) & face.upper & (face.u > 0.15) & (face.u < 0.6)
    frown = (ax > 0.7) & (ax < 1.7) & (y > 1.6) & (y < 2.6) & (z > 6)
    still = (y > 4.5) | (y < -6.4) | (z < 4.5) | (face.er >= 3) | (ax > 5.2) | ((ax < 0.05) & (y < -1)) | \
        ((face.r >= 3) & ~face.upper) | (face.r >= 4)
    pins = [(still, (0, 0, 0)), (wing, np.array([0, 0.58, -0.05]) + 0.16 * sign), (lip, np.array([0, 0.42, 0.08])),
            (frown, (0, -0.26, 0.08))]
    out['noseSneerLeft'], out['noseSneerRight'] = face.split(face.symmetric(pins), 0.6)
    # puff: cheeks and the skin round the lips blow up, the lips stay shut
    disc = np.hypot((ax - 4.0) / 1.25, (y + 5.1) / 1.3) < 0.7
    cheek = disc & (z > 2) & (face.r < 0)
    still = (y > -1.6) | (y < -9.3) | (z < 0) | ((y > -4.2) & (ax < 1.4))
    pins = [(still & (face.r < 0), (0, 0, 0)), (cheek, np.array([0, 0.0, 0.50]) + 0.80 * sign),
            (face.r >= 2.5, -0.04 * sign * face.u[:, None] + np.array([0, 0, 0.16]))]
    out['cheekPuff'] = face.symmetric(pins)
    return out
