import { decoder as createFlacDecoder } from '@audio/decode-flac';
import { decoder as createMp3Decoder } from '@audio/decode-mp3';
import { decoder as createOpusDecoder } from '@audio/decode-opus';
import { decoder as createVorbisDecoder } from '@audio/decode-vorbis';
import { MienError } from '../../core/errors';
import type { DecodeControl } from './decodeControl';
import type { RawDecoded } from './decodeWav';
import { untoldMp3Delay } from './mp3Delay';
import { SampleCollector } from './sampleCollector';
import { findMp3Frame, skipId3, SOUND_KIND_NAMES } from './sniffSound';

export type CompressedKind = 'mp3' | 'flac' | 'ogg-flac' | 'ogg-vorbis' | 'ogg-opus';

/** What all the wasm decoders have in common. */
interface StreamDecoder {
  decode(chunk: Uint8Array): { channelData: readonly Float32Array[]; sampleRate: number };
  flush?(): { channelData: readonly Float32Array[]; sampleRate: number };
  free(): void;
}

/** Encoded bytes fed between two looks at the clock: 64 KB of Opus can be 20 s of sound. */
const CHUNK_BYTES = 1 << 16;
/** mpg123's wrapper retries a failing read for ever and prints each failure; after so many we stop it. */
const MAX_DECODER_COMPLAINTS = 500;

/**
 * mp3, flac, Ogg Vorbis, Ogg Opus and Ogg FLAC through the wasm decoders, piece by piece. Encoder delay and Opus
 * pre-skip are removed. A file that breaks off or is damaged in the middle gives the sound that could be read.
 * @throws MienError 'audio-unreadable' when nothing could be read
 */
export async function decodeCompressed(
  bytes: Uint8Array,
  fileName: string,
  kind: CompressedKind,
  control: DecodeControl,
): Promise<RawDecoded> {
  const first = kind === 'mp3' ? findMp3Frame(bytes, skipId3(bytes), bytes.length) : null;
  if (kind === 'mp3' && first === null) throw unreadable(fileName, kind, 'no mp3 frame was found in it');
  const collector = new SampleCollector(fileName);
  const keepChannels = first?.mono ? 1 : undefined;
  const failure = await feed(bytes.subarray(kind === 'mp3' ? skipId3(bytes) : 0), kind, control, (piece) =>
    collector.add(piece.channelData, piece.sampleRate, keepChannels),
  );
  if (collector.sampleCount === 0) throw unreadable(fileName, kind, 'its sound data are damaged', failure);
  const skip = first === null ? 0 : untoldMp3Delay(bytes, first);
  return { sampleRateHz: collector.sampleRateHz, channels: collector.join(skip), format: SOUND_KIND_NAMES[kind] };
}

/** Feeds the whole file; returns what stopped decoding early, or null. Only our own errors are thrown. */
async function feed(
  bytes: Uint8Array,
  kind: CompressedKind,
  control: DecodeControl,
  take: (piece: { channelData: readonly Float32Array[]; sampleRate: number }) => void,
): Promise<unknown> {
  let decoder: StreamDecoder | null = null;
  try {
    decoder = await createDecoder(kind);
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      await control.breathe();
      const chunk = bytes.subarray(at, Math.min(bytes.length, at + CHUNK_BYTES));
      take(quietly(() => decoder!.decode(chunk)));
    }
    if (decoder.flush) take(quietly(() => decoder!.flush!()));
    return null;
  } catch (thrown) {
    if (thrown instanceof MienError) throw thrown;
    return thrown;
  } finally {
    try {
      decoder?.free();
    } catch {
      // A decoder that broke on a damaged file may not be freed; its memory goes with it.
    }
  }
}

function createDecoder(kind: CompressedKind): Promise<StreamDecoder> {
  if (kind === 'mp3') return createMp3Decoder();
  if (kind === 'flac' || kind === 'ogg-flac') return createFlacDecoder();
  return kind === 'ogg-vorbis' ? createVorbisDecoder() : createOpusDecoder();
}

/** Runs one synchronous decoder call with its console complaints counted instead of printed. */
function quietly<T>(call: () => T): T {
  const { error, warn } = console;
  let complaints = 0;
  const count = () => {
    complaints++;
    if (complaints > MAX_DECODER_COMPLAINTS) throw new Error('the decoder reports one error after another');
  };
  console.error = count;
  console.warn = count;
  try {
    return call();
  } finally {
    console.error = error;
    console.warn = warn;
  }
}

function unreadable(fileName: string, kind: CompressedKind, why: string, cause?: unknown): MienError {
  return new MienError(
    'audio-unreadable',
    `${fileName} looks like ${SOUND_KIND_NAMES[kind]} but cannot be decoded: ${why}.`,
    'Check that it plays in another program, or export it again as wav.',
    { cause },
  );
}
