import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../../core/errors';
import { decodeAudio } from './decodeAudio';
import { buildWav, type WavPlan, type WavSamples } from './testing/buildWav';
import { clickTrack, CLICK_SECONDS, findClicks } from './testing/clicks';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

async function errorOf(bytes: Uint8Array, name = 'line.wav'): Promise<MienError> {
  const thrown = await decodeAudio(bytes, name).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(MienError);
  return thrown as MienError;
}

const tone = (count: number) => Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin(i * 0.05));
const wav = (plan: Partial<WavPlan> = {}) => buildWav({ sampleRateHz: 16000, channels: [tone(1600)], ...plan });

afterEach(() => vi.unstubAllEnvs());

describe('decodeAudio: wav', () => {
  it.each<[WavSamples, number]>([
    ['u8', 0.01],
    ['s16', 1e-4],
    ['s24', 1e-6],
    ['s32', 1e-7],
    ['f32', 1e-9],
    ['f64', 1e-7],
    ['alaw', 0.02],
    ['mulaw', 0.02],
  ])('reads %s within its own precision', async (samples, tolerance) => {
    const channels = [tone(1601), tone(1601).map((v) => -v / 2)];
    const decoded = await decodeAudio(wav({ channels, samples, sampleRateHz: 44100 }), 'x.wav');
    expect(decoded.sampleRateHz).toBe(44100);
    expect(decoded.channels).toHaveLength(2);
    decoded.channels.forEach((channel, c) => {
      expect(channel).toHaveLength(1601);
      const worst = channel.reduce((most, value, i) => Math.max(most, Math.abs(value - channels[c][i])), 0);
      expect(worst).toBeLessThanOrEqual(tolerance);
    });
  });

  it('reads extensible headers, 20 bits in 24, odd chunks before the data, six channels and 192 kHz', async () => {
    const channels = Array.from({ length: 6 }, () => tone(500));
    const plan: WavPlan = { sampleRateHz: 192000, channels, samples: 's24', extensibleBits: 20, listBytes: 7 };
    const decoded = await decodeAudio(buildWav(plan), 'x.wav');
    expect(decoded.channels).toHaveLength(6);
    expect(decoded.channels[5][100]).toBeCloseTo(tone(500)[100], 5);
    expect(decoded.format).toBe('wav pcm 24 bit');
  });

  it('reads RF64 with the true size in its ds64 chunk', async () => {
    const plain = wav();
    const ds64 = new Uint8Array(8 + 28);
    const view = new DataView(ds64.buffer);
    [...'ds64'].forEach((c, i) => (ds64[i] = c.charCodeAt(0)));
    view.setUint32(4, 28, true);
    view.setBigUint64(16, 3200n, true);
    const bytes = new Uint8Array([...plain.subarray(0, 12), ...ds64, ...plain.subarray(12)]);
    bytes.set([82, 70, 54, 52], 0);
    new DataView(bytes.buffer).setUint32(12 + 36 + 8 + 16 + 4, 0xffffffff, true);
    expect((await decodeAudio(bytes, 'x.wav')).channels[0]).toHaveLength(1600);
  });

  it('believes the bytes and not the header', async () => {
    for (const dataBytes of [0, 0xffffffff, 0xfffffff0, 4_000_000_000]) {
      const decoded = await decodeAudio(wav({ lies: { dataBytes, riffBytes: dataBytes } }), 'x.wav');
      expect(decoded.channels[0]).toHaveLength(1600);
    }
    expect((await decodeAudio(wav({ lies: { blockBytes: 0 } }), 'x.wav')).channels[0]).toHaveLength(1600);
    expect((await decodeAudio(wav().subarray(0, 44 + 1001), 'x.wav')).channels[0]).toHaveLength(500);
  });

  it('has a clear error for what cannot be', async () => {
    expect((await errorOf(wav({ lies: { channelCount: 65535 } }))).message).toMatch(/65535 channels/);
    expect((await errorOf(wav({ lies: { channelCount: 0 } }))).code).toBe('audio-unsupported');
    expect((await errorOf(wav({ lies: { sampleRateHz: 0 } }))).message).toMatch(/sample rate/);
    expect((await errorOf(wav({ lies: { bits: 7000 } }))).code).toBe('audio-unsupported');
    expect((await errorOf(wav({ lies: { formatTag: 0x55 } }))).message).toMatch(/mp3/);
    expect((await errorOf(wav({ channels: [new Float32Array(0)] }))).code).toBe('audio-empty');
    expect((await errorOf(wav().subarray(0, 30))).code).toBe('audio-unreadable');
    expect((await errorOf(new Uint8Array(0))).code).toBe('audio-empty');
    // More than three hours at 1 kHz: 22 MB of bytes, refused before they are decoded.
    const long = wav({ sampleRateHz: 1000, channels: [new Float32Array(3 * 3600 * 1000 + 1000)] });
    expect((await errorOf(long)).message).toMatch(/too long/);
  });

  it('turns NaN and infinite samples into silence', async () => {
    const samples = Float32Array.of(0.5, NaN, Infinity, -Infinity, 1e30, -0.25);
    const decoded = await decodeAudio(wav({ channels: [samples], samples: 'f32' }), 'x.wav');
    expect([...decoded.channels[0]]).toEqual([0.5, 0, 0, 0, 100, -0.25]);
  });
});

