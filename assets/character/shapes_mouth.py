"""Jaw and mouth shapes. Ring 5 is the contact line: a shape that keeps the lips shut gives its upper and lower point one delta."""
import numpy as np
from scipy.interpolate import PchipInterpolator

from face import smoothstep

HINGE = np.array([0, -1.7, 0.4])  # jaw joint, just in front of the ear hole
JAW_DEGREES = 20.0
JAW_SLIDE = np.array([0, -0.10, 0.35])
# An open mouth is an oval: its corners go down by half of the jaw. Higher up, every open vowel is a grin.
JAW_CORNER_SHARE = 0.52
CLOSE_SHARE = 0.30  # with jawOpen 1 and mouthClose 1 the shut lips have followed the jaw by this share,
CLOSE_CORNER_SHARE = 0.46  # the corners by this one


def hinge_motion(points, degrees=JAW_DEGREES, slide=JAW_SLIDE):
    """Full rigid motion of the lower jaw, as a delta."""
    a = np.radians(degrees)
    q = points - HINGE
    y = q[:, 1] * np.cos(a) - q[:, 2] * np.sin(a)
    z = q[:, 1] * np.sin(a) + q[:, 2] * np.cos(a)
    return np.stack([q[:, 0], y, z], 1) + HINGE + slide - points


def by_ring(r, knots):
    """Interpolates {ring: value} over r, constant outside."""
    x = np.array(sorted(knots), float)
    return PchipInterpolator(x, np.array([knots[k] for k in sorted(knots)], float))(np.clip(r, x[0], x[-1]))


