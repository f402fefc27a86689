/** What a file is, judged by its first bytes and never by its name. */
export type SoundKind =
  | 'wav'
  | 'mp3'
  | 'flac'
  | 'ogg-flac'
  | 'ogg-vorbis'
  | 'ogg-opus'
  /** Containers we cannot read ourselves but a system ffmpeg can. */
  | 'mp4'
  | 'aac'
  | 'aiff'
  | 'caf'
  | 'matroska'
  | 'asf'
  /** Known not to be sound, or Ogg with another codec: named for the error message. */
  | { readonly notSound: string }
  | 'unknown';

/** Names for messages. */
export const SOUND_KIND_NAMES: Readonly<Record<string, string>> = {
  wav: 'wav',
  mp3: 'mp3',
  flac: 'flac',
  'ogg-flac': 'ogg flac',
  'ogg-vorbis': 'ogg vorbis',
  'ogg-opus': 'ogg opus',
  mp4: 'MPEG-4 (m4a, mp4)',
  aac: 'AAC',
  aiff: 'AIFF',
  caf: 'Core Audio (caf)',
  matroska: 'Matroska or WebM',
  asf: 'Windows Media (wma)',
};

/** Magic numbers of common files that people drop by mistake. Source: the formats' own specifications. */
const NOT_SOUND: readonly (readonly [magic: string, name: string])[] = [
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a zip archive (or an Office document)'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a program'],
  ['Kaydara FBX', 'an FBX scene'],
  ['glTF', 'a glTF scene'],
  ['MThd', 'a MIDI file (notes, not sound)'],
  ['<!DOCTYPE', 'a web page'],
  ['<html', 'a web page'],
  ['{\\rtf', 'a text document'],
];

/** Judges a file by content. Reads at most the first 64 KB (an ID3 tag is stepped over). */
export function sniffSound(bytes: Uint8Array): SoundKind {
  if (startsWith(bytes, 0, 'RIFF') || startsWith(bytes, 0, 'RF64') || startsWith(bytes, 0, 'BW64')) {
    if (startsWith(bytes, 8, 'WAVE')) return 'wav';
    return { notSound: startsWith(bytes, 8, 'AVI ') ? 'an AVI film' : 'a RIFF file without sound' };
  }
  if (startsWith(bytes, 0, 'OggS')) return sniffOgg(bytes);
  if (startsWith(bytes, 0, 'fLaC')) return 'flac';
  if (startsWith(bytes, 0, 'FORM') && startsWith(bytes, 8, 'AIF')) return 'aiff';
  if (startsWith(bytes, 0, 'caff')) return 'caf';
  if (startsWith(bytes, 4, 'ftyp')) return 'mp4';
  if (startsWith(bytes, 0, '\x1a\x45\xdf\xa3')) return 'matroska';
  if (startsWith(bytes, 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11')) return 'asf';
  for (const [magic, name] of NOT_SOUND) if (startsWith(bytes, 0, magic)) return { notSound: name };
  const start = skipId3(bytes);
  if (start > 0 && startsWith(bytes, start, 'fLaC')) return 'flac';
  if (isAdts(bytes, start)) return 'aac';
  if (findMp3Frame(bytes, start, start > 0 ? 65536 : 4096) !== null) return 'mp3';
  return start > 0 ? 'mp3' : 'unknown';
}

function sniffOgg(bytes: Uint8Array): SoundKind {
  // The first packet of an Ogg stream follows the page header: 27 bytes + one byte a segment (RFC 3533).
  const body = 27 + (bytes[26] ?? 0);
  if (startsWith(bytes, body, 'OpusHead')) return 'ogg-opus';
  if (startsWith(bytes, body, '\x01vorbis')) return 'ogg-vorbis';
  if (startsWith(bytes, body, '\x7fFLAC')) return 'ogg-flac';
  if (startsWith(bytes, body, 'Speex')) return { notSound: 'Ogg Speex, which is not supported' };
  if (startsWith(bytes, body, '\x80theora')) return { notSound: 'an Ogg film' };
  return { notSound: 'an Ogg file without Vorbis, Opus or FLAC sound' };
}

/** Offset behind an ID3v2 tag at the start (0 without one). Source: id3.org, ID3v2.4 section 3.1. */
export function skipId3(bytes: Uint8Array): number {
  let at = 0;
  // Some taggers leave several tags behind each other.
  for (let count = 0; count < 4 && startsWith(bytes, at, 'ID3') && at + 10 <= bytes.length; count++) {
    const size =
      ((bytes[at + 6] & 127) << 21) | ((bytes[at + 7] & 127) << 14) | ((bytes[at + 8] & 127) << 7) | (bytes[at + 9] & 127);
    at += 10 + size + (bytes[at + 5] & 0x10 ? 10 : 0);
  }
  return at;
}

/** ADTS: twelve sync bits and layer 0, which MPEG audio layer III never has. */
function isAdts(bytes: Uint8Array, at: number): boolean {
  if (at + 7 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xf6) !== 0xf0) return false;
  const length = ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5);
  const next = at + length;
  return length > 7 && next + 1 < bytes.length && bytes[next] === 0xff && (bytes[next + 1] & 0xf6) === 0xf0;
}

export interface Mp3Frame {
  readonly offset: number;
  readonly length: number;
  readonly mono: boolean;
  readonly mpeg1: boolean;
  readonly sampleRateHz: number;
}

const MP3_BITRATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MP3_BITRATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MP3_RATES_HZ = [44100, 48000, 32000];

/** The first layer III frame that is followed by another (or by the end), within `reach` bytes; null when there is none. */
export function findMp3Frame(bytes: Uint8Array, from: number, reach: number): Mp3Frame | null {
  const end = Math.min(bytes.length - 4, from + reach);
  for (let at = from; at <= end; at++) {
    const frame = readMp3Header(bytes, at);
    if (frame === null) continue;
    const next = at + frame.length;
    if (next + 4 > bytes.length ? at === from : readMp3Header(bytes, next) !== null) return frame;
  }
  return null;
}

/** Frame header of ISO/IEC 11172-3 / 13818-3, layer III only (free format is not taken for a frame). */
function readMp3Header(bytes: Uint8Array, at: number): Mp3Frame | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xe0) !== 0xe0) return null;
  const version = (bytes[at + 1] >> 3) & 3;
  const layer = (bytes[at + 1] >> 1) & 3;
  const bitrateIndex = bytes[at + 2] >> 4;
  const rateIndex = (bytes[at + 2] >> 2) & 3;
  if (version === 1 || layer !== 1 || bitrateIndex === 0 || bitrateIndex === 15 || rateIndex === 3) return null;
  const mpeg1 = version === 3;
  const sampleRateHz = MP3_RATES_HZ[rateIndex] / (mpeg1 ? 1 : version === 2 ? 2 : 4);
  const kilobits = (mpeg1 ? MP3_BITRATES_V1 : MP3_BITRATES_V2)[bitrateIndex];
  const padding = (bytes[at + 2] >> 1) & 1;
  const length = Math.floor(((mpeg1 ? 144 : 72) * kilobits * 1000) / sampleRateHz) + padding;
  return { offset: at, length, mono: bytes[at + 3] >> 6 === 3, mpeg1, sampleRateHz };
}

function startsWith(bytes: Uint8Array, at: number, magic: string): boolean {
  if (at + magic.length > bytes.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}
