import type { CurveKey } from '../../../core/curves/keyedCurve';
import { createTracks, type SampledTracks } from '../../../core/curves/sampledTracks';
import { ChunkStore } from '../../../core/document/chunkStore';
import type { ChunkId, DocumentRecord, LineId, LineRecord, TakeId } from '../../../core/document/records';
import { inputHashOf, takeInputsOf } from '../../../core/document/takeInputs';
import { DEFAULT_STYLE } from '../../../core/performance/performanceEngine';
import { PERFORMANCE_CHANNELS } from '../../../core/rig/channels';
import type { PhonemeSegment, WordSegment } from '../../../core/speech/segments';
import { analysisFileName } from '../../engine/projectParts';
import { encodeProsody } from '../prosodyCodec';
import { packToBytes } from './exampleProject';
import { syntheticProsody, syntheticVoice } from './syntheticVoice';

const LINE: LineId = 'line:harbour';
const NEW_LINE: LineId = 'line:new';
const SECONDS = 4;
const LAYER = 'layer:hand' as const;
const ADDED = 'layer:added' as const;

/**
 * A project with something in every panel, made without any engine: pictures of the studio change with the studio alone.
 * The first line has two takes, layers, keys, emotions, events, markers and locks; the second is new.
 */
export async function pictureProject(): Promise<Uint8Array> {
  const chunks = new ChunkStore();
  const chunkIds = { first: chunks.addTracks(waves(0)), second: chunks.addTracks(waves(1)) };
  const records: Record<string, DocumentRecord> = {
    project: { id: 'project', kind: 'project', name: 'Harbour', lineIds: [LINE, NEW_LINE] },
  };
  for (const record of [...lineRecords(), ...handRecords(), ...newLineRecords()]) records[record.id] = record;
  const inputHash = inputHashOf(takeInputsOf(records, LINE)!);
  const take = (id: TakeId, name: string, hash: string, ids: readonly ChunkId[]) => {
    records[id] = { id, kind: 'take', lineId: LINE, name, inputHash: hash, frameCount: SECONDS * 60 + 1, chunkIds: ids };
  };
  take('take:1', 'Take 1', inputHash, chunkIds.first);
  take('take:2', 'Take 2', 'another seed', chunkIds.second);
  const all = [...new Set([...chunkIds.first, ...chunkIds.second])];
  return packToBytes({
    records,
    chunks: Object.fromEntries(all.map((id) => [id, chunks.get(id)!])),
    parts: [LINE, NEW_LINE].flatMap((id) => [
      { name: soundOf(id), source: { bytes: syntheticVoice(SECONDS) } },
      { name: analysisFileName(id), source: { bytes: encodeProsody(syntheticProsody(SECONDS)) } },
    ]),
  });
}

const soundOf = (id: LineId) => `audio/${id.slice(5)}.wav`;

/** Slow waves, another one for each channel; mouths shut on the P, B and M of `phonemesOf`. */
function waves(shift: number): SampledTracks {
  const tracks = createTracks(SECONDS * 60 + 1);
  tracks.channels.forEach((samples, channel) => {
    const name = PERFORMANCE_CHANNELS[channel];
    const isTurn = /Pitch|Yaw|Roll/.test(name);
    for (let frame = 0; frame < samples.length; frame++) {
      const wave = Math.sin(frame / (11 + (channel % 7)) + channel + shift);
      samples[frame] = isTurn ? 0.08 * wave : name === 'mouthClose' ? 0 : 0.22 + 0.2 * wave;
    }
  });
  return tracks;
}

function lineOf(id: LineId, name: string, transcript: string): LineRecord {
  return {
    id,
    kind: 'line',
    name,
    audioFile: soundOf(id),
    durationSeconds: SECONDS,
    transcript,
    engine: 'rules',
    seed: 7,
    style: DEFAULT_STYLE,
    activeTakeId: '',
    takeIds: [],
    layerIds: [],
  };
}

function lineRecords(): DocumentRecord[] {
  const phonemes = phonemesOf(0);
  const words: WordSegment[] = [
    { text: 'My', startSeconds: 0.3, endSeconds: 0.6, confidence: 0.9 },
    { text: 'boat', startSeconds: 0.6, endSeconds: 1.2, confidence: 0.9, locked: true },
    { text: 'came', startSeconds: 1.5, endSeconds: 2.1, confidence: 0.8 },
    { text: 'home', startSeconds: 2.1, endSeconds: 2.7, confidence: 0.05 },
  ];
  const line = lineOf(LINE, 'Harbour 12', 'My boat came home.');
  return [
    { ...line, activeTakeId: 'take:1', takeIds: ['take:1', 'take:2'], layerIds: [LAYER, ADDED] },
    {
      id: `speech:${LINE}`,
      kind: 'speech',
      lineId: LINE,
      words,
      recognisedWords: words,
      phonemes,
      recognisedPhonemes: phonemesOf(0.06),
    },
  ];
}

