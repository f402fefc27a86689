"""Neckline and shoulders in a plain jumper: rings of a rounded oblong from the collar down to the bust's cut."""
import numpy as np
from scipy.interpolate import PchipInterpolator

from parts import orient, srgb

# row: y at the side, y in front, y at the back, half width, z in front, z at the back, exponent of the outline (1 = ellipse)
ROWS = [
    (-14.4, -15.3, -13.7, 3.35, 1.25, -5.10, 1.0),  # lining, so that nobody looks through the collar from behind
    (-13.0, -14.1, -12.3, 3.55, 1.55, -5.35, 1.0), (-12.75, -13.85, -12.05, 3.85, 1.95, -5.70, 1.0),
    (-12.85, -13.95, -12.15, 4.20, 2.35, -6.05, 1.0), (-13.35, -14.5, -12.7, 4.42, 2.60, -6.25, 1.0),
    (-13.75, -14.95, -13.1, 4.50, 2.62, -6.30, 1.0), (-14.05, -15.4, -13.5, 5.10, 2.75, -6.55, 0.98),
    (-14.75, -16.2, -14.3, 6.60, 3.05, -6.95, 0.95), (-15.55, -17.1, -15.3, 8.40, 3.40, -7.30, 0.92),
    (-16.45, -18.1, -16.5, 10.2, 3.80, -7.60, 0.90), (-17.7, -19.2, -18.0, 11.75, 4.15, -7.80, 0.88),
    (-19.4, -20.5, -19.7, 12.6, 4.45, -7.85, 0.86), (-21.3, -21.7, -21.3, 12.75, 4.60, -7.75, 0.85),
    (-22.6, -22.6, -22.6, 12.6, 4.60, -7.60, 0.85), (-22.9, -22.9, -22.9, 12.3, 4.40, -7.40, 0.85),
    (-22.9, -22.9, -22.9, 9.0, 2.6, -5.6, 0.9),
]
COLUMNS = 36
STITCHES, STITCH_CM = 7.0, 0.5  # knitted columns a radian, height of a stitch
REPEAT = 8  # stitches that one width of texture.knit holds
BOTTOM_CM = -22.9


def body(color, collar):
    theta = np.arange(COLUMNS) * 2 * np.pi / COLUMNS
    c, s = np.cos(theta), np.sin(theta)
    points, tone, uv, down = [], [], [], 0.0
    wide = np.minimum(theta, 2 * np.pi - theta)
    for i, (ys, yf, yb, rx, zf, zb, power) in enumerate(ROWS):
        front = (1 + c) / 2
        x = rx * np.sign(s) * np.abs(s) ** power
        z = (zf + zb) / 2 + (zf - zb) / 2 * np.sign(c) * np.abs(c) ** (0.5 + 0.5 * power)
        mid = (yf + yb) / 2
        y = yf * front + yb * (1 - front) + (ys - mid) * s**2
        points.append(np.stack([x, y, z], 1))
        tone.append(np.full(COLUMNS, i))
        down += np.hypot(rx - ROWS[max(i - 1, 0)][3], ys - ROWS[max(i - 1, 0)][0])
        uv.append(np.stack([wide * STITCHES, np.full(COLUMNS, down / STITCH_CM)], 1))
    n = len(ROWS)
    quads = [(a * COLUMNS + b, a * COLUMNS + (b + 1) % COLUMNS, (a + 1) * COLUMNS + (b + 1) % COLUMNS, (a + 1) * COLUMNS + b)
             for a in range(n - 1) for b in range(COLUMNS)]
    last = (n - 1) * COLUMNS
    quads += [(last + a, last + a + 1, last + COLUMNS - 2 - a, last + COLUMNS - 1 - a) for a in range(COLUMNS // 2 - 1)]
    points = np.concatenate(points)
    quads = np.array(quads)
    side = quads[: (n - 1) * COLUMNS]
    quads = np.concatenate([orient(points, side, np.array([0, -18.5, -2.0])), orient(points, quads[len(side):], np.array([0, -18.5, -2.0]))])
    row = np.concatenate(tone)
    shade = PchipInterpolator([0, 1, 2, 3, 4, 5, 6, 8, 12, 15], [0.35, 0.45, 0.95, 1.05, 0.95, 0.62, 0.86, 1, 1, 0.5])(row)
    base = np.where((row <= 5)[:, None], srgb(collar), srgb(color))
    return {'name': 'Body', 'points': points, 'quads': quads, 'colors': base * shade[:, None], 'roughness': 0.9, 'deltas': {}, 'joint': None,
            'uv': np.concatenate(uv) / REPEAT}
