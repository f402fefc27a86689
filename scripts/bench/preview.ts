/**
 * From an emotion slider to the face: milliseconds of the work that one move of a drag asks for, as JSON. Medians and
 * 90th percentiles; the hop between processes is counted as copying the messages, drawing is not in it.
 */
import { createOnnxRunner } from '../../main/inference/onnxRunner';
import { engineNamed } from '../../core/performance/engines';
import type { EngineId } from '../../core/performance/performanceEngine';
import { performTake } from '../../core/performance/performTake';
import { heldEmotion, HAND_MADE_SCRIPT, inputOf } from '../../core/performance/testing/handMadeLine';
import { TrackEvaluator } from '../../core/layers/trackEvaluator';
import { frameSpanOf } from '../../core/time/frameSpan';
import { windowAround, withWindow } from '../../renderer/app/previewWindow';

const [modelsFolder] = process.argv.slice(2);
const runner = await createOnnxRunner({ modelsFolder, provider: 'cpu', onNotice: () => undefined });
/** The hand-made line lasts 5.3 s. */
const REPEATS = { short: 2, tenMinutes: 113 };
const MOVES = 25;

const lines: Record<string, unknown> = {};
for (const [name, count] of Object.entries(REPEATS)) {
  const line = inputOf(Array.from({ length: count }, () => HAND_MADE_SCRIPT).join(' | '), { seed: 3 });
  const result: Record<string, unknown> = { seconds: Math.round(line.durationSeconds) };
  for (const id of ['rules', 'neural'] as EngineId[]) result[id] = await measure(id, line);
  lines[name] = result;
}
await runner.dispose();
console.log(JSON.stringify(lines));

async function measure(id: EngineId, line: ReturnType<typeof inputOf>) {
  const engine = engineNamed(id);
  const only = windowAround(line.durationSeconds / 2);
  const startWhole = performance.now();
  const whole = await performTake(engine, line, { runner });
  const wholeMs = performance.now() - startWhole;
  const evaluator = new TrackEvaluator();
  let shown = whole.tracks;
  evaluator.evaluate(shown, [], {});
  const times: number[] = [];
  for (let move = 0; move <= MOVES; move++) {
    const recipe = { ...line, emotions: heldEmotion('joy', 0.2 + 0.02 * move) };
    const start = performance.now();
    const { prosody, ...message } = recipe;
    const { tracks, events } = await performTake(engine, { ...structuredClone(message), prosody }, { runner, only });
    const { first, end } = frameSpanOf(only, tracks.frameCount, tracks.frameRate);
    const samples = new Float32Array(tracks.channels.length * (end - first));
    tracks.channels.forEach((channel, index) => samples.set(channel.subarray(first, end), index * (end - first)));
    const answer = structuredClone({ samples, events });
    shown = withWindow(shown, { firstFrame: first, frameCount: end - first, samples: answer.samples })!;
    evaluator.evaluate(shown, [], {});
    // The first move warms up.
    if (move > 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Number(times[Math.floor(share * (times.length - 1))].toFixed(1));
  return { moveMs: at(0.5), moveMs90: at(0.9), wholeLineMs: Math.round(wholeMs) };
}
