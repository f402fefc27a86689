import { resampleTracks } from '../../curves/resampleTracks';
import { CURVE_FRAME_RATE, framesPerSecond, frameToSeconds, type FrameRate } from '../../time/frameRate';
import { invalid } from './parseLiveLinkRows';
import { readLiveLinkCsv, type LiveLinkRecording } from './readLiveLinkCsv';

/** A captured face, ready for a line or a file. */
export interface Capture extends LiveLinkRecording {
  readonly durationSeconds: number;
  /** What the file was recorded at. */
  readonly recordedFramesPerSecond: number;
}

/** Two hours at 60 fps with ten decimals are about this. */
const LARGEST_BYTES = 400 * 1024 ** 2;

/**
 * Reads a Live Link Face CSV and brings it to a frame rate.
 * @throws MienError 'invalid-input' that names what is wrong and where
 */
export function readCapture(bytes: Uint8Array, frameRate: FrameRate = CURVE_FRAME_RATE): Capture {
  if (bytes.byteLength > LARGEST_BYTES) throw invalid(`It is ${Math.round(bytes.byteLength / 1e6)} MB`);
  const recording = readLiveLinkCsv(new TextDecoder().decode(bytes));
  const recorded = recording.tracks;
  return {
    ...recording,
    tracks: resampleTracks(recorded, frameRate),
    durationSeconds: frameToSeconds(recorded.frameCount, recorded.frameRate),
    recordedFramesPerSecond: framesPerSecond(recorded.frameRate),
  };
}
