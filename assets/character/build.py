"""Builds mien.glb and landmarks.json next to this file. Run: python3 build.py (numpy and scipy; about 20 s)."""
import json
import os
import re

import numpy as np

import character
import gltf
import landmarks
import parts
import texture
from implicit import EYE
from names import ARKIT
from raster import vertex_normals

HERE = os.path.dirname(os.path.abspath(__file__))
OFFSET_CM = np.array([0.0, 16.1, 0.0])  # the bust's cut edge stands at y = 0
JOINTS = {'root': (0, -16.1, -1.0), 'neck': (0, -13.0, -2.0), 'head': (0, -6.5, -1.0), 'jaw': (0, -1.7, 0.4),
          'eyeLeft': tuple(EYE), 'eyeRight': tuple(EYE * [-1, 1, 1])}
PARENT = {'neck': 'root', 'head': 'neck', 'jaw': 'head', 'eyeLeft': 'head', 'eyeRight': 'head'}
POSITION_EPSILON = 2e-5  # metres: smaller morph motion is not stored
NORMAL_EPSILON = 4e-3


def joint_nodes(glb):
    index = {}
    for name in JOINTS:
        here = np.array(JOINTS[name], float)
        origin = np.array(JOINTS[PARENT[name]], float) if name in PARENT else -OFFSET_CM
        index[name] = glb.node(name=name, translation=((here - origin) / 100).round(7).tolist())
    for child, parent in PARENT.items():
        glb.doc['nodes'][index[parent]].setdefault('children', []).append(index[child])
    return index


def skin(glb, index):
    matrices = []
    for name in JOINTS:
        m = np.eye(4)
        m[:3, 3] = -(np.array(JOINTS[name]) + OFFSET_CM) / 100
        matrices.append(m.T.ravel())  # column-major
    accessor = glb.accessor(np.array(matrices), gltf.FLOAT, 'MAT4')
    glb.doc['skins'].append({'joints': [index[n] for n in JOINTS], 'inverseBindMatrices': accessor,
                             'skeleton': index['root'], 'name': 'MienSkin'})


def skin_attributes(part):
    n = len(part['points'])
    order = list(JOINTS)
    joints, weights = np.zeros((n, 4), int), np.zeros((n, 4))
    if part['joint'] is None:
        w = character.skin_weights(part['points'])
        joints[:, :3] = [order.index(j) for j in ('root', 'neck', 'head')]
        weights[:, :3] = w
        joints[weights == 0] = 0
    else:
        names = np.broadcast_to(part['joint'], (n,))
        joints[:, 0] = [order.index(j) for j in names]
        weights[:, 0] = 1
    weights = weights.astype('<f4')
    return joints, weights / weights.sum(1, keepdims=True)


def add_mesh(glb, part, material, uv):
    points = (part['points'] + OFFSET_CM) / 100
    tri = character.triangles(part['quads'])
    normals = vertex_normals(points, tri)
    joints, weights = skin_attributes(part)
    attributes = {
        'POSITION': glb.accessor(points, gltf.FLOAT, 'VEC3', 34962, bounds=True),
        'NORMAL': glb.accessor(normals, gltf.FLOAT, 'VEC3', 34962),
        'COLOR_0': glb.accessor(np.concatenate([np.clip(part['colors'], 0, 1), np.ones((len(points), 1))], 1) * 65535 + 0.5,
                                gltf.USHORT, 'VEC4', 34962, normalized=True),
        'JOINTS_0': glb.accessor(joints, gltf.UBYTE, 'VEC4', 34962),
        'WEIGHTS_0': glb.accessor(weights, gltf.FLOAT, 'VEC4', 34962),
    }
    if uv is not None:
        attributes['TEXCOORD_0'] = glb.accessor(uv, gltf.FLOAT, 'VEC2', 34962)
    indices = glb.accessor(tri.ravel(), gltf.USHORT, 'SCALAR', 34963)
    primitive = {'attributes': attributes, 'indices': indices, 'material': material, 'mode': 4}
    mesh = {'name': part['name'], 'primitives': [primitive]}
    names = [n for n in ARKIT if n in part['deltas']]
    if names:
        targets = []
        for name in names:
            delta = part['deltas'][name] / 100
            keep = np.linalg.norm(delta, axis=1) > POSITION_EPSILON
            target = {'POSITION': glb.sparse(delta, keep, bounds=True)}
            turned = vertex_normals(points + delta, tri) - normals
            target['NORMAL'] = glb.sparse(turned, np.linalg.norm(turned, axis=1) > NORMAL_EPSILON)
            targets.append(target)
        primitive['targets'] = targets
        mesh['weights'] = [0.0] * len(names)
        mesh['extras'] = {'targetNames': names}
    glb.doc['meshes'].append(mesh)
    node = glb.node(name=part['name'], mesh=len(glb.doc['meshes']) - 1, skin=0)
    glb.doc['scenes'][0]['nodes'].append(node)


