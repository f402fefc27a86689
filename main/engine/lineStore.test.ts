import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleProsody } from '../project/testing/exampleProject';
import { LineStore } from './lineStore';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mien-lines-'));
  mkdirSync(path.join(folder, 'media'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lineId = 'line:a' as const;

function prepare(store: LineStore, audioFile: string) {
  const about = {
    lineId,
    audioFile,
    durationSeconds: 1,
    sampleRateHz: 16000,
    channelCount: 1,
    format: 'wav',
    folderName: store.newFolderName(lineId),
    peaks: new Float32Array(4),
    peaksPerSecond: 200,
    prosody: exampleProsody(5),
  };
  return store.prepare(about, new Uint8Array([1, 2, 3]));
}

describe('LineStore', () => {
  it('keeps the recordings of a line beside each other and changes between them', async () => {
    const store = new LineStore(folder);
    await store.commit(await prepare(store, 'audio/old.wav'));
    await store.keepBeside(await prepare(store, 'audio/new.wav'));
    expect(store.get(lineId).audioFile).toBe('audio/old.wav');
    expect(store.use(lineId, 'audio/new.wav').audioFile).toBe('audio/new.wav');
    expect(store.get(lineId).audioFile).toBe('audio/new.wav');
    expect(store.use(lineId, 'audio/old.wav').audioFile).toBe('audio/old.wav');
    expect(() => store.use(lineId, 'audio/none.wav')).toThrow(/not loaded/);
  });

  it('finds both again after a restart, and leaves neither behind for the next project', async () => {
    const first = new LineStore(folder);
    await first.commit(await prepare(first, 'audio/old.wav'));
    await first.keepBeside(await prepare(first, 'audio/new.wav'));
    const second = new LineStore(folder);
    await second.reload();
    const names = ['audio/old.wav', 'audio/new.wav'].map((name) => second.use(lineId, name).folderName);
    expect(new Set(names).size).toBe(2);
    await second.replaceAll([]);
    for (const name of names) expect(existsSync(path.join(folder, 'lines', name))).toBe(false);
    expect(() => second.get(lineId)).toThrow(/not loaded/);
  });
});
