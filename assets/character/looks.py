"""The persons that are built: identity, colours, hair. Lengths in base centimetres (see implicit.py)."""
from dataclasses import dataclass, field

from identity import Identity


@dataclass(frozen=True)
class Look:
    id: str
    name: str
    description: str
    identity: Identity
    skin: str
    blush: str
    lip: str
    hair: str
    brow: str
    hair_style: str
    iris: tuple
    cloth: str
    collar: str
    teeth: str = '#efe8da'
    lash: float = 1.0
    brow_width: float = 1.0
    hair_thickness: float = 0.42
    freckles: int = 110
    wrinkles: tuple = ()  # (depth, [(x, y), ...]) on the base face, cm
    ear: dict = field(default_factory=dict)

    @property
    def file(self):
        return 'mien.glb' if self.id == 'mien' else f'mien-{self.id}.glb'

    @property
    def landmarks(self):
        return 'landmarks.json' if self.id == 'mien' else f'landmarks-{self.id}.json'


MIEN = Look(
    id='mien', name='Mien', description='Young adult with large eyes and a swept cut.',
    identity=Identity([
        ('scale', (0, 6, -1), (13, 11, 14), (1.05, 1.03, 1.04)),
        ('remap', 'y', [(-24, -21.0), (-15, -13.4), (-10.2, -9.2), (-6.2, -5.65), (-3, -2.75), (0, 0), (4, 4.0), (13, 12.9)]),
        ('scale', (0, -2.6, 8.5), (2.6, 2.6, 3.0), (0.92, 0.90, 0.84)),
        ('move', (0, -2.7, 9.6), (1.5, 1.5, 1.8), (0, 0.20, 0.05)),
        ('scale', (0, -8.0, 4.0), (7.5, 5.0, 8.0), (0.90, 1.0, 1.0)),
        ('move', (0, -9.0, 7.8), (2.6, 2.0, 2.8), (0, -0.05, 0.30)),  # chin
        ('scale', (0, -5.7, 8.5), (4.2, 2.6, 3.0), (1.08, 1.06, 1.0)),
        ('move', (4.1, -3.0, 5.2), (3.0, 2.6, 4.0), (0.12, 0.05, 0.15)),
        ('move', (4.0, -6.0, 5.0), (2.4, 2.4, 3.6), (0.20, 0.0, 0.10)),  # fills the hollow between cheek and jaw
        ('scale', (0, -12.5, -2.3), (8, 5.5, 8), (0.84, 1.0, 0.84)),
    ], eye=(1.16, (0.04, -0.02, -0.12))),
    skin='#e8b697', blush='#de8068', lip='#cb7268', hair='#6a4129', brow='#5a3a27', hair_style='swept',
    iris=('#9a7434', '#7f8c4e', '#5c9a86', '#45868a', '#2c5f68', '#1b3a42'), cloth='#3f6b78', collar='#365c69',
)


# Lines of age: forehead, between the brows, crow's feet, under the eyes, from the nose past the mouth's corners, beside the chin.
WRINKLES = (
    (0.16, [(0.0, 4.1), (1.5, 4.3), (3.2, 4.1), (4.4, 3.7)]), (0.15, [(0.0, 5.2), (1.6, 5.4), (3.4, 5.15), (4.6, 4.7)]),
    (0.11, [(0.0, 6.2), (1.6, 6.35), (3.2, 6.1)]), (0.14, [(0.45, 1.6), (0.5, 2.2), (0.42, 2.9)]),
    (0.15, [(5.5, 0.5), (6.1, 0.9), (6.5, 1.4)]), (0.15, [(5.6, 0.0), (6.2, 0.0), (6.6, 0.1)]), (0.13, [(5.4, -0.5), (6.0, -0.8), (6.4, -1.2)]),
    (0.14, [(1.7, -1.9), (2.7, -2.4), (3.9, -2.3), (4.8, -1.8)]), (0.09, [(1.9, -2.5), (2.9, -3.0), (4.0, -2.9)]),
    (0.22, [(1.95, -3.8), (2.55, -4.6), (3.0, -5.6), (3.15, -6.5)]), (0.14, [(2.6, -6.6), (2.75, -7.3), (2.6, -8.0)]),
    (0.12, [(0.0, -7.55), (0.8, -7.5), (1.4, -7.2)]),
)

