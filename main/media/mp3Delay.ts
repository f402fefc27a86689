import type { Mp3Frame } from './sniffSound';

/** Delay of every MPEG layer III decoder: the polyphase filter bank and the IMDCT overlap (LAME technical FAQ: 528 + 1). */
const DECODER_DELAY_SAMPLES = 529;
/** What LAME puts before the sound by default (LAME technical FAQ: ENCDELAY). */
const LAME_DELAY_SAMPLES = 576;
const SEARCH_BYTES = 16384;

/**
 * Samples to drop from an mp3 whose header does not tell its delay. With an Info or Xing tag that carries LAME's
 * delay field the decoder has removed it already and this is 0; without one the decoder's own delay is certain, and
 * LAME's is added where the stream bears LAME's or libavcodec's signature.
 */
export function untoldMp3Delay(bytes: Uint8Array, first: Mp3Frame): number {
  // Side information: 32 / 17 bytes for MPEG-1 stereo / mono, 17 / 9 for MPEG-2 (ISO/IEC 13818-3).
  const sideBytes = first.mpeg1 ? (first.mono ? 17 : 32) : first.mono ? 9 : 17;
  const tag = first.offset + 4 + sideBytes;
  const name = text(bytes, tag, 4);
  if ((name === 'Xing' || name === 'Info') && carriesDelay(bytes, tag)) return 0;
  const head = text(bytes, 0, Math.min(bytes.length, first.offset + SEARCH_BYTES));
  const byLame = /LAME|Lavc|Lavf/.test(head);
  return DECODER_DELAY_SAMPLES + (byLame ? LAME_DELAY_SAMPLES : 0);
}

/** The LAME extension follows the fields that the tag's flags announce: frames, bytes, table of contents, quality. */
function carriesDelay(bytes: Uint8Array, tag: number): boolean {
  const flags = bytes[tag + 7] ?? 0;
  const extension = tag + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  return /^[A-Za-z]{3}/.test(text(bytes, extension, 4));
}

function text(bytes: Uint8Array, at: number, length: number): string {
  let result = '';
  for (let i = at; i < Math.min(bytes.length, at + length); i++) result += String.fromCharCode(bytes[i]);
  return result;
}