describe('decodeAudio: what is not wav', () => {
  it.each([
    'click-44k.mp3',
    'click-16k.mp3',
    'click-untagged.mp3',
    'click-44k.ogg',
    'click-48k.opus',
    'click-16k.opus',
    'click-44k.flac',
    'click-flac.oga',
    ...(hasFfmpeg ? ['click-44k.m4a'] : []),
  ])('%s: clicks lie within 1 ms of the wav, whatever the name says', async (name) => {
    const decoded = await decodeAudio(fixture(name), 'wrong-name.wav');
    const inWav = await decodeAudio(buildWav({ sampleRateHz: 44100, channels: [clickTrack(44100)] }), 'x.wav');
    const wanted = findClicks(inWav.channels[0], 44100);
    findClicks(decoded.channels[0], decoded.sampleRateHz).forEach((seconds, i) => {
      expect(Math.abs(seconds - wanted[i])).toBeLessThan(1e-3);
      expect(Math.abs(seconds - CLICK_SECONDS[i])).toBeLessThan(1e-3);
    });
    expect(Math.abs(decoded.channels[0].length / decoded.sampleRateHz - 1.2)).toBeLessThan(0.03);
    // mp3 decoders give mono twice; one is kept.
    expect(decoded.channels).toHaveLength(1);
  });

  it('is bit-exact for flac', async () => {
    const decoded = await decodeAudio(fixture('click-44k.flac'), 'x.flac');
    const wanted = clickTrack(44100);
    const worst = decoded.channels[0].reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0);
    expect(worst).toBeLessThan(2 / 32768);
  });

  it('gives the sound of a file that breaks off', async () => {
    for (const name of ['click-44k.mp3', 'click-44k.flac']) {
      const whole = fixture(name);
      const decoded = await decodeAudio(whole.subarray(0, Math.floor(whole.length * 0.9)), name);
      expect(decoded.channels[0].length / decoded.sampleRateHz).toBeGreaterThan(0.25);
    }
    // Ogg is read by pages of about a second: this short file has one, and nothing is left of it.
    const ogg = fixture('click-44k.ogg');
    expect((await errorOf(ogg.subarray(0, Math.floor(ogg.length * 0.7)))).code).toBe('audio-unreadable');
  });

  it('names what is no sound', async () => {
    expect((await errorOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), 'scream.wav')).message).toMatch(
      /scream.wav .* PNG image/,
    );
    expect((await errorOf(new TextEncoder().encode('just some text, many words of it'))).code).toBe('audio-unreadable');
    expect((await errorOf(new TextEncoder().encode('%PDF-1.7 ...'))).message).toMatch(/PDF/);
  });

  it('shortens very long names and hides folders', async () => {
    const error = await errorOf(new Uint8Array(0), `/home/someone/secret/${'ü'.repeat(4000)}.wav`);
    expect(error.message.length).toBeLessThan(200);
    expect(error.message).not.toMatch(/someone/);
  });

  it('stops when asked', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(decodeAudio(fixture('click-44k.mp3'), 'x.mp3', { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('says what to do about m4a without ffmpeg', async () => {
    vi.stubEnv('PATH', '');
    const error = await errorOf(fixture('click-44k.m4a'), 'x.m4a');
    expect(error.code).toBe('audio-unsupported');
    expect(error.remedy).toMatch(/Install ffmpeg|convert/);
  });
});
