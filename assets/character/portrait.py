"""Portraits with Blender's path tracer: blender -b -noaudio -P portrait.py -- <out prefix> [samples]. Writes <out prefix>0.png ..."""
import math
import os
import sys

import bpy
import numpy
from mathutils import Vector

numpy.bool = bool  # Debian's Blender 3.4 importer still uses the name that numpy dropped
HERE = os.path.dirname(os.path.abspath(__file__))
# yaw in degrees, camera distance and height offset in metres, weights (a stem sets both sides)
SHOTS = [
    (-28, 0.95, -0.012, {'mouthSmile': 0.35, 'eyeSquint': 0.1}),
    (20, 0.9, -0.015, {'jawOpen': 0.35, 'mouthSmile': 0.7, 'browOuterUp': 0.4, 'browInnerUp': 0.3, 'cheekSquint': 0.4}),
    (-10, 0.9, -0.015, {'mouthFrown': 0.7, 'browInnerUp': 0.9, 'eyeBlink': 0.2}),
]
LIGHTS = [((0.28, -0.5, 0.42), 5, 0.18, (1, 0.95, 0.88)), ((-0.45, -0.3, 0.2), 1.6, 0.35, (0.85, 0.92, 1)), ((-0.15, 0.5, 0.45), 3, 0.2, (1, 1, 1))]


def aim(thing, target):
    thing.rotation_euler = (target - thing.location).to_track_quat('-Z', 'Y').to_euler()


def stage(samples):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.import_scene.gltf(filepath=os.path.join(HERE, 'mien.glb'))
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.samples, scene.cycles.use_denoising = 'CYCLES', samples, False
    scene.render.threads_mode, scene.render.threads = 'FIXED', 2
    scene.render.resolution_x, scene.render.resolution_y = 420, 520
    scene.view_settings.view_transform = 'Standard'
    world = bpy.data.worlds.new('world')
    scene.world, world.use_nodes = world, True
    world.node_tree.nodes['Background'].inputs[0].default_value = (0.5, 0.55, 0.62, 1)
    world.node_tree.nodes['Background'].inputs[1].default_value = 0.45
    for place, watts, size, color in LIGHTS:
        lamp = bpy.data.lights.new('light', 'AREA')
        lamp.energy, lamp.size, lamp.color = watts, size, color
        thing = bpy.data.objects.new('light', lamp)
        scene.collection.objects.link(thing)
        thing.location = place
        aim(thing, Vector((0, 0, 0.15)))
    lens = bpy.data.cameras.new('camera')
    lens.lens, lens.sensor_width = 85, 24
    scene.camera = bpy.data.objects.new('camera', lens)
    scene.collection.objects.link(scene.camera)
    return scene


def main():
    args = sys.argv[sys.argv.index('--') + 1:]
    scene = stage(int(args[1]) if len(args) > 1 else 24)
    for index, (yaw, distance, up, weights) in enumerate(SHOTS):
        for thing in bpy.data.objects:
            if thing.type == 'MESH' and thing.data.shape_keys:
                for key in thing.data.shape_keys.key_blocks[1:]:
                    key.value = max([w for n, w in weights.items() if key.name in (n, n + 'Left', n + 'Right')], default=0)
        target = Vector((0, 0, 0.161 + up))
        angle = math.radians(yaw)
        scene.camera.location = target + Vector((math.sin(angle), -math.cos(angle), 0)) * distance
        aim(scene.camera, target)
        scene.render.filepath = f'{args[0]}{index}.png'
        bpy.ops.render.render(write_still=True)


main()
