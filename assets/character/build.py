"""Builds every person of looks.py (GLB and landmarks) and characters.json next to this file: python3 build.py [id ...] (numpy, scipy)."""
import json
import os
import re
import sys

import numpy as np

import character
import ear
import gltf
import landmarks
import looks
import parts
import texture
import uv
from body import BOTTOM_CM
from implicit import EYE
from names import ARKIT
from raster import vertex_normals

HERE = os.path.dirname(os.path.abspath(__file__))
# in base centimetres, before the identity
JOINTS = {'root': (0, BOTTOM_CM, -1.0), 'neck': (0, -13.0, -2.0), 'head': (0, -6.5, -1.0), 'jaw': (0, -1.7, 0.4),
          'eyeLeft': tuple(EYE), 'eyeRight': tuple(EYE * [-1, 1, 1])}
PARENT = {'neck': 'root', 'head': 'neck', 'jaw': 'head', 'eyeLeft': 'head', 'eyeRight': 'head'}
POSITION_EPSILON = 3e-5  # metres: smaller morph motion is not stored
NORMAL_EPSILON = 1.2e-2


class Placement:
    """Where one person stands: the bust's cut edge at y = 0, metres."""

    def __init__(self, identity):
        joints = identity.map(np.array(list(JOINTS.values()), float))
        self.offset_cm = np.array([0.0, -joints[0, 1], 0.0])
        self.joints = {name: (p + self.offset_cm) / 100 for name, p in zip(JOINTS, joints)}

    def metres(self, points):
        return (points + self.offset_cm) / 100


def joint_nodes(glb, place):
    index = {}
    for name in JOINTS:
        origin = place.joints[PARENT[name]] if name in PARENT else np.zeros(3)
        index[name] = glb.node(name=name, translation=(place.joints[name] - origin).round(7).tolist())
    for child, parent in PARENT.items():
        glb.doc['nodes'][index[parent]].setdefault('children', []).append(index[child])
    return index


def skin(glb, index, place):
    matrices = []
    for name in JOINTS:
        m = np.eye(4)
        m[:3, 3] = -place.joints[name]
        matrices.append(m.T.ravel())  # column-major
    accessor = glb.accessor(np.array(matrices), gltf.FLOAT, 'MAT4')
    glb.doc['skins'].append({'joints': [index[n] for n in JOINTS], 'inverseBindMatrices': accessor,
                             'skeleton': index['root'], 'name': 'MienSkin'})


def skin_attributes(part):
    n = len(part['points'])
    order = list(JOINTS)
    joints, weights = np.zeros((n, 4), int), np.zeros((n, 4))
    if part['joint'] is None:
        w = character.skin_weights(part['base'])
        joints[:, :3] = [order.index(j) for j in ('root', 'neck', 'head')]
        weights[:, :3] = w
        joints[weights == 0] = 0
    else:
        names = np.broadcast_to(part['joint'], (n,))
        joints[:, 0] = [order.index(j) for j in names]
        weights[:, 0] = 1
    weights = weights.astype('<f4')
    return joints, weights / weights.sum(1, keepdims=True)


def bytes_that_sum(weights):
    """Weights as bytes; every row sums to 255."""
    whole = np.round(weights * 255).astype(int)
    row = np.arange(len(whole))
    whole[row, whole.argmax(1)] += 255 - whole.sum(1)
    return whole


def add_mesh(glb, part, material, layout, place):
    """layout: (texture coordinates, the points that come again after the last for a seam, triangles with those copies)."""
    uv, copied, laid_out = layout
    order = np.concatenate([np.arange(len(part['points'])), copied]).astype(int)
    points = place.metres(part['points'])
    tri = character.triangles(part['quads'])
    normals = part.get('normals')
    if normals is None:
        normals = vertex_normals(points, tri)
    joints, weights = (rows[order] for rows in skin_attributes(part))
    weights = bytes_that_sum(weights)
    # A weight that rounds to nothing names no joint: the glTF validator warns of joints that are listed and not used.
    joints[weights == 0] = 0
    attributes = {
        'POSITION': glb.accessor(points[order], gltf.FLOAT, 'VEC3', 34962, bounds=True),
        'NORMAL': glb.accessor(normals[order], gltf.FLOAT, 'VEC3', 34962),
        'COLOR_0': glb.accessor(np.concatenate([np.clip(part['colors'], 0, 1), np.ones((len(points), 1))], 1)[order] * 65535 + 0.5,
                                gltf.USHORT, 'VEC4', 34962, normalized=True),
        'JOINTS_0': glb.accessor(joints, gltf.UBYTE, 'VEC4', 34962),
        'WEIGHTS_0': glb.accessor(weights, gltf.UBYTE, 'VEC4', 34962, normalized=True),
    }
    attributes['TEXCOORD_0'] = glb.accessor(uv, gltf.FLOAT, 'VEC2', 34962)
    indices = glb.accessor(laid_out.ravel(), gltf.USHORT, 'SCALAR', 34963)
    primitive = {'attributes': attributes, 'indices': indices, 'material': material, 'mode': 4}
    mesh = {'name': part['name'], 'primitives': [primitive], 'extras': {'quadCount': character.quad_count(part['quads'])}}
    names = [n for n in ARKIT if n in part['deltas']]
    if names:
        targets = []
        for name in names:
            delta = part['deltas'][name] / 100
            keep = np.linalg.norm(delta, axis=1) > POSITION_EPSILON
            target = {'POSITION': glb.sparse(delta[order], keep[order], bounds=True)}
            turned = vertex_normals(points + delta, tri) - normals
            target['NORMAL'] = glb.sparse(turned[order], (np.linalg.norm(turned, axis=1) > NORMAL_EPSILON)[order])
            targets.append(target)
        primitive['targets'] = targets
        mesh['weights'] = [0.0] * len(names)
        mesh['extras']['targetNames'] = names
    glb.doc['meshes'].append(mesh)
    node = glb.node(name=part['name'], mesh=len(glb.doc['meshes']) - 1, skin=0)
    glb.doc['scenes'][0]['nodes'].append(node)


