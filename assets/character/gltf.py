"""Writes the GLB (glTF 2.0) by hand: struct and json only, the same bytes every time."""
import json
import struct

import numpy as np

FLOAT, USHORT, UINT, UBYTE = 5126, 5123, 5125, 5121
SIZES = {FLOAT: '<f4', USHORT: '<u2', UINT: '<u4', UBYTE: '<u1'}


class Glb:
    def __init__(self, generator):
        self.data = bytearray()
        self.named = {}  # textures that several materials share
        self.doc = {'asset': {'version': '2.0', 'generator': generator}, 'scene': 0, 'scenes': [{'nodes': []}],
                    'nodes': [], 'meshes': [], 'materials': [], 'skins': [], 'accessors': [], 'bufferViews': []}

    def view(self, array, component, target=None):
        raw = np.ascontiguousarray(array).astype(SIZES[component]).tobytes()
        return self.raw_view(raw, target)

    def raw_view(self, raw, target=None):
        while len(self.data) % 4:
            self.data.append(0)
        entry = {'buffer': 0, 'byteOffset': len(self.data), 'byteLength': len(raw)}
        if target:
            entry['target'] = target
        self.data += raw
        self.doc['bufferViews'].append(entry)
        return len(self.doc['bufferViews']) - 1

    def accessor(self, array, component, kind, target=None, bounds=False, normalized=False):
        array = np.asarray(array)
        entry = {'bufferView': self.view(array, component, target), 'componentType': component, 'count': len(array), 'type': kind}
        if normalized:
            entry['normalized'] = True
        if bounds:
            flat = array.astype(SIZES[component]).astype(float)
            entry['min'], entry['max'] = flat.min(0).tolist(), flat.max(0).tolist()
        self.doc['accessors'].append(entry)
        return len(self.doc['accessors']) - 1

    def sparse(self, array, keep, bounds=False):
        """Sparse VEC3 accessor over zeros; keep marks the rows that are stored."""
        index = np.flatnonzero(keep)
        if len(index) == 0:
            index = np.array([0])
        values = np.asarray(array)[index].astype('<f4')
        component = USHORT if len(array) <= 65535 else UINT
        entry = {'componentType': FLOAT, 'count': len(array), 'type': 'VEC3',
                 'sparse': {'count': len(index), 'indices': {'bufferView': self.view(index, component), 'componentType': component},
                            'values': {'bufferView': self.view(values, FLOAT)}}}
        if bounds:
            full = np.zeros((len(array), 3))
            full[index] = values
            entry['min'], entry['max'] = full.min(0).tolist(), full.max(0).tolist()
        self.doc['accessors'].append(entry)
        return len(self.doc['accessors']) - 1

    def node(self, **fields):
        self.doc['nodes'].append(fields)
        return len(self.doc['nodes']) - 1

    def material(self, name, roughness, double_sided=False, color=(1, 1, 1), **extra):
        entry = {'name': name, 'pbrMetallicRoughness': {'baseColorFactor': [*map(float, color), 1.0], 'metallicFactor': 0.0,
                                                        'roughnessFactor': roughness}}
        if double_sided:
            entry['doubleSided'] = True
        entry['pbrMetallicRoughness'].update(extra)
        self.doc['materials'].append(entry)
        return len(self.doc['materials']) - 1

    def save(self, path):
        self.doc['buffers'] = [{'byteLength': len(self.data)}]
        text = json.dumps(self.doc, separators=(',', ':')).encode()
        text += b' ' * (-len(text) % 4)
        binary = bytes(self.data) + b'\0' * (-len(self.data) % 4)
        total = 12 + 8 + len(text) + 8 + len(binary)
        with open(path, 'wb') as f:
            f.write(struct.pack('<4sII', b'glTF', 2, total))
            f.write(struct.pack('<I4s', len(text), b'JSON') + text)
            f.write(struct.pack('<I4s', len(binary), b'BIN\0') + binary)
        return total
