"""Contact sheets: look.py <out.png> <kind>. Kinds: turn, shapes, combos, mouth, eyes, or an expression list file."""
import sys

import numpy as np
from PIL import Image, ImageDraw

import character
import raster
from names import ARKIT

VIEWS = {'back': raster.camera(-145, 6), 'ear': raster.camera(70, 0, (6, -1, 0), 26), 'earback': raster.camera(130, 5, (6, -1, 0), 26),
         'nosef': raster.camera(0, 0, (0, -3.4, 9), 18), 'nose3': raster.camera(50, 5, (0, -3.4, 9), 18), 'nosebelow': raster.camera(15, -28, (0, -3.6, 9), 18),
         'front': raster.camera(0, 0), 'three': raster.camera(35, 4), 'side': raster.camera(90, 0), 'below': raster.camera(18, -32),
         'portrait': raster.camera(12, 2, (0, -1.6, 3), 52), 'face': raster.camera(18, 2, (0, -1.6, 4), 56), 'mouth': raster.camera(22, 0, (0, -6.3, 7), 27), 'mouthside': raster.camera(75, 0, (0, -6.3, 7), 27),
         'eyes': raster.camera(15, 4, (0, 0.6, 6), 34), 'eyeside': raster.camera(62, 0, (3.2, 0.3, 6), 24), 'mouthfront': raster.camera(0, 0, (0, -6.3, 7), 27)}


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


def main():
    import pickle, os
    out, specs = sys.argv[1], sys.argv[2:]
    cache = os.environ.get('MIEN_CHARACTER_CACHE')
    if cache and os.path.exists(cache):
        model = pickle.load(open(cache, 'rb'))
    else:
        model, _ = character.build()
    size = (240, 290)
    columns = 6
    pictures = []
    for spec in specs:
        if spec.startswith('size='):
            size = tuple(int(v) for v in spec[5:].split('x')); continue
        if spec.startswith('columns='):
            columns = int(spec[8:]); continue
        view, _, text = spec.partition(':')
        clay = view.endswith('!')  # 'face!:jawOpen 1' shows the bare form
        pictures.append(picture(model, parse(text), view.rstrip('!'), size, text[:44], clay=clay))
    sheet(pictures, columns).save(out)


if __name__ == '__main__':
    main()
