"""A PNG writer (zlib only, deterministic) and the small maps of the head."""
import struct
import zlib

import numpy as np
from scipy.interpolate import PchipInterpolator

import implicit
import uv


def png(image):
    """(H, W, 3) uint8 -> PNG bytes."""
    h, w, channels = image.shape
    kind = {3: 2, 4: 6}[channels]
    raw = b''.join(b'\0' + image[y].tobytes() for y in range(h))

    def chunk(tag, body):
        return struct.pack('>I', len(body)) + tag + body + struct.pack('>I', zlib.crc32(tag + body))

    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, kind, 0, 0, 0)) + \
        chunk(b'IDAT', zlib.compress(raw, 9)) + chunk(b'IEND', b'')


def plane_uv(points):
    """Seen from the front, for parts that carry no map of their own: a texture painted on later has somewhere to go."""
    q = np.stack([points[:, 0], -points[:, 1]], 1)
    return (q - q.min(0)) / np.ptp(q, axis=0).max()


def rasterise(uv, triangles, values, size):
    """Paints per-vertex values (N, C) into a (size, size, C) map by barycentric fill; NaN where nothing falls."""
    out = np.full((size, size, values.shape[1]), np.nan)
    for tri in triangles:
        q = uv[tri] * size - 0.5
        low, high = np.floor(q.min(0)).astype(int), np.ceil(q.max(0)).astype(int)
        low, high = np.maximum(low, 0), np.minimum(high, size - 1)
        if (high < low).any():
            continue
        gx, gy = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
        a, b, c = q
        det = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if abs(det) < 1e-12:
            continue
        w1 = ((gx - a[0]) * (c[1] - a[1]) - (gy - a[1]) * (c[0] - a[0])) / det
        w2 = ((b[0] - a[0]) * (gy - a[1]) - (b[1] - a[1]) * (gx - a[0])) / det
        w0 = 1 - w1 - w2
        hit = (w0 >= -0.02) & (w1 >= -0.02) & (w2 >= -0.02)
        value = w0[..., None] * values[tri[0]] + w1[..., None] * values[tri[1]] + w2[..., None] * values[tri[2]]
        out[gy[hit], gx[hit]] = value[hit]
    return out


def roughness_map(uv, triangles, roughness, size=256):
    """glTF metallic-roughness map (green = roughness)."""
    grid = rasterise(uv, triangles, roughness[:, None], size)[..., 0]
    grid = np.where(np.isnan(grid), 0.55, grid)
    image = np.zeros((size, size, 3), np.uint8)
    image[..., 0] = 255
    image[..., 1] = np.round(np.clip(grid, 0, 1) * 255)
    return image


def eye_uv(points, centre):
    """Polar map round each eyeball's own forward axis: the texture's middle is the pupil, its rim lies at 75 degrees."""
    q = points - centre
    angle = np.arctan2(np.hypot(q[:, 0], q[:, 1]), q[:, 2])
    phi = np.arctan2(q[:, 1], q[:, 0])
    r = 0.5 * np.minimum(angle / np.radians(75), 1)
    return np.stack([0.5 + r * np.cos(phi), 0.5 - r * np.sin(phi)], 1)


def _smooth_noise(rng, size, cells):
    """Value noise 0..1 with cells x cells lattice points, cubic."""
    from scipy.ndimage import zoom
    lattice = rng.random((cells, cells))
    image = zoom(lattice, size / cells, order=3, mode='nearest', grid_mode=True)
    return np.clip(image[:size, :size], 0, 1)