/** `shift` moves the edge between the first two words: what the recogniser had said. */
function phonemesOf(shift: number): PhonemeSegment[] {
  const edges: readonly (readonly [PhonemeSegment['phoneme'], number, number, boolean?])[] = [
    ['SIL', 0.3, 1],
    ['M', 0.4, 0.9],
    ['AY', 0.6 + shift, 0.9],
    ['B', 0.75, 0.8],
    ['OW', 1.05, 0.9, true],
    ['T', 1.2, 0.7],
    ['SIL', 1.5, 1],
    ['K', 1.65, 0.6],
    ['EY', 1.95, 0.9],
    ['M', 2.1, 0.9],
    ['HH', 2.2, 0.1],
    ['OW', 2.5, 0.9],
    ['M', 2.7, 0.9],
    ['SIL', SECONDS, 1],
  ];
  return edges.map(([phoneme, endSeconds, confidence, locked], index) => ({
    phoneme,
    startSeconds: index === 0 ? 0 : edges[index - 1][1],
    endSeconds,
    confidence,
    ...(locked && { locked }),
  }));
}

const key = (id: string, timeSeconds: number, value: number): CurveKey => ({
  id,
  timeSeconds,
  value,
  interpolation: 'bezier',
  tangentMode: 'auto',
});

function handRecords(): DocumentRecord[] {
  const lineId = LINE;
  const layer = { kind: 'layer', lineId, weight: 1, muted: false, locked: false } as const;
  const jaw = [key('a', 0.8, 0.2), key('b', 1, 0.7), key('c', 1.2, 0.3)];
  const brow = [key('d', 1.6, 0.1), key('e', 2, 0.3), key('f', 2.4, 0.1)];
  return [
    { ...layer, id: LAYER, name: 'Hand', mode: 'override' },
    { ...layer, id: ADDED, name: 'Surprise', mode: 'additive', weight: 0.6, mask: { regions: ['brows'], channels: [] } },
    { id: `curve:${LAYER}:jawOpen`, kind: 'curve', layerId: LAYER, channel: 'jawOpen', spans: [{ id: 's1', keys: jaw }] },
    {
      id: `curve:${ADDED}:browInnerUp`,
      kind: 'curve',
      layerId: ADDED,
      channel: 'browInnerUp',
      spans: [{ id: 's2', keys: brow }],
    },
    { id: `emotion:${lineId}:joy`, kind: 'emotion', lineId, emotion: 'joy', keys: [key('g', 0.4, 0.1), key('h', 2.2, 0.8)] },
    { id: `emotion:${lineId}:anger`, kind: 'emotion', lineId, emotion: 'anger', keys: [key('i', 1.2, 0.4)] },
    { id: `draft:${lineId}:sadness`, kind: 'draft', lineId, emotion: 'sadness', keys: [key('j', 2.6, 0.3), key('k', 3, 0.5)] },
    {
      id: `event:${lineId}:blink`,
      kind: 'event',
      lineId,
      type: 'blink',
      startSeconds: 1.3,
      endSeconds: 1.5,
      intensity: 1,
      locked: true,
      origin: 'hand',
    },
    { id: `marker:${lineId}:turn`, kind: 'marker', lineId, timeSeconds: 2.1, name: 'Turn', colour: 2 },
    {
      id: `lock:${lineId}:ok`,
      kind: 'lock',
      lineId,
      startSeconds: 3,
      endSeconds: 3.5,
      regions: [],
      channels: [],
      name: 'Approved',
    },
    {
      id: `channels:${lineId}`,
      kind: 'channels',
      lineId,
      channels: { mouthSmileLeft: { pinned: true, gain: 0.8 }, tongueOut: { muted: true } },
    },
  ];
}

function newLineRecords(): DocumentRecord[] {
  const phonemes: PhonemeSegment[] = [{ phoneme: 'SIL', startSeconds: 0, endSeconds: SECONDS, confidence: 1 }];
  return [
    lineOf(NEW_LINE, 'Harbour 13', ''),
    {
      id: `speech:${NEW_LINE}`,
      kind: 'speech',
      lineId: NEW_LINE,
      words: [],
      recognisedWords: [],
      phonemes,
      recognisedPhonemes: phonemes,
    },
  ];
}
