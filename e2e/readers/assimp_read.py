"""Opens an FBX or GLB with the assimp library (by ctypes: pyassimp does not know morph animation) and writes down what it sees.

python3 assimp_read.py file output.json
Layout of the structures: include/assimp/{scene,mesh,anim,types}.h of assimp 5.x (BSD-3-Clause).
"""

import base64
import ctypes
import ctypes.util
import json
import sys

U32 = ctypes.c_uint
P = ctypes.POINTER


class String(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint32), ("data", ctypes.c_char * 1024)]

    def text(self):
        return ctypes.string_at(ctypes.addressof(self) + 4, self.length).decode("utf-8")


class Vector3(ctypes.Structure):
    _fields_ = [("x", ctypes.c_float), ("y", ctypes.c_float), ("z", ctypes.c_float)]


class Quaternion(ctypes.Structure):
    _fields_ = [("w", ctypes.c_float), ("x", ctypes.c_float), ("y", ctypes.c_float), ("z", ctypes.c_float)]


class Matrix4(ctypes.Structure):
    _fields_ = [("m", ctypes.c_float * 16)]


class Node(ctypes.Structure):
    pass


Node._fields_ = [
    ("name", String), ("transformation", Matrix4), ("parent", P(Node)), ("numChildren", U32), ("children", P(P(Node))),
    ("numMeshes", U32), ("meshes", P(U32)), ("metaData", ctypes.c_void_p),
]


class AnimMesh(ctypes.Structure):
    _fields_ = [
        ("name", String), ("vertices", P(Vector3)), ("normals", P(Vector3)), ("tangents", P(Vector3)), ("bitangents", P(Vector3)),
        ("colors", ctypes.c_void_p * 8), ("textureCoords", ctypes.c_void_p * 8), ("numVertices", U32), ("weight", ctypes.c_float),
    ]


class Mesh(ctypes.Structure):
    _fields_ = [
        ("primitiveTypes", U32), ("numVertices", U32), ("numFaces", U32), ("vertices", P(Vector3)), ("normals", P(Vector3)),
        ("tangents", P(Vector3)), ("bitangents", P(Vector3)), ("colors", ctypes.c_void_p * 8),
        ("textureCoords", ctypes.c_void_p * 8), ("numUVComponents", U32 * 8), ("faces", ctypes.c_void_p), ("numBones", U32),
        ("bones", ctypes.c_void_p), ("materialIndex", U32), ("name", String), ("numAnimMeshes", U32),
        ("animMeshes", P(P(AnimMesh))),
    ]


class VectorKey(ctypes.Structure):
    _fields_ = [("time", ctypes.c_double), ("value", Vector3)]


class QuatKey(ctypes.Structure):
    _fields_ = [("time", ctypes.c_double), ("value", Quaternion)]


class NodeAnim(ctypes.Structure):
    _fields_ = [
        ("name", String), ("numPositionKeys", U32), ("positionKeys", P(VectorKey)), ("numRotationKeys", U32),
        ("rotationKeys", P(QuatKey)), ("numScalingKeys", U32), ("scalingKeys", P(VectorKey)),
    ]


class MorphKey(ctypes.Structure):
    _fields_ = [
        ("time", ctypes.c_double), ("values", P(U32)), ("weights", P(ctypes.c_double)), ("count", U32),
    ]


class MorphAnim(ctypes.Structure):
    _fields_ = [("name", String), ("numKeys", U32), ("keys", P(MorphKey))]


class Animation(ctypes.Structure):
    _fields_ = [
        ("name", String), ("duration", ctypes.c_double), ("ticksPerSecond", ctypes.c_double), ("numChannels", U32),
        ("channels", P(P(NodeAnim))), ("numMeshChannels", U32), ("meshChannels", ctypes.c_void_p), ("numMorphChannels", U32),
        ("morphChannels", P(P(MorphAnim))),
    ]


class Scene(ctypes.Structure):
    _fields_ = [
        ("flags", U32), ("rootNode", P(Node)), ("numMeshes", U32), ("meshes", P(P(Mesh))), ("numMaterials", U32),
        ("materials", ctypes.c_void_p), ("numAnimations", U32), ("animations", P(P(Animation))),
    ]


def multiply(a, b):
    return [sum(a[row * 4 + k] * b[k * 4 + column] for k in range(4)) for row in range(4) for column in range(4)]


def walk(node, parent_matrix, visit):
    matrix = multiply(parent_matrix, list(node.transformation.m))
    visit(node, matrix)
    for index in range(node.numChildren):
        walk(node.children[index].contents, matrix, visit)


def vectors(pointer, count):
    """float32, base64: a character's shapes as JSON numbers would be hundreds of megabytes."""
    return base64.b64encode(ctypes.string_at(pointer, count * ctypes.sizeof(Vector3))).decode("ascii")


def dump_mesh(mesh):
    shapes = [mesh.animMeshes[index].contents for index in range(mesh.numAnimMeshes)]
    return {
        "rest": vectors(mesh.vertices, mesh.numVertices),
        "shapeNames": [shape.name.text() for shape in shapes],
        "shapes": [vectors(shape.vertices, shape.numVertices) for shape in shapes],
    }


def dump_animation(animation):
    morphs = []
    for index in range(animation.numMorphChannels):
        channel = animation.morphChannels[index].contents
        keys = [channel.keys[k] for k in range(channel.numKeys)]
        morphs.append({
            "name": channel.name.text(),
            "keys": [{"time": key.time, "weights": {key.values[i]: key.weights[i] for i in range(key.count)}} for key in keys],
        })
    rotations = {}
    for index in range(animation.numChannels):
        channel = animation.channels[index].contents
        keys = [channel.rotationKeys[k] for k in range(channel.numRotationKeys)]
        rotations[channel.name.text()] = [[key.time, key.value.x, key.value.y, key.value.z, key.value.w] for key in keys]
    return {"name": animation.name.text(), "ticksPerSecond": animation.ticksPerSecond, "morphs": morphs, "rotations": rotations}


def open_scene(file):
    """The library and a pointer to the scene of a file, read without any processing; ends the program when it cannot be read."""
    library = ctypes.CDLL(ctypes.util.find_library("assimp"))
    library.aiImportFile.restype = P(Scene)
    library.aiImportFile.argtypes = [ctypes.c_char_p, U32]
    library.aiGetErrorString.restype = ctypes.c_char_p
    scene_pointer = library.aiImportFile(file.encode(), 0)
    if not scene_pointer:
        raise SystemExit("assimp: " + library.aiGetErrorString().decode())
    return library, scene_pointer


def main():
    scene = open_scene(sys.argv[1])[1].contents
    nodes = []

    def note(node, matrix):
        for index in range(node.numMeshes):
            nodes.append({"name": node.name.text(), "mesh": node.meshes[index], "matrix": matrix})

    walk(scene.rootNode.contents, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], note)
    result = {
        "meshNodes": nodes,
        "meshes": [dump_mesh(scene.meshes[index].contents) for index in range(scene.numMeshes)],
        "animations": [dump_animation(scene.animations[index].contents) for index in range(scene.numAnimations)],
    }
    with open(sys.argv[2], "w", encoding="utf-8") as stream:
        json.dump(result, stream)


if __name__ == "__main__":
    main()
