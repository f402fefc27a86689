import { ARKIT_CHANNELS } from '../../rig/channels';
import { framesPerSecond } from '../../time/frameRate';
import { checkTracks } from '../checkTracks';
import type { PerformanceExport } from '../gltf/writeGlb';

/**
 * Weights as Audio2Face writes its blendshape JSON: `exportFps`, `trackPath`, `numPoses`, `numFrames`, `facsNames` (the 52
 * ARKit names) and `weightMat[frame][pose]`, weights 0..1. Head and eye rotations have no place in that format.
 * Numbers keep seven decimals, more than a float32 weight carries.
 * @throws MienError 'invalid-input'
 */
export function writeA2fJson({ tracks, name }: Pick<PerformanceExport, 'tracks' | 'name'>): string {
  checkTracks(tracks);
  const rows = Array.from({ length: tracks.frameCount }, (_, frame) =>
    ARKIT_CHANNELS.map((_channel, index) => Number(tracks.channels[index][frame].toFixed(7))),
  );
  return (
    JSON.stringify({
      exportFps: framesPerSecond(tracks.frameRate),
      trackPath: name,
      numPoses: ARKIT_CHANNELS.length,
      numFrames: tracks.frameCount,
      facsNames: ARKIT_CHANNELS,
      weightMat: rows,
    }) + '\n'
  );
}
