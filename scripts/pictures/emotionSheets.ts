/** Draws what scripts/emotionSheets.mjs asks for; see there. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hearLine } from '../../cli/line/hearLine';
import { drawText } from '../../cli/picture/bitmapFont';
import { frameCharacter } from '../../cli/picture/camera';
import { loadCharacterScene } from '../../cli/picture/characterScene';
import { poseAt, tellingTimes, weightsAt } from '../../cli/picture/contactSheet';
import { createPicture, encodePng, pastePicture, type Picture, type Rgb } from '../../cli/picture/picture';
import { BACKGROUND_SRGB, renderFace } from '../../cli/picture/renderFace';
import { findResources } from '../../cli/resources';
import { Stopwatch } from '../../cli/stopwatch';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import { NEUTRAL_EMOTIONS, type EmotionCurves } from '../../core/emotion/emotionCurves';
import { ACTIVE_EMOTIONS, type ActiveEmotion } from '../../core/emotion/emotions';
import { performLine } from '../../core/performance/performLine';
import type { EngineId } from '../../core/performance/performanceEngine';
import type { LineAnalysis } from '../../core/speech/lineAnalysis';
import { framesPerSecond } from '../../core/time/frameRate';
import { createOnnxRunner } from '../../main/inference/onnxRunner';

interface Wish {
  readonly files: readonly string[];
  readonly out: string;
  readonly engine: EngineId;
  readonly camera: 'face' | 'mouth' | 'eyes';
}

const TEXT: Rgb = [0xd8, 0xd8, 0xdc];
const FAINT: Rgb = [0x8a, 0x8a, 0x92];
const INTENSITIES = [0.5, 1] as const;
const TIMES = 5;
const FACE = { width: 120, height: 124 };
const LABEL_WIDTH = 70;
const HEAD_HEIGHT = 16;

const wish = JSON.parse(process.argv[2]) as Wish;
const resources = findResources();
const scene = await loadCharacterScene(await readFile(resources.character));
const framed = frameCharacter(scene, wish.camera, 10);
// The hair says nothing: closer, and a little lower.
const heightMetres = framed.heightMetres * (wish.camera === 'face' ? 0.72 : 1);
const drop = wish.camera === 'face' ? 0.16 * heightMetres : 0;
const orbit = { ...framed, heightMetres, target: [framed.target[0], framed.target[1] - drop, framed.target[2]] as const };
const quiet = { onNotice: () => undefined };
const runner = await createOnnxRunner({ modelsFolder: resources.models, provider: 'cpu', ...quiet });
await mkdir(wish.out, { recursive: true });
for (const file of wish.files) {
  const transcript = await readFile(file.replace(/\.\w+$/, '.txt'), 'utf8').catch(() => '');
  const { analysis } = await hearLine({
    file,
    transcript,
    channel: 'loudest',
    provider: 'cpu',
    modelsFolder: resources.models,
    runner,
    signal: new AbortController().signal,
    stopwatch: new Stopwatch(),
    onProgress: () => undefined,
    ...quiet,
  });
  const name = `${path.basename(file).replace(/\.\w+$/, '')}-${wish.engine}-${wish.camera}.png`;
  await writeFile(path.join(wish.out, name), encodePng(await sheetOf(analysis)));
  console.log(name);
}
await runner.dispose();

/** A row for neutral and each emotion; times over the line from left to right, first at .5 and then at 1. */
async function sheetOf(analysis: LineAnalysis): Promise<Picture> {
  // The last one after the speech, where the face has the emotion alone.
  const times = [
    ...tellingTimes(analysis.phonemes, analysis.durationSeconds, TIMES - 1),
    Math.max(0, analysis.durationSeconds - 0.05),
  ];
  const rows: readonly (ActiveEmotion | 'neutral')[] = ['neutral', ...ACTIVE_EMOTIONS];
  const width = LABEL_WIDTH + INTENSITIES.length * TIMES * FACE.width;
  const sheet = createPicture(width, HEAD_HEIGHT + rows.length * FACE.height, BACKGROUND_SRGB);
  for (const [half, intensity] of INTENSITIES.entries()) {
    const left = LABEL_WIDTH + half * TIMES * FACE.width;
    times.forEach((time, column) => drawText(sheet, `${time.toFixed(2)} S`, left + column * FACE.width + 6, 5, FAINT));
    drawText(sheet, `${intensity}`, left + TIMES * FACE.width - 26, 5, TEXT);
    for (const [row, emotion] of rows.entries()) {
      const top = HEAD_HEIGHT + row * FACE.height;
      if (half === 0) drawText(sheet, emotion.toUpperCase(), 4, top + FACE.height / 2, TEXT);
      const tracks = await perform(analysis, emotion, intensity);
      times.forEach((time, column) => pastePicture(sheet, faceAt(tracks, time), left + column * FACE.width, top));
    }
  }
  return sheet;
}

async function perform(analysis: LineAnalysis, emotion: ActiveEmotion | 'neutral', value: number): Promise<SampledTracks> {
  const key = { id: 'held', timeSeconds: 0, value, interpolation: 'linear', tangentMode: 'auto' } as const;
  const emotions: EmotionCurves = emotion === 'neutral' ? NEUTRAL_EMOTIONS : { ...NEUTRAL_EMOTIONS, [emotion]: { keys: [key] } };
  return (await performLine(analysis, { engine: wish.engine, emotions, runner })).tracks;
}

function faceAt(tracks: SampledTracks, timeSeconds: number): Picture {
  const frame = Math.round(timeSeconds * framesPerSecond(tracks.frameRate));
  return renderFace(scene, weightsAt(tracks, frame), poseAt(tracks, frame), orbit, FACE.width, FACE.height);
}
