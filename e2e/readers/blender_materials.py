"""Runs inside Blender in background: opens one FBX and writes down its materials as Blender connects them.

blender -b --factory-startup --python blender_materials.py -- file.fbx output.json
"""

import json
import sys

import bpy


def pixels_of(image):
    """Red, green, blue, alpha of every pixel, 0..255, top row first as PNG has them; what is drawn, so the picture was decoded."""
    width, height = image.size
    values = [round(value * 255) for value in image.pixels[:]]
    rows = [values[row * width * 4:(row + 1) * width * 4] for row in range(height)]
    return [value for row in reversed(rows) for value in row]


def picture_behind(socket):
    """The image node a socket hangs on, through nodes that only turn it (a normal map)."""
    while socket.links:
        link = socket.links[0]
        if link.from_node.type == "TEX_IMAGE":
            return link.from_node.image, link.from_socket.name
        socket = next(entry for entry in link.from_node.inputs if entry.name == "Color")
    return None, None


def dump_material(material):
    shader = next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
    slots = {}
    for name in ("Base Color", "Alpha", "Normal", "Roughness", "Metallic", "Emission"):
        image, output = picture_behind(shader.inputs[name])
        if image:
            slots[name] = {
                "file": bpy.path.basename(image.filepath.replace("\\", "/")),
                "output": output,
                "packedBytes": image.packed_file.size if image.packed_file else 0,
                "pixels": pixels_of(image),
            }
    extras = {key: material[key] for key in material.keys() if isinstance(material[key], (str, float, int, bool))}
    return {"slots": slots, "extras": extras, "factors": {
        "metallic": shader.inputs["Metallic"].default_value, "emission": list(shader.inputs["Emission"].default_value)[:3]}}


bpy.ops.wm.read_factory_settings(use_empty=True)
source, output = sys.argv[sys.argv.index("--") + 1:]
bpy.ops.import_scene.fbx(filepath=source, anim_offset=0.0)
meshes = {}
for item in bpy.data.objects:
    if item.type == "MESH":
        meshes[item.name] = {
            "materials": [slot.material.name for slot in item.material_slots],
            "uvSets": {layer.name: [part for corner in layer.data for part in corner.uv] for layer in item.data.uv_layers},
            "extras": {key: item[key] for key in item.keys() if isinstance(item[key], (str, float, int, bool))},
        }
with open(output, "w", encoding="utf-8") as stream:
    json.dump({"materials": {entry.name: dump_material(entry) for entry in bpy.data.materials}, "meshes": meshes}, stream)
print("MIEN-READER-DONE")
