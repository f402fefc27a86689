import { readFileSync } from 'node:fs';
import { buildWav, type WavSamples } from './buildWav';
import { seededRandom } from '../../../core/testing/seededRandom';

/** One strange file: how it is called and what is in it. Made on demand, so that 200 do not fill the memory. */
export interface OddInput {
  readonly title: string;
  readonly fileName: string;
  readonly make: () => Uint8Array;
}

type Random = () => number;

const FIXTURES = [
  'click-44k.mp3',
  'click-16k.mp3',
  'click-untagged.mp3',
  'click-44k.ogg',
  'click-48k.opus',
  'click-16k.opus',
  'click-44k.flac',
  'click-flac.oga',
];
const NAMES = [
  'line.wav',
  'Zeile mit Ümlauten.wav',
  '台詞 第一.wav',
  'реплика.mp3',
  'scène 🎭.ogg',
  'مشهد.flac',
  'name with "quotes" and \\ and \n newline.wav',
  `${'very-long-name-'.repeat(16)}.wav`,
  'no-extension',
  '.wav',
  'a.wav.exe',
];
const RATES_HZ = [8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 192000, 7919, 12345];

/** Speech-like sound: a gliding buzz with pauses, some noise. */
function sound(random: Random, sampleRateHz: number, seconds: number): Float32Array {
  const samples = new Float32Array(Math.round(sampleRateHz * seconds));
  const pitchHz = 80 + random() * 250;
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    const time = i / sampleRateHz;
    phase += (pitchHz * (1 + 0.2 * Math.sin(time * 3))) / sampleRateHz;
    const buzz = (phase % 1) - 0.5;
    const envelope = Math.max(0, Math.sin(time * 9));
    samples[i] = envelope * buzz * 0.5 + (random() - 0.5) * 0.01;
  }
  return samples;
}

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];

function honestWav(random: Random): Uint8Array {
  const sampleRateHz = pick(random, RATES_HZ);
  const channelCount = pick(random, [1, 1, 2, 3, 6]);
  const seconds = pick(random, [0.05, 0.3, 1, 2]);
  const channels = Array.from({ length: channelCount }, () => sound(random, sampleRateHz, seconds));
  const samples = pick<WavSamples>(random, ['u8', 's16', 's24', 's32', 'f32', 'f64', 'alaw', 'mulaw']);
  return buildWav({ sampleRateHz, channels, samples });
}

function lyingWav(random: Random): Uint8Array {
  const lies = pick(random, [
    { dataBytes: 0xffffffff },
    { dataBytes: 4_000_000_000 },
    { dataBytes: 0 },
    { dataBytes: 3 },
    { riffBytes: 0 },
    { channelCount: 65535 },
    { channelCount: 0 },
    { channelCount: 7 },
    { sampleRateHz: 0 },
    { sampleRateHz: 0xffffffff },
    { sampleRateHz: 1 },
    { blockBytes: 0 },
    { blockBytes: 65535 },
    { bits: 0 },
    { bits: 12 },
    { bits: 65535 },
    { formatTag: 0x11 },
    { formatTag: 2 },
    { formatTag: 0x55 },
    { formatTag: 0xfffe },
  ]);
  return buildWav({ sampleRateHz: 16000, channels: [sound(random, 16000, 0.5)], lies });
}

function floatGarbage(random: Random): Uint8Array {
  const samples = sound(random, 16000, 0.5);
  for (let i = 0; i < 200; i++)
    samples[Math.floor(random() * samples.length)] = pick(random, [NaN, Infinity, -Infinity, 1e38, -3e5, 1e-42]);
  return buildWav({ sampleRateHz: 16000, channels: [samples], samples: pick<WavSamples>(random, ['f32', 'f64']) });
}

function truncated(random: Random): Uint8Array {
  const bytes = random() < 0.5 ? fixture(pick(random, FIXTURES)) : honestWav(random);
  return bytes.slice(0, Math.floor(bytes.length * random()));
}

/** Bits flipped anywhere, or only behind the header where decoders do the real work. */
function corrupted(random: Random): Uint8Array {
  const bytes = random() < 0.7 ? fixture(pick(random, FIXTURES)) : honestWav(random);
  const from = random() < 0.5 ? 0 : Math.min(200, bytes.length - 1);
  const count = pick(random, [1, 5, 50, Math.ceil(bytes.length / 20)]);
  for (let i = 0; i < count; i++) bytes[from + Math.floor(random() * (bytes.length - from))] ^= 1 << Math.floor(random() * 8);
  return bytes;
}

/** Pieces repeated, dropped or moved. */
function spliced(random: Random): Uint8Array {
  const bytes = fixture(pick(random, FIXTURES));
  const a = Math.floor(random() * bytes.length);
  const b = Math.floor(random() * bytes.length);
  const piece = bytes.subarray(Math.min(a, b), Math.max(a, b));
  const way = random();
  const head = bytes.subarray(0, Math.min(a, b));
  const tail = bytes.subarray(Math.max(a, b));
  const parts = way < 0.33 ? [head, tail] : way < 0.66 ? [head, piece, piece, tail] : [bytes, fixture(pick(random, FIXTURES))];
  return new Uint8Array(Buffer.concat(parts));
}

