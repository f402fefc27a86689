import { MienError } from '../../core/errors';
import type { ProsodyTrack } from '../../core/audio/prosodyTrack';

/** "MPRO", then uint32 version, uint32 count, float32 hop, then the tracks; little endian. */
const MAGIC = 0x4f52504d;
const VERSION = 1;
const HEADER_BYTES = 16;
const TRACKS = ['f0Hz', 'voicing', 'loudnessDb', 'tiltDbPerOctave', 'effort', 'voice'] as const;

/** Prosody as bytes, so that a project reopens without inference. */
export function encodeProsody(prosody: ProsodyTrack): Uint8Array {
  const count = prosody.f0Hz.length;
  const bytes = new Uint8Array(HEADER_BYTES + TRACKS.length * count * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, count, true);
  view.setFloat32(12, prosody.hopSeconds, true);
  let offset = HEADER_BYTES;
  for (const name of TRACKS) {
    for (const value of prosody[name]) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}

/** @throws MienError 'project-unreadable' when the bytes are no prosody track of ours or hold values that are no numbers */
export function decodeProsody(bytes: Uint8Array): ProsodyTrack {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION)
    throw damaged();
  const count = view.getUint32(8, true);
  const hopSeconds = view.getFloat32(12, true);
  if (bytes.byteLength !== HEADER_BYTES + TRACKS.length * count * 4 || !(hopSeconds > 0.0005 && hopSeconds < 1)) throw damaged();
  const track = (index: number) => {
    const values = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      const value = view.getFloat32(HEADER_BYTES + (index * count + k) * 4, true);
      if (!Number.isFinite(value)) throw damaged();
      values[k] = value;
    }
    return values;
  };
  const [f0Hz, voicing, loudnessDb, tiltDbPerOctave, effort, voice] = TRACKS.map((_name, index) => track(index));
  // float32 holds 0.01 as 0.00999999978; time must not drift over a long line.
  return { hopSeconds: Math.round(hopSeconds * 1e6) / 1e6, f0Hz, voicing, loudnessDb, tiltDbPerOctave, effort, voice };
}

function damaged(): MienError {
  return new MienError(
    'project-unreadable',
    'The stored analysis of a line is damaged.',
    'Restore the project from a backup, or import the line again.',
  );
}