def head_material(glb, head, layout, look):
    uv, copied, tri = layout
    image = texture.roughness_map(uv, tri, np.concatenate([head['roughness'], head['roughness'][copied]]))
    return glb.material('Skin', 1.0, baseColorTexture={'index': add_texture(glb, 'skinDetail', texture.skin_detail(look.freckles, look.wrinkles))},
                        metallicRoughnessTexture={'index': add_texture(glb, 'headRoughness', image)})


def add_texture(glb, name, image, repeat=False):
    doc = glb.doc
    doc.setdefault('samplers', [{'magFilter': 9729, 'minFilter': 9987, 'wrapS': wrap, 'wrapT': wrap} for wrap in (33071, 10497)])
    doc.setdefault('images', []).append({'name': name, 'mimeType': 'image/png', 'bufferView': glb.raw_view(texture.png(image))})
    doc.setdefault('textures', []).append({'name': name, 'sampler': int(repeat), 'source': len(doc['images']) - 1})
    return len(doc['textures']) - 1


def eye_material(glb, roughness):
    image = texture.iris_detail(parts.IRIS_HALF_ANGLE, parts.PUPIL_HALF_ANGLE)
    return glb.material('Eye', roughness, baseColorTexture={'index': add_texture(glb, 'irisDetail', image)})


def compact(value):
    """JSON with one line per list of plain numbers."""
    return re.sub(r'\[\s+((?:-?[\d.e-]+,?\s*)+)\]', lambda m: '[' + ' '.join(m.group(1).split()) + ']', json.dumps(value, indent=1))


REPEATED = {'Hair': ('hairStrands', texture.hair_strands), 'Brows': ('hairStrands', texture.hair_strands), 'Body': ('knit', texture.knit)}
MATERIALS = {'Teeth': 'Teeth', 'Tongue': 'Tongue', 'Eyes': 'Eye', 'Brows': 'Brow', 'Lashes': 'Lash', 'Hair': 'Hair', 'Body': 'Cloth'}


def material_of(glb, part, face, look):
    """(material index, layout for add_mesh) of a part."""
    tri = character.triangles(part['quads'])
    if part['name'] == 'Head':
        layout = uv.head(face, tri, (len(part['points']) - face.count) // 2, len(ear.RADII))
        return head_material(glb, part, layout, look), layout
    whole = lambda coordinates: (coordinates, [], tri)
    if part['name'] == 'Eyes':
        return eye_material(glb, part['roughness']), whole(texture.eye_uv(part['axis'], np.zeros(3)))
    name, roughness = MATERIALS[part['name']], float(np.mean(part['roughness']))
    if part['name'] in REPEATED:
        kind, draw = REPEATED[part['name']]
        if kind not in glb.named:
            glb.named[kind] = add_texture(glb, kind, draw(), repeat=True)
        return glb.material(name, roughness, part['name'] == 'Hair', baseColorTexture={'index': glb.named[kind]}), whole(part['uv'])
    return glb.material(name, roughness, part['name'] == 'Lashes'), whole(texture.plane_uv(part['base']))


def write(look, face, shapes):
    """Writes one person; returns its figures."""
    model = character.person(face, shapes, look)
    place = Placement(look.identity)
    glb = gltf.Glb('Mien assets/character/build.py')
    glb.doc['scenes'][0]['name'] = look.name
    index = joint_nodes(glb, place)
    glb.doc['scenes'][0]['nodes'].append(index['root'])
    skin(glb, index, place)
    for part in model:
        material, layout = material_of(glb, part, face, look)
        add_mesh(glb, part, material, layout, place)
    size = glb.save(os.path.join(HERE, look.file))
    with open(os.path.join(HERE, look.landmarks), 'w') as f:
        f.write(compact(landmarks.landmarks(face, model, look.identity, place.metres)) + '\n')
    count = sum(len(p['quads']) for p in model)
    return {'file': look.file, 'bytes': size, 'quadPercent': round(100 * sum(character.quad_count(p['quads']) for p in model) / count, 2),
            'vertices': sum(len(p['points']) for p in model), 'triangles': sum(len(character.triangles(p['quads'])) for p in model)}


def main():
    face, shapes = character.base()
    wanted = sys.argv[1:]
    for look in looks.LOOKS:
        if not wanted or look.id in wanted:
            print(json.dumps(write(look, face, shapes)))
    listing = [{'id': k.id, 'name': k.name, 'description': k.description, 'file': k.file, 'landmarks': k.landmarks} for k in looks.LOOKS]
    with open(os.path.join(HERE, 'characters.json'), 'w') as f:
        f.write(json.dumps({'characters': listing}, indent=1) + '\n')


if __name__ == '__main__':
    main()
