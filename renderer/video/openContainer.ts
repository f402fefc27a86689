import { ArrayBufferTarget as Mp4Target, Muxer as Mp4Muxer } from 'mp4-muxer';
import { ArrayBufferTarget as WebmTarget, Muxer as WebmMuxer } from 'webm-muxer';
import type { VideoFormatId } from '../../core/interchange/videoFormats';

/** A video file that is being put together in memory. */
export interface Container {
  addVideo(chunk: EncodedVideoChunk, meta?: EncodedVideoChunkMetadata): void;
  addAudio(chunk: EncodedAudioChunk, meta?: EncodedAudioChunkMetadata): void;
  finish(): Uint8Array<ArrayBuffer>;
}

/** The one place that knows the muxers. */
export function openContainer(format: VideoFormatId, video: VideoEncoderConfig, audio: AudioEncoderConfig | null): Container {
  const { width, height, framerate: frameRate } = video;
  const heard = audio && { sampleRate: audio.sampleRate, numberOfChannels: audio.numberOfChannels };
  if (format === 'webm') {
    const target = new WebmTarget();
    const muxer = new WebmMuxer({
      target,
      video: { codec: video.codec === 'vp8' ? 'V_VP8' : 'V_VP9', width, height, frameRate },
      ...(heard && { audio: { codec: 'A_OPUS', ...heard } }),
    });
    return containerOf(muxer, target);
  }
  const target = new Mp4Target();
  const muxer = new Mp4Muxer({
    target,
    fastStart: 'in-memory',
    video: { codec: 'avc', width, height, frameRate },
    ...(heard && { audio: { codec: audio.codec === 'opus' ? 'opus' : 'aac', ...heard } }),
  });
  return containerOf(muxer, target);
}

interface AnyMuxer {
  addVideoChunk(chunk: EncodedVideoChunk, meta?: EncodedVideoChunkMetadata): void;
  addAudioChunk(chunk: EncodedAudioChunk, meta?: EncodedAudioChunkMetadata): void;
  finalize(): void;
}

function containerOf(muxer: AnyMuxer, target: { buffer: ArrayBuffer }): Container {
  return {
    addVideo: (chunk, meta) => muxer.addVideoChunk(chunk, meta),
    addAudio: (chunk, meta) => muxer.addAudioChunk(chunk, meta),
    finish: () => {
      muxer.finalize();
      return new Uint8Array(target.buffer);
    },
  };
}
