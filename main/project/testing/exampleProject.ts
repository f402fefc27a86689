import { CHUNK_FRAMES, type DocumentRecords, type LineId } from '../../../core/document/records';
import { DEFAULT_STYLE } from '../../../core/performance/performanceEngine';
import { PERFORMANCE_CHANNEL_COUNT } from '../../../core/rig/channels';
import type { ProsodyTrack } from '../../../core/audio/prosodyTrack';
import { packProject, type ProjectContent } from '../packProject';

/** As fixtures/schema-1.mien holds it: rounding came later, and a file without it opens as it is. */
const { rounding: _later, ...styleOfThen } = DEFAULT_STYLE;

export const LINE_ID: LineId = 'line:abc123';

/** A small whole project: one line, one take of two chunks, one layer with one curve, one emotion. */
export function exampleProject(): ProjectContent {
  const line = LINE_ID;
  const records: DocumentRecords = {
    project: { id: 'project', kind: 'project', name: 'Test ✓ ünïcode', lineIds: [line] },
    [line]: {
      id: line,
      kind: 'line',
      name: 'Line one',
      audioFile: 'audio/line-1.wav',
      durationSeconds: 1.5,
      transcript: 'Hello there.',
      engine: 'rules',
      seed: 7,
      style: styleOfThen,
      activeTakeId: 'take:t1',
      takeIds: ['take:t1'],
      layerIds: ['layer:l1'],
    },
    [`speech:${line}`]: {
      id: `speech:${line}`,
      kind: 'speech',
      lineId: line,
      words: [{ text: 'Hello', startSeconds: 0.2, endSeconds: 0.6, confidence: 0.9 }],
      phonemes: [
        { phoneme: 'SIL', startSeconds: 0, endSeconds: 0.2, confidence: 1 },
        { phoneme: 'HH', startSeconds: 0.2, endSeconds: 1.5, confidence: 0.5 },
      ],
      recognisedPhonemes: [{ phoneme: 'SIL', startSeconds: 0, endSeconds: 1.5, confidence: 1 }],
      recognisedWords: [{ text: 'Hello', startSeconds: 0.2, endSeconds: 0.6, confidence: 0.9 }],
    },
    [`emotion:${line}:joy`]: {
      id: `emotion:${line}:joy`,
      kind: 'emotion',
      lineId: line,
      emotion: 'joy',
      keys: [{ id: 'k1', timeSeconds: 0.5, value: 0.75, interpolation: 'bezier', tangentMode: 'auto' }],
    },
    'take:t1': {
      id: 'take:t1',
      kind: 'take',
      lineId: line,
      name: 'Take 1',
      inputHash: 'h',
      frameCount: 91,
      chunkIds: ['chunk:a', 'chunk:b'],
    },
    'layer:l1': {
      id: 'layer:l1',
      kind: 'layer',
      lineId: line,
      name: 'Hand',
      mode: 'override',
      weight: 1,
      muted: false,
      locked: false,
    },
    'curve:layer:l1:jawOpen': {
      id: 'curve:layer:l1:jawOpen',
      kind: 'curve',
      layerId: 'layer:l1',
      channel: 'jawOpen',
      spans: [
        {
          id: 's1',
          keys: [
            { id: 'a', timeSeconds: 0.1, value: 0.1, interpolation: 'linear', tangentMode: 'auto' },
            {
              id: 'b',
              timeSeconds: 0.3,
              value: 0.9,
              interpolation: 'bezier',
              tangentMode: 'free',
              inHandle: { deltaSeconds: -0.05, deltaValue: 0 },
              outHandle: { deltaSeconds: 0.05, deltaValue: 0.1 },
            },
          ],
        },
      ],
    },
  };
  const chunk = (offset: number) =>
    Float32Array.from({ length: PERFORMANCE_CHANNEL_COUNT * CHUNK_FRAMES }, (_unused, index) =>
      Math.fround((index + offset) / 10000),
    );
  return {
    records,
    chunks: { 'chunk:a': chunk(0), 'chunk:b': chunk(5) },
    parts: [
      { name: 'audio/line-1.wav', source: { bytes: Uint8Array.from({ length: 5000 }, (_unused, index) => (index * 7) % 256) } },
      { name: 'analysis/x.prosody', source: { bytes: new Uint8Array([1, 2, 3]) } },
    ],
  };
}

/** The bytes of a packed project. */
export async function packToBytes(content: ProjectContent): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  await packProject(content, async (block) => {
    blocks.push(block.slice());
  });
  return new Uint8Array(Buffer.concat(blocks));
}

export function exampleProsody(count = 150): ProsodyTrack {
  const track = (scale: number) => Float32Array.from({ length: count }, (_unused, index) => Math.fround(Math.sin(index) * scale));
  return {
    hopSeconds: 0.01,
    f0Hz: track(200),
    voicing: track(1),
    loudnessDb: track(-50),
    tiltDbPerOctave: track(-9),
    effort: track(0.5),
    voice: track(1),
  };
}
