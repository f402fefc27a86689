"""A PNG writer (zlib only, deterministic) and the small maps of the head."""
import struct
import zlib

import numpy as np


def png(image):
    """(H, W, 3) uint8 -> PNG bytes."""
    h, w, channels = image.shape
    kind = {3: 2, 4: 6}[channels]
    raw = b''.join(b'\0' + image[y].tobytes() for y in range(h))

    def chunk(tag, body):
        return struct.pack('>I', len(body)) + tag + body + struct.pack('>I', zlib.crc32(tag + body))

    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, kind, 0, 0, 0)) + \
        chunk(b'IDAT', zlib.compress(raw, 9)) + chunk(b'IEND', b'')


def head_uv(points):
    """Cylindrical and folded at the middle (left and right share the map): no seam anywhere."""
    u = np.abs(np.arctan2(points[:, 0], points[:, 2] + 2.0)) / np.pi
    v = (12.5 - points[:, 1]) / 30.0
    return np.clip(np.stack([u, v], 1), 0, 1)


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


def roughness_map(uv, triangles, roughness, visible, size=128):
    """glTF metallic-roughness map (green = roughness); only visible triangles are painted."""
    keep = visible[triangles].all(1)
    grid = rasterise(uv, triangles[keep], roughness[:, None], size)[..., 0]
    grid = np.where(np.isnan(grid), 0.55, grid)
    image = np.zeros((size, size, 3), np.uint8)
    image[..., 0] = 255
    image[..., 1] = np.round(np.clip(grid, 0, 1) * 255)
    return image
