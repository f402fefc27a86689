import { describe, expect, it } from 'vitest';
import { LIGHT_PRESETS, LIGHT_PRESET_IDS, unit } from './lightPresets';
import { studioRadiance } from './studioEnvironment';
import { surfaceKind } from './surfaceKind';

describe('light presets', () => {
  it.each(LIGHT_PRESET_IDS)(
    '%s: key in front and above, rim behind, the key is the brightest lamp or the rim outshines it',
    (id) => {
      const { key, rim, fill } = LIGHT_PRESETS[id];
      expect(key.direction[2]).toBeGreaterThan(0);
      expect(key.direction[1]).toBeGreaterThan(0);
      expect(rim.direction[2]).toBeLessThan(0);
      expect(Math.max(...key.color)).toBeGreaterThan(Math.max(...fill.color));
    },
  );

  it.each(LIGHT_PRESET_IDS)('%s: the mirrored studio is brightest at the key', (id) => {
    const preset = LIGHT_PRESETS[id];
    const sum = (direction: [number, number, number]) =>
      studioRadiance(preset, direction).reduce((total, value) => total + value, 0);
    const [x, y, z] = unit(preset.key.direction);
    expect(sum([x, y, z])).toBeGreaterThan(2 * sum(unit([-x, -y, -z])));
  });
});

describe('kinds of surfaces', () => {
  it.each([
    ['Skin', 'Head', 'skin'],
    ['Std_Eye_L', 'CC_Base_Eye', 'eye'],
    ['Std_Cornea_L', 'CC_Base_Eye', 'cornea'],
    ['F00_000_00_FaceBrow_00_FACE', 'Face', 'hair'],
    ['material_0', 'Hair', 'hair'],
    ['mat', 'Teeth_Lower', 'teeth'],
    ['Cloth', 'Body', 'cloth'],
    ['mat', 'mesh', 'plain'],
  ] as const)('%s on %s is %s', (material, mesh, kind) => {
    expect(surfaceKind(material, mesh)).toBe(kind);
  });
});
