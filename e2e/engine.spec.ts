import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PerformanceStyle } from '../core/performance/performanceEngine';
import type { ImportedLine, JobProgress, PerformResult } from '../main/ipc/api';
import { chooseMenu, expect, projectRoot, stubDialogs, test, untilSampleIsOpen, type Studio } from './support/launchStudio';

/*
 * The whole chain over the real bridge and the real engine process, without the panels: what the studio's panels rest on.
 */

const dialogue = path.join(projectRoot, 'assets', 'dialogue');
const sample = readdirSync(dialogue)
  .filter((name) => name.endsWith('.wav'))
  .sort()[0];
const NEUTRAL = ['joy', 'sadness', 'anger', 'fear', 'disgust', 'surprise', 'contempt', 'playful'];

declare global {
  interface Window {
    /** What a test left in the page for its next step. */
    made: { imported: ImportedLine; performed: PerformResult; style: PerformanceStyle };
    restarts: string[];
    commands: string[];
  }
}

/** What main shows of itself under test. */
interface MainProbe {
  readonly __mienMain: { readonly runFolder: string; enginePid(): number };
}

interface Made {
  readonly phonemes: number;
  readonly frameCount: number;
  readonly inputHash: string;
  readonly peaks: number;
  readonly steps: string[];
  readonly fractions: number[];
}

/** Imports the sample through the dialog and performs it, all in the page. Leaves the results in window.made. */
async function importAndPerform(studio: Studio, file: string, lineId = 'line:e2e'): Promise<Made> {
  await stubDialogs(studio.app, { open: [file] });
  return studio.page.evaluate(
    async ({ lineId, emotions }) => {
      const told: JobProgress[] = [];
      const stop = window.mien.engine.onProgress((progress) => told.push(progress));
      const [chosen] = await window.mien.files.chooseAudio();
      const id = lineId as `line:${string}`;
      const imported = await window.mien.engine.importAudio({
        jobId: `import ${lineId}`,
        lineId: id,
        file: chosen.handle,
        transcript: '',
      });
      const curves = Object.fromEntries(emotions.map((emotion) => [emotion, { keys: [] }])) as never;
      const style = {
        jaw: 0.5,
        lip: 0.5,
        closureStrength: 1,
        smoothing: 0,
        blinkAmount: 1,
        gazeAmount: 1,
        headAmount: 1,
        browAmount: 1,
      };
      const { phonemes, words } = imported;
      const performed = await window.mien.engine.perform({
        jobId: `perform ${lineId}`,
        lineId: id,
        engine: 'rules',
        phonemes,
        words,
        emotions: curves,
        style,
        seed: 1,
        inputHash: 'hash-1',
      });
      stop();
      Object.assign(window, { made: { imported, performed, style } });
      return {
        phonemes: phonemes.length,
        frameCount: performed.frameCount,
        inputHash: performed.inputHash,
        peaks: imported.media.peaks.length,
        steps: told.filter((progress) => progress.jobId === `import ${lineId}`).map((progress) => progress.step),
        fractions: told.filter((progress) => progress.jobId === `import ${lineId}`).map((progress) => progress.fraction),
      };
    },
    { lineId, emotions: NEUTRAL },
  );
}

