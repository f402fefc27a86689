"""Quads, poles and closed loops, read from the quad pairs of a mesh (see character.triangles)."""
import numpy as np


def quads_of(mesh):
    """(Q, 4) corners; every pair of triangles must share the quad's diagonal."""
    count = mesh['quadCount']
    a, b = mesh['triangles'][: 2 * count : 2], mesh['triangles'][1 : 2 * count : 2]
    if not (np.array_equal(a[:, 0], b[:, 0]) and np.array_equal(a[:, 2], b[:, 1])):
        raise ValueError(f"{mesh['name']}: the triangle pairs are not quads")
    return np.concatenate([a, b[:, 2:]], 1)


def valence(quads, triangles, count):
    """Number of edges at each vertex."""
    faces = [quads[:, [i, (i + 1) % 4]] for i in range(4)] + [triangles[:, [i, (i + 1) % 3]] for i in range(3)]
    edges = np.unique(np.sort(np.concatenate(faces), 1), axis=0)
    return np.bincount(edges.ravel(), minlength=count)


class Loops:
    """Walks from one closed loop of edges to the next over a strip of quads."""

    def __init__(self, quads):
        self.at_edge = {}
        self.quads = quads.tolist()
        for q, corners in enumerate(self.quads):
            for i in range(4):
                self.at_edge.setdefault(frozenset((corners[i], corners[(i + 1) % 4])), []).append(q)

    def is_loop(self, loop):
        return len(set(loop)) == len(loop) and all(frozenset((a, b)) in self.at_edge for a, b in zip(loop, loop[1:] + loop[:1]))

    def step(self, loop, seen):
        """The loop on the other side of the unseen quads at this loop, or None where the strip does not close."""
        result = []
        for a, b in zip(loop, loop[1:] + loop[:1]):
            fresh = [q for q in self.at_edge[frozenset((a, b))] if q not in seen]
            if len(fresh) != 1:
                return None
            seen.add(fresh[0])
            corners = self.quads[fresh[0]]
            i, j = corners.index(a), corners.index(b)
            opposite = corners[(i - 1) % 4] if (j - i) % 4 == 1 else corners[(i + 1) % 4]
            result.append(opposite)
        return result if self.is_loop(result) else None

    def around(self, start):
        """All loops reached from a closed loop on both sides, the start included."""
        if not self.is_loop(start):
            return []
        found = [start]
        first = [self.at_edge[frozenset((a, b))] for a, b in zip(start, start[1:] + start[:1])]
        for side in range(2):
            # the strip on one side: quads that share an edge with each other along the loop
            strip = {first[0][side]} if len(first[0]) > side else set()
            for i in range(1, len(start)):
                touching = [q for q in first[i] if any(len(set(self.quads[q]) & set(self.quads[s])) >= 2 for s in strip)]
                strip.update(touching[:1])
            seen = {q for pair in first for q in pair} - strip
            loop = start
            while loop is not None:
                loop = self.step(loop, seen)
                if loop is not None:
                    found.append(loop)
        return found


def loop_report(mesh, marks):
    """For both eyes and the lips: how many closed loops, and the highest valence on them."""
    quads = quads_of(mesh)
    edges = valence(quads, mesh['triangles'][2 * mesh['quadCount'] :], len(mesh['points']))
    loops = Loops(quads)
    lips = marks['lips']
    starts = {'lips': lips['upperContact'] + lips['lowerContact'][-2:0:-1]}
    for side in ('left', 'right'):
        eye = marks['eyes'][side]
        starts[side + 'Eye'] = eye['upperMargin'] + eye['lowerMargin'][-2:0:-1]
    report = {}
    for name, start in starts.items():
        found = loops.around(start)
        inside = np.unique(np.concatenate(found)) if found else np.array([], int)
        report[name] = {'loops': len(found), 'pointsOfALoop': len(start), 'highestValence': int(edges[inside].max()) if len(inside) else 0}
    report['highestValenceOfHead'] = int(edges.max())
    return report
