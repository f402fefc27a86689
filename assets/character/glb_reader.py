"""Reads mien.glb back (independent of the writer's objects) for checks and sheets."""
import json
import struct

import numpy as np

TYPES = {5126: '<f4', 5123: '<u2', 5125: '<u4', 5121: '<u1'}
WIDTH = {'SCALAR': 1, 'VEC2': 2, 'VEC3': 3, 'VEC4': 4, 'MAT4': 16}


class GlbReader:
    def __init__(self, path):
        with open(path, 'rb') as f:
            raw = f.read()
        magic, version, length = struct.unpack_from('<4sII', raw)
        if magic != b'glTF' or version != 2 or length != len(raw):
            raise ValueError(f'{path} is not a glTF 2.0 binary')
        size = struct.unpack_from('<I', raw, 12)[0]
        self.doc = json.loads(raw[20:20 + size])
        self.bin = raw[20 + size + 8:]

    def _view(self, index, component, count):
        v = self.doc['bufferViews'][index]
        return np.frombuffer(self.bin, TYPES[component], count, v.get('byteOffset', 0))

    def accessor(self, index):
        a = self.doc['accessors'][index]
        w = WIDTH[a['type']]
        if 'bufferView' in a:
            out = self._view(a['bufferView'], a['componentType'], a['count'] * w).reshape(-1, w).astype(float)
        else:
            out = np.zeros((a['count'], w))
        if 'sparse' in a:
            s = a['sparse']
            at = self._view(s['indices']['bufferView'], s['indices']['componentType'], s['count'])
            out[at] = self._view(s['values']['bufferView'], a['componentType'], s['count'] * w).reshape(-1, w)
        if a.get('normalized'):
            out /= np.iinfo(TYPES[a['componentType']]).max
        return out

    def mesh(self, name):
        """Points and deltas in centimetres, triangles, colours, roughness."""
        mesh = next(m for m in self.doc['meshes'] if m['name'] == name)
        p = mesh['primitives'][0]
        names = mesh.get('extras', {}).get('targetNames', [])
        material = self.doc['materials'][p['material']]
        rough = material['pbrMetallicRoughness']['roughnessFactor']
        points = self.accessor(p['attributes']['POSITION']) * 100
        uv = p['attributes'].get('TEXCOORD_0')
        return {'name': name, 'uv': None if uv is None else self.accessor(uv), 'quadCount': mesh.get('extras', {}).get('quadCount', 0), 'points': points, 'triangles': self.accessor(p['indices']).ravel().astype(int).reshape(-1, 3),
                'colors': self.accessor(p['attributes']['COLOR_0'])[:, :3], 'roughness': np.full(len(points), min(rough, 0.5)),
                'deltas': {n: self.accessor(t['POSITION']) * 100 for n, t in zip(names, p.get('targets', []))}}

    def textured(self, name):
        """The mesh with uv and its colour texture (linear), where it has one; needs Pillow."""
        import io
        from PIL import Image
        mesh = self.mesh(name)
        primitive = next(m for m in self.doc['meshes'] if m['name'] == name)['primitives'][0]
        used = self.doc['materials'][primitive['material']]['pbrMetallicRoughness'].get('baseColorTexture')
        if used is not None:
            image = self.doc['images'][self.doc['textures'][used['index']]['source']]
            v = self.doc['bufferViews'][image['bufferView']]
            raw = self.bin[v['byteOffset']:v['byteOffset'] + v['byteLength']]
            c = np.asarray(Image.open(io.BytesIO(raw)).convert('RGB')) / 255
            mesh['texture'] = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
        return mesh

    def meshes(self):
        return [self.mesh(m['name']) for m in self.doc['meshes']]