test('import, perform and export over the bridge', async ({ studio }) => {
  const made = await importAndPerform(studio, path.join(dialogue, sample));
  expect(made.phonemes).toBeGreaterThan(10);
  expect(made.inputHash).toBe('hash-1');
  expect(made.steps[0]).toBe('Reading');
  expect(made.steps.at(-1)).toBe('Done');
  expect([...made.fractions].sort((a, b) => a - b)).toEqual(made.fractions);

  const motion = await studio.page.evaluate(() => {
    const { performed } = window.made;
    const jaw = performed.samples.subarray(17 * performed.frameCount, 18 * performed.frameCount);
    return { channels: performed.samples.length / performed.frameCount, low: Math.min(...jaw), high: Math.max(...jaw) };
  });
  expect(motion.channels).toBe(61);
  expect(motion.low).toBeLessThan(0.05);
  expect(motion.high).toBeGreaterThan(0.15);

  for (const format of ['glb', 'fbx', 'csv', 'a2f'] as const) {
    const target = path.join(studio.folder, `Zeile ünï ✓.${format === 'a2f' ? 'a2f.json' : format}`);
    await stubDialogs(studio.app, { save: target });
    const report = await studio.page.evaluate(async (format) => {
      const { imported, performed } = window.made;
      const chosen = await window.mien.files.chooseExportTarget('take', format);
      return window.mien.engine.exportLine({
        jobId: `export ${format}`,
        lineId: imported.media.lineId,
        lineName: 'take',
        target: chosen!.handle,
        format,
        frameRate: '60',
        frameCount: performed.frameCount,
        samples: performed.samples,
        phonemes: imported.phonemes,
        words: imported.words,
      });
    }, format);
    expect(report.fileName).toBe(path.basename(target));
    expect(report.bytes).toBe(statSync(target).size);
    const head = readFileSync(target).subarray(0, 20).toString('latin1');
    expect(
      head.startsWith({ glb: 'glTF', fbx: 'Kaydara FBX Binary', csv: 'Timecode,BlendShape', a2f: '{"exportFps":60' }[format]),
    ).toBe(true);
  }
  expect(readdirSync(studio.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the sound of a line plays from our protocol and answers Range with 206', async ({ studio }) => {
  await importAndPerform(studio, path.join(dialogue, sample));
  const found = await studio.page.evaluate(async () => {
    const { media } = window.made.imported;
    const whole = await fetch(media.mediaUrl);
    const size = (await whole.arrayBuffer()).byteLength;
    const part = await fetch(media.mediaUrl, { headers: { range: 'bytes=100-199' } });
    const bytes = (await part.arrayBuffer()).byteLength;
    const beyond = await fetch(media.mediaUrl, { headers: { range: `bytes=${size}-` } });
    const audio = new Audio(media.mediaUrl);
    await new Promise((resolve, reject) => {
      audio.onloadedmetadata = resolve;
      audio.onerror = () => reject(new Error(audio.error?.message ?? 'no sound'));
    });
    audio.currentTime = media.durationSeconds * 0.8;
    await new Promise((resolve) => (audio.onseeked = resolve));
    const none = await Promise.all(
      ['mien-media://line/none.wav', 'mien-media://line/../lines', 'mien-media://other/x.wav'].map(
        async (url) => (await fetch(url)).status,
      ),
    );
    return {
      statuses: [whole.status, part.status, beyond.status],
      range: part.headers.get('content-range'),
      bytes,
      size,
      durationError: Math.abs(audio.duration - media.durationSeconds),
      soughtError: Math.abs(audio.currentTime - media.durationSeconds * 0.8),
      none,
    };
  });
  expect(found.statuses).toEqual([200, 206, 416]);
  expect(found.range).toBe(`bytes 100-199/${found.size}`);
  expect(found.bytes).toBe(100);
  expect(found.durationError).toBeLessThan(0.001);
  expect(found.soughtError).toBeLessThan(0.01);
  expect(found.none).toEqual([404, 404, 404]);
  // Asking for what is not there makes the page complain; that is what this test does.
  studio.pageErrors.length = 0;
});

test('a cancelled import answers with code cancelled and leaves nothing behind', async ({ studio }) => {
  await untilSampleIsOpen(studio);
  const runFolder = await studio.app.evaluate(() => (globalThis as unknown as MainProbe).__mienMain.runFolder);
  const kept = () => ['lines', 'media'].map((part) => readdirSync(path.join(runFolder, part)).sort());
  const before = kept();
  const long = path.join(studio.folder, 'long.wav');
  writeFileSync(long, repeatedWav(path.join(dialogue, sample), 20));
  await stubDialogs(studio.app, { open: [long] });
  const outcome = await studio.page.evaluate(async () => {
    const [chosen] = await window.mien.files.chooseAudio();
    const stop = window.mien.engine.onProgress((progress) => {
      if (progress.step === 'Listening') void window.mien.engine.cancel('slow');
    });
    const code = await window.mien.engine
      .importAudio({ jobId: 'slow', lineId: 'line:slow', file: chosen.handle, transcript: '' })
      .then(
        () => 'finished',
        (error: { code: string }) => error.code,
      );
    stop();
    return code;
  });
  expect(outcome).toBe('cancelled');
  expect(kept()).toEqual(before);
});

test('when the engine dies it is started again, says so, and knows its lines', async ({ studio }) => {
  studio.expectedErrors.push('The engine stopped and was started again');
  await untilSampleIsOpen(studio);
  await importAndPerform(studio, path.join(dialogue, sample));
  await studio.page.evaluate(() => {
    const restarts: string[] = [];
    Object.assign(window, { restarts });
    window.mien.engine.onRestart((reason) => restarts.push(reason.message));
  });
  const pid = await studio.app.evaluate(() => (globalThis as unknown as MainProbe).__mienMain.enginePid() as number);
  const lost = studio.page.evaluate(() => {
    const { imported } = window.made;
    return window.mien.engine.align({ jobId: 'lost', lineId: imported.media.lineId, transcript: 'Stop it. '.repeat(2000) }).then(
      () => 'answered',
      (error: { code: string; remedy: string }) => (error.remedy ? error.code : 'no remedy'),
    );
  });
  process.kill(pid, 'SIGKILL');
  expect(['internal', 'answered']).toContain(await lost);
  await expect.poll(() => studio.page.evaluate(() => window.restarts.length)).toBe(1);
  const again = await studio.page.evaluate(async (emotions) => {
    const { imported, performed, style } = window.made;
    const result = await window.mien.engine.perform({
      jobId: 'again',
      lineId: imported.media.lineId,
      engine: 'rules',
      phonemes: imported.phonemes,
      words: imported.words,
      emotions: Object.fromEntries(emotions.map((emotion) => [emotion, { keys: [] }])) as never,
      style,
      seed: 1,
      inputHash: 'hash-2',
    });
    const played = (await fetch(imported.media.mediaUrl)).status;
    return {
      same: result.samples.every((value: number, index: number) => value === performed.samples[index]),
      hash: result.inputHash,
      played,
    };
  }, NEUTRAL);
  expect(again).toEqual({ same: true, hash: 'hash-2', played: 200 });
  expect(await studio.app.evaluate(() => (globalThis as unknown as MainProbe).__mienMain.enginePid() as number)).not.toBe(pid);
  // The page tells of the restart, once; nothing else went wrong.
  expect(studio.pageErrors.splice(0)).toEqual([expect.stringContaining('The engine stopped and was started again')]);
});

test('a drop without a path sends its bytes; files that are no sound give one clear error', async ({ studio }) => {
  const bytes = [...readFileSync(path.join(dialogue, sample))];
  const results = await studio.page.evaluate(async (bytes) => {
    const outcome = async (file: File) => {
      const dropped = await window.mien.files.resolveDrop(file);
      return window.mien.engine
        .importAudio({ jobId: file.name, lineId: `line:${file.size}`, file: dropped.handle, transcript: '' })
        .then(
          (imported) => ({ name: dropped.name, outcome: `${imported.phonemes.length > 5}` }),
          (error: { code: string; message: string; remedy: string }) => ({
            name: dropped.name,
            outcome: error.remedy ? error.code : 'no remedy',
          }),
        );
    };
    return [
      await outcome(new File([new Uint8Array(bytes)], 'Ärger ✓.wav')),
      await outcome(new File(['hello'], 'text.wav')),
      await outcome(new File([], 'empty.wav')),
      await outcome(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])], '../../up.wav')),
    ];
  }, bytes);
  expect(results).toEqual([
    { name: 'Ärger ✓.wav', outcome: 'true' },
    { name: 'text.wav', outcome: 'audio-unreadable' },
    { name: 'empty.wav', outcome: 'audio-empty' },
    { name: 'up.wav', outcome: 'audio-unsupported' },
  ]);
});

test('menu items reach the page with their command', async ({ studio }) => {
  await studio.page.evaluate(() => {
    const commands: string[] = [];
    Object.assign(window, { commands });
    window.mien.app.onCommand((command) => commands.push(command));
  });
  await chooseMenu(studio, 'view.frameLine');
  await expect.poll(() => studio.page.evaluate(() => window.commands)).toEqual(['view.frameLine']);
});

/** A 16-bit PCM WAV whose sound is repeated: long enough to be cancelled on any machine. */
function repeatedWav(file: string, times: number): Buffer {
  const bytes = readFileSync(file);
  const dataAt = bytes.indexOf('data') + 8;
  const sound = bytes.subarray(dataAt, dataAt + bytes.readUInt32LE(dataAt - 4));
  const header = Buffer.from(bytes.subarray(0, dataAt));
  header.writeUInt32LE(sound.length * times, dataAt - 4);
  header.writeUInt32LE(dataAt - 8 + sound.length * times, 4);
  return Buffer.concat([header, ...Array.from({ length: times }, () => sound)]);
}
