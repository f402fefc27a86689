/** Linear red, green, blue. */
export type LinearColor = readonly [number, number, number];
/** Toward the light; need not be of unit length. +X is the character's left, +Y up, +Z where it looks. */
export type LightDirection = readonly [number, number, number];

export interface PresetLight {
  readonly direction: LightDirection;
  readonly color: LinearColor;
}

/** A set of lights with its backdrop. Every look (draft, toon, physically based) is lit from these numbers. */
export interface LightPreset {
  readonly name: string;
  readonly key: PresetLight;
  readonly fill: PresetLight;
  readonly rim: PresetLight;
  /** Light from above and from below; in between it blends. */
  readonly sky: LinearColor;
  readonly ground: LinearColor;
  /** Angular radius of the key, radians: a soft box is wide, the sun is not. Softens shadows and sizes the catchlight. */
  readonly keyRadius: number;
  readonly exposure: number;
  /** CSS colours of the backdrop from its middle outward. */
  readonly backdrop: readonly [string, string, string];
}

export type LightPresetId = 'studio' | 'keyRim' | 'window' | 'outdoor' | 'dramatic' | 'flat';

/** Set by eye on the bundled characters, from the usual portrait set-ups (loop, rim, window, Rembrandt lighting). */
export const LIGHT_PRESETS: Readonly<Record<LightPresetId, LightPreset>> = {
  studio: {
    name: 'Studio soft',
    key: { direction: [-0.58, 0.6, 0.72], color: [2.45, 2.22, 1.96] },
    fill: { direction: [0.9, 0.12, 0.55], color: [0.4, 0.41, 0.46] },
    rim: { direction: [0.62, 0.5, -0.75], color: [1.5, 1.6, 1.8] },
    sky: [0.31, 0.325, 0.36],
    ground: [0.24, 0.195, 0.17],
    keyRadius: 0.28,
    exposure: 1,
    backdrop: ['#4a4a4e', '#323236', '#212124'],
  },
  keyRim: {
    name: 'Key and rim',
    key: { direction: [-0.75, 0.5, 0.65], color: [2.6, 2.3, 1.98] },
    fill: { direction: [0.8, -0.1, 0.6], color: [0.15, 0.19, 0.29] },
    rim: { direction: [0.6, 0.42, -0.78], color: [2.7, 3.1, 4] },
    sky: [0.17, 0.19, 0.25],
    ground: [0.11, 0.095, 0.1],
    keyRadius: 0.2,
    exposure: 1.05,
    backdrop: ['#2f333b', '#1f2228', '#131518'],
  },
  window: {
    name: 'Window',
    key: { direction: [-0.97, 0.3, 0.36], color: [2.55, 2.66, 2.85] },
    fill: { direction: [0.85, 0.1, 0.5], color: [0.27, 0.22, 0.18] },
    rim: { direction: [0.5, 0.5, -0.85], color: [0.55, 0.5, 0.45] },
    sky: [0.27, 0.285, 0.32],
    ground: [0.21, 0.175, 0.145],
    keyRadius: 0.42,
    exposure: 1.08,
    backdrop: ['#575450', '#3d3a38', '#282625'],
  },
  outdoor: {
    name: 'Outdoor',
    key: { direction: [0.48, 0.86, 0.5], color: [3.05, 2.72, 2.2] },
    fill: { direction: [-0.8, 0.3, 0.6], color: [0.3, 0.38, 0.5] },
    rim: { direction: [-0.55, 0.55, -0.7], color: [0.9, 1.05, 1.3] },
    sky: [0.5, 0.6, 0.8],
    ground: [0.34, 0.31, 0.24],
    keyRadius: 0.06,
    exposure: 0.92,
    backdrop: ['#7f95ab', '#5d7183', '#414f57'],
  },
  dramatic: {
    name: 'Dramatic',
    key: { direction: [-0.78, 0.6, 0.46], color: [3.1, 2.65, 2.15] },
    fill: { direction: [0.9, 0, 0.4], color: [0.06, 0.09, 0.13] },
    rim: { direction: [0.62, 0.25, -0.78], color: [1.3, 2.1, 2.7] },
    sky: [0.085, 0.105, 0.14],
    ground: [0.06, 0.052, 0.055],
    keyRadius: 0.16,
    exposure: 1.05,
    backdrop: ['#24262b', '#16171a', '#0c0d0f'],
  },
  flat: {
    name: 'Flat',
    key: { direction: [-0.3, 0.5, 1], color: [1.15, 1.13, 1.1] },
    fill: { direction: [0.9, 0.1, 0.5], color: [0.4, 0.4, 0.4] },
    rim: { direction: [0, 0.6, -0.8], color: [0.3, 0.3, 0.3] },
    sky: [0.62, 0.62, 0.62],
    ground: [0.5, 0.5, 0.5],
    keyRadius: 0.5,
    exposure: 1,
    backdrop: ['#58585a', '#4a4a4c', '#3c3c3e'],
  },
};

/** The presets in the order of the list the user chooses from. */
export const LIGHT_PRESET_IDS = Object.keys(LIGHT_PRESETS) as readonly LightPresetId[];

/** The backdrop as a CSS background. */
export function backdropCss({ backdrop }: LightPreset): string {
  return `radial-gradient(circle at 46% 36%, ${backdrop[0]}, ${backdrop[1]} 55%, ${backdrop[2]})`;
}

/** The same backdrop for a canvas. A CSS circle ends at the farthest corner. */
export function backdropOn(
  context: CanvasRenderingContext2D,
  { backdrop }: LightPreset,
  width: number,
  height: number,
): CanvasGradient {
  const [x, y] = [0.46 * width, 0.36 * height];
  const gradient = context.createRadialGradient(x, y, 0, x, y, Math.hypot(width - x, height - y));
  gradient.addColorStop(0, backdrop[0]);
  gradient.addColorStop(0.55, backdrop[1]);
  gradient.addColorStop(1, backdrop[2]);
  return gradient;
}

/** Unit vector. */
export function unit([x, y, z]: LightDirection): [number, number, number] {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** Cosine of the angular radius at which an eye mirrors the key: a small light still makes a catchlight one can see, a wide one does not fill the iris. */
export function catchlightCosine({ keyRadius }: LightPreset): number {
  return Math.cos(Math.min(0.3, Math.max(0.18, keyRadius)));
}
