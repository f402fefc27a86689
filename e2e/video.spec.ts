import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, Hands, picture, projectRoot, stubDialogs, test } from './support/hands';
import { ensureReader, underCi } from './readers/ensureReaders';

const present = ensureReader('ffmpeg');
const SAMPLE = path.join(projectRoot, 'assets', 'dialogue', 'sample.wav');
const FRAMES_PER_SECOND = 24;
const RATE_HZ = 16_000;

test('ffmpeg is there under CI', () => {
  expect(present || !underCi).toBe(true);
});

interface Probe {
  readonly streams: readonly {
    readonly codec_type: string;
    readonly codec_name: string;
    readonly width?: number;
    readonly height?: number;
    readonly nb_read_frames: string;
  }[];
  readonly format: { readonly duration: string };
}

/** What is in a video; every frame is decoded and counted. */
function probe(file: string): { video: Probe['streams'][number]; audio: Probe['streams'][number]; seconds: number } {
  const args = ['-v', 'error', '-count_frames', '-show_entries', 'stream:format=duration', '-of', 'json', file];
  const { streams, format } = JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' })) as Probe;
  const of = (type: string) => streams.find(({ codec_type }) => codec_type === type)!;
  return { video: of('video'), audio: of('audio'), seconds: Number(format.duration) };
}

