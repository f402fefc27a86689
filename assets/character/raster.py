"""A small numpy rasteriser to look at the character without a GPU: z-buffer, two-by-two supersampling, three soft lights.

Meshes are dicts with points (N, 3) cm, triangles (M, 3), colors (N, 3) linear, roughness (N,), optional normals, optional
uv (N, 2) with texture (H, W, 3) linear, which multiplies the colours.
"""
import numpy as np

KEY, FILL, RIM = (0.45, 0.55, 0.75), (-0.75, 0.15, 0.6), (-0.35, 0.5, -0.8)


def vertex_normals(points, triangles):
    a, b, c = points[triangles[:, 0]], points[triangles[:, 1]], points[triangles[:, 2]]
    face = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for corner in range(3):
        for axis in range(3):
            normals[:, axis] += np.bincount(triangles[:, corner], face[:, axis], len(points))
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def camera(yaw_degrees=0.0, pitch_degrees=0.0, target=(0, -0.5, 0), distance=78.0, fov_degrees=24.0):
    yaw, pitch = np.radians([yaw_degrees, pitch_degrees])
    back = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
    right = np.cross([0, 1, 0], back)
    right /= np.linalg.norm(right)
    up = np.cross(back, right)
    return {'eye': np.asarray(target, float) + distance * back, 'axes': np.stack([right, up, back]), 'fov': fov_degrees}


def _fragments(xy, depth, triangles, width, height):
    """All pixel/triangle hits: pixel index, triangle index, barycentric (F, 3)."""
    t = xy[triangles]
    low = np.floor(t.min(1)).astype(int)
    high = np.ceil(t.max(1)).astype(int)
    low = np.maximum(low, 0)
    high = np.minimum(high, [width - 1, height - 1])
    size = np.maximum(high - low + 1, 0)
    count = size[:, 0] * size[:, 1]
    tri = np.repeat(np.arange(len(triangles)), count)
    local = np.arange(len(tri)) - np.repeat(np.cumsum(count) - count, count)
    w = size[tri, 0]
    px = low[tri, 0] + local % np.maximum(w, 1)
    py = low[tri, 1] + local // np.maximum(w, 1)
    a, b, c = t[tri, 0], t[tri, 1], t[tri, 2]
    q = np.stack([px + 0.5, py + 0.5], 1)
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    safe = np.where(np.abs(area) < 1e-9, 1e-9, area)
    w1 = ((q[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (q[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])) / safe
    w2 = ((b[:, 0] - a[:, 0]) * (q[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (q[:, 0] - a[:, 0])) / safe
    w0 = 1 - w1 - w2
    keep = (w0 >= -1e-6) & (w1 >= -1e-6) & (w2 >= -1e-6)
    return (py * width + px)[keep], tri[keep], np.stack([w0, w1, w2], 1)[keep]


def render(meshes, view, width=300, height=380, samples=2, background=(0.30, 0.33, 0.37)):
    W, H = width * samples, height * samples
    points, normals, colors, rough, tris, base = [], [], [], [], [], 0
    for m in meshes:
        points.append(m['points'])
        n = m.get('normals')
        normals.append(vertex_normals(m['points'], m['triangles']) if n is None else n)
        colors.append(m['colors']); rough.append(m['roughness'])
        tris.append(m['triangles'] + base)
        base += len(m['points'])
    p, n, col, rough, tri = map(np.concatenate, (points, normals, colors, rough, tris))
    v = (p - view['eye']) @ view['axes'].T
    scale = (H / 2) / np.tan(np.radians(view['fov'] / 2))
    depth = -v[:, 2]
    xy = np.stack([W / 2 + scale * v[:, 0] / depth, H / 2 - scale * v[:, 1] / depth], 1)
    t = xy[tri]
    area = (t[:, 1, 0] - t[:, 0, 0]) * (t[:, 2, 1] - t[:, 0, 1]) - (t[:, 1, 1] - t[:, 0, 1]) * (t[:, 2, 0] - t[:, 0, 0])
    kept = np.flatnonzero(area < 0)  # back faces are not drawn
    tri = tri[kept]
    pix, ti, bary = _fragments(xy, depth, tri, W, H)
    z = (bary * depth[tri[ti]]).sum(1)
    order = np.argsort(-z, kind='stable')
    winner = -np.ones(W * H, int)
    winner[pix[order]] = order
    hit = np.flatnonzero(winner >= 0)
    f = winner[hit]
    corners, b = tri[ti[f]], bary[f][:, :, None]
    N = (n[corners] * b).sum(1)
    N /= np.maximum(np.linalg.norm(N, axis=1, keepdims=True), 1e-9)
    P, C, R = (p[corners] * b).sum(1), (col[corners] * b).sum(1), (rough[corners] * b[:, :, 0]).sum(1)
    _multiply_textures(meshes, kept[ti[f]], corners, bary[f], C)
    image = np.tile(np.asarray(background, float), (W * H, 1))
    image[hit] = shade(P, N, C, R, view)
    image = image.reshape(H, W, 3)[::1].reshape(height, samples, width, samples, 3).mean((1, 3))
    image = np.clip(image, 0, 1)
    return (np.where(image < 0.0031308, image * 12.92, 1.055 * image ** (1 / 2.4) - 0.055) * 255 + 0.5).astype(np.uint8)


def _multiply_textures(meshes, triangle, corners, bary, colors):
    first_triangle = first_vertex = 0
    for m in meshes:
        last = first_triangle + len(m['triangles'])
        if m.get('texture') is not None:
            mine = np.flatnonzero((triangle >= first_triangle) & (triangle < last))
            uv = (m['uv'][corners[mine] - first_vertex] * bary[mine][:, :, None]).sum(1)
            h, w, _ = m['texture'].shape
            x, y = uv[:, 0] * w - 0.5, uv[:, 1] * h - 0.5
            x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
            fx, fy = (x - x0)[:, None], (y - y0)[:, None]
            at = lambda i, j: m['texture'][(y0 + j) % h, (x0 + i) % w]
            colors[mine] *= (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy
        first_triangle, first_vertex = last, first_vertex + len(m['points'])


def shade(P, N, C, R, view):
    V = view['eye'] - P
    V /= np.linalg.norm(V, axis=1, keepdims=True)
    out = C * (0.26 + 0.12 * N[:, 1:2])
    for direction, strength, tint in [(KEY, 0.95, (1, 0.97, 0.92)), (FILL, 0.28, (0.85, 0.92, 1)), (RIM, 0.4, (1, 1, 1))]:
        L = np.asarray(direction, float) @ view['axes']  # lights hang on the camera
        L = L / np.linalg.norm(L)
        d = N @ L
        wrap = np.clip((d + 0.15) / 1.15, 0, 1)[:, None]
        half = V + L
        half /= np.linalg.norm(half, axis=1, keepdims=True)
        power = 2 / np.maximum(R, 0.08) ** 2
        spec = np.clip((N * half).sum(1), 0, 1) ** power * (power + 2) / 40 * 0.25 * (d > 0)
        out = out + strength * np.asarray(tint) * (C * wrap + np.minimum(spec, 2.5)[:, None])
    return out
