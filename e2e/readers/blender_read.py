"""Runs inside Blender in background: opens files Mien wrote and writes down what Blender sees.

blender -b --factory-startup --python blender_read.py -- jobs.json
jobs.json: [{"file", "format": "fbx"|"glb", "fps", "fpsBase", "frameCount", "joints": [...], "checkedFrames": [...], "output": path}]
Every output is a ReaderDump (readerDump.ts, positions as base64 of float32) in the character's axes: glTF (x, y, z) = Blender (x, z, -y).
"""

import base64
import contextlib
import json
import struct
import sys

import bpy
import numpy
from mathutils import Matrix

# Blender 3.4's glTF importer uses numpy.bool, which numpy 1.24 removed.
if not hasattr(numpy, "bool"):
    numpy.bool = bool

# Blender's Z-up axes to the character's Y-up axes.
TO_CHARACTER = Matrix(((1, 0, 0), (0, 0, 1), (0, -1, 0)))


def open_file(job):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps = job["fps"]
    scene.render.fps_base = job["fpsBase"]
    if job["format"] == "fbx":
        bpy.ops.import_scene.fbx(filepath=job["file"], anim_offset=0.0)
    else:
        bpy.ops.import_scene.gltf(filepath=job["file"])


def go_to(job, frame):
    """Blender's importers place keys at seconds x fps and forget fps_base, so frame k of 29.97 lies at 1.001 k."""
    position = frame * job["fpsBase"]
    whole = int(position + 1e-9)
    bpy.context.scene.frame_set(whole, subframe=max(0.0, position - whole))


def positions_of(vertices, matrix):
    coordinates = numpy.empty(len(vertices) * 3, dtype=numpy.float32)
    vertices.foreach_get("co", coordinates)
    points = coordinates.reshape(-1, 3).astype(numpy.float64)
    world = numpy.array(TO_CHARACTER.to_4x4() @ matrix)
    return (points @ world[:3, :3].T + world[:3, 3]).ravel()


def rotation_in_character_axes(matrix):
    turned = TO_CHARACTER @ matrix.to_quaternion().to_matrix() @ TO_CHARACTER.transposed()
    q = turned.to_quaternion()
    return [q.x, q.y, q.z, q.w]


def encoded(values):
    """float32, base64: a character's shapes as JSON numbers would be hundreds of megabytes."""
    return base64.b64encode(numpy.asarray(values, dtype=numpy.float32).tobytes()).decode("ascii")


def rest_of(mesh_object):
    keys = mesh_object.data.shape_keys
    matrix = mesh_object.matrix_world
    if keys is None:
        return positions_of(mesh_object.data.vertices, matrix), {}
    rest = positions_of(keys.reference_key.data, matrix)
    others = [block for block in keys.key_blocks if block != keys.reference_key]
    return rest, {block.name: encoded(positions_of(block.data, matrix) - rest) for block in others}


class Bone:
    """A joint of a skeleton."""

    def __init__(self, armature, name):
        self.armature, self.name = armature, name
        self.rest = armature.matrix_world @ armature.data.bones[name].matrix_local

    def turn(self):
        return self.armature.matrix_world @ self.armature.pose.bones[self.name].matrix @ self.rest.inverted()


class Empty:
    """A joint no skin uses: the glTF importer makes it an object. To be made while objects are at rest."""

    def __init__(self, item):
        self.item, self.rest = item, item.matrix_world.copy()

    def turn(self):
        return self.item.matrix_world @ self.rest.inverted()


def find_joint(name):
    for armature in (item for item in bpy.data.objects if item.type == "ARMATURE"):
        if name in armature.data.bones:
            return Bone(armature, name)
    if name in bpy.data.objects and bpy.data.objects[name].type == "EMPTY":
        return Empty(bpy.data.objects[name])
    raise RuntimeError("no bone or empty named " + name)


def rest_rotations(file):
    """Rotation of every node of a GLB by name, x, y, z, w."""
    with open(file, "rb") as stream:
        length = struct.unpack("<5I", stream.read(20))[3]
        nodes = json.loads(stream.read(length))["nodes"]
    return {node.get("name"): node.get("rotation", [0, 0, 0, 1]) for node in nodes}


@contextlib.contextmanager
def objects_at_rest(job):
    """Animated empties turned back, because Blender keeps no rest pose of objects as it does of bones."""
    moved = [item for item in bpy.data.objects if item.type == "EMPTY" and item.animation_data and item.animation_data.action]
    actions = [item.animation_data.action for item in moved]
    rotations = rest_rotations(job["file"]) if moved else {}
    for item in moved:
        item.animation_data.action = None
        x, y, z, w = rotations[item.name]
        item.rotation_quaternion = (w, x, -z, y)
    bpy.context.view_layer.update()
    yield
    for item, action in zip(moved, actions):
        item.animation_data.action = action


def dump(job):
    open_file(job)
    scene = bpy.context.scene
    # The glTF importer calls the object of an animated skinned mesh "face.001" under an empty "face": the mesh keeps the name.
    objects = {(item.data if job["format"] == "glb" else item).name: item for item in bpy.data.objects if item.type == "MESH"}
    for armature in (item for item in bpy.data.armatures):
        armature.pose_position = "REST"
    scene.frame_set(0)
    meshes = {}
    with objects_at_rest(job):
        joints = {name: find_joint(name) for name in job["joints"]}
        for name, item in objects.items():
            rest, shapes = rest_of(item)
            meshes[name] = {"rest": encoded(rest), "shapes": shapes, "weights": {shape: [] for shape in shapes}, "deformed": {}}
    for armature in bpy.data.armatures:
        armature.pose_position = "POSE"
    rotations = {name: [] for name in joints}
    for frame in range(job["frameCount"]):
        go_to(job, frame)
        for mesh_name, item in objects.items():
            for name, values in meshes[mesh_name]["weights"].items():
                values.append(item.data.shape_keys.key_blocks[name].value)
        for name, joint in joints.items():
            rotations[name].append(rotation_in_character_axes(joint.turn()))
        if frame in job["checkedFrames"]:
            graph = bpy.context.evaluated_depsgraph_get()
            for mesh_name, item in objects.items():
                evaluated = item.evaluated_get(graph)
                shown = evaluated.to_mesh()
                meshes[mesh_name]["deformed"][str(frame)] = encoded(positions_of(shown.vertices, evaluated.matrix_world))
                evaluated.to_mesh_clear()
    with open(job["output"], "w", encoding="utf-8") as stream:
        json.dump({"meshes": meshes, "joints": rotations}, stream)


with open(sys.argv[sys.argv.index("--") + 1], encoding="utf-8") as jobs_file:
    for entry in json.load(jobs_file):
        dump(entry)
print("MIEN-READER-DONE")
