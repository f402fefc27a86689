"""Views, contact sheets and the short notation of poses."""
import numpy as np
from PIL import Image, ImageDraw

import character
import raster
from names import ARKIT

VIEWS = {'back': raster.camera(180, 4, (0, -2.5, 0), 86), 'backthree': raster.camera(140, 4, (0, -2.5, 0), 86), 'above': raster.camera(-20, 28, (0, -2.5, 0), 86), 'farleft': raster.camera(-55, 2, (0, -2.5, 0), 86), 'ear': raster.camera(70, 0, (6, -1, 0), 26), 'earback': raster.camera(130, 5, (6, -1, 0), 26),
         'nosef': raster.camera(0, 0, (0, -3.4, 9), 18), 'nose3': raster.camera(50, 5, (0, -3.4, 9), 18), 'nosebelow': raster.camera(15, -28, (0, -3.6, 9), 18),
         'front': raster.camera(0, 0, (0, -2.5, 0), 86), 'three': raster.camera(35, 4, (0, -2.5, 0), 86), 'side': raster.camera(90, 0, (0, -2.5, 0), 86), 'below': raster.camera(18, -32, (0, -2.5, 0), 86),
         'portrait': raster.camera(12, 2, (0, -1.6, 3), 52), 'face': raster.camera(18, 2, (0, -1.6, 4), 56), 'mouth': raster.camera(22, 0, (0, -5.7, 7), 27), 'mouthside': raster.camera(75, 0, (0, -5.7, 7), 27),
         'eyes': raster.camera(15, 4, (0, 0.6, 6), 34), 'eyeside': raster.camera(62, 0, (3.2, 0.3, 6), 24), 'smile': raster.camera(28, 0, (1.2, -5.4, 7), 22), 'mouthzoom': raster.camera(8, -3, (0, -6.0, 7), 20), 'eyezoom': raster.camera(14, 2, (3.2, 0.2, 6), 20), 'mouthfront': raster.camera(0, 0, (0, -5.7, 7), 27)}


def picture(model, weights, view, size=(240, 290), label='', samples=2, clay=False):
    meshes = []
    for part in model:
        if clay and part['name'] in ('Hair', 'Brows', 'Lashes'):
            continue
        rough = np.broadcast_to(part['roughness'], (len(part['points']),))
        meshes.append({'points': character.pose(part, weights), 'triangles': character.triangles(part['quads']),
                       'colors': part['colors'] if not clay else np.full_like(part['points'], 0.45), 'roughness': rough})
    image = Image.fromarray(raster.render(meshes, VIEWS[view], size[0], size[1], samples))
    if label:
        ImageDraw.Draw(image).text((4, 3), label, fill=(255, 255, 255))
    return np.asarray(image)


def sheet(pictures, columns):
    h, w, _ = pictures[0].shape
    rows = -(-len(pictures) // columns)
    out = np.zeros((rows * h, columns * w, 3), np.uint8)
    for i, p in enumerate(pictures):
        r, c = divmod(i, columns)
        out[r * h:(r + 1) * h, c * w:(c + 1) * w] = p
    return Image.fromarray(out)


def parse(text):
    """'jawOpen .7 smile .5' -> weights; a pair's stem sets both sides."""
    words, weights = text.split(), {}
    for name, value in zip(words[::2], words[1::2]):
        hits = [name] if name in ARKIT else [n for n in ARKIT if n in (name + 'Left', name + 'Right')]
        if not hits:
            raise ValueError(f'unknown shape {name}')
        weights.update({n: float(value) for n in hits})
    return weights
