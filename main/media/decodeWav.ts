import { decoder as createWavDecoder } from '@audio/decode-wav';
import type { DecodeControl } from './decodeControl';
import { SampleCollector } from './sampleCollector';
import { checkLength } from './soundLimits';
import { readWavLayout, WAV_FLOAT, WAV_IMA_ADPCM, WAV_MS_ADPCM, WAV_PCM, type WavLayout } from './wavLayout';

/** Bytes decoded between two looks at the clock and the abort signal. */
const CHUNK_BYTES = 1 << 22;

const CODEC_NAMES: Readonly<Record<number, string>> = { 2: 'MS ADPCM', 6: 'A-law', 7: 'mu-law', 17: 'IMA ADPCM' };

export interface RawDecoded {
  readonly sampleRateHz: number;
  readonly channels: Float32Array[];
  readonly format: string;
}

/**
 * Wav of any rate: PCM 8/16/24/32 bit, float 32/64, A-law, mu-law, IMA and MS ADPCM, extensible, RF64.
 * We find and check the chunks ourselves and hand @audio/decode-wav a clean header: its own scan believes the file
 * (channel counts, block sizes, unpadded chunks).
 * @throws MienError 'audio-unreadable' | 'audio-unsupported'
 */
export async function decodeWav(bytes: Uint8Array, fileName: string, control: DecodeControl): Promise<RawDecoded> {
  const layout = readWavLayout(bytes, fileName);
  const blocks = Math.floor((layout.dataEnd - layout.dataStart) / layout.blockBytes);
  checkLength(fileName, layout.sampleRateHz, layout.channelCount, blocks);
  const adpcm = isAdpcm(layout);
  // Without compression the length is known from the bytes that are there, and every piece goes straight to its place.
  const channels = Array.from({ length: adpcm ? 0 : layout.channelCount }, () => new Float32Array(blocks));
  const collector = new SampleCollector(fileName);
  const decoder = createWavDecoder();
  try {
    decoder.decode(canonicalHeader(layout, blocks));
    const blocksAtOnce = Math.max(1, Math.floor(CHUNK_BYTES / layout.blockBytes));
    for (let block = 0; block < blocks; block += blocksAtOnce) {
      await control.breathe();
      const from = layout.dataStart + block * layout.blockBytes;
      const to = layout.dataStart + Math.min(blocks, block + blocksAtOnce) * layout.blockBytes;
      const decoded = decoder.decode(bytes.subarray(from, to));
      if (adpcm) collector.add(decoded.channelData, decoded.sampleRate);
      else channels.forEach((samples, c) => samples.set(decoded.channelData[c], block));
    }
  } finally {
    decoder.free();
  }
  return { sampleRateHz: layout.sampleRateHz, channels: adpcm ? collector.join() : channels, format: describe(layout) };
}

/** A header with exactly the chunks the library needs. */
function canonicalHeader(layout: WavLayout, blocks: number): Uint8Array {
  // ADPCM needs at least its own size field and samples per block.
  const extension = isAdpcm(layout) ? evenSized(layout.extension) : new Uint8Array(0);
  const header = new Uint8Array(12 + 8 + 16 + extension.length + 8);
  const view = new DataView(header.buffer);
  const put = (at: number, text: string) =>
    header.set(
      [...text].map((c) => c.charCodeAt(0)),
      at,
    );
  put(0, 'RIFF');
  view.setUint32(4, 0xffffffff, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16 + extension.length, true);
  view.setUint16(20, layout.formatTag, true);
  view.setUint16(22, layout.channelCount, true);
  view.setUint32(24, layout.sampleRateHz, true);
  view.setUint32(28, layout.sampleRateHz * layout.blockBytes, true);
  view.setUint16(32, layout.blockBytes, true);
  view.setUint16(34, layout.bitsPerSample, true);
  header.set(extension, 36);
  put(36 + extension.length, 'data');
  view.setUint32(40 + extension.length, Math.min(0xfffffffe, blocks * layout.blockBytes), true);
  return header;
}

function isAdpcm(layout: WavLayout): boolean {
  return layout.formatTag === WAV_IMA_ADPCM || layout.formatTag === WAV_MS_ADPCM;
}

function evenSized(extension: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.max(4, extension.length + (extension.length & 1)));
  bytes.set(extension);
  return bytes;
}

function describe(layout: WavLayout): string {
  if (layout.formatTag === WAV_PCM) return `wav pcm ${layout.bitsPerSample} bit`;
  if (layout.formatTag === WAV_FLOAT) return `wav float ${layout.bitsPerSample} bit`;
  return `wav ${CODEC_NAMES[layout.formatTag]}`;
}
