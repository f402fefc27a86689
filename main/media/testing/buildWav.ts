export type WavSamples = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'alaw' | 'mulaw';

export interface WavPlan {
  readonly sampleRateHz: number;
  readonly channels: readonly Float32Array[];
  readonly samples?: WavSamples;
  /** WAVE_FORMAT_EXTENSIBLE, with this many valid bits. */
  readonly extensibleBits?: number;
  /** Bytes of a LIST chunk before the data (odd sizes are padded, as RIFF wants). */
  readonly listBytes?: number;
  /** Header fields to lie about. */
  readonly lies?: {
    readonly dataBytes?: number;
    readonly riffBytes?: number;
    readonly channelCount?: number;
    readonly sampleRateHz?: number;
    readonly blockBytes?: number;
    readonly bits?: number;
    readonly formatTag?: number;
  };
}

const SIZES: Readonly<Record<WavSamples, number>> = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8, alaw: 1, mulaw: 1 };
const TAGS: Readonly<Record<WavSamples, number>> = { u8: 1, s16: 1, s24: 1, s32: 1, f32: 3, f64: 3, alaw: 6, mulaw: 7 };

/** A wav file for tests, honest or lying. */
export function buildWav(plan: WavPlan): Uint8Array {
  const kind = plan.samples ?? 's16';
  const size = SIZES[kind];
  const channelCount = plan.channels.length;
  const frames = plan.channels[0]?.length ?? 0;
  const extensible = plan.extensibleBits !== undefined;
  const formatBytes = extensible ? 40 : 16;
  const list = plan.listBytes === undefined ? 0 : 8 + plan.listBytes + (plan.listBytes & 1);
  const dataBytes = frames * channelCount * size;
  const bytes = new Uint8Array(12 + 8 + formatBytes + list + 8 + dataBytes);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => [...value].forEach((c, i) => (bytes[at + i] = c.charCodeAt(0)));
  const lies = plan.lies ?? {};
  text(0, 'RIFF');
  view.setUint32(4, lies.riffBytes ?? bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, formatBytes, true);
  view.setUint16(20, lies.formatTag ?? (extensible ? 0xfffe : TAGS[kind]), true);
  view.setUint16(22, lies.channelCount ?? channelCount, true);
  view.setUint32(24, lies.sampleRateHz ?? plan.sampleRateHz, true);
  view.setUint32(28, plan.sampleRateHz * channelCount * size, true);
  view.setUint16(32, lies.blockBytes ?? channelCount * size, true);
  view.setUint16(34, lies.bits ?? size * 8, true);
  if (extensible) {
    view.setUint16(36, 22, true);
    view.setUint16(38, plan.extensibleBits!, true);
    view.setUint16(44, TAGS[kind], true);
  }
  let at = 20 + formatBytes;
  if (plan.listBytes !== undefined) {
    text(at, 'LIST');
    view.setUint32(at + 4, plan.listBytes, true);
    at += list;
  }
  text(at, 'data');
  view.setUint32(at + 4, lies.dataBytes ?? dataBytes, true);
  at += 8;
  for (let i = 0; i < frames; i++) {
    for (const channel of plan.channels) {
      writeSample(view, at, kind, channel[i]);
      at += size;
    }
  }
  return bytes;
}

function writeSample(view: DataView, at: number, kind: WavSamples, value: number): void {
  const clipped = Math.max(-1, Math.min(1, value));
  if (kind === 'u8') view.setUint8(at, Math.round(clipped * 127) + 128);
  else if (kind === 's16') view.setInt16(at, Math.round(clipped * 32767), true);
  else if (kind === 's24') {
    const whole = Math.round(clipped * 8388607);
    view.setUint16(at, whole & 0xffff, true);
    view.setInt8(at + 2, whole >> 16);
  } else if (kind === 's32') view.setInt32(at, Math.round(clipped * 2147483647), true);
  else if (kind === 'f32') view.setFloat32(at, value, true);
  else if (kind === 'f64') view.setFloat64(at, value, true);
  else view.setUint8(at, kind === 'mulaw' ? muLaw(clipped) : aLaw(clipped));
}

/** G.711 mu-law by its definition on 14-bit magnitudes. */
function muLaw(value: number): number {
  const magnitude = Math.min(32635, Math.round(Math.abs(value) * 32767)) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  return ~((value < 0 ? 128 : 0) | (exponent << 4) | mantissa) & 255;
}

function aLaw(value: number): number {
  const magnitude = Math.min(32767, Math.round(Math.abs(value) * 32767));
  const exponent = magnitude >= 256 ? Math.floor(Math.log2(magnitude)) - 7 : 0;
  const mantissa = exponent > 0 ? (magnitude >> (exponent + 3)) & 15 : magnitude >> 4;
  return ((value < 0 ? 0 : 128) | (exponent << 4) | mantissa) ^ 0x55;
}