/** Times of the pictures, seconds. */
function pictureTimes(file: string): number[] {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file];
  return execFileSync('ffprobe', args, { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(parseFloat)
    .sort((a, b) => a - b);
}

function soundOf(file: string): Int16Array {
  const args = ['-v', 'error', '-i', file, '-vn', '-ac', '1', '-ar', String(RATE_HZ), '-f', 's16le', '-'];
  const bytes = execFileSync('ffmpeg', args, { maxBuffer: 64 * 1024 ** 2 });
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** How much later `heard` is than `source`, seconds, by the largest correlation within a tenth of a second. */
function lagSeconds(source: Int16Array, heard: Int16Array): number {
  const reach = RATE_HZ / 10;
  let best = { lag: 0, sum: -Infinity };
  for (let lag = -reach; lag <= reach; lag += 1) {
    let sum = 0;
    for (let at = reach; at < Math.min(source.length, heard.length) - reach; at += 1) sum += source[at] * heard[at + lag];
    if (sum > best.sum) best = { lag, sum };
  }
  return best.lag / RATE_HZ;
}

/** Grey pictures of the mouth's place at a time. */
function mouthAt(file: string, seconds: number): Uint8Array {
  const args = [
    '-v',
    'error',
    '-ss',
    seconds.toFixed(3),
    '-i',
    file,
    '-frames:v',
    '1',
    '-vf',
    'crop=iw/5:ih/4:iw*2/5:ih*5/8',
    '-pix_fmt',
    'gray',
    '-f',
    'rawvideo',
    '-',
  ];
  return new Uint8Array(execFileSync('ffmpeg', args, { maxBuffer: 64 * 1024 ** 2 }));
}

/** Sets in and out points at two places of the ruler; seconds where the playhead stood. */
async function clipTo(hands: Hands, fromSeconds: number, toSeconds: number): Promise<{ inSeconds: number; outSeconds: number }> {
  const { page } = hands;
  const at: number[] = [];
  for (const [seconds, key] of [[fromSeconds, '['] as const, [toSeconds, ']'] as const]) {
    await hands.click(await hands.rulerPoint(seconds));
    await hands.press(key);
    at.push(await page.evaluate(() => window.__mien!.playheadSeconds()));
  }
  await page.getByRole('tab', { name: 'Clip' }).click();
  await page.getByTestId('clip-from-range').click();
  return { inSeconds: at[0], outSeconds: at[1] };
}

async function openExport(hands: Hands): Promise<void> {
  const { page, studio } = hands;
  await stubDialogs(studio.app, { saveFolder: studio.folder });
  await page.keyboard.press('ControlOrMeta+e');
  for (const format of ['fbx', 'glb', 'csv']) await page.getByTestId(`format-${format}`).uncheck();
  await page.getByTestId('export-rate').selectOption(String(FRAMES_PER_SECOND));
}

test('a video of the line: every frame, the recording in time with it, in both containers', async ({ studio }) => {
  test.skip(!present, 'ffmpeg is not installed');
  test.setTimeout(900_000);
  const hands = new Hands(studio);
  const { page } = studio;
  await hands.sample();
  const { inSeconds, outSeconds } = await clipTo(hands, 0.4, 2.2);
  await openExport(hands);
  await page.getByTestId('format-webm').check();
  const mp4 = page.getByTestId('format-mp4');
  if (await mp4.isEnabled()) await mp4.check();
  else expect(underCi, 'an encoder of H.264').toBe(false);
  await page.getByTestId('video-size').selectOption({ label: '640 x 360' });
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-row-webm')).toHaveAttribute('data-state', 'writing');
  await picture(studio, 'video-01-writing');
  await expect(page.getByTestId('export-row-webm')).toHaveAttribute('data-state', 'done', { timeout: 600_000 });
  if (await mp4.isChecked())
    await expect(page.getByTestId('export-row-mp4')).toHaveAttribute('data-state', 'done', { timeout: 600_000 });
  await picture(studio, 'video-02-written');

  const source = soundOf(SAMPLE).subarray(Math.round(inSeconds * RATE_HZ));
  const frames = Math.ceil((outSeconds - inSeconds) * FRAMES_PER_SECOND - 1e-6) + 1;
  expect(frames).toBeGreaterThan(40);
  for (const name of readdirSync(studio.folder)) {
    const file = path.join(studio.folder, name);
    const { video, audio, seconds } = probe(file);
    expect([name, video.width, video.height]).toEqual([name, 640, 360]);
    expect(video.codec_name).toBe(name.endsWith('.mp4') ? 'h264' : 'vp9');
    expect(['opus', 'aac']).toContain(audio.codec_name);
    expect(Number(video.nb_read_frames)).toBe(frames);
    expect(Math.abs(seconds - frames / FRAMES_PER_SECOND)).toBeLessThan(0.05);
    pictureTimes(file).forEach((time, frame) => expect(Math.abs(time - frame / FRAMES_PER_SECOND)).toBeLessThan(0.002));
    const lag = lagSeconds(source, soundOf(file));
    console.log(`[video] ${name}: sound ${(lag * 1000).toFixed(1)} ms behind its place`);
    expect(Math.abs(lag)).toBeLessThan(0.5 / FRAMES_PER_SECOND);
    // The control: sound that is shifted by two frames is found to be.
    expect(lagSeconds(source, soundOf(file).subarray(Math.round((2 * RATE_HZ) / FRAMES_PER_SECOND)))).toBeLessThan(-0.06);
    // The mouth moves: open where the jaw is, shut where it is not.
    const [open, shut] = await page.evaluate(
      ([from, count]) => {
        const times = Array.from({ length: count }, (_, index) => index / 24);
        const jaw = (time: number) => window.__mien!.channelValue('jawOpen', from + time);
        return [times.reduce((a, b) => (jaw(b) > jaw(a) ? b : a)), times.reduce((a, b) => (jaw(b) < jaw(a) ? b : a))];
      },
      [inSeconds, frames - 2] as const,
    );
    const [one, other] = [mouthAt(file, open + 0.01), mouthAt(file, shut + 0.01)];
    expect(one.length).toBe(other.length);
    expect(one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0) / one.length).toBeGreaterThan(2);
  }
});

test('a video that is cancelled leaves nothing', async ({ studio }) => {
  const hands = new Hands(studio);
  const { page } = studio;
  await hands.sample();
  await openExport(hands);
  await page.getByTestId('format-webm').check();
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-row-webm')).toContainText('Drawing and encoding');
  await page.getByRole('button', { name: 'Cancel export' }).click();
  await expect(page.getByTestId('export-row-webm')).toHaveAttribute('data-state', 'cancelled');
  expect(readdirSync(studio.folder)).toEqual([]);
});
