import { h264Codec, videoBitrate, type VideoFormatId, type VideoSize } from '../../core/interchange/videoFormats';
import { MienError } from '../../core/errors';
import { frameToSeconds, type FrameRate } from '../../core/time/frameRate';
import { openContainer } from './openContainer';

/** Sound at SOUND_RATE_HZ, one array a channel; sample 0 is heard with frame 0. */
export type VideoSound = readonly Float32Array[];

/** Opus knows no other rate inside. */
export const SOUND_RATE_HZ = 48_000;

export interface VideoJob extends VideoSize {
  readonly format: VideoFormatId;
  readonly frameRate: FrameRate;
  readonly frameCount: number;
  /** The picture of a frame; it is taken before the next is asked for. */
  readonly drawFrame: (frame: number) => HTMLCanvasElement;
  /** null: silent. */
  readonly sound: VideoSound | null;
  readonly signal: AbortSignal;
  /** 0..1 */
  readonly onProgress: (fraction: number) => void;
}

/** Frames the encoder may hold: more would only fill memory. */
const LONGEST_QUEUE = 4;
const KEY_FRAME_SECONDS = 2;
/** Sound goes in a little ahead of the picture, a tenth of a second at a time. */
const SOUND_BLOCK = SOUND_RATE_HZ / 10;
const SOUND_BITRATE = 128_000;

/**
 * Encodes a video frame by frame, none left out, with its sound; the whole file in memory.
 * @throws MienError 'cancelled', or 'export-failed' when this system cannot encode it
 */
export async function encodeVideo(job: VideoJob): Promise<Uint8Array<ArrayBuffer>> {
  const video = await videoConfig(job);
  const audio = job.sound ? await audioConfig(job.format, job.sound.length) : null;
  const container = openContainer(job.format, video, audio);
  let failure: unknown = null;
  const note = (error: unknown) => (failure ??= error);
  const pictures = new VideoEncoder({ output: (chunk, meta) => container.addVideo(chunk, meta), error: note });
  const sounds = audio ? new AudioEncoder({ output: (chunk, meta) => container.addAudio(chunk, meta), error: note }) : null;
  try {
    pictures.configure(video);
    if (audio) sounds?.configure(audio);
    const feeder = job.sound && sounds ? new SoundFeeder(sounds, job.sound) : null;
    await feed(job, pictures, feeder, () => failure);
    await pictures.flush();
    await sounds?.flush();
    if (failure) throw failure;
    return container.finish();
  } catch (error) {
    throw asMienError(error, job.format);
  } finally {
    for (const encoder of [pictures, sounds]) if (encoder && encoder.state !== 'closed') encoder.close();
  }
}

async function feed(job: VideoJob, pictures: VideoEncoder, sound: SoundFeeder | null, failure: () => unknown): Promise<void> {
  const { frameRate, frameCount } = job;
  const micros = (frame: number) => Math.round(frameToSeconds(frame, frameRate) * 1e6);
  let nextKeySeconds = 0;
  for (let index = 0; index < frameCount; index += 1) {
    if (job.signal.aborted) throw new MienError('cancelled', 'The export was cancelled.', '');
    if (failure()) throw failure();
    const seconds = frameToSeconds(index, frameRate);
    const keyFrame = seconds >= nextKeySeconds;
    if (keyFrame) nextKeySeconds += KEY_FRAME_SECONDS;
    const frame = new VideoFrame(job.drawFrame(index), { timestamp: micros(index), duration: micros(index + 1) - micros(index) });
    pictures.encode(frame, { keyFrame });
    frame.close();
    sound?.feedUntil(seconds + 0.5);
    job.onProgress((index + 1) / frameCount);
    do await breathe();
    while (pictures.encodeQueueSize > LONGEST_QUEUE && !job.signal.aborted && !failure());
  }
  sound?.feedUntil(Infinity);
}

/** Lets the window answer its user between two frames. */
const breathe = () => new Promise<void>((done) => setTimeout(done));

/** Hands sound to an encoder in the order of time. */
class SoundFeeder {
  private position = 0;

  constructor(
    private readonly encoder: AudioEncoder,
    private readonly sound: VideoSound,
  ) {}

  feedUntil(seconds: number): void {
    const total = this.sound[0].length;
    const end = Math.min(total, seconds * SOUND_RATE_HZ);
    while (this.position < end) {
      const frames = Math.min(SOUND_BLOCK, total - this.position);
      const block = new Float32Array(frames * this.sound.length);
      this.sound.forEach((samples, channel) =>
        block.set(samples.subarray(this.position, this.position + frames), channel * frames),
      );
      const data = new AudioData({
        format: 'f32-planar',
        sampleRate: SOUND_RATE_HZ,
        numberOfFrames: frames,
        numberOfChannels: this.sound.length,
        timestamp: Math.round((this.position / SOUND_RATE_HZ) * 1e6),
        data: block,
      });
      this.encoder.encode(data);
      data.close();
      this.position += frames;
    }
  }
}

async function videoConfig({ format, width, height, frameRate }: VideoJob): Promise<VideoEncoderConfig> {
  const common = {
    width,
    height,
    bitrate: videoBitrate({ width, height }, frameRate),
    framerate: frameRate.numerator / frameRate.denominator,
  };
  const configs: VideoEncoderConfig[] =
    format === 'webm'
      ? [
          { ...common, codec: 'vp09.00.10.08' },
          { ...common, codec: 'vp8' },
        ]
      : [{ ...common, codec: h264Codec({ width, height }, frameRate), avc: { format: 'avc' } }];
  for (const config of configs) if ((await VideoEncoder.isConfigSupported(config)).supported) return config;
  throw new MienError(
    'export-failed',
    `This system cannot encode ${format === 'webm' ? 'VP9 or VP8' : 'H.264'} at ${width} x ${height}.`,
    format === 'webm' ? 'Choose a smaller size.' : 'Choose .webm, or a smaller size.',
  );
}

/** Opus in .webm; in .mp4 AAC where the system has an encoder for it, else Opus, which fewer players take. */
async function audioConfig(format: VideoFormatId, numberOfChannels: number): Promise<AudioEncoderConfig> {
  const common = { sampleRate: SOUND_RATE_HZ, numberOfChannels, bitrate: SOUND_BITRATE };
  const aac = { ...common, codec: 'mp4a.40.2' };
  if (format === 'mp4' && (await AudioEncoder.isConfigSupported(aac)).supported) return aac;
  return { ...common, codec: 'opus' };
}

/** Whether this system can encode a kind of video at all. */
export async function canEncode(format: VideoFormatId): Promise<boolean> {
  if (typeof VideoEncoder === 'undefined') return false;
  const codec = format === 'webm' ? 'vp8' : 'avc1.42001f';
  const config = { codec, width: 640, height: 360, bitrate: 1e6, framerate: 30 };
  return (await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }))).supported === true;
}

function asMienError(error: unknown, format: VideoFormatId): MienError {
  if (error instanceof MienError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new MienError(
    'export-failed',
    `The video could not be encoded as .${format}: ${why}.`,
    'Try the other format or a smaller size.',
    {
      cause: error,
    },
  );
}
