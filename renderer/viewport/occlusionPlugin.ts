import { MaterialPluginBase } from '@babylonjs/core/Materials/materialPluginBase';
import type { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial';
import type { UniformBuffer } from '@babylonjs/core/Materials/uniformBuffer';
import { CATCHLIGHTS_GLSL, HUED_GLSL } from './faceShader';
import { SURFACE_RESPONSE, type SurfaceKind } from './surfaceKind';

/** What a part's surface is, as defines of the shader chunks both materials share. */
export function surfaceDefines(kind: SurfaceKind): string[] {
  return [
    ...(kind === 'skin' || kind === 'tongue' ? ['SKIN'] : []),
    ...(kind === 'hair' ? ['HAIR'] : []),
    ...(kind === 'cloth' ? ['CLOTH'] : []),
    ...(kind === 'eye' || kind === 'cornea' ? ['WET'] : []),
  ];
}

/**
 * Lets physically based materials answer to light as the Draft shader does: a key that wraps round by colour (skin lets red
 * through furthest), and the baked visibility of sky and key (vertex attribute `occlusion`). The shadow map adds what moves; near
 * the terminator, where its texels would draw steps on wrapped light, the bake alone decides.
 */
export class OcclusionPlugin extends MaterialPluginBase {
  /** 0 mouth shut, 1 open: how much light finds its way in. */
  mouthOpen = 0;
  /** Cosine of the key's radius as eyes mirror it. */
  catchlight = 0.97;
  private readonly kind: SurfaceKind;

  constructor(material: PBRMaterial, kind: SurfaceKind) {
    super(material, 'MienOcclusion', 200, { MIEN_OCCLUSION: false, MIEN_KIND: 0 }, false, true);
    this.kind = kind;
    // Being listed asks for the code, which depends on the kind.
    this._pluginManager._addPlugin(this);
    this._enable(true);
  }

  override getClassName(): string {
    return 'OcclusionPlugin';
  }

  override prepareDefines(defines: Record<string, unknown>): void {
    defines.MIEN_OCCLUSION = true;
    // Compiled shaders are told apart by their defines alone: without this, hair would be drawn by what was compiled for teeth.
    defines.MIEN_KIND = Object.keys(SURFACE_RESPONSE).indexOf(this.kind);
  }

  override getAttributes(attributes: string[]): void {
    attributes.push('occlusion');
  }

  override getUniforms(): { ubo: { name: string; size: number; type: string }[]; vertex: string; fragment: string } {
    return {
      ubo: UNIFORMS.map((name) => ({ name, size: 1, type: 'float' })),
      vertex: 'uniform float mienMouthOpen;',
      fragment: 'uniform float mienCatchlight;',
    };
  }

  override bindForSubMesh(uniformBuffer: UniformBuffer): void {
    uniformBuffer.updateFloat('mienMouthOpen', this.mouthOpen);
    uniformBuffer.updateFloat('mienCatchlight', this.catchlight);
  }

  override getCustomCode(shaderType: string): Record<string, string> {
    return shaderType === 'vertex' ? VERTEX_CODE : fragmentCode(this.kind);
  }
}

const UNIFORMS = ['mienMouthOpen', 'mienCatchlight'] as const;

const VERTEX_CODE = {
  CUSTOM_VERTEX_DEFINITIONS: 'attribute vec4 occlusion;\nvarying vec2 vMienSeen;',
  CUSTOM_VERTEX_MAIN_END: 'vMienSeen = mix(occlusion.xy, occlusion.zw, mienMouthOpen);',
};

/** Injected by name of Babylon's hooks; keys with a leading ! replace what the pattern finds in its chunks (Babylon 9). */
function fragmentCode(kind: SurfaceKind): Record<string, string> {
  const { wrap, shine } = SURFACE_RESPONSE[kind];
  const wrapVector = `vec3(${wrap.map((value) => value.toFixed(3)).join(', ')})`;
  return {
    '!return diffuseTerm\\*info\\.attenuation\\*info\\.NdotL\\*lightColor;': `
      vec3 mienWrapped = clamp((info.NdotLUnclamped + ${wrapVector}) / (1.0 + ${wrapVector}), 0.0, 1.0);
      return mienWrapped * mienWrapped * info.attenuation * lightColor / PI;`,
    CUSTOM_FRAGMENT_DEFINITIONS: `
      ${surfaceDefines(kind)
        .map((name) => `#define ${name}`)
        .join('\n')}
      varying vec2 vMienSeen;
      ${HUED_GLSL}
      ${CATCHLIGHTS_GLSL}
      vec3 mienSeen(float seen) { return mix(vec3(seen), hued(max(seen, 0.0)), 0.8); }
      /** Share of the key that arrives: the moving shadow where the surface faces the lamp, the bake where it turns away. */
      vec3 mienKey(float shadow, float nDotL) {
        return mienSeen(mix(vMienSeen.y, shadow, ${kind === 'skin' ? 'smoothstep(0.08, 0.42, nDotL)' : '0.5'}));
      }`,
    // The film of the Draft shader: without the black offset that Khronos PBR Neutral takes from dark colours.
    '!color-=offset;': '/* as it is */',
    CUSTOM_FRAGMENT_BEFORE_LIGHTS: 'int mienLamp = 0;',
    '!diffuseBase\\+=info\\.diffuse\\*shadow;': `
      diffuseBase += info.diffuse * (mienLamp == 0 ? mienKey(shadow, preInfo.NdotLUnclamped) : mienSeen(vMienSeen.x));
      mienLamp += 1;`,
    CUSTOM_FRAGMENT_BEFORE_FINALCOLORCOMPOSITION: `
      #ifdef SPECULARTERM
        // Fill and rim cast no shadow: no gleam of theirs inside the mouth.
        finalSpecularScaled *= ${shine.toFixed(3)} * smoothstep(0.05, 0.4, vMienSeen.x);
      #endif
      #ifdef REFLECTION
        finalIrradiance *= mienSeen(vMienSeen.x);
        finalRadianceScaled *= vMienSeen.x * (0.25 + 0.75 * vMienSeen.y) * ${shine.toFixed(3)};
      #endif
      #if defined(WET) && defined(LIGHT0)
        // A wet ball mirrors the soft box, not a blur of it, and little else of the studio.
        #ifdef REFLECTION
          finalRadianceScaled *= 0.12;
        #endif
        #ifdef SPECULARTERM
          finalSpecularScaled = catchlights(reflect(-viewDirectionW, normalW), normalize(-light0.vLightData.xyz), light0.vLightDiffuse.rgb * 0.8, mienCatchlight);
        #endif
      #endif
      #ifdef HAIR
        // Light that has gone through a strand carries its colour.
        vec3 mienTint = mix(vec3(1.0), min(surfaceAlbedo * 5.0, vec3(1.6)), 0.75);
        #ifdef SPECULARTERM
          finalSpecularScaled *= mienTint;
        #endif
        #ifdef REFLECTION
          finalRadianceScaled *= mienTint;
        #endif
      #endif
    `,
  };
}
