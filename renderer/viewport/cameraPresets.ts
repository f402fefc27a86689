/** Where the camera can be put by name. */
export type CameraPreset = 'front' | 'threeQuarter' | 'side' | 'mouth';

/** Where the face is, in metres. */
export interface FaceFrame {
  /** Middle of the head. */
  readonly center: readonly [number, number, number];
  readonly mouth: readonly [number, number, number];
  readonly headHeight: number;
}

export interface CameraView {
  readonly target: [number, number, number];
  readonly alpha: number;
  readonly beta: number;
  readonly radius: number;
}

export const CAMERA_NAMES: Readonly<Record<CameraPreset, string>> = {
  front: 'Front 85 mm',
  threeQuarter: 'Three-quarter',
  side: 'Side',
  mouth: 'Mouth',
};

interface PresetShape {
  readonly alpha: number;
  readonly beta: number;
  /** Height in sight, in head heights. */
  readonly framing: number;
  readonly isOnMouth?: boolean;
}

/** The face looks along +Z; alpha 90 degrees is in front of it, smaller alphas are on its left. */
const PRESETS: Readonly<Record<CameraPreset, PresetShape>> = {
  front: { alpha: Math.PI / 2, beta: Math.PI / 2 - 0.02, framing: 1.24 },
  threeQuarter: { alpha: Math.PI / 2 - 0.62, beta: Math.PI / 2 - 0.05, framing: 1.22 },
  side: { alpha: 0, beta: Math.PI / 2, framing: 1.26 },
  mouth: { alpha: Math.PI / 2 - 0.12, beta: Math.PI / 2, framing: 0.36, isOnMouth: true },
};

/** The camera of a preset for a picture of a given width over height: the framing fits both ways. */
export function cameraView(preset: CameraPreset, frame: FaceFrame, fovRadians: number, aspect: number): CameraView {
  const { alpha, beta, framing, isOnMouth } = PRESETS[preset];
  const height = framing * frame.headHeight;
  // A head is about .8 as wide as high; a narrow picture steps back until it fits.
  const needed = Math.max(height, (height * 0.8) / Math.max(0.2, aspect));
  return { target: [...(isOnMouth ? frame.mouth : frame.center)], alpha, beta, radius: needed / (2 * Math.tan(fovRadians / 2)) };
}
