import { open } from 'node:fs/promises';
import type { DecodedAudio } from '../../core/audio/pcm';

/** Players take two channels; of more, only the one that was chosen as the line is played. */
const MAX_PLAYED_CHANNELS = 2;
const HEADER_BYTES = 44;
const BLOCK_FRAMES = 1 << 16;

/**
 * Writes decoded sound as 16-bit PCM WAV for playback, block by block, so that memory does not grow with the length.
 * @param line the one channel that was chosen as the line, played alone when the file has more than two channels
 * @param breathe called between blocks; may throw to stop
 */
export async function writeWav(
  file: string,
  decoded: DecodedAudio,
  line: Float32Array,
  breathe: () => Promise<void>,
): Promise<void> {
  const channels = decoded.channels.length <= MAX_PLAYED_CHANNELS ? decoded.channels : [line];
  const frameCount = channels[0].length;
  const disk = await open(file, 'w');
  try {
    await disk.write(wavHeader(frameCount, channels.length, decoded.sampleRateHz));
    for (let start = 0; start < frameCount; start += BLOCK_FRAMES) {
      await breathe();
      await disk.write(pcm16(channels, start, Math.min(frameCount, start + BLOCK_FRAMES)));
    }
  } finally {
    await disk.close();
  }
}

/** Canonical 44-byte RIFF header of 16-bit PCM. Sizes beyond 4 GB are capped as the format demands; readers go by the file. */
function wavHeader(frameCount: number, channelCount: number, sampleRateHz: number): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  const dataBytes = Math.min(frameCount * channelCount * 2, 0xffff_ffff - HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(dataBytes + HEADER_BYTES - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channelCount, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * channelCount * 2, 28);
  header.writeUInt16LE(channelCount * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

function pcm16(channels: readonly Float32Array[], start: number, end: number): Uint8Array {
  const block = new Int16Array((end - start) * channels.length);
  let index = 0;
  for (let frame = start; frame < end; frame++) {
    for (const samples of channels) {
      const value = Math.round(samples[frame] * 32768);
      block[index++] = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
    }
  }
  return new Uint8Array(block.buffer);
}
