import type { SampledTracks } from '../../core/curves/sampledTracks';
import { framesPerSecond } from '../../core/time/frameRate';
import { CharacterScene, type PictureSettings } from './characterScene';
import { poseAt } from './pose';
import type { MorphPath, QualityTier } from './quality';
import type { SceneFigures } from './sceneFigures';

export interface MeasureOptions extends Omit<PictureSettings, 'quality'> {
  readonly tier: QualityTier;
  readonly morphPath: MorphPath;
  readonly antialias?: boolean;
  readonly width: number;
  readonly height: number;
  /** Pictures timed, spread over the line. */
  readonly pictures: number;
}

/** Counts of one picture, and medians of the time it takes on this machine. */
export interface SceneMeasure extends SceneFigures {
  readonly renderer: string;
  /** Our own work for a picture, without GL: pose to blended vertices and joints, then the walk over the scene that records its calls. */
  readonly poseMs: number;
  readonly recordMs: number;
  /** The whole, until the last pixel is there. */
  readonly frameMs: number;
}

/** Draws a line's poses on a stage of its own, one after the other without a pause, and times them. For `npm run bench`. */
export async function measureScene(glb: Uint8Array, tracks: SampledTracks, options: MeasureOptions): Promise<SceneMeasure> {
  const { tier, width, height, pictures, look, lights } = options;
  const stage = new CharacterScene(document.createElement('canvas'), options);
  try {
    stage.setSettings({ quality: tier, look, lights });
    await stage.load(glb);
    stage.setStageSize(width, height);
    stage.setCamera('front');
    await stage.untilWhole();
    const times = { pose: [] as number[], record: [] as number[], frame: [] as number[] };
    const seconds = tracks.frameCount / framesPerSecond(tracks.frameRate);
    for (let index = -5; index < pictures; index += 1) {
      const pose = poseAt(tracks, ((index + 5) / (pictures + 5)) * seconds);
      const startMs = performance.now();
      stage.setPose(pose);
      const posedMs = performance.now();
      stage.drawNow();
      const recordedMs = performance.now();
      stage.finish();
      // The first ones warm caches up.
      if (index < 0) continue;
      times.pose.push(posedMs - startMs);
      times.record.push(recordedMs - posedMs);
      times.frame.push(performance.now() - startMs);
    }
    return {
      renderer: stage.renderer,
      ...stage.figures(),
      poseMs: median(times.pose),
      recordMs: median(times.record),
      frameMs: median(times.frame),
    };
  } finally {
    stage.dispose();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[sorted.length >> 1] ?? NaN).toFixed(2));
}
