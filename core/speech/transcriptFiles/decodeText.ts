import { MienError } from '../../errors';

/** A transcript file larger than this is no transcript. */
const MAX_BYTES = 16_000_000;
/** Bytes of no text that anyone writes. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * Bytes of a text file as text: UTF-8, UTF-16 with its mark (Praat writes it), else Windows-1252.
 * @throws MienError 'text-unusable' for what is no text
 */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  if (bytes.byteLength > MAX_BYTES) throw noText(fileName, 'it is too large');
  const text = decode(bytes);
  if (CONTROL.test(text)) throw noText(fileName, 'it holds bytes that are no text');
  return text;
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 0);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 1);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** `high`: which byte of a pair is the high one's place, 1 little-endian low first. */
function utf16(bytes: Uint8Array, bigEndian: 0 | 1): string {
  let text = '';
  for (let at = 2; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode(bytes[at + 1 - bigEndian] * 256 + bytes[at + bigEndian]);
  return text;
}

function noText(fileName: string, why: string): MienError {
  return new MienError(
    'text-unusable',
    `${fileName} cannot be read as a transcript: ${why}.`,
    'Save it as plain text (UTF-8), SubRip (.srt) or TextGrid.',
  );
}
