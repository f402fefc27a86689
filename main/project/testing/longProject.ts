import { ChunkStore } from '../../../core/document/chunkStore';
import { inputHashOf, takeInputsOf } from '../../../core/document/takeInputs';
import type { LayerCurveRecord, ChunkId, DocumentRecord, LayerId, LineId } from '../../../core/document/records';
import { longLine } from '../../../core/layers/testing/longLine';
import { DEFAULT_STYLE } from '../../../core/performance/performanceEngine';
import type { PhonemeSegment, WordSegment } from '../../../core/speech/segments';
import { analysisFileName } from '../../engine/projectParts';
import { encodeProsody } from '../prosodyCodec';
import { packToBytes } from './exampleProject';
import { syntheticProsody, syntheticVoice } from './syntheticVoice';

const LINE: LineId = 'line:long';
const SECONDS = 600;
const SOUND = 'audio/long-line.wav';

/** A project of one line of ten minutes with 10,000 keys on three layers and 6,000 phonemes, the same bytes on every run. */
export async function longProject(): Promise<{ readonly bytes: Uint8Array; readonly keyCount: number }> {
  const { base, layers } = longLine();
  const chunks = new ChunkStore();
  const chunkIds = chunks.addTracks(base);
  const speech = longSpeech();
  const records: Record<string, DocumentRecord> = {
    project: { id: 'project', kind: 'project', name: 'Ten minutes', lineIds: [LINE] },
    [`speech:${LINE}`]: {
      id: `speech:${LINE}`,
      kind: 'speech',
      lineId: LINE,
      ...speech,
      recognisedPhonemes: speech.phonemes,
      recognisedWords: speech.words,
    },
  };
  let keyCount = 0;
  for (const { id, name, mode, curves } of layers) {
    const layerId = id as LayerId;
    records[layerId] = { id: layerId, kind: 'layer', lineId: LINE, name, mode, weight: 1, muted: false, locked: false };
    for (const { channel, spans } of curves) {
      const curve: LayerCurveRecord = { id: `curve:${layerId}:${channel}`, kind: 'curve', layerId, channel, spans };
      records[curve.id] = curve;
      keyCount += spans.reduce((sum, span) => sum + span.keys.length, 0);
    }
  }
  const line = {
    id: LINE,
    kind: 'line',
    name: 'Ten minutes',
    audioFile: SOUND,
    durationSeconds: SECONDS,
    transcript: '',
    engine: 'rules',
    seed: 1,
    style: DEFAULT_STYLE,
    activeTakeId: 'take:long',
    takeIds: ['take:long'],
    layerIds: layers.map((layer) => layer.id as LayerId),
  } as const;
  records[LINE] = line;
  const inputHash = inputHashOf(takeInputsOf(records, LINE)!);
  const take = { id: 'take:long', kind: 'take', lineId: LINE, name: 'Take 1', inputHash, frameCount: base.frameCount } as const;
  records['take:long'] = { ...take, chunkIds };
  const bytes = await packToBytes({
    records,
    chunks: Object.fromEntries([...new Set(chunkIds)].map((id: ChunkId) => [id, chunks.get(id)!])),
    parts: [
      { name: SOUND, source: { bytes: syntheticVoice(SECONDS) } },
      { name: analysisFileName(LINE), source: { bytes: encodeProsody(syntheticProsody(SECONDS)) } },
    ],
  });
  return { bytes, keyCount };
}

/** Ten phonemes and two words a second. */
function longSpeech(): { phonemes: PhonemeSegment[]; words: WordSegment[] } {
  const names = ['M', 'AH', 'N', 'IY', 'SIL'] as const;
  const phonemes = Array.from({ length: SECONDS * 10 }, (_unused, index): PhonemeSegment => {
    return { phoneme: names[index % 5], startSeconds: index / 10, endSeconds: (index + 1) / 10, confidence: 0.9 };
  });
  const words = Array.from({ length: SECONDS * 2 }, (_unused, index): WordSegment => {
    return { text: 'money', startSeconds: index / 2, endSeconds: index / 2 + 0.4, confidence: 0.9 };
  });
  return { phonemes, words };
}
