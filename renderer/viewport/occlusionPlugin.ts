import { MaterialPluginBase } from '@babylonjs/core/Materials/materialPluginBase';
import type { PBRMaterial } from '@babylonjs/core/Materials/PBR/pbrMaterial';
import type { UniformBuffer } from '@babylonjs/core/Materials/uniformBuffer';

/** Lets physically based materials use the baked visibility of the sky (vertex attribute `occlusion`), as the Draft shader does. */
export class OcclusionPlugin extends MaterialPluginBase {
  /** 0 mouth shut, 1 open: how much light finds its way in. */
  mouthOpen = 0;

  constructor(material: PBRMaterial) {
    super(material, 'MienOcclusion', 200, { MIEN_OCCLUSION: false }, true, true);
  }

  override getClassName(): string {
    return 'OcclusionPlugin';
  }

  override prepareDefines(defines: Record<string, unknown>): void {
    defines.MIEN_OCCLUSION = true;
  }

  override getAttributes(attributes: string[]): void {
    attributes.push('occlusion');
  }

  override getUniforms(): { ubo: { name: string; size: number; type: string }[]; vertex: string } {
    return { ubo: [{ name: 'mienMouthOpen', size: 1, type: 'float' }], vertex: 'uniform float mienMouthOpen;' };
  }

  override bindForSubMesh(uniformBuffer: UniformBuffer): void {
    uniformBuffer.updateFloat('mienMouthOpen', this.mouthOpen);
  }

  override getCustomCode(shaderType: string): Record<string, string> | null {
    if (shaderType === 'vertex') {
      return {
        CUSTOM_VERTEX_DEFINITIONS: 'attribute vec4 occlusion;\nvarying float vMienOpen;',
        CUSTOM_VERTEX_MAIN_END: 'vMienOpen = mix(occlusion.x, occlusion.z, mienMouthOpen);',
      };
    }
    return {
      CUSTOM_FRAGMENT_DEFINITIONS: 'varying float vMienOpen;',
      CUSTOM_FRAGMENT_BEFORE_FINALCOLORCOMPOSITION: `
        #ifdef REFLECTION
          finalIrradiance *= vMienOpen;
          finalRadianceScaled *= vMienOpen;
        #endif
        finalDiffuse *= 0.35 + 0.65 * vMienOpen;
      `,
    };
  }
}
