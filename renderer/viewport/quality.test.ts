import { describe, expect, it } from 'vitest';
import { AdaptiveScale, isSoftwareRenderer, morphPathOf, tierOf } from './quality';

const LLVMPIPE = 'ANGLE (Mesa/X.org, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5)';
const SWIFTSHADER = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)';
const GPU = 'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)';

describe('quality', () => {
  it('draws drafts and blends on the CPU where there is no graphics card', () => {
    for (const software of [LLVMPIPE, SWIFTSHADER, 'Microsoft Basic Render Driver']) {
      expect(isSoftwareRenderer(software)).toBe(true);
      expect([tierOf('auto', software), morphPathOf(software)]).toEqual(['draft', 'cpu']);
    }
    expect([tierOf('auto', GPU), morphPathOf(GPU)]).toEqual(['standard', 'gpu']);
  });

  it('does what the user asks for, whatever the machine', () => {
    expect(tierOf('high', LLVMPIPE)).toBe('high');
    expect(tierOf('draft', GPU)).toBe('draft');
  });
});

describe('adaptive scale', () => {
  const feed = (scale: AdaptiveScale, frameMs: number, count: number) => {
    for (let frame = 0; frame < count; frame += 1) scale.noteFrame(frameMs);
  };

  it('gets coarser while frames are slow, never below six tenths', () => {
    const scale = new AdaptiveScale();
    feed(scale, 45, 6);
    expect(scale.scale).toBe(0.85);
    feed(scale, 45, 200);
    expect(scale.scale).toBe(0.6);
  });

  it('takes one slow frame for what it is', () => {
    const scale = new AdaptiveScale();
    for (let round = 0; round < 20; round += 1) {
      feed(scale, 60, 1);
      feed(scale, 20, 3);
    }
    expect(scale.scale).toBe(1);
  });

  it('gets sharper again, later than it got coarser', () => {
    const scale = new AdaptiveScale();
    feed(scale, 45, 12);
    expect(scale.scale).toBe(0.7);
    feed(scale, 8, 20);
    expect(scale.scale).toBe(0.7);
    feed(scale, 8, 200);
    expect(scale.scale).toBe(1);
  });
});