class Mouth:
    def __init__(self, face):
        self.face = face
        p = face.points
        self.x, self.y, self.z, self.ax = p[:, 0], p[:, 1], p[:, 2], face.ax
        self.sign = np.where(p[:, 0] >= 0, 1.0, -1.0)
        self.hinge = hinge_motion(p)
        self.r, self.S, self.upper = face.r, face.S, face.upper
        self.inner = self.S * smoothstep(0, 0.35, self.S)  # lets the very corner be: upper and lower skin are a hair apart there
        # The ring points crowd together in x near the corner (x goes with sin u), so shapes use a u that is flat there:
        # with the plain u the last points would fold over the corner.
        by_ring_u = np.sin(face.u * np.pi / 2) ** 2
        # The skin rings reach further out than the lips: there the place counts, not the ring parameter, or neighbours shear.
        far = np.maximum(np.abs(self.y + 5.9) - 0.3, 0) / 1.5
        by_place = np.clip(self.ax / 2.25, 0, 1) ** 2.1 * np.exp(-far**2)
        lip = smoothstep(1.0, 3.0, face.r)
        self.u = np.where(face.r < 0, 0, by_ring_u * lip + by_place * (1 - lip))

    def pick(self, upper, lower):
        return np.where(self.upper, upper, lower)

    def vec(self, dx, dy, dz):
        """Delta from left-sided dx (outward positive), dy, dz."""
        return np.stack([self.sign * dx, dy + 0 * self.x, dz + 0 * self.x], 1)

    def still(self, top=-3.7, bottom=-9.4, back=2.5):
        return ((self.y > top) | (self.y < bottom) | (self.z < back)) & (self.r < 0.25)

    def around(self, value, start=3, still=None, extra=()):
        still = self.still() if still is None else still
        return self.face.symmetric([(still, (0, 0, 0)), *extra, (self.r >= start, value)])

    def jaw_weight(self):
        arc = np.cos(np.clip(self.face.u, 0, 1) * np.pi / 2 * 0.9999)
        upper = JAW_CORNER_SHARE - (JAW_CORNER_SHARE - 0.01) * arc
        lower = JAW_CORNER_SHARE + (1 - JAW_CORNER_SHARE) * arc**0.85
        return self.pick(upper, lower)

    def chin(self):
        return (self.y < -7.8) & (self.z > 4.6) & (self.r < 0)

    def fixed_for_jaw(self):
        return ((self.face.er >= 0) | (self.y > -2.2) | (self.y < -11.8) | (self.z < -1.2)) & (self.r < 0)

    def jaw_open(self):
        w = self.jaw_weight()[:, None]
        value = self.hinge * w
        value[:, 0] -= 0.15 * self.x * self.u**2 * (self.r >= 2.5)
        return self.face.symmetric([(self.fixed_for_jaw(), (0, 0, 0)), (self.chin(), self.hinge),
                                    (self.r >= 2.5, value)])

    def mouth_close(self, jaw_open):
        ring = (self.r >= 3) & (self.r <= 6.5)
        share = CLOSE_SHARE + (CLOSE_CORNER_SHARE - CLOSE_SHARE) * self.u**2
        value = share[:, None] * self.hinge - jaw_open
        still = ((self.face.er >= 0) | (self.y > -4.3) | (self.y < -8.7) | (self.z < 2)) & (self.r < 0.5)
        deep = self.r >= 8
        return self.face.symmetric([(still, (0, 0, 0)), (deep, 0.5 * value), (ring, value)])

    def jaw_slide(self, direction):
        """Rigid slide of the chin; the lips follow together so that they stay shut."""
        direction = np.asarray(direction, float)
        contact = 0.55 * (1 - 0.3 * self.u**2)
        # the lips go as one from ring 4 inwards: sheared lips would cut into each other
        ring = self.pick(by_ring(self.r, {2: 0.16, 3: 0.42, 4: 0.95, 5: 1}), by_ring(self.r, {2: 1.5, 3: 1.3, 4: 1.03, 5: 1}))
        ring = 1 + (ring - 1) * (1 - self.face.u**3)  # and in the corner from the border inwards
        value = (contact * ring)[:, None] * direction
        return self.face.solve([(self.fixed_for_jaw(), (0, 0, 0)), (self.chin(), direction),
                                ((self.r >= 2.5), value)])

    def side(self):
        """mouthLeft: the lips slide round the muzzle toward the character's left."""
        angle = np.radians(6.5)
        q = self.face.points - [0, 0, 1.5]
        x = q[:, 0] * np.cos(angle) + q[:, 2] * np.sin(angle)
        z = -q[:, 0] * np.sin(angle) + q[:, 2] * np.cos(angle)
        value = np.stack([x, q[:, 1], z], 1) + [0, 0, 1.5] - self.face.points
        value[:, 1] += 0.10 * smoothstep(0, 2, self.x)
        return self.face.solve([(self.still(top=-4.0), (0, 0, 0)), (self.r >= 2.5, value)])

    def pucker(self):
        u = self.u
        k = by_ring(self.r, {3: 0.40, 4: 0.42, 5: 0.44, 6: 0.42, 8: 0.3})
        dz = by_ring(self.r, {3: 0.5, 4: 0.70, 5: 0.62, 6: 0.35, 8: 0.1}) * (0.35 + 0.65 * (1 - u**2)) + 0.75 * u**2
        dy = self.pick(0.10, -0.12) * by_ring(self.r, {3: 0.3, 4: 0.9, 5: 0, 6: 0}) * (1 - u**2)
        return self.around(self.vec(-self.ax * k, dy, dz))

    def funnel(self):
        u = self.u
        k = by_ring(self.r, {3: 0.26, 5: 0.30, 6: 0.28, 8: 0.2})
        dz = by_ring(self.r, {3: 0.45, 4: 0.72, 5: 0.62, 6: 0.45, 8: 0.1}) * (0.3 + 0.7 * (1 - u**2)) + 0.55 * u**2
        open_ = np.cos(np.clip(u, 0, 1) * np.pi / 2 * 0.9999) ** 0.8
        dy = open_ * self.pick(by_ring(self.r, {3: 0.18, 4: 0.24, 5: 0.24, 8: 0.22}),
                               -by_ring(self.r, {3: 0.36, 4: 0.50, 5: 0.56, 8: 0.44}))
        return self.around(self.vec(-self.ax * k, dy, dz))

    def smile(self):
        u = self.u
        g = by_ring(self.r, {2: 0.94, 3: 1.0})
        value = self.vec(0.68 * u**1.3, 0.70 * u**2.4 - 0.05 * (1 - u), -0.36 * u**1.5 - 0.10) * g[:, None]
        value[:, 1] += self.thinning(0.16)
        d = np.hypot(self.ax - 4.1, self.y + 2.7)
        cheek = (d < 0.7) & (self.z > 3) & (self.face.er < 0)
        y = self.y
        still = ((y > 2) | (self.z < 1.5) | ((self.ax < 1.9) & (y > -4.2) & (self.z > 7)) |
                 ((y < -8.0) & (self.ax < 1.5)) | (y < -9.6)) & (self.r < 0.25)
        # the bag under the eye rises, the margin itself stays: it must still meet the upper lid in a blink
        lids = (self.face.er >= 2.5) & (self.face.er <= 3.5) & ((self.face.et > 26) & (self.face.et < 46))
        margin = self.face.er >= 4.5
        upper_lid = (self.face.er >= 3) & (self.face.et <= 24)
        field = self.face.symmetric([(still, (0, 0, 0)), (upper_lid, (0, 0, 0)), (lids, (0, 0.13, 0.03)), (margin, (0, 0, 0)),
                                     (cheek, self.vec(0.16, 0.42, 0.32)), (self.r >= 2.5, value)])
        return field + self.fold(0.13)

    def fold(self, depth):
        """Nasolabial fold: a soft groove from the nose wing past the mouth corner, pressed along the normal."""
        line = np.array([(1.95, -3.7), (2.55, -4.5), (3.05, -5.5), (3.2, -6.4)])
        q = np.stack([self.ax, self.y], 1)
        best, along = np.full(len(q), 9.0), np.zeros(len(q))
        for i in range(3):
            a, d = line[i], line[i + 1] - line[i]
            h = np.clip((q - a) @ d / (d @ d), 0, 1)
            distance = np.linalg.norm(q - a - h[:, None] * d, axis=1)
            along = np.where(distance < best, (i + h) / 3, along)
            best = np.minimum(best, distance)
        amount = np.exp(-((best / 0.34) ** 2)) * np.sin(np.pi * np.clip(0.12 + 0.8 * along, 0, 1)) * (self.z > 4) * (1 - smoothstep(1.8, 2.8, self.r))
        return self.vec(-0.4 * depth * amount, 0, -depth * amount)

    def corner(self, dx, dy, dz, power=2.2, thin=0.0, start=2):
        """Shapes led by the mouth corners, lips shut; thin flattens the lips toward the contact line."""
        w = self.u**power * by_ring(self.r, {1: 0.7, 2: 0.9, 3: 1.0})
        value = self.vec(dx * w, dy * w, dz * w)
        value[:, 1] += self.thinning(thin)
        return self.around(value, start)

    def thinning(self, amount):
        height = self.pick(0.68, -0.92) * by_ring(self.r, {1: 0.5, 2: 0.7, 3: 1, 4: 0.45, 5: 0})
        return -amount * height * self.inner * (self.r < 5)

    def roll(self, upper):
        S = self.inner
        s = 1 if upper else -1
        dy = -s * by_ring(self.r, {1: 0.03, 2: 0.16, 3: 0.42, 4: 0.24, 5: 0.0, 6: 0.0}) * (0.85 if upper else 1.0)
        # both rolls together must meet: lower + 0 == upper + follow of the lower, at rings 5 and 6
        deep = {5: -0.30, 6: -0.25} if upper else {5: -0.50, 6: -0.42}
        dz = by_ring(self.r, {1: 0, 2: -0.12, 3: -0.36, 4: -0.60, 7: -0.06, **deep})
        mine = self.pick(1.0, 0.0) if upper else self.pick(0.0, 1.0)
        follow = 0 if upper else by_ring(self.r, {3.5: 0, 5: 0.40, 6: 0.405, 7: 0}) * (1 - mine)  # the other lip closes over the gap
        value = self.vec(0, dy * S * mine, dz * S * (mine + follow))
        return self.around(value, 1, self.still(top=-4.0, bottom=-9.0))

    def shrug_lower(self):
        S = self.inner
        dy = self.pick(by_ring(self.r, {2: 0.14, 3: 0.21, 4: 0.31, 5: 0.34, 6: 0.3, 8: 0.1}), by_ring(self.r, {2: 0.44, 3: 0.41, 4: 0.36, 5: 0.34, 6: 0.3, 8: 0.1}))
        dz = self.pick(by_ring(self.r, {2: 0.02, 3: 0.05, 4: 0.07, 5: 0.08}), by_ring(self.r, {2: 0.0, 3: 0.20, 4: 0.17, 5: 0.08}))
        chin = (np.hypot(self.x / 1.3, (self.y + 8.2) / 0.6) < 0.8) & (self.z > 7)
        return self.around(self.vec(0, dy * S, dz * S - 0.06 * (1 - S)), 2, self.still(bottom=-9.8),
                           [(chin & (self.r < 0), (0, 0.42, 0.06))])

    def shrug_upper(self):
        S = self.S
        dy = self.pick(by_ring(self.r, {1: 0.2, 2: 0.32, 3: 0.34, 5: 0.26, 6: 0.2, 8: 0}), by_ring(self.r, {2: 0.06, 3: 0.12, 5: 0.26, 6: 0.2, 8: 0}))
        dz = self.pick(by_ring(self.r, {1: 0.08, 2: 0.2, 3: 0.30, 4: 0.26, 5: 0.12, 6: 0}), by_ring(self.r, {2: 0, 3: 0.02, 5: 0.12, 6: 0}))
        return self.around(self.vec(0, dy * S, dz * S), 1)

    def press(self):
        value = self.vec(0.05 * self.u**2, self.thinning(0.36), -0.10 * self.S * by_ring(self.r, {1: 0, 3: 1, 4: 1.6, 5: 1, 8: 0}))
        bulge = by_ring(self.r, {0: 0, 1: 0.5, 2: 1, 3: 0})
        value[:, 2] += 0.10 * bulge * self.S
        return self.around(value, 2)

    def lip_lift(self, upper):
        """mouthUpperUp / mouthLowerDown before splitting: opens the lips over the teeth, corners stay."""
        f = np.cos(np.clip(self.u, 0, 1) * np.pi / 2 * 0.9999) ** 0.7
        if upper:
            dy = by_ring(self.r, {1: 0.24, 2: 0.36, 3: 0.46, 5: 0.54, 6: 0.5, 8: 0.2})
            dz = by_ring(self.r, {1: 0.04, 3: 0.06, 5: 0.0, 8: 0})
        else:
            dy = -by_ring(self.r, {1: 0.26, 2: 0.44, 3: 0.58, 5: 0.66, 6: 0.6, 8: 0.2})
            dz = by_ring(self.r, {1: 0.0, 3: 0.08, 5: 0.06, 8: 0})
        mine = self.pick(1.0, 0.0) if upper else self.pick(0.0, 1.0)
        return self.around(self.vec(0, dy * f * mine, dz * f * mine), 1)

    def tongue_lips(self):
        """The lips and chin make room for the tongue: a little jaw and a parted lower lip."""
        value = self.hinge * (self.jaw_weight() * TONGUE_JAW_SHARE)[:, None]
        f = np.cos(np.clip(self.u, 0, 1) * np.pi / 2 * 0.9999)
        value[:, 1] += self.pick(0.16, -0.06) * f * by_ring(self.r, {2.5: 0.5, 4: 1, 8: 1})
        return self.face.symmetric([(self.fixed_for_jaw(), (0, 0, 0)), (self.chin(), self.hinge * TONGUE_JAW_SHARE),
                                    (self.r >= 2.5, value)])