def iris_detail(iris_degrees, pupil_degrees, size=256):
    """Fibres, collarette and faint veins as a factor on the vertex colours, (size, size, 3) uint8."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:size, 0:size]
    dx, dy = (x + 0.5) / size - 0.5, (y + 0.5) / size - 0.5
    angle = np.hypot(dx, dy) / 0.5 * 75
    phi = np.arctan2(dy, dx)
    fibre = np.zeros((size, size))
    for n in (23, 37, 53, 71, 97):
        fibre += np.sin(n * phi + rng.random() * 6.28 + 1.3 * np.sin(3 * phi + rng.random() * 6.28)) / 5
    band = np.clip((angle - pupil_degrees) / (iris_degrees - pupil_degrees), 0, 1)
    inside = (angle > pupil_degrees) & (angle < iris_degrees)
    factor = np.ones((size, size, 3))
    strength = 0.24 * np.sin(np.pi * np.clip(band, 0.08, 1) ** 0.7)
    factor[inside] = (0.88 + strength * (fibre + 0.2))[inside, None]
    ring = np.exp(-((band - 0.28 - 0.05 * fibre) / 0.08) ** 2)
    factor[inside] *= (1 + 0.12 * ring[inside, None] * [1.0, 0.7, 0.2])
    white = angle > iris_degrees + 1
    veins = np.abs(_smooth_noise(rng, size, 12) - 0.5) < 0.035
    amount = 0.10 * np.clip((angle - 45) / 30, 0, 1) * veins * white
    factor -= amount[..., None] * [0.1, 1, 1]
    return np.clip(np.round(factor * 255), 0, 255).astype(np.uint8)


def hair_strands(size=256):
    """Streaks along v as a factor on the vertex colours; repeats in both directions."""
    rng = np.random.default_rng(5)
    u = np.arange(size) / size
    v = np.arange(size)[:, None] / size
    line = np.zeros((size, size))
    for n, strength in ((5, 0.5), (11, 0.7), (19, 0.9), (31, 0.9), (47, 0.8), (67, 0.6)):
        sway = 0.25 * np.sin(2 * np.pi * (v + rng.random()))
        line += strength * np.sin(2 * np.pi * (n * u + rng.random()) + sway + 1.5 * np.sin(2 * np.pi * (rng.integers(1, 4) * u + rng.random())))
    line /= 2.6
    factor = 0.87 + 0.13 * line
    factor = np.round(np.clip(factor, 0, 1) * 255 / 3) * 3
    return np.repeat(factor[..., None], 3, 2).astype(np.uint8)


def knit(size=128, stitches=8):
    """Plain knitting as a factor on the vertex colours: V over V; repeats in both directions."""
    v, u = (np.mgrid[0:size, 0:size] + 0.5) / size * stitches
    beside = np.abs(u % 1 - 0.5)  # 0 in the middle of a column, .5 between columns
    yarn = 0.5 + 0.5 * np.cos(2 * np.pi * (v + 1.1 * beside))
    gap = 1 - 0.5 * np.exp(-((beside - 0.5) / 0.10) ** 2) - 0.3 * np.exp(-(beside / 0.08) ** 2)
    factor = 0.88 + 0.12 * yarn * gap
    return np.repeat(np.round(factor * 255).astype(np.uint8)[..., None], 3, 2)


def skin_detail(freckles=110, wrinkles=(), size=1024):
    """Mottling, freckles and lines as a factor on the vertex colours; laid out for uv.head."""
    rng = np.random.default_rng(11)
    v, u = (np.mgrid[0:size, 0:size] + 0.5) / size
    soft = 0.45 * _smooth_noise(rng, size, 24) + 0.35 * _smooth_noise(rng, size, 64) + 0.2 * _smooth_noise(rng, size, 160) - 0.5
    factor = 0.985 + 0.05 * soft[..., None] * [0.4, 1.0, 1.0]
    for x, y in _freckle_places(rng, 2 * freckles):
        centre, per_cm = _laid(x, y)
        du, dv = u - centre[0], v - centre[1]
        near = (np.abs(du) < 0.02) & (np.abs(dv) < 0.02)
        across, along = np.linalg.inv(per_cm) @ np.stack([du[near], dv[near]])  # centimetres on the skin
        turn, flat = rng.uniform(0, np.pi), rng.uniform(0.8, 1.0)
        across, along = across * np.cos(turn) + along * np.sin(turn), (along * np.cos(turn) - across * np.sin(turn)) / flat
        size = 0.042 * np.exp(rng.normal(0, 0.28))
        spot = np.exp(-((across**2 + along**2) / size**2) ** 1.3)
        factor[near] -= spot[:, None] * [0.075, 0.155, 0.18] * rng.uniform(0.35, 1.0)
    for depth, line in wrinkles:
        for side in (1, -1):
            factor -= _stroke(u, v, np.array(line, float) * [side, 1], depth * rng.uniform(0.85, 1.1))[..., None] * [0.62, 0.95, 1.0]
    factor = np.round(np.clip(factor, 0, 1) * 255 / 2) * 2  # even values only: compresses better
    return np.clip(factor, 0, 255).astype(np.uint8)


def _freckle_places(rng, count):
    """(x, y) on the base face, cm: densest on the cheekbones, thinner over the bridge of the nose, each side its own."""
    side = rng.choice([-1, 1], count)
    x = np.where(rng.random(count) < 0.72, rng.normal(3.1, 1.15, count), rng.normal(0.4, 0.7, count))
    y = rng.normal(-2.3, 0.62, count) + 0.10 * np.abs(x)
    keep = (np.abs(x) < 5.6) & (y < -1.3 - 0.1 * np.abs(x - 3.2)) & (y > -4.2)
    return np.column_stack([side * np.abs(x), y])[keep]


def _laid(x, y, h=0.02):
    """Where a point of the base face lies in the map, and (2, 2) map units per cm of skin across and down the face."""
    q = np.array([[x, y], [x + h, y], [x - h, y], [x, y + h], [x, y - h]])
    q = np.column_stack([q, implicit.cast_z(q[:, 0], q[:, 1])])
    laid = uv.outside(q)
    step = np.array([np.linalg.norm(q[1] - q[2]), np.linalg.norm(q[3] - q[4])])
    return laid[0], np.column_stack([laid[1] - laid[2], laid[3] - laid[4]]) / step


def _stroke(u, v, line, depth, width_cm=0.10):
    """A soft dark line along a polyline (x, y) of the base face, thinning out to its ends; light just below it, as a fold has."""
    t = np.linspace(0, 1, 60)
    smooth = PchipInterpolator(np.linspace(0, 1, len(line)), line)(t)
    laid = uv.outside(np.column_stack([smooth, implicit.cast_z(smooth[:, 0], smooth[:, 1])]))
    # centimetres per texture unit: the map's own scale along the line
    wide = np.ptp(laid[:, 0])
    scale = np.array([np.hypot(*np.diff(smooth, axis=0).T).sum() / wide if wide > 0.01 else 34.0, uv.TALL_CM])
    scale[0] = np.clip(scale[0], 24, 50)
    out = np.zeros(u.shape)
    for (a, b), s in zip(laid, np.sin(np.pi * np.clip(0.06 + 0.88 * t, 0, 1)) ** 0.6):
        near = (np.abs(u - a) < 0.02) & (np.abs(v - b) < 0.02)
        du, dv = (u[near] - a) * scale[0], (v[near] - b) * scale[1]
        out[near] = np.maximum(out[near], s * np.exp(-(du**2 + dv**2) / width_cm**2))
    return depth * out
