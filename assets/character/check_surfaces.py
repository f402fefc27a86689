"""How surfaces meet: crossing triangles, lids over the eyeball, faces that turn over."""
import numpy as np
from scipy.spatial import cKDTree

TOLERANCE_CM = 0.01  # contact and touching: what goes through by less is not called a crossing


def face_normals(p, tri):
    return np.cross(p[tri[:, 1]] - p[tri[:, 0]], p[tri[:, 2]] - p[tri[:, 0]])


def turned_faces(p, rest, tri):
    """Number of triangles whose normal turned by more than 90 degrees from that of their neighbourhood at rest, slivers not counted."""
    a, b = face_normals(p, tri), face_normals(rest, tri)
    real = np.linalg.norm(b, axis=1) > 1e-4
    return int((((a * b).sum(1) < 0) & real).sum())


def samples(p, tri):
    """Points spread inside every triangle."""
    a, b, c = (p[tri[:, k]] for k in range(3))
    return np.concatenate([a * (1 - (i + j) / 4) + b * i / 4 + c * j / 4 for i in range(5) for j in range(5 - i)])


class Eyeball:
    """Radius of an eyeball by the angle from its axis of sight, read from its vertices: ball and cornea."""

    def __init__(self, points, centre):
        q = points - centre
        distance = np.linalg.norm(q, axis=1)
        self.centre, front = centre, distance.argmax()
        self.axis = q[front] / distance[front]
        degrees = np.degrees(np.arccos(np.clip(q @ self.axis / distance, -1, 1)))
        order = np.argsort(degrees)
        self.degrees, self.radii = degrees[order], distance[order]

    def clearance(self, p, lids, tri, turn):
        """Least distance of the lid surface (sampled inside every triangle) from the eye turned by a matrix, cm; negative pokes through."""
        q = samples(p, tri[np.isin(tri, lids).all(1)]) - self.centre
        distance = np.linalg.norm(q, axis=1)
        degrees = np.degrees(np.arccos(np.clip(q @ (turn @ self.axis) / distance, -1, 1)))
        return (distance - np.interp(degrees, self.degrees, self.radii)).min()


def edges_of_triangles(tri):
    e = np.concatenate([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]])
    return np.unique(np.sort(e, 1), axis=0)


def crossing_edges(p_a, edges, p_b, tri, tolerance=TOLERANCE_CM):
    """Indices of edges of surface A that pass through triangles of B with both ends more than the tolerance away from the triangle's plane.

    Every pair of crossing triangles has an edge of one going through the other, so both directions together are a full
    triangle-triangle test. An edge that shares a corner with the triangle is not counted.
    """
    if len(edges) == 0 or len(tri) == 0:
        return np.array([], int)
    a, b = p_a[edges[:, 0]], p_a[edges[:, 1]]
    t0, t1, t2 = (p_b[tri[:, k]] for k in range(3))
    middle_e, half_e = (a + b) / 2, np.linalg.norm(b - a, axis=1) / 2
    middle_t = (t0 + t1 + t2) / 3
    half_t = np.max([np.linalg.norm(t - middle_t, axis=1) for t in (t0, t1, t2)], axis=0)
    near = cKDTree(middle_t).query_ball_point(middle_e, half_e + half_t.max())
    ei = np.repeat(np.arange(len(edges)), [len(n) for n in near])
    ti = np.concatenate([np.asarray(n, int) for n in near]) if len(ei) else np.array([], int)
    close = np.linalg.norm(middle_e[ei] - middle_t[ti], axis=1) <= half_e[ei] + half_t[ti]
    ei, ti = ei[close], ti[close]
    if p_a is p_b:
        share = (edges[ei][:, :, None] == tri[ti][:, None, :]).any((1, 2))
        ei, ti = ei[~share], ti[~share]
    n = np.cross(t1[ti] - t0[ti], t2[ti] - t0[ti])
    length = np.linalg.norm(n, axis=1)
    good = length > 1e-9
    ei, ti, n = ei[good], ti[good], n[good] / length[good, None]
    da, db = ((a[ei] - t0[ti]) * n).sum(1), ((b[ei] - t0[ti]) * n).sum(1)
    through = (da * db < 0) & (np.minimum(np.abs(da), np.abs(db)) > tolerance)
    ei, ti, n, da, db = ei[through], ti[through], n[through], da[through], db[through]
    hit = a[ei] + (b[ei] - a[ei]) * (da / (da - db))[:, None]
    inside = np.ones(len(ei), bool)
    for u, v in ((t0, t1), (t1, t2), (t2, t0)):
        inside &= (np.cross(v[ti] - u[ti], hit - u[ti]) * n).sum(1) > 0
    return np.unique(ei[inside])


class Surface:
    """A patch of a mesh: triangles whose corners all belong to it."""

    def __init__(self, mesh, members=None):
        tri = mesh['triangles']
        if members is not None:
            mask = np.zeros(len(mesh['points']), bool)
            mask[members] = True
            tri = tri[mask[tri].all(1)]
        self.mesh, self.triangles, self.edges = mesh['name'], tri, edges_of_triangles(tri)

    def crossings(self, other, posed):
        """Number of crossing edges between the two patches, both directions; with itself when other is self."""
        p, q = posed[self.mesh], posed[other.mesh]
        count = len(crossing_edges(p, self.edges, q, other.triangles))
        return count if other is self else count + len(crossing_edges(q, other.edges, p, self.triangles))
