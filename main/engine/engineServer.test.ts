import { describe, expect, it } from 'vitest';
import { MienError } from '../../core/errors';
import { ACTIVE_EMOTIONS } from '../../core/emotion/emotions';
import { DEFAULT_STYLE } from '../../core/performance/performanceEngine';
import type { EngineAnswer, EngineMethods } from './engineMessages';
import { answerCall } from './engineServer';

const PERFORM = {
  jobId: 'j',
  lineId: 'line:a',
  engine: 'rules',
  phonemes: [{ phoneme: 'AA', startSeconds: 0, endSeconds: 1, confidence: 1 }],
  words: [],
  emotions: Object.fromEntries(ACTIVE_EMOTIONS.map((emotion) => [emotion, { keys: [] }])),
  style: DEFAULT_STYLE,
  seed: 1,
  inputHash: 'h',
};
const { phonemes, words, ...SETTINGS } = PERFORM;
const PREVIEW = { ...SETTINGS, only: { startSeconds: -0.5, endSeconds: 1.5 }, speechKey: 'k' };
const EXPORT = {
  jobId: 'j',
  lineId: 'line:a',
  lineName: 'a',
  target: 'file:00000000-0000-0000-0000-000000000000',
  format: 'glb',
  frameRate: '60',
  frameCount: 2,
  samples: new Float32Array(122),
  phonemes: [],
  words: [],
};

/** Calls one method of an engine whose methods give back what they were called with. */
async function call(message: unknown, methods: Partial<EngineMethods> = {}) {
  const answers: EngineAnswer[] = [];
  const unexpected: unknown[] = [];
  const echo = new Proxy(methods, {
    get: (target, name) => Reflect.get(target, name) ?? ((argument: unknown) => Promise.resolve(argument)),
  }) as EngineMethods;
  await answerCall(echo, { postMessage: (answer) => answers.push(answer) }, message, (_method, thrown) =>
    unexpected.push(thrown),
  );
  const [answer] = answers;
  return { answer: answer?.kind === 'answer' ? answer : null, count: answers.length, unexpected };
}

describe('answerCall', () => {
  it('passes a good call on and answers with its id', async () => {
    const { answer } = await call({ id: 7, method: 'perform', argument: PERFORM });
    expect(answer).toMatchObject({ id: 7, result: { ok: true, value: PERFORM } });
  });

  it('takes a preview with and without its speech', async () => {
    for (const argument of [PREVIEW, { ...PREVIEW, speech: { phonemes, words } }]) {
      const { answer } = await call({ id: 7, method: 'preview', argument });
      expect(answer).toMatchObject({ id: 7, result: { ok: true, value: argument } });
    }
  });

  it('keeps typed arrays as they are', async () => {
    const { answer } = await call({ id: 1, method: 'exportLine', argument: EXPORT });
    expect(answer?.result).toMatchObject({ ok: true });
    if (answer?.result.ok) expect((answer.result.value as typeof EXPORT).samples).toBe(EXPORT.samples);
  });

  it.each([
    ['no such method', { id: 1, method: 'format', argument: 'disk' }],
    ['a method of every object', { id: 1, method: 'constructor', argument: undefined }],
    ['an unknown engine', { id: 1, method: 'perform', argument: { ...PERFORM, engine: 'magic' } }],
    ['a preview of no stretch', { id: 1, method: 'preview', argument: { ...PREVIEW, only: { startSeconds: 1, endSeconds: 1 } } }],
    ['a preview without a key', { id: 1, method: 'preview', argument: { ...PREVIEW, speechKey: '' } }],
    ['a field too many', { id: 1, method: 'perform', argument: { ...PERFORM, path: '/etc/passwd' } }],
    [
      'phonemes that overlap',
      { id: 1, method: 'perform', argument: { ...PERFORM, phonemes: [PERFORM.phonemes[0], PERFORM.phonemes[0]] } },
    ],
    ['a style that is no number', { id: 1, method: 'perform', argument: { ...PERFORM, style: { ...DEFAULT_STYLE, jaw: NaN } } }],
    ['an emotion left out', { id: 1, method: 'perform', argument: { ...PERFORM, emotions: {} } }],
    ['samples that do not fit', { id: 1, method: 'exportLine', argument: { ...EXPORT, frameCount: 3 } }],
    ['a frame rate of a base class', { id: 1, method: 'exportLine', argument: { ...EXPORT, frameRate: 'toString' } }],
    ['a path for a handle', { id: 1, method: 'openProject', argument: '../../secret.mien' }],
    [
      'chunks of another size',
      { id: 1, method: 'saveProject', argument: { target: EXPORT.target, records: {}, chunks: { a: new Float32Array(3) } } },
    ],
    ['no argument', { id: 1, method: 'importAudio', argument: undefined }],
  ])('refuses %s as invalid input', async (_name, message) => {
    const { answer } = await call(message);
    expect(answer?.result).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  it.each([[null], ['text'], [{}], [{ id: 'x', method: 'perform' }], [{ id: 1 }], [[1, 2]]])('ignores %j', async (message) => {
    expect((await call(message)).count).toBe(0);
  });

  it('answers with the error of a method, and reports those nobody planned for', async () => {
    const planned = await call(
      { id: 1, method: 'cancel', argument: 'j' },
      { cancel: () => Promise.reject(new MienError('cancelled', 'a', 'b')) },
    );
    expect(planned.answer?.result).toEqual({ ok: false, error: { code: 'cancelled', message: 'a', remedy: 'b' } });
    expect(planned.unexpected).toEqual([]);
    const bug = new TypeError('x is not a function');
    const unplanned = await call({ id: 1, method: 'cancel', argument: 'j' }, { cancel: () => Promise.reject(bug) });
    expect(unplanned.answer?.result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(unplanned.unexpected).toEqual([bug]);
  });
});