def head_material(glb, head, face, uv):
    visible = np.ones(len(head['points']), bool)
    visible[:face.count] = (face.r < 5.6) & (face.er < 6.1)
    rough = np.broadcast_to(head['roughness'], (len(uv),))
    image = texture.roughness_map(uv, character.triangles(head['quads']), rough, visible)
    return glb.material('Skin', 1.0, baseColorTexture={'index': add_texture(glb, 'skinDetail', texture.skin_detail())},
                        metallicRoughnessTexture={'index': add_texture(glb, 'headRoughness', image)})


def add_texture(glb, name, image):
    doc = glb.doc
    doc.setdefault('samplers', [{'magFilter': 9729, 'minFilter': 9987, 'wrapS': 33071, 'wrapT': 33071}])
    doc.setdefault('images', []).append({'name': name, 'mimeType': 'image/png', 'bufferView': glb.raw_view(texture.png(image))})
    doc.setdefault('textures', []).append({'name': name, 'sampler': 0, 'source': len(doc['images']) - 1})
    return len(doc['textures']) - 1


def eye_material(glb, roughness):
    image = texture.iris_detail(parts.IRIS_HALF_ANGLE, parts.PUPIL_HALF_ANGLE)
    return glb.material('Eye', roughness, baseColorTexture={'index': add_texture(glb, 'irisDetail', image)})


def compact(value):
    """JSON with one line per list of plain numbers."""
    return re.sub(r'\[\s+((?:-?[\d.e-]+,?\s*)+)\]', lambda m: '[' + ' '.join(m.group(1).split()) + ']', json.dumps(value, indent=1))


def main():
    model, face = character.build()
    glb = gltf.Glb('Mien assets/character/build.py')
    index = joint_nodes(glb)
    glb.doc['scenes'][0]['nodes'].append(index['root'])
    skin(glb, index)
    names = {'Teeth': 'Teeth', 'Tongue': 'Tongue', 'Eyes': 'Eye', 'Brows': 'Brow', 'Lashes': 'Lash', 'Hair': 'Hair'}
    for part in model:
        uv = texture.head_uv(part['points']) if part['name'] == 'Head' else None
        if part['name'] == 'Head':
            material = head_material(glb, part, face, uv)
        elif part['name'] == 'Eyes':
            uv = texture.eye_uv(part['axis'], np.zeros(3))
            material = eye_material(glb, part['roughness'])
        else:
            material = glb.material(names[part['name']], float(np.mean(part['roughness'])), part['name'] in ('Lashes', 'Hair'))
        add_mesh(glb, part, material, uv)
    size = glb.save(os.path.join(HERE, 'mien.glb'))
    with open(os.path.join(HERE, 'landmarks.json'), 'w') as f:
        f.write(compact(landmarks.landmarks(face, model[1]['points'], OFFSET_CM)) + '\n')
    vertices = sum(len(p['points']) for p in model)
    quads = np.concatenate([p['quads'] for p in model])
    whole = float(np.mean([len(set(q)) == 4 for q in quads.tolist()]))
    print(json.dumps({'bytes': size, 'quadPercent': round(100 * whole, 2), 'vertices': vertices, 'triangles': sum(len(character.triangles(p['quads'])) for p in model)}))


if __name__ == '__main__':
    main()
