import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MienError } from '../../core/errors';
import type { DecodeControl } from './decodeControl';
import { MAX_DURATION_SECONDS, MAX_TOTAL_SAMPLES } from './soundLimits';
import { SOUND_KIND_NAMES } from './sniffSound';

/** Our kinds in ffmpeg's words. The format is forced, so that a playlist or script can never be opened in its place. */
const FFMPEG_DEMUXERS = { mp4: 'mov', aac: 'aac', aiff: 'aiff', caf: 'caf', matroska: 'matroska', asf: 'asf' } as const;
export type FfmpegKind = keyof typeof FFMPEG_DEMUXERS;

/** A float wav has at most this many bytes before we stop reading it. */
const MAX_WAV_BYTES = MAX_TOTAL_SAMPLES * 4 + 4096;

/**
 * Turns a container that we cannot read ourselves (m4a, aac, aiff, caf, webm, wma) into float wav by the system's
 * ffmpeg, where there is one: no permissive AAC decoder for Node exists. The file goes through a private temporary
 * folder because m4a must be seekable; ffmpeg may open nothing else (protocol whitelist) and is stopped at the deadline.
 * @returns the bytes of a wav file
 * @throws MienError 'audio-unsupported' without ffmpeg, 'audio-unreadable' when it fails
 */
export async function decodeWithFfmpeg(
  bytes: Uint8Array,
  fileName: string,
  kind: FfmpegKind,
  control: DecodeControl,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mien-sound-'));
  try {
    const input = join(folder, 'input');
    await writeFile(input, bytes, { mode: 0o600 });
    return await runFfmpeg(input, fileName, kind, control);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runFfmpeg(input: string, fileName: string, kind: FfmpegKind, control: DecodeControl): Promise<Uint8Array> {
  const format = ['-f', FFMPEG_DEMUXERS[kind]];
  const limits = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe', '-t', String(MAX_DURATION_SECONDS + 1)];
  const output = ['-vn', '-sn', '-dn', '-map', '0:a:0', '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'];
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', [...limits, ...format, '-i', input, ...output], { stdio: ['ignore', 'pipe', 'pipe'] });
    const pieces: Buffer[] = [];
    let size = 0;
    let complaint = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), control.secondsLeft * 1000);
    const finish = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > MAX_WAV_BYTES) child.kill('SIGKILL');
      else pieces.push(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (complaint.length < 300) complaint += piece.toString('utf8').replaceAll(input, fileName);
    });
    child.on('error', (cause: NodeJS.ErrnoException) =>
      finish(() => reject(cause.code === 'ENOENT' ? noFfmpeg(fileName, kind) : failed(fileName, kind, cause.message))),
    );
    child.on('close', (code) =>
      finish(() => (code === 0 && size > 0 ? resolve(joined(pieces, size)) : reject(failed(fileName, kind, complaint.trim())))),
    );
  });
}

function joined(pieces: readonly Buffer[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function noFfmpeg(fileName: string, kind: FfmpegKind): MienError {
  return new MienError(
    'audio-unsupported',
    `${fileName} is ${SOUND_KIND_NAMES[kind]} sound, which Mien reads only with ffmpeg, and there is no ffmpeg on this computer.`,
    'Install ffmpeg, or convert the file to wav, flac, mp3, ogg or opus.',
  );
}

function failed(fileName: string, kind: FfmpegKind, why: string): MienError {
  // "[mov,mp4 @ 0x55d0]" tells a user nothing.
  const reason =
    why
      .split('\n')[0]
      .replace(/\[[^\]]*@ 0x[^\]]*\]\s*/g, '')
      .slice(0, 200) || 'it gave no sound';
  return new MienError(
    'audio-unreadable',
    `${fileName} looks like ${SOUND_KIND_NAMES[kind]} but ffmpeg cannot decode it: ${reason}`,
    'Check that it plays in another program, or convert it to wav.',
  );
}
