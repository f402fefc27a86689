import type { CharacterMaterial } from '../character/characterMaterial';
import type { CharacterScene } from '../character/characterScene';
import { uniqueNames } from './addMesh';
import { pBool, pColor, pDouble, pEnum, pNumber, pString, pUrl, pVector, properties70 } from './fbxProperties70';
import { fbxInt32, fbxObjectName, fbxRaw, fbxString, record } from './fbxRecord';
import type { FbxSceneBuilder } from './fbxSceneBuilder';
import { materialPictures, OCCLUSION_PROPERTY, PACKED_PROPERTY, type EmbeddedPicture, type PictureUse } from './materialPictures';
import { withUserProperties } from './userProperties';
import { uvSetName } from './uvSets';

/** AlphaSource: 0 none, 2 the picture's own alpha. */
const OWN_ALPHA = 2;
/** CurrentMappingType: by UV. */
const BY_UV = 0;

/** Adds every material with its pictures; returns the ids in the order of `scene.materials`. Pictures lie inside the file, once each. */
export function addMaterials(builder: FbxSceneBuilder, scene: CharacterScene): bigint[] {
  const pictures = materialPictures(scene);
  const names = uniqueNames(scene.materials.map((material) => material.name));
  const videos = new Map<EmbeddedPicture, bigint>();
  return scene.materials.map((material, index) => {
    const materialId = addMaterial(builder, material, names[index], pictures[index]);
    for (const use of pictures[index]) {
      const videoId = videos.get(use.picture) ?? addVideo(builder, use.picture);
      videos.set(use.picture, videoId);
      const textureId = addTexture(builder, use, uvSetName(use.texture, scene.materials));
      builder.connect(videoId, textureId);
      builder.connectToProperty(textureId, materialId, use.property);
    }
    return materialId;
  });
}

function addMaterial(
  builder: FbxSceneBuilder,
  material: CharacterMaterial,
  name: string,
  pictures: readonly PictureUse[],
): bigint {
  const [red, green, blue, alpha] = material.baseColor;
  const opacity = material.transparent ? alpha : 1;
  // Phong exponent for a glTF roughness: alpha = roughness^2, exponent = 2 / alpha^2 - 2 (Walter 2007), kept in the usual range.
  const shininess = Math.min(100, Math.max(2, 2 / Math.max(1e-3, material.roughness ** 4) - 2));
  const strength = Math.max(1, ...material.emissive);
  const [emissiveRed, emissiveGreen, emissiveBlue] = material.emissive.map((part) => part / strength);
  const properties = [
    pColor('DiffuseColor', [red, green, blue]),
    pNumber('DiffuseFactor', 1),
    pColor('EmissiveColor', [emissiveRed, emissiveGreen, emissiveBlue]),
    pNumber('EmissiveFactor', strength),
    pColor('AmbientColor', [0, 0, 0]),
    pColor('SpecularColor', [0.2, 0.2, 0.2]),
    pNumber('SpecularFactor', 0.5),
    pNumber('Shininess', shininess),
    pNumber('ShininessExponent', shininess),
    pNumber('ReflectionFactor', material.metallic),
    pColor('TransparentColor', [1, 1, 1]),
    pNumber('TransparencyFactor', 1 - opacity),
    pDouble('Opacity', opacity),
    pVector('NormalMap', [0, 0, 0]),
    pDouble('BumpFactor', material.normalScale),
  ];
  // A picture can hang on a property only when it is there.
  for (const added of [OCCLUSION_PROPERTY, PACKED_PROPERTY]) {
    if (pictures.some((use) => use.property === added)) properties.push(pVector(added, [0, 0, 0]));
  }
  return builder.add('Material', name, 'Material', '', [
    record('Version', [fbxInt32(102)]),
    record('ShadingModel', [fbxString('phong')]),
    record('MultiLayer', [fbxInt32(0)]),
    withUserProperties(properties, material.extras),
  ]);
}

function addVideo(builder: FbxSceneBuilder, { fileName, bytes }: EmbeddedPicture): bigint {
  return builder.add('Video', fileName, 'Video', 'Clip', [
    record('Type', [fbxString('Clip')]),
    properties70(pUrl('Path', fileName)),
    record('UseMipMap', [fbxInt32(0)]),
    record('Filename', [fbxString(fileName)]),
    record('RelativeFilename', [fbxString(fileName)]),
    record('Content', [fbxRaw(bytes)]),
  ]);
}

function addTexture(builder: FbxSceneBuilder, { picture, texture, property }: PictureUse, uvSet: string): bigint {
  const name = picture.fileName.replace(/\.[a-z]+$/, '');
  return builder.add('Texture', name, 'Texture', '', [
    record('Type', [fbxString('TextureVideoClip')]),
    record('Version', [fbxInt32(202)]),
    record('TextureName', [fbxObjectName(name, 'Texture')]),
    record('Media', [fbxObjectName(picture.fileName, 'Video')]),
    record('FileName', [fbxString(picture.fileName)]),
    record('RelativeFilename', [fbxString(picture.fileName)]),
    properties70(
      pEnum('CurrentMappingType', BY_UV),
      pEnum('AlphaSource', property === 'DiffuseColor' || property === 'TransparentColor' ? OWN_ALPHA : 0),
      pString('UVSet', uvSet),
      pEnum('WrapModeU', texture.clamps[0] ? 1 : 0),
      pEnum('WrapModeV', texture.clamps[1] ? 1 : 0),
      pBool('UseMaterial', true),
      pBool('UseMipMap', false),
    ),
  ]);
}
