/** As a camera would see it, or drawn. */
export type SurfaceLook = 'real' | 'toon';

/** What a surface is, as far as light cares. */
export type SurfaceKind = 'skin' | 'eye' | 'cornea' | 'teeth' | 'tongue' | 'hair' | 'cloth' | 'plain';

const KIND_PATTERNS: readonly (readonly [RegExp, SurfaceKind])[] = [
  [/cornea|eye.?(shell|wet|moist|refract)|tearline|eyeocclusion|eyelight|eyehighlight/i, 'cornea'],
  [/brow|lash|hair|beard|scalp|fur|moustache/i, 'hair'],
  [/eye|iris|pupil|sclera/i, 'eye'],
  [/teeth|tooth|gum|mouth.?inner|innermouth/i, 'teeth'],
  [/tongue/i, 'tongue'],
  [/cloth|jumper|sweater|shirt|jacket|coat|dress|collar|garment|outfit|fabric|trousers|pants/i, 'cloth'],
  [/skin|face|head|body|neck|ear|lip|arm|leg|hand/i, 'skin'],
];

/** Guesses from the names of material and mesh, the material first: artists name skin "Skin" and hair "Hair". */
export function surfaceKind(materialName: string, meshName: string): SurfaceKind {
  for (const name of [materialName, meshName]) {
    const found = KIND_PATTERNS.find(([pattern]) => pattern.test(name));
    if (found) return found[1];
  }
  return 'plain';
}

/** Answers to light: red, green and blue of how far it wraps past the terminator, strength of highlights. */
export interface SurfaceResponse {
  /** Skin scatters red furthest (Jimenez 2009, "Screen-space perceptual rendering of human skin": red travels about 3 times as far as blue). */
  readonly wrap: readonly [number, number, number];
  readonly roughness: number;
  readonly shine: number;
}

export const SURFACE_RESPONSE: Readonly<Record<SurfaceKind, SurfaceResponse>> = {
  skin: { wrap: [0.46, 0.24, 0.16], roughness: 0.52, shine: 0.62 },
  eye: { wrap: [0.3, 0.28, 0.28], roughness: 0.12, shine: 1.2 },
  cornea: { wrap: [0.1, 0.1, 0.1], roughness: 0.08, shine: 1.2 },
  teeth: { wrap: [0.5, 0.46, 0.42], roughness: 0.28, shine: 0.6 },
  tongue: { wrap: [0.7, 0.52, 0.48], roughness: 0.36, shine: 0.6 },
  hair: { wrap: [0.3, 0.3, 0.3], roughness: 0.46, shine: 0.8 },
  cloth: { wrap: [0.3, 0.3, 0.3], roughness: 0.85, shine: 0.25 },
  plain: { wrap: [0.15, 0.15, 0.15], roughness: 0.5, shine: 0.6 },
};
