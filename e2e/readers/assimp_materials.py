"""Opens an FBX with the assimp library and writes down its materials' pictures and the pictures inside the file.

python3 assimp_materials.py file output.json
"""

import base64
import ctypes
import json
import sys

from assimp_read import P, U32, Scene, String, open_scene

# aiTextureType of assimp 5.x.
TYPES = {"diffuse": 1, "emissive": 4, "normals": 6, "shininess": 7, "opacity": 8, "reflection": 11}


class Texture(ctypes.Structure):
    # mHeight 0: compressed, mWidth is the number of bytes.
    _fields_ = [("width", U32), ("height", U32), ("hint", ctypes.c_char * 9), ("data", ctypes.c_void_p), ("name", String)]


class SceneWithTextures(Scene):
    _fields_ = [("numTextures", U32), ("textures", P(P(Texture)))]


def picture_of(library, scene, material, kind):
    path = String()
    uv_index = U32(0)
    if library.aiGetMaterialTexture(material, kind, 0, ctypes.byref(path), None, ctypes.byref(uv_index), None, None, None, None) != 0:
        return None
    name = path.text()
    embedded = None
    for index in range(scene.numTextures):
        texture = scene.textures[index].contents
        if name == "*" + str(index) or texture.name.text() == name:
            embedded = base64.b64encode(ctypes.string_at(texture.data, texture.width)).decode("ascii")
    return {"path": name, "uvIndex": uv_index.value, "bytes": embedded}


def main():
    library, pointer = open_scene(sys.argv[1])
    scene = ctypes.cast(pointer, P(SceneWithTextures)).contents
    materials = ctypes.cast(scene.materials, P(ctypes.c_void_p))
    library.aiGetMaterialTexture.argtypes = [ctypes.c_void_p, U32, U32] + [ctypes.c_void_p] * 7
    library.aiGetMaterialString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, U32, U32, ctypes.c_void_p]
    result = {}
    for index in range(scene.numMaterials):
        name = String()
        library.aiGetMaterialString(materials[index], b"?mat.name", 0, 0, ctypes.byref(name))
        result[name.text()] = {slot: picture_of(library, scene, materials[index], kind) for slot, kind in TYPES.items()}
    with open(sys.argv[2], "w", encoding="utf-8") as stream:
        json.dump({"embedded": scene.numTextures, "materials": result}, stream)


main()
