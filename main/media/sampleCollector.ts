import { checkLength, checkShape } from './soundLimits';

/**
 * Collects decoded pieces of unknown total length. Memory grows with what was really decoded, never with what a header
 * claims; joining frees each channel's pieces as it goes, so the peak is the sound plus one channel.
 */
export class SampleCollector {
  private readonly fileName: string;
  private pieces: Float32Array[][] = [];
  sampleRateHz = 0;
  sampleCount = 0;

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  /**
   * Adds one decoded piece; its channels must be of one length.
   * @param keepChannels keep only so many of its channels (mp3 decoders give mono twice)
   * @throws MienError when the sound breaks the limits
   */
  add(channelData: readonly Float32Array[], sampleRateHz: number, keepChannels = channelData.length): void {
    const count = channelData[0]?.length ?? 0;
    if (count === 0) return;
    if (this.pieces.length === 0) {
      const channelCount = Math.min(keepChannels, channelData.length);
      checkShape(this.fileName, sampleRateHz, channelCount);
      this.sampleRateHz = sampleRateHz;
      this.pieces = Array.from({ length: channelCount }, () => []);
    }
    this.sampleCount += count;
    checkLength(this.fileName, this.sampleRateHz, this.pieces.length, this.sampleCount);
    for (let c = 0; c < this.pieces.length; c++) {
      // A chained stream may change its channel count: repeat its first channel.
      const samples = channelData[c] ?? channelData[0];
      this.pieces[c].push(samples.length === count ? samples : padded(samples, count));
    }
  }

  /** One array a channel; drops `skip` samples from the start. The collector is empty afterwards. */
  join(skip = 0): Float32Array[] {
    const drop = Math.min(skip, this.sampleCount);
    return this.pieces.map((pieces, channel) => {
      const joined = new Float32Array(this.sampleCount - drop);
      let at = -drop;
      for (const piece of pieces) {
        if (at + piece.length > 0) joined.set(at < 0 ? piece.subarray(-at) : piece, Math.max(0, at));
        at += piece.length;
      }
      this.pieces[channel] = [];
      return joined;
    });
  }
}

function padded(samples: Float32Array, count: number): Float32Array {
  const full = new Float32Array(count);
  full.set(samples.subarray(0, count));
  return full;
}