TONGUE_JAW_SHARE = 0.32
JAW_SIDE_CM, JAW_FORWARD_CM = 0.85, 0.75


def mouth_shapes(face):
    m = Mouth(face)
    out = {}
    out['jawForward'] = (lambda f: (f + face.flip(f)) / 2)(m.jaw_slide((0, -0.05, JAW_FORWARD_CM)))
    out['jawLeft'] = m.jaw_slide((JAW_SIDE_CM, -0.05, 0))
    out['jawRight'] = face.flip(out['jawLeft'])
    out['jawOpen'] = m.jaw_open()
    out['mouthClose'] = m.mouth_close(out['jawOpen'])
    out['mouthFunnel'] = m.funnel()
    out['mouthPucker'] = m.pucker()
    out['mouthLeft'] = m.side()
    out['mouthRight'] = face.flip(out['mouthLeft'])

    def pair(name, field):
        out[name + 'Left'], out[name + 'Right'] = face.split(field)

    pair('mouthSmile', m.smile())
    pair('mouthFrown', m.corner(0.02, -0.68, -0.10, 2.4))
    pair('mouthDimple', m.corner(0.28, 0.10, -0.50, 2.6, thin=0.10))
    pair('mouthStretch', m.corner(0.62, -0.20, -0.42, 1.5, thin=0.14))
    out['mouthRollLower'] = m.roll(False)
    out['mouthRollUpper'] = m.roll(True)
    out['mouthShrugLower'] = m.shrug_lower()
    out['mouthShrugUpper'] = m.shrug_upper()
    pair('mouthPress', m.press())
    pair('mouthLowerDown', m.lip_lift(False))
    pair('mouthUpperUp', m.lip_lift(True))
    out['tongueOut'] = m.tongue_lips()
    return out
