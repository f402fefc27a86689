"""The head as a smooth union of distance functions (centimetres, character's left = +x, y up, +z forward).

y = 0 is the pupil line and z = 0 lies about at the ear canal. Every function takes points of shape (N, 3)
and is symmetric in x. The surface is never remeshed: other modules cast onto it or project to it.
"""
import numpy as np

EYE = np.array([3.25, 0.0, 5.6])  # centre of the left eyeball
EYE_RADIUS = 1.90
LID_RADIUS = 2.06  # radius of the bulge that the closed lids make in the face


def ellipsoid(p, centre, radii):
    q = (p - np.asarray(centre, float)) / np.asarray(radii, float)
    k0 = np.linalg.norm(q, axis=1)
    k1 = np.linalg.norm(q / np.asarray(radii, float), axis=1)
    return k0 * (k0 - 1.0) / np.maximum(k1, 1e-9)


def capsule(p, a, b, ra, rb):
    a, b = np.asarray(a, float), np.asarray(b, float)
    ab = b - a
    h = np.clip((p - a) @ ab / (ab @ ab), 0, 1)
    return np.linalg.norm(p - a - h[:, None] * ab, axis=1) - (ra + (rb - ra) * h)


def smin(a, b, k):
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.minimum(a, b) - h * h * k / 4


def smax(a, b, k):
    return -smin(-a, -b, k)


def neck(p):
    y = p[:, 1]
    low = np.maximum(-10.8 - y, 0)
    radius = 3.25 + 0.03 * low**2
    axis_z = -2.0 - 0.08 * (y + 8)
    d = np.hypot(p[:, 0] / (1 + 0.016 * low**2.2), p[:, 2] - axis_z) - radius  # widens into the shoulders
    return smax(d, y + 1, 3)


def head(p):
    p = np.array(p, float, copy=True)
    p[:, 0] = np.abs(p[:, 0])
    f = ellipsoid(p, (0, 3.6, -0.7), (7.45, 8.2, 8.7))  # cranium
    f = smin(f, ellipsoid(p, (0, -1.4, 2.0), (6.3, 7, 6.3)), 2.0)  # face
    f = smin(f, ellipsoid(p, (0, -5.7, 3.4), (4.15, 3.5, 4.5)), 1.8)  # jaw
    f = smin(f, ellipsoid(p, (3.0, -4.5, 5.2), (2.15, 2.0, 2.0)), 2.2)  # lower cheek
    f = smin(f, ellipsoid(p, (0, -8.35, 7.6), (1.5, 1.2, 1.3)), 2.2)  # chin
    f = smin(f, capsule(p, (4.2, -4.7, 1.5), (1.4, -8.5, 5.8), 0.6, 0.6), 2.0)  # jaw line
    f = smin(f, ellipsoid(p, (3.85, -2.75, 5.95), (1.7, 1.4, 1.5)), 1.8)  # cheek apple
    f = smin(f, ellipsoid(p, (0, -6.0, 6.1), (2.6, 2.2, 2.3)), 1.6)  # muzzle
    f = smin(f, neck(p), 2.2)
    f = smax(f, -ellipsoid(p, (3.3, -0.1, 8.75), (2.4, 1.75, 1.7)), 1.4)  # eye socket
    f = smin(f, capsule(p, (0.2, 2.15, 7.2), (4.6, 2.35, 5.9), 0.46, 0.45), 1.9)  # brow ridge
    f = smin(f, capsule(p, (0, 0.9, 7.95), (0, -2.75, 9.5), 0.46, 0.56), 1.4)  # nose bridge
    f = smin(f, ellipsoid(p, (0, -3.12, 9.68), (0.78, 0.68, 0.75)), 0.7)  # nose tip
    f = smin(f, ellipsoid(p, (1.02, -3.5, 8.88), (0.54, 0.56, 0.76)), 0.4)  # nose wing
    f = smin(f, capsule(p, (0, -3.55, 9.65), (0, -4.1, 8.5), 0.34, 0.34), 0.35)  # columella
    return smin(f, np.linalg.norm(p - EYE, axis=1) - LID_RADIUS, 0.6)


def gradient(p, f=head, h=1e-3):
    g = np.empty_like(p)
    for axis in range(3):
        e = np.zeros(3)
        e[axis] = h
        g[:, axis] = (f(p + e) - f(p - e)) / (2 * h)
    return g


def project(p, f=head, iterations=4, max_step=0.6):
    """Moves points to the surface along the gradient."""
    p = np.array(p, float, copy=True)
    for _ in range(iterations):
        g = gradient(p, f)
        n2 = np.maximum((g * g).sum(1), 0.05)
        step = f(p) / n2
        step = np.clip(step, -max_step, max_step)
        p -= step[:, None] * g
    return p


def cast_z(x, y, f=head, z_start=14.0):
    """z of the first hit of the surface when coming from the front (along -z)."""
    p = np.stack([x, y, np.full_like(x, z_start)], 1).astype(float)
    for _ in range(120):
        p[:, 2] -= np.clip(f(p) * 0.7, -0.5, 1.5)
    return p[:, 2]