function noise(random: Random): Uint8Array {
  const bytes = Uint8Array.from({ length: Math.floor(random() * 20000) }, () => random() * 256);
  const magic = pick(random, [
    '',
    'RIFF\0\0\0\0WAVE',
    'OggS',
    'fLaC',
    'ID3',
    '\xff\xfb\x90',
    '\x89PNG\r\n',
    '\0\0\0 ftypM4A ',
    'FORM\0\0\0\0AIFF',
  ]);
  [...magic].forEach((c, i) => (bytes[i] = c.charCodeAt(0)));
  return bytes;
}

/** Shapes of input that the issue names, and the extremes of each. */
function named(): OddInput[] {
  const random = seededRandom(7);
  const wav = (sampleRateHz: number, seconds: number, channelCount = 1, samples: WavSamples = 's16') =>
    buildWav({
      sampleRateHz,
      samples,
      channels: Array.from({ length: channelCount }, () => sound(random, sampleRateHz, seconds)),
    });
  const silence = (seconds: number) => buildWav({ sampleRateHz: 48000, channels: [new Float32Array(48000 * seconds)] });
  return [
    { title: 'no bytes', fileName: 'empty.wav', make: () => new Uint8Array(0) },
    { title: 'zero samples', fileName: 'zero.wav', make: () => wav(48000, 0) },
    { title: 'one sample', fileName: 'one.wav', make: () => wav(16000, 1 / 16000) },
    { title: '8 kHz', fileName: 'phone.wav', make: () => wav(8000, 1) },
    { title: '192 kHz', fileName: 'studio.wav', make: () => wav(192000, 1, 2, 's24') },
    { title: '6 channels', fileName: 'film.wav', make: () => wav(48000, 1, 6) },
    { title: '1 s of silence', fileName: 'silence.wav', make: () => silence(1) },
    {
      title: 'a PNG named .wav',
      fileName: 'picture.wav',
      make: () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
    },
    {
      title: 'full scale square',
      fileName: 'loud.wav',
      make: () => buildWav({ sampleRateHz: 16000, channels: [new Float32Array(16000).map((_, i) => ((i >> 5) & 1 ? 1 : -1))] }),
    },
    {
      title: 'constant offset',
      fileName: 'dc.wav',
      make: () => buildWav({ sampleRateHz: 16000, channels: [new Float32Array(16000).fill(0.9)] }),
    },
    {
      title: 'mp3 behind a large tag',
      fileName: 'tag.mp3',
      make: () =>
        new Uint8Array(
          Buffer.concat([Uint8Array.of(73, 68, 51, 4, 0, 0, 0, 4, 0, 0), new Uint8Array(65536), fixture('click-44k.mp3')]),
        ),
    },
    {
      title: 'mp3 with a tag that claims 256 MB',
      fileName: 'tag.mp3',
      make: () =>
        new Uint8Array(Buffer.concat([Uint8Array.of(73, 68, 51, 4, 0, 0, 127, 127, 127, 127), fixture('click-44k.mp3')])),
    },
    { title: 'flac renamed wav', fileName: 'really-flac.wav', make: () => fixture('click-44k.flac') },
    {
      title: 'two ogg files behind each other',
      fileName: 'chain.ogg',
      make: () => new Uint8Array(Buffer.concat([fixture('click-44k.ogg'), fixture('click-44k.ogg')])),
    },
  ];
}

/** Twenty minutes and other long files: for the long tier only. */
export function longInputs(): OddInput[] {
  const random = seededRandom(11);
  return [
    {
      title: '20 minutes at 16 kHz',
      fileName: 'long.wav',
      make: () => buildWav({ sampleRateHz: 16000, channels: [sound(random, 16000, 1200)] }),
    },
    {
      title: '20 minutes of 48 kHz silence',
      fileName: 'long-silence.wav',
      make: () => buildWav({ sampleRateHz: 48000, channels: [new Float32Array(48000 * 1200)] }),
    },
  ];
}

/** `count` inputs, always the same for a seed: the named shapes first, then seeded kinds in turn. */
export function oddInputs(count: number, seed: number): OddInput[] {
  const kinds: readonly (readonly [title: string, make: (random: Random) => Uint8Array])[] = [
    ['honest wav', honestWav],
    ['corrupted', corrupted],
    ['truncated', truncated],
    ['lying wav header', lyingWav],
    ['honest wav', honestWav],
    ['garbage in a float wav', floatGarbage],
    ['spliced', spliced],
    ['noise', noise],
    ['corrupted', corrupted],
  ];
  const inputs = named();
  for (let i = 0; inputs.length < count; i++) {
    const [title, make] = kinds[i % kinds.length];
    const inputSeed = seed * 100_003 + i;
    const fileName = NAMES[i % NAMES.length];
    inputs.push({ title: `${title}, seed ${inputSeed}`, fileName, make: () => make(seededRandom(inputSeed)) });
  }
  return inputs.slice(0, count);
}
