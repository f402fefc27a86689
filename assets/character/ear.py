"""A simple sculpted ear: rings of an egg outline with helix, antihelix and concha; set into the side of the head."""
import numpy as np

from parts import orient, tube

RADII = [0.04, 0.22, 0.4, 0.52, 0.62, 0.74, 0.84, 0.92, 1.0, 1.03, 0.98, 0.8, 0.5]
HEIGHTS = [-0.40, -0.35, -0.15, 0.30, 0.42, 0.26, 0.36, 0.56, 0.50, 0.26, 0.02, -0.25, -1.1]
LOBE_HEIGHTS = [-0.1, 0.0, 0.12, 0.25, 0.32, 0.36, 0.38, 0.38, 0.32, 0.18, 0.02, -0.2, -1.0]
HEIGHT_CM, WIDTH_CM, TURN_OUT, TILT_BACK = 5.0, 2.9, 26.0, 10.0


def ear():
    k = 30
    phi = np.arange(k) * 2 * np.pi / k
    turn, tilt = np.radians(TURN_OUT), np.radians(TILT_BACK)
    forward = np.array([-np.sin(turn), 0, np.cos(turn)])
    outward = np.array([np.cos(turn), 0, np.sin(turn)])
    up = np.array([0, 1, 0]) * np.cos(tilt) - forward * np.sin(tilt)
    forward = forward * np.cos(tilt) + np.array([0, 1, 0]) * np.sin(tilt)
    centre = np.array([6.62, -1.25, 0.45]) - forward * WIDTH_CM / 2
    rows = []
    for i, radius in enumerate(RADII):
        s, c = np.sin(phi), np.cos(phi)
        lobe = np.clip((-s - 0.45) / 0.35, 0, 1)
        front = np.clip((c - 0.55) / 0.4, 0, 1)  # the front edge sinks into the cheek
        h = HEIGHTS[i] * (1 - lobe) + LOBE_HEIGHTS[i] * lobe
        h = h * (1 - front) + np.minimum(h, 0.12) * front
        shift = (1 - min(radius, 1)) * 0.25  # the concha sits low and in front
        a = WIDTH_CM / 2 * radius * c * (1 + 0.16 * s) + shift * 0.8
        b = HEIGHT_CM / 2 * radius * s - shift * 1.2
        rows.append(centre + a[:, None] * forward + b[:, None] * up + h[:, None] * outward)
    points, quads = tube(np.array(rows), (True, False))
    # radial surface: face outward at the rim's top
    p = points[quads]
    normal = np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1])
    inner = slice(0, 6 * k)
    if (normal[inner] @ outward).sum() < 0:
        quads = quads[:, ::-1]
    depth = np.interp(np.repeat(HEIGHTS, k), [-0.4, 0.1, 0.5], [0.55, 0.85, 1.0])  # baked shade: the concha is dark
    depth[8 * k:] = 1.0
    return points, quads, depth
