import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { trackOf, type SampledTracks } from '../../core/curves/sampledTracks';
import { MienError } from '../../core/errors';
import { VIDEO_FORMATS, videoBitrate, type VideoFormatId, type VideoSize } from '../../core/interchange/videoFormats';
import { ARKIT_CHANNELS } from '../../core/rig/channels';
import type { CharacterProfile } from '../../core/rig/retarget/characterProfile';
import { createRetarget } from '../../core/rig/retarget/retarget';
import { toFileError } from '../../main/project/fileErrors';
import { frameCharacter } from '../picture/camera';
import { loadCharacterScene, type CharacterScene } from '../picture/characterScene';
import { poseAt } from '../picture/contactSheet';
import { renderFace } from '../picture/renderFace';

/** The software renderer takes .8 s of processor time for a picture of this size (measured). */
export const CLI_VIDEO_SIZE: VideoSize = { width: 480, height: 480 };

export interface CliVideo {
  readonly format: VideoFormatId;
  readonly target: string;
  readonly characterGlb: Uint8Array;
  readonly profile: CharacterProfile | null;
  /** At the frame rate of the video; frame 0 is heard with `soundStartSeconds`. */
  readonly tracks: SampledTracks;
  readonly soundFile: string;
  /** Where in the recording the video begins; below 0 it begins before the sound. */
  readonly soundStartSeconds: number;
  readonly signal: AbortSignal;
  /** 0..1 */
  readonly onProgress: (fraction: number) => void;
}

/** Refuses before any work where there is no encoder. @throws MienError 'export-failed' */
export function checkVideoEncoder(): void {
  if (spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0) return;
  throw new MienError(
    'export-failed',
    'Video needs ffmpeg on the command line, and there is none.',
    'Install ffmpeg, or export the video from the studio, which needs nothing.',
  );
}

/**
 * Draws every frame with the software renderer and lets the system's ffmpeg encode it with the recording; written to a temporary
 * file and renamed, so that a failed or cancelled one leaves nothing.
 * @throws MienError 'export-failed', 'cancelled', 'character-unreadable' or 'file-access'
 */
export async function writeCliVideo(video: CliVideo): Promise<void> {
  checkVideoEncoder();
  const scene = await loadCharacterScene(video.characterGlb);
  const target = path.resolve(video.target);
  const temporary = path.join(path.dirname(target), `.mien-${randomUUID()}${VIDEO_FORMATS[video.format].suffix}`);
  try {
    await encode(video, scene, temporary);
    await rename(temporary, target).catch((error: unknown) => {
      throw toFileError(error, `write ${path.basename(target)}`);
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

function ffmpegArguments({ format, tracks, soundFile, soundStartSeconds }: CliVideo, temporary: string): string[] {
  const { width, height } = CLI_VIDEO_SIZE;
  const { numerator, denominator } = tracks.frameRate;
  const seconds = (tracks.frameCount * denominator) / numerator;
  const pictures = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${width}x${height}`,
    '-r',
    `${numerator}/${denominator}`,
    '-i',
    'pipe:0',
  ];
  const start = soundStartSeconds >= 0 ? ['-ss', String(soundStartSeconds)] : ['-itsoffset', String(-soundStartSeconds)];
  const sound = ['-protocol_whitelist', 'file,pipe', ...start, '-i', path.resolve(soundFile)];
  const codecs =
    format === 'webm'
      ? ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '6', '-c:a', 'libopus']
      : ['-c:v', 'libx264', '-preset', 'medium', '-movflags', '+faststart', '-c:a', 'aac'];
  const rates = ['-b:v', String(videoBitrate(CLI_VIDEO_SIZE, tracks.frameRate)), '-b:a', '128k', '-pix_fmt', 'yuv420p'];
  // Silence behind the sound, so that the file is as long as its pictures.
  const shape = ['-map', '0:v', '-map', '1:a:0', '-af', 'aresample=async=1:first_pts=0,apad', '-t', seconds.toFixed(6)];
  return ['-nostdin', '-v', 'error', '-y', ...pictures, ...sound, ...shape, ...codecs, ...rates, temporary];
}

async function encode(video: CliVideo, scene: CharacterScene, temporary: string): Promise<void> {
  const { tracks, signal } = video;
  const child = spawn('ffmpeg', ffmpegArguments(video, temporary), { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => (complaint += part.toString('utf8')));
  // What it says when it ends early is told below; a broken pipe by itself says nothing.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
    child.on('error', () => resolve(null));
  });
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  const draw = drawer(video, scene);
  for (let frame = 0; frame < tracks.frameCount && isRunning; frame += 1) {
    if (signal.aborted) {
      child.kill('SIGKILL');
      await ended;
      throw new MienError('cancelled', 'The video was cancelled.', '');
    }
    if (!child.stdin.write(draw(frame))) await Promise.race([ended, new Promise((done) => child.stdin.once('drain', done))]);
    else await new Promise((done) => setImmediate(done));
    video.onProgress((frame + 1) / tracks.frameCount);
  }
  child.stdin.end();
  if ((await ended) === 0) return;
  const why = complaint.trim().split('\n').pop()?.replaceAll(temporary, path.basename(video.target)).slice(0, 300) ?? '';
  throw new MienError(
    'export-failed',
    `ffmpeg could not encode ${path.basename(video.target)}: ${why}`,
    'Try the other format, or export the video from the studio.',
  );
}

/** Frames as rgb24. */
function drawer({ tracks, profile }: CliVideo, scene: CharacterScene): (frame: number) => Uint8Array {
  const { width, height } = CLI_VIDEO_SIZE;
  const camera = frameCharacter(scene, 'bust', 0);
  const retarget = profile && createRetarget(profile);
  return (frame) => {
    const valueOf = (channel: Parameters<typeof trackOf>[1]) => trackOf(tracks, channel)[frame];
    const weights: Record<string, number> = {};
    if (retarget) {
      const weightOf = retarget.weightsFor(valueOf);
      for (const mesh of scene.meshes) for (const { name } of mesh.targets) weights[name] ??= weightOf(name, mesh.name);
    } else for (const channel of ARKIT_CHANNELS) weights[channel] = valueOf(channel);
    return renderFace(scene, weights, poseAt(tracks, frame), camera, width, height).rgb;
  };
}
