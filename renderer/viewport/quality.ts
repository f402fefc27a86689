/** How much the picture may cost. Auto picks Draft on software GL and Standard elsewhere. */
export type QualityTier = 'draft' | 'standard' | 'high';
export type QualityChoice = 'auto' | QualityTier;

export const QUALITY_NAMES: Readonly<Record<QualityChoice, string>> = {
  auto: 'Automatic',
  draft: 'Draft',
  standard: 'Standard',
  high: 'High',
};

/** Names that software rasterisers give themselves (Mesa llvmpipe and softpipe, SwiftShader, Windows' WARP). */
const SOFTWARE_RENDERER = /llvmpipe|softpipe|swiftshader|swrast|software|basic render|warp/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE_RENDERER.test(renderer);
}

let knownRenderer: string | null = null;

/** Name of what draws here, asked of a context of its own: whether to ask for smooth edges has to be known before the real one is made. */
export function rendererName(): string {
  if (knownRenderer !== null) return knownRenderer;
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  knownRenderer = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return knownRenderer;
}

export function tierOf(choice: QualityChoice, renderer: string): QualityTier {
  if (choice !== 'auto') return choice;
  return isSoftwareRenderer(renderer) ? 'draft' : 'standard';
}

/** Own sparse blending, or the graphics card's textures. */
export type MorphPath = 'cpu' | 'gpu';

/**
 * Where shapes are blended. Measured on llvmpipe (10,585 vertices, 8 of 52 shapes active, 1280 x 800): own sparse CPU blending
 * 42 frames a second, texture targets on the GPU 23; on a real GPU the upload of the arrays is what costs, so the GPU wins.
 */
export function morphPathOf(renderer: string): MorphPath {
  return isSoftwareRenderer(renderer) ? 'cpu' : 'gpu';
}

/** Pixels drawn for each pixel of the window; steps that keep edges from crawling too often. */
const SCALES = [1, 0.85, 0.7, 0.6] as const;
/** A picture that stands still is drawn this much finer where nothing else smooths its edges: it costs once. */
export const STILL_SCALE = 1.6;
/** 30 frames a second, with a little room. */
const SLOW_MS = 30;
const FAST_MS = 14;
/** Frames in a row that must agree before the scale changes. */
const PATIENCE_FRAMES = 6;

/**
 * Chooses the render scale of the Draft tier from how long frames take while something moves, and goes back to full sharpness
 * when all stands still: a still picture is what one looks at closely.
 */
export class AdaptiveScale {
  private step = 0;
  private votes = 0;

  get scale(): number {
    return SCALES[this.step];
  }

  /** Notes the time a frame took, ms; true when the scale changed. */
  noteFrame(frameMs: number): boolean {
    const wish = frameMs > SLOW_MS && this.step < SCALES.length - 1 ? 1 : frameMs < FAST_MS && this.step > 0 ? -1 : 0;
    this.votes = wish === 0 || Math.sign(this.votes) === -wish ? wish : this.votes + wish;
    // Sharper again only after a longer stretch of fast frames, or the picture would pump.
    const needed = wish < 0 ? PATIENCE_FRAMES * 5 : PATIENCE_FRAMES;
    if (wish === 0 || Math.abs(this.votes) < needed) return false;
    this.step += wish;
    this.votes = 0;
    return true;
  }
}
