import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { createTracks, trackOf } from '../core/curves/sampledTracks';
import { FRAME_RATES } from '../core/time/frameRate';
import { CLI_VIDEO_SIZE, writeCliVideo, type CliVideo } from './outputs/writeVideo';
import { readInput } from './files';
import { findResources } from './resources';

vi.setConfig({ testTimeout: 600_000 });
const hasFfmpeg = spawnSync('ffprobe', ['-version']).status === 0;
const { dialogue, character } = findResources();

/** A quarter of a second: the mouth opens. */
async function video(change: Partial<CliVideo>): Promise<CliVideo> {
  const tracks = createTracks(6, FRAME_RATES['24']);
  trackOf(tracks, 'jawOpen').forEach((_, frame, all) => (all[frame] = frame / 6));
  return {
    format: 'webm',
    target: '',
    characterGlb: await readInput(character),
    profile: null,
    tracks,
    soundFile: path.join(dialogue, 'sample.wav'),
    soundStartSeconds: -0.1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...change,
  };
}

it.skipIf(!hasFfmpeg)('draws a video through ffmpeg, all frames and the sound; a cancelled one leaves nothing', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mien-video-'));
  try {
    for (const format of ['webm', 'mp4'] as const) {
      const target = path.join(folder, `line.${format}`);
      await writeCliVideo(await video({ format, target }));
      const args = [
        '-v',
        'error',
        '-count_frames',
        '-show_entries',
        'stream=codec_type,width,height,nb_read_frames:format=duration',
      ];
      const seen = JSON.parse(spawnSync('ffprobe', [...args, '-of', 'json', target], { encoding: 'utf8' }).stdout) as {
        streams: { codec_type: string; width?: number; height?: number; nb_read_frames: string }[];
        format: { duration: string };
      };
      const picture = seen.streams.find(({ codec_type }) => codec_type === 'video')!;
      expect(picture).toMatchObject({ ...CLI_VIDEO_SIZE, nb_read_frames: '6' });
      expect(seen.streams.some(({ codec_type }) => codec_type === 'audio')).toBe(true);
      expect(Math.abs(Number(seen.format.duration) - 6 / 24)).toBeLessThan(0.06);
    }
    const stop = new AbortController();
    const cut = await video({ target: path.join(folder, 'cut.webm'), signal: stop.signal, onProgress: () => stop.abort() });
    await expect(writeCliVideo(cut)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(
      writeCliVideo({ ...cut, signal: new AbortController().signal, soundFile: path.join(folder, 'none.wav') }),
    ).rejects.toMatchObject({
      code: 'export-failed',
    });
    expect((await readdir(folder)).sort()).toEqual(['line.mp4', 'line.webm']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
