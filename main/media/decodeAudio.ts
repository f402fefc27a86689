import { MienError } from '../../core/errors';
import type { DecodedAudio } from '../../core/audio/pcm';
import { decodeCompressed } from './decodeCompressed';
import { DecodeControl } from './decodeControl';
import { decodeWav, type RawDecoded } from './decodeWav';
import { decodeWithFfmpeg } from './decodeWithFfmpeg';
import { sniffSound, SOUND_KIND_NAMES } from './sniffSound';

export interface DecodeOptions {
  readonly signal?: AbortSignal;
}

/** Samples beyond this are no sound: a float file may hold anything. 40 dB over full scale. */
const LOUDEST_SAMPLE = 100;

/**
 * Decodes a sound file of any rate, channel count and depth: wav, mp3, flac, Ogg Vorbis, Opus and FLAC everywhere;
 * m4a, aac, aiff, caf, webm and wma where the system has ffmpeg. The kind is judged by content, never by the name.
 * Delays of encoders are removed: a click lies within 1 ms of where it was. NaN and infinite samples become 0.
 * Files that break off give the sound that is there. At most three hours.
 *
 * @param fileName for messages only; folders in it are not shown
 * @throws MienError 'audio-unreadable' | 'audio-unsupported' | 'audio-empty' | 'cancelled' and nothing else
 */
export async function decodeAudio(bytes: Uint8Array, fileName: string, options: DecodeOptions = {}): Promise<DecodedAudio> {
  const name = shortName(fileName);
  try {
    // A Buffer's slice() does not copy, and the wav library counts on Uint8Array's, which does.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const decoded = await decodeByKind(plain, name, new DecodeControl(name, bytes.length, options.signal));
    if (decoded.channels.length === 0 || decoded.channels[0].length === 0) throw empty(name);
    for (const samples of decoded.channels) sanitise(samples);
    return decoded;
  } catch (thrown) {
    if (thrown instanceof MienError) throw thrown;
    // Out of memory on a machine with little of it ends here too (RangeError of an array that cannot be made).
    throw new MienError(
      'audio-unreadable',
      `${name} cannot be decoded: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'Check that it plays in another program, or export it again as wav.',
      { cause: thrown },
    );
  }
}

async function decodeByKind(bytes: Uint8Array, name: string, control: DecodeControl): Promise<RawDecoded> {
  if (bytes.length === 0) throw empty(name);
  const kind = sniffSound(bytes);
  if (typeof kind === 'object') {
    throw new MienError(
      'audio-unsupported',
      `${name} is not a sound file: it is ${kind.notSound}.`,
      'Choose a wav, mp3, ogg, opus or flac file.',
    );
  }
  switch (kind) {
    case 'unknown':
      throw new MienError(
        'audio-unreadable',
        `${name} is not a sound file that Mien knows.`,
        'Choose a wav, mp3, ogg, opus or flac file; raw samples without a header must be saved as wav first.',
      );
    case 'wav':
      return decodeWav(bytes, name, control);
    case 'mp3':
    case 'flac':
    case 'ogg-flac':
    case 'ogg-vorbis':
    case 'ogg-opus':
      return decodeCompressed(bytes, name, kind, control);
    default: {
      const wav = await decodeWithFfmpeg(bytes, name, kind, control);
      return { ...(await decodeWav(wav, name, control)), format: `${SOUND_KIND_NAMES[kind]} by ffmpeg` };
    }
  }
}

function sanitise(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i];
    // The negated test also catches NaN.
    if (!(Math.abs(value) <= LOUDEST_SAMPLE)) samples[i] = Number.isFinite(value) ? Math.sign(value) * LOUDEST_SAMPLE : 0;
  }
}

/** Very long names are legal; a message of 4000 characters helps nobody. */
function shortName(fileName: string): string {
  // Control characters are legal in names on some systems and would break the message.
  const base =
    fileName
      .split(/[\\/]/)
      .pop()
      ?.replace(/\p{Cc}/gu, ' ') || 'The file';
  return base.length > 80 ? `${base.slice(0, 50)}…${base.slice(-25)}` : base;
}

function empty(name: string): MienError {
  return new MienError('audio-empty', `${name} holds no sound.`, 'Choose a file with sound in it.');
}
