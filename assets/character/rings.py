"""Parametric rings of the eye and mouth patches: every lid and lip vertex is an exact function of (ring, parameter)."""
import numpy as np
from scipy.interpolate import PchipInterpolator

import implicit
from implicit import EYE, EYE_RADIUS, LID_RADIUS

EYE_POINTS = 48  # vertices of one eye ring
MOUTH_POINTS = 33  # vertices of one half of a mouth ring: 0 top centre, 16 corner, 32 bottom centre
EYE_RINGS = 15  # r = 0, .5 .. 7
MOUTH_RINGS = 17  # r = 0, .5 .. 8
CONTACT_RING = 10  # index of r = 5, where the lips meet
MARGIN_RING = 10  # index of r = 5, the lid margin
INNER_MARGIN_RING = 12
REST_MARGIN_OFFSET = 0.21  # cm over the eyeball
REST_INNER_OFFSET = 0.12


def _almond(c, s, width, up, down, tilt, power=1.0):
    """Lid outline; power < 1 makes the upper arc fuller, the lower one stays round."""
    power = np.where(s >= 0, power, 0.5 + 0.5 * power)
    x = width * c * np.where(c < 0, 0.9, 1.0)
    skew = np.where(s >= 0, 1 + 0.0625 * c, 1 - 0.0875 * c)
    y = np.where(s >= 0, up, down) * np.sign(s) * np.abs(s) ** power * skew + tilt * c
    return 1.12 * x, 1.12 * y


def _on_ball(x, y, radius):
    return np.sqrt(np.maximum(radius**2 - x**2 - y**2, 0.02))


def eye_ring_curves(t_degrees):
    """Eight key rings of the left eye, (8, N, 3), world coordinates."""
    t = np.radians(t_degrees)
    c, s = np.cos(t), np.sin(t)
    keys = []
    spec = [(2.36, 2.05, 2.25, 2.2, 0.15), (2.12, 1.85, 1.85, 1.8, 0.18), (1.93, 1.72, 1.5, 1.42, 0.2)]
    for outer, inner, up, down, tilt in spec:
        x = 1.12 * np.where(c >= 0, outer, inner) * c
        y = 1.12 * np.where(s >= 0, up, down) * s + tilt * c
        z = implicit.cast_z(EYE[0] + x, EYE[1] + y) - EYE[2]
        keys.append(np.stack([x, y, z], 1))
    x, y = _almond(c, s, 1.78, 1.2, 1.18, 0.2)
    z = np.maximum(_on_ball(x, y, LID_RADIUS), implicit.cast_z(EYE[0] + x, EYE[1] + y) - EYE[2])
    keys.append(np.stack([x, y, z - 0.22 * np.maximum(s, 0)], 1))
    for width, up, down, tilt, power, offset in [
        (1.68, 0.97, 1.0, 0.17, 1.0, REST_MARGIN_OFFSET + 0.05),
        (1.60, 0.80, 0.82, 0.15, 0.8, REST_MARGIN_OFFSET),
        (1.54, 0.77, 0.80, 0.15, 0.8, REST_INNER_OFFSET),
        (1.62, 1.15, 1.05, 0.14, 1.0, 0.05),
    ]:
        x, y = _almond(c, s, width, up, down, tilt, power)
        keys.append(np.stack([x, y, _on_ball(x, y, EYE_RADIUS + offset)], 1))
    return np.array(keys) + EYE


def eye_points():
    """(EYE_RINGS, EYE_POINTS, 3) of the left eye."""
    t = np.arange(EYE_POINTS) * 360.0 / EYE_POINTS
    return PchipInterpolator(np.arange(8), eye_ring_curves(t), axis=0)(np.arange(EYE_RINGS) / 2)


def lip_line(x):
    """y of the line where the lips meet; friendly: the corners turn up a little."""
    v = np.clip(np.abs(x) / 2.2, 0, 1)
    return -6.2 + 0.05 * np.cos(2 * np.pi * v) * (1 - v) - 0.03 * v**2 + 0.42 * v**3


def mouth_ring_curves(k):
    """Nine key rings of the left half of the mouth for k in 0..32, (9, N, 3), and u (0 centre, 1 corner)."""
    k = np.asarray(k, float)
    u = np.where(k <= 16, k, 32 - k) / 16
    upper = k <= 16
    S, X = np.cos(u * np.pi / 2), np.sin(u * np.pi / 2) ** 0.95
    S = np.where(np.abs(S) < 1e-9, 0, S)
    sgn = np.where(upper, 1.0, -1.0)
    keys = []

    def surface(x, y, dz=0.0):
        return np.stack([x, y, implicit.cast_z(x, y) + dz], 1)

    keys.append(surface(3.75 * X, -6.2 + 0.26 * X**4 + np.where(upper, 1.5 * S**0.9, -2.15 * S**0.9)))
    keys.append(surface(3.4 * X, -6.2 + 0.32 * X**4 + np.where(upper, 1.25 * S, -1.75 * S), np.where(upper, 0, -0.10 * S)))
    x = 2.75 * X
    philtrum = -0.12 * np.exp(-((x / 0.28) ** 2))
    keys.append(surface(x, -6.2 + np.where(upper, 1.0 * S, -1.38 * S) + 0.37 * X**4,
                        np.where(upper, 0.04 * S + philtrum, -0.16 * S)))
    x = 2.32 * X
    bow = 1 - 0.20 * np.exp(-((x / 0.28) ** 2)) + 0.08 * np.exp(-(((x - 0.5) / 0.3) ** 2))
    height = np.where(upper, 0.68 * (1 - u**1.6) * bow, -0.92 * (1 - u**2) ** 0.85)
    notch = -0.06 * np.exp(-((x / 0.25) ** 2))
    keys.append(surface(x, lip_line(x) + height, np.where(upper, 0.14 * S**0.6 + notch, 0.08 * S**0.6)))
    x = 2.27 * X
    keys.append(surface(x, lip_line(x) + np.where(upper, 0.45, 0.48) * height,
                        np.where(upper, 0.24, 0.32) * S**0.6))
    x = 2.2 * X
    contact = surface(x, lip_line(x), 0.06 * S**0.6 - 0.12)
    keys.append(contact)
    for dz, dy, kx in [(-0.30, 0.12, 1.0), (-0.58, 1.0, 1.04), (-3.4, 1.6, 1.02)]:
        q = contact.copy()
        q[:, 0] *= kx
        q[:, 1] += sgn * dy * S
        q[:, 2] += dz
        keys.append(q)
    return np.array(keys), u


def mouth_points():
    """(MOUTH_RINGS, MOUTH_POINTS, 3) of the left half, and u per point."""
    keys, u = mouth_ring_curves(np.arange(MOUTH_POINTS))
    points = PchipInterpolator(np.arange(9), keys, axis=0)(np.arange(MOUTH_RINGS) / 2)
    points[:, [0, 32], 0] = 0.0
    lower = points[CONTACT_RING, :16:-1]
    points[CONTACT_RING, :16] = lower  # upper and lower contact points are the very same numbers
    return points, u
