import { MienError } from '../../core/errors';
import { checkShape } from './soundLimits';

/** Where the sound of a wav file lies and how it is written, checked against the file's real size. */
export interface WavLayout {
  readonly formatTag: number;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  readonly blockBytes: number;
  readonly bitsPerSample: number;
  /** The bytes of the fmt chunk behind the first 16: ADPCM keeps its tables there. */
  readonly extension: Uint8Array;
  readonly dataStart: number;
  readonly dataEnd: number;
}

/** WAVE format tags (RFC 2361; mmreg.h). */
export const WAV_PCM = 1;
export const WAV_MS_ADPCM = 2;
export const WAV_FLOAT = 3;
export const WAV_ALAW = 6;
export const WAV_MULAW = 7;
export const WAV_IMA_ADPCM = 0x11;
const WAV_MP3 = 0x55;
const WAV_EXTENSIBLE = 0xfffe;

/**
 * Finds fmt and data of a RIFF, RF64 or BW64 wav file. Sizes in the file are claims: everything is clipped to the bytes
 * that are there, a missing or zero data size means "to the end", and block sizes are derived, not believed.
 * @throws MienError 'audio-unreadable' or 'audio-unsupported'
 */
export function readWavLayout(bytes: Uint8Array, fileName: string): WavLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Omit<WavLayout, 'dataStart' | 'dataEnd'> | null = null;
  let wideDataBytes = 0;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const id = String.fromCharCode(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (id === 'ds64' && body + 16 <= bytes.length) wideDataBytes = Number(view.getBigUint64(body + 8, true));
    if (id === 'fmt ') format = readFormat(bytes, view, body, size, fileName);
    if (id === 'data') {
      if (format === null) throw unreadable(fileName, 'its sound comes before its description (no "fmt " chunk)');
      const claimed = size === 0xffffffff && wideDataBytes > 0 ? wideDataBytes : size;
      const known = claimed > 0 && claimed < 0xffffffff;
      const dataEnd = known ? Math.min(bytes.length, body + claimed) : bytes.length;
      return { ...format, dataStart: body, dataEnd };
    }
    // Chunks are padded to even sizes (RIFF specification).
    at = body + size + (size & 1);
  }
  throw unreadable(fileName, format === null ? 'it has no "fmt " chunk' : 'it has no "data" chunk');
}

function readFormat(bytes: Uint8Array, view: DataView, body: number, size: number, fileName: string) {
  if (body + 16 > bytes.length || size < 16) throw unreadable(fileName, 'its "fmt " chunk is cut off');
  let formatTag = view.getUint16(body, true);
  const channelCount = view.getUint16(body + 2, true);
  const sampleRateHz = view.getUint32(body + 4, true);
  const claimedBlock = view.getUint16(body + 12, true);
  let bitsPerSample = view.getUint16(body + 14, true);
  const extension = bytes.subarray(body + 16, Math.min(bytes.length, body + size));
  if (formatTag === WAV_EXTENSIBLE) {
    if (body + 26 > bytes.length) throw unreadable(fileName, 'its "fmt " chunk is cut off');
    formatTag = view.getUint16(body + 24, true);
  }
  checkShape(fileName, sampleRateHz, channelCount);
  checkCodec(formatTag, fileName);
  let blockBytes = claimedBlock;
  if (formatTag === WAV_ALAW || formatTag === WAV_MULAW) {
    bitsPerSample = 8;
    blockBytes = channelCount;
  } else if (formatTag === WAV_PCM || formatTag === WAV_FLOAT) {
    // 20 bits in a 24-bit container are left-justified: reading the container is right.
    const containerBits = Math.ceil(bitsPerSample / 8) * 8;
    const claimedBits = (claimedBlock / channelCount) * 8;
    const allowed = formatTag === WAV_PCM ? [8, 16, 24, 32] : [32, 64];
    bitsPerSample = claimedBits >= bitsPerSample && allowed.includes(claimedBits) ? claimedBits : containerBits;
    if (!allowed.includes(bitsPerSample))
      throw unsupported(fileName, `${bitsPerSample}-bit ${formatTag === WAV_PCM ? 'PCM' : 'float'}`);
    blockBytes = (bitsPerSample / 8) * channelCount;
  } else {
    checkAdpcmBlock(formatTag, channelCount, claimedBlock, extension, fileName);
  }
  return { formatTag, channelCount, sampleRateHz, blockBytes, bitsPerSample, extension };
}

/** ADPCM tables claim how many samples a block holds; a lie would make the decoder allocate it. */
function checkAdpcmBlock(
  formatTag: number,
  channelCount: number,
  blockBytes: number,
  extension: Uint8Array,
  fileName: string,
): void {
  const headerBytes = formatTag === WAV_IMA_ADPCM ? 4 : 7;
  if (channelCount > 2) throw unsupported(fileName, 'ADPCM with more than two channels');
  if (blockBytes <= headerBytes * channelCount) throw unreadable(fileName, 'its ADPCM blocks have no room for sound');
  const first = formatTag === WAV_IMA_ADPCM ? 1 : 2;
  const mostSamples = first + Math.floor(((blockBytes - headerBytes * channelCount) * 2) / channelCount);
  const view = new DataView(extension.buffer, extension.byteOffset, extension.byteLength);
  const samplesPerBlock = extension.length >= 4 ? view.getUint16(2, true) : 0;
  if (samplesPerBlock > mostSamples) throw unreadable(fileName, 'its ADPCM blocks claim more samples than fit');
  if (formatTag !== WAV_MS_ADPCM) return;
  const coefficientCount = extension.length >= 6 ? view.getUint16(4, true) : 0;
  if (coefficientCount * 4 + 6 > extension.length) throw unreadable(fileName, 'its ADPCM table is cut off');
}

function checkCodec(formatTag: number, fileName: string): void {
  if ([WAV_PCM, WAV_FLOAT, WAV_ALAW, WAV_MULAW, WAV_MS_ADPCM, WAV_IMA_ADPCM].includes(formatTag)) return;
  throw unsupported(fileName, formatTag === WAV_MP3 ? 'mp3' : `format 0x${formatTag.toString(16)}`);
}

function unsupported(fileName: string, codec: string): MienError {
  return new MienError(
    'audio-unsupported',
    `${fileName} is a wav file with ${codec} sound inside, which Mien cannot read.`,
    'Export it as 16-bit, 24-bit or 32-bit float PCM wav, or as flac.',
  );
}

function unreadable(fileName: string, why: string): MienError {
  return new MienError('audio-unreadable', `${fileName} is a damaged wav file: ${why}.`, 'Export or copy the file again.');
}
