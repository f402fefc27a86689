"""A sculpted ear: rings from the concha out over antihelix, scapha and helix to the back, profiles given at eight angles."""
import numpy as np
from scipy.interpolate import CubicSpline

from parts import tube

RADII = [0.05, 0.20, 0.34, 0.44, 0.54, 0.64, 0.74, 0.84, 0.93, 1.0, 1.03, 0.98, 0.85, 0.55]
# angle in degrees (0 front, 90 up, 180 back) -> outward height of every ring, cm
PROFILES = {
    0: [-0.45, -0.36, 0.02, 0.30, 0.30, 0.16, 0.07, 0.03, 0.0, -0.03, -0.10, -0.25, -0.55, -1.1],  # tragus
    45: [-0.45, -0.40, -0.26, -0.10, 0.02, 0.10, 0.16, 0.25, 0.36, 0.34, 0.18, -0.08, -0.45, -1.0],  # root of the helix
    90: [-0.45, -0.42, -0.28, 0.00, 0.19, 0.15, 0.04, 0.12, 0.42, 0.46, 0.30, 0.02, -0.35, -1.0],
    135: [-0.45, -0.43, -0.30, 0.04, 0.27, 0.22, 0.05, 0.10, 0.42, 0.47, 0.32, 0.02, -0.35, -1.0],
    180: [-0.45, -0.43, -0.31, 0.06, 0.31, 0.26, 0.08, 0.11, 0.39, 0.45, 0.30, 0.02, -0.35, -1.0],
    225: [-0.45, -0.42, -0.28, 0.08, 0.31, 0.27, 0.15, 0.17, 0.30, 0.34, 0.22, 0.00, -0.35, -1.0],
    270: [-0.45, -0.38, -0.14, 0.16, 0.27, 0.27, 0.26, 0.27, 0.29, 0.27, 0.16, -0.02, -0.30, -0.9],  # lobe
    315: [-0.45, -0.40, -0.18, 0.12, 0.22, 0.16, 0.11, 0.08, 0.04, 0.0, -0.08, -0.25, -0.55, -1.1],
}
POINTS = 30


def ear(height=5.3, width=3.1, turn_out=19.0, tilt_back=12.0, stick_out=1.0):
    """Points, quads and baked shade of the left ear."""
    phi = np.arange(POINTS) * 2 * np.pi / POINTS
    keys = np.array(sorted(PROFILES))
    table = np.array([PROFILES[k] for k in keys])
    heights = CubicSpline(np.append(keys, 360), np.vstack([table, table[:1]]), bc_type='periodic')(np.degrees(phi))
    turn, tilt = np.radians(turn_out), np.radians(tilt_back)
    forward = np.array([-np.sin(turn), 0, np.cos(turn)])
    outward = np.array([np.cos(turn), 0, np.sin(turn)])
    up = np.array([0, 1, 0]) * np.cos(tilt) - forward * np.sin(tilt)
    forward = forward * np.cos(tilt) + np.array([0, 1, 0]) * np.sin(tilt)
    centre = np.array([6.62, -1.15, 0.55]) - forward * width / 2
    s, c = np.sin(phi), np.cos(phi)
    front = np.clip((c - 0.3) / 0.6, 0, 1)
    rows = []
    for i, radius in enumerate(RADII):
        inner = 1 - min(radius, 1)
        a = width / 2 * radius * c * (1 + 0.20 * s) + inner * 0.42 - 0.10 * np.clip(-s, 0, 1) ** 2 * radius
        a = np.where(radius > 0.9, a - 0.25 * front * (radius - 0.9) / 0.13, a)
        b = height / 2 * radius * s - inner * 0.42
        h = heights[:, i] * np.where(heights[:, i] > 0, stick_out, 1)
        rows.append(centre + a[:, None] * forward + b[:, None] * up + h[:, None] * outward)
    points, quads = tube(np.array(rows), (True, False))
    p = points[quads[:6 * POINTS]]
    if (np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1]) @ outward).sum() < 0:
        quads = quads[:, ::-1]
    depth = np.interp(heights.T.ravel(), [-0.45, -0.1, 0.12, 0.35], [0.50, 0.72, 0.9, 1.0])  # baked shade: hollows are dark
    depth[10 * POINTS:] = 0.95
    return points, quads, depth