ELDER = Look(
    id='elder', name='Elder', description='Older man: long face, heavy brow and nose, grey hair.',
    identity=Identity([
        ('remap', 'y', [(-24, -23.4), (-15, -14.9), (-9.8, -10.0), (-6.2, -6.45), (-3, -3.25), (0, 0), (4, 3.8), (13, 12.4)]),
        ('scale', (0, 5, -1), (13, 11, 14), (1.0, 0.98, 1.0)),
        ('scale', (0, -2.6, 8.9), (3.0, 3.2, 3.4), (1.24, 1.08, 1.20)),  # nose
        ('move', (0, -0.6, 9.2), (1.3, 1.8, 1.8), (0, 0, 0.30)),  # bridge
        ('move', (0, -3.6, 10.0), (1.5, 1.4, 1.6), (0, -0.30, 0.0)),  # the tip hangs
        ('move', (2.8, 2.2, 7.6), (3.0, 1.3, 2.6), (0, -0.22, 0.38)),  # brow ridge
        ('scale', (0, -7.2, 3.5), (8.5, 4.6, 8.0), (1.12, 1.02, 1.03)),  # jaw
        ('move', (0, -9.0, 7.6), (2.6, 1.8, 2.6), (0, -0.15, 0.35)),  # chin
        ('move', (4.0, -7.3, 4.8), (2.0, 1.9, 2.6), (0.22, -0.35, 0.12)),  # jowls
        ('move', (4.9, -3.9, 4.6), (1.9, 1.9, 2.4), (-0.42, 0, -0.16)),  # hollow cheeks
        ('move', (4.5, -1.9, 5.4), (1.8, 1.2, 2.2), (0.20, 0.05, 0.16)),  # cheekbones
        ('scale', (0, -6.2, 8.6), (3.6, 1.6, 2.4), (1.06, 0.80, 0.97)),  # thin lips
        ('scale', (0, -12.5, -2.3), (8, 5.5, 8), (1.04, 1.0, 1.06)),
    ], eye=(0.95, (0.02, -0.10, -0.14))),
    skin='#d6a285', blush='#c87864', lip='#b06a5e', hair='#a8a39c', brow='#8d8780', hair_style='receding',
    iris=('#6a5a40', '#687880', '#6b93a8', '#54809a', '#35586c', '#1e3644'), cloth='#59504a', collar='#e6e0d4', teeth='#e2d6bd', lash=0.45, brow_width=1.45, hair_thickness=0.24,
    freckles=25, wrinkles=WRINKLES,
    ear={'height': 6.3, 'width': 3.5, 'turn_out': 24.0},
)

CHILD = Look(
    id='child', name='Child', description='Cartoon child: round head, very large eyes, button nose.',
    identity=Identity([
        ('remap', 'y', [(-24, -17.0), (-15, -11.6), (-10.2, -8.5), (-6.2, -5.55), (-3, -2.9), (0, -0.2), (4, 4.2), (13, 14.2)]),
        ('scale', (0, 6, -1), (14, 12, 15), (1.14, 1.04, 1.10)),
        ('scale', (0, -2.8, 8.3), (2.6, 2.8, 3.2), (0.84, 0.84, 0.70)),
        ('move', (0, -2.8, 9.3), (1.5, 1.5, 1.8), (0, 0.25, 0.0)),
        ('scale', (0, -6.5, 4.0), (8.0, 4.5, 8.0), (0.96, 1.0, 1.0)),
        ('move', (4.2, -4.6, 4.9), (4.2, 3.8, 5.0), (0.42, -0.05, 0.34)),
        ('scale', (0, -5.5, 8.5), (4.0, 2.4, 3.0), (0.96, 1.06, 1.0)),
        ('scale', (0, -10.5, -2.3), (8, 5.0, 8), (0.74, 1.0, 0.74)),
        ('scale', (0, -16, -2), (20, 9, 14), (0.78, 1.12, 0.88)),
    ], eye=(1.27, (0.14, -0.25, -0.3))),
    skin='#f0c3a6', blush='#e88a74', lip='#d57f76', hair='#b5622e', brow='#8f4a24', hair_style='tufts',
    iris=('#6a431c', '#85592a', '#a87236', '#8f5c28', '#5c3818', '#33200f'), cloth='#d9a441', collar='#c98f33', lash=0.85, brow_width=0.95, freckles=220,
    ear={'height': 4.6, 'width': 2.9, 'turn_out': 30.0},
)

LOOKS = [MIEN, ELDER, CHILD]
