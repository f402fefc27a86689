import { resampleTracks } from '../../core/curves/resampleTracks';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { clipLine, clipSettingsOf } from '../../core/interchange/clipLine';
import type { VideoFormatId, VideoSize } from '../../core/interchange/videoFormats';
import { MienError } from '../../core/errors';
import { framesPerSecond, frameToSeconds, FRAME_RATES } from '../../core/time/frameRate';
import type { LineModel } from '../stores/lineModel';
import type { CameraPreset } from '../viewport/cameraPresets';
import { shownPose } from '../viewport/characterChoice';
import { CharacterScene, type PictureSettings } from '../viewport/characterScene';
import type { TargetDriver } from '../viewport/character';
import { backdropOn, LIGHT_PRESETS } from '../viewport/lightPresets';
import { poseAt } from '../viewport/pose';
import { encodeVideo, SOUND_RATE_HZ, type VideoSound } from './encodeVideo';

export interface LineVideoOptions extends VideoSize, PictureSettings {
  readonly format: VideoFormatId;
  /** As in FRAME_RATES. */
  readonly frameRate: string;
  readonly camera: CameraPreset;
  readonly characterGlb: Uint8Array;
  readonly drive?: TargetDriver;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string, fraction: number) => void;
}

/**
 * The line as a video: drawn on a stage of its own as the viewport shows it, from the in to the out point (else with its rolls),
 * with the recording where it can be heard.
 * @throws MienError 'invalid-input' before the line is generated, 'cancelled' or 'export-failed'
 */
export async function lineVideo(model: LineModel, options: LineVideoOptions): Promise<Uint8Array<ArrayBuffer>> {
  if (!model.final) throw new MienError('invalid-input', 'The line has no curves yet.', 'Generate it first.');
  const { line, speech, media } = model;
  const clip = clipSettingsOf(line);
  const { durationSeconds } = line;
  const whole = { tracks: model.final, durationSeconds, phonemes: speech.phonemes, words: speech.words };
  const tracks = resampleTracks(clipLine(whole, clip).tracks, FRAME_RATES[options.frameRate]);
  options.onProgress('Reading the sound', 0);
  const sound = await clippedSound(media?.mediaUrl ?? '', clip.inSeconds ?? 0, tracks);
  const stage = new CharacterScene(document.createElement('canvas'), { antialias: true });
  try {
    options.onProgress('Setting the stage', 0);
    const picture = await openPicture(stage, options);
    return await encodeVideo({
      ...options,
      frameRate: tracks.frameRate,
      frameCount: tracks.frameCount,
      sound,
      drawFrame: (frame) => picture(poseAt(tracks, frameToSeconds(frame, tracks.frameRate))),
      onProgress: (fraction) => options.onProgress('Drawing and encoding', fraction),
    });
  } finally {
    stage.dispose();
  }
}

/** Puts the character on a stage; the result draws a pose over the backdrop, always on the same canvas. */
async function openPicture(stage: CharacterScene, options: LineVideoOptions) {
  const { width, height, quality, look, lights } = options;
  stage.setSettings({ quality, look, lights });
  await stage.load(options.characterGlb, options.drive);
  stage.setStageSize(width, height);
  stage.setCamera(options.camera);
  await stage.untilWhole();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { alpha: false });
  if (!context)
    throw new MienError('export-failed', 'There is no canvas to draw the video on.', 'Close other windows and try again.');
  const backdrop = backdropOn(context, LIGHT_PRESETS[lights], width, height);
  return (pose: ReturnType<typeof poseAt>): HTMLCanvasElement => {
    stage.setPose(shownPose(pose));
    stage.drawNow();
    context.fillStyle = backdrop;
    context.fillRect(0, 0, width, height);
    context.drawImage(stage.canvas, 0, 0);
    return canvas;
  };
}

/** The recording from the in point on, as long as the pictures; silence before and behind it. Null when there is nothing to hear. */
async function clippedSound(url: string, inSeconds: number, tracks: SampledTracks): Promise<VideoSound | null> {
  if (url === '') return null;
  const bytes = await (await fetch(url)).arrayBuffer();
  // Decodes to the rate of the context, whatever the file's.
  const decoded = await new OfflineAudioContext(1, 1, SOUND_RATE_HZ).decodeAudioData(bytes);
  const length = Math.round((tracks.frameCount / framesPerSecond(tracks.frameRate)) * SOUND_RATE_HZ);
  const first = Math.round(inSeconds * SOUND_RATE_HZ);
  return Array.from({ length: Math.min(2, decoded.numberOfChannels) }, (_, channel) => {
    const samples = new Float32Array(length);
    const source = decoded.getChannelData(channel);
    samples.set(source.subarray(Math.max(0, first), Math.max(0, first) + length - Math.max(0, -first)), Math.max(0, -first));
    return samples;
  });
}
