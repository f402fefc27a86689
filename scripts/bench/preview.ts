/**
 * From an emotion slider, or a key of the voice's effort, to the face: milliseconds of the work that one move of a drag asks for, as JSON. Medians and
 * 90th percentiles; the hop between processes is counted as copying the messages, drawing is not in it.
 */
import { createOnnxRunner } from '../../main/inference/onnxRunner';
import { engineNamed } from '../../core/performance/engines';
import type { EngineId } from '../../core/performance/performanceEngine';
import { performTake, previewTake, type TakeRecipe } from '../../core/performance/performTake';
import { heldEmotion, HAND_MADE_SCRIPT, inputOf } from '../../core/performance/testing/handMadeLine';
import { TrackEvaluator } from '../../core/layers/trackEvaluator';
import { firstFrameOf } from '../../core/performance/lineCut';
import { joinChannels } from '../../core/curves/joinChannels';
import { windowAround, windowTracks, withWindow } from '../../renderer/app/previewWindow';

const [modelsFolder] = process.argv.slice(2);
const runner = await createOnnxRunner({ modelsFolder, provider: 'cpu', onNotice: () => undefined });
/** The hand-made line lasts 5.3 s. */
const REPEATS = { short: 2, tenMinutes: 113 };
const MOVES = 25;

const lines: Record<string, unknown> = {};
for (const [name, count] of Object.entries(REPEATS)) {
  const line = inputOf(Array.from({ length: count }, () => HAND_MADE_SCRIPT).join(' | '), { seed: 3 });
  const result: Record<string, unknown> = { seconds: Math.round(line.durationSeconds) };
  for (const id of ['rules', 'neural'] as EngineId[]) {
    result[id] = { ...(await measure(id, line, emotionMove)), effortGain: await measure(id, line, effortMove) };
  }
  lines[name] = result;
}
await runner.dispose();
console.log(JSON.stringify(lines));

function emotionMove(move: number): Partial<TakeRecipe> {
  return { emotions: heldEmotion('joy', 0.2 + 0.02 * move) };
}

function effortMove(move: number): Partial<TakeRecipe> {
  return { effortGain: heldEmotion('joy', 0.8 + 0.02 * move).joy };
}

async function measure(id: EngineId, line: ReturnType<typeof inputOf>, moveOf: (move: number) => Partial<TakeRecipe>) {
  const engine = engineNamed(id);
  const only = windowAround(line.durationSeconds / 2);
  const startWhole = performance.now();
  const whole = await performTake(engine, line, { runner });
  const wholeMs = performance.now() - startWhole;
  const evaluator = new TrackEvaluator();
  let shown = whole.tracks;
  evaluator.evaluate(shown, [], {});
  const times: number[] = [];
  let usedBefore = process.cpuUsage();
  for (let move = 0; move <= MOVES; move++) {
    // The first move warms up.
    if (move === 1) usedBefore = process.cpuUsage();
    const start = performance.now();
    // What crosses to the engine at every move; it has the speech already.
    const settings = structuredClone({ emotions: line.emotions, style: line.style, ...moveOf(move) });
    const tracks = await previewTake(engine, { ...line, ...settings }, { runner, only });
    const samples = structuredClone(joinChannels(tracks));
    const firstFrame = firstFrameOf(tracks, shown.frameRate);
    const answer = { inputHash: '', firstFrame, frameCount: tracks.frameCount, samples };
    shown = withWindow(shown, windowTracks(answer, shown.frameRate))!;
    evaluator.evaluate(shown, [], {});
    if (move > 0) times.push(performance.now() - start);
  }
  const used = process.cpuUsage(usedBefore);
  times.sort((a, b) => a - b);
  const at = (share: number) => Number(times[Math.floor(share * (times.length - 1))].toFixed(1));
  // All threads: does not depend on what else the machine does.
  const processorMs = Number(((used.user + used.system) / 1000 / MOVES).toFixed(1));
  return { moveMs: at(0.5), moveMs90: at(0.9), processorMs, wholeLineMs: Math.round(wholeMs) };
}
