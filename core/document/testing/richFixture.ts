import type { CurveKey } from '../../curves/keyedCurve';
import { addLayer } from '../commands/layers';
import { FIXTURE_LINE, fixtureRecords } from '../documentFixture';
import { applyDiff } from '../recordDiff';
import { RecordDraft } from '../recordDraft';
import type { DocumentRecords, LayerRecord, LineRecord } from '../records';

export const RICH_LAYER = 'layer:rich' as const;

const key = (id: string, timeSeconds: number, value: number): CurveKey => ({
  id,
  timeSeconds,
  value,
  interpolation: 'bezier',
  tangentMode: 'auto',
});

/** The fixture line with at least one record of every kind and every optional field set, all references whole. */
export function richFixtureRecords(): DocumentRecords {
  const base = fixtureRecords();
  const draft = new RecordDraft(base);
  const lineId = FIXTURE_LINE;
  addLayer(draft, { lineId, layerId: RICH_LAYER });
  draft.put({
    ...draft.get<LayerRecord>(RICH_LAYER),
    solo: false,
    weightKeys: [key('w1', 0, 0), key('w2', 1, 1)],
    mask: { regions: ['mouth'], channels: ['jawOpen'] },
  });
  draft.put({
    id: `curve:${RICH_LAYER}:jawOpen`,
    kind: 'curve',
    layerId: RICH_LAYER,
    channel: 'jawOpen',
    spans: [{ id: 's', keys: [key('a', 0.4, 0.2), key('b', 0.6, 0.7)] }],
  });
  draft.put({ id: `emotion:${lineId}:joy`, kind: 'emotion', lineId, emotion: 'joy', keys: [key('j', 0.5, 0.5)] });
  draft.put({ id: `draft:${lineId}:anger`, kind: 'draft', lineId, emotion: 'anger', keys: [key('d', 0.5, 0.3)] });
  draft.put({ id: `effort:${lineId}`, kind: 'effort', lineId, keys: [key('e', 1, 1.2)] });
  draft.put({
    id: 'lookat:door',
    kind: 'lookat',
    name: 'Door',
    direction: { yawRadians: 0.4, pitchRadians: 0.1 },
    headShare: 0.3,
    distanceMetres: 2,
  });
  draft.put({
    id: `event:${lineId}:blink1`,
    kind: 'event',
    lineId,
    type: 'blink',
    startSeconds: 0.85,
    endSeconds: 1.05,
    intensity: 1,
    target: { yawRadians: 0, pitchRadians: 0.1 },
    lookAtId: 'lookat:door',
    locked: true,
    origin: 'hand',
  });
  draft.put({ id: `marker:${lineId}:m1`, kind: 'marker', lineId, timeSeconds: 0.9, endSeconds: 1, name: 'Turn', colour: 2 });
  draft.put({
    id: `lock:${lineId}:k1`,
    kind: 'lock',
    lineId,
    startSeconds: 0.3,
    endSeconds: 0.7,
    regions: ['brows'],
    channels: ['jawOpen'],
    name: 'Approved',
  });
  draft.put({
    id: `channels:${lineId}`,
    kind: 'channels',
    lineId,
    channels: { jawOpen: { muted: false, solo: true, locked: false, pinned: true, gain: 1.1, offset: 0.02 } },
  });
  for (const take of ['take:one', 'take:two'] as const)
    draft.put({ id: take, kind: 'take', lineId, name: take, inputHash: take, frameCount: 60, chunkIds: ['chunk:a'] });
  draft.put({ id: 'pose:smile', kind: 'pose', name: 'Smile', weights: { mouthSmileLeft: 0.8, mouthSmileRight: 0.7 } });
  draft.put({ id: 'dictionary', kind: 'dictionary', entries: [{ word: 'Mien', pronunciations: ['M IY1 N'] }] });
  draft.put({
    id: 'character:hero',
    kind: 'character',
    name: 'Hero',
    fileName: 'hero.glb',
    sha256: 'a'.repeat(64),
    mapping: [{ channel: 'jawOpen', target: 'JawOpen', mesh: 'Head', gain: 1, confidence: 0.9 }],
    gains: { jawOpen: 0.9 },
    limits: { jawOpen: { min: 0, max: 0.8 } },
    neutralOffset: { browInnerUp: 0.05 },
  });
  draft.put({
    id: 'speaker:ilsa',
    kind: 'speaker',
    name: 'Ilsa',
    voice: { f0MedianHz: 210, f0SpreadSemitones: 3, tiltMedianDbPerOctave: -9, tiltSpreadDbPerOctave: 2 },
    characterId: 'character:hero',
  });
  const line: LineRecord = {
    ...draft.get<LineRecord>(lineId),
    takeIds: ['take:one', 'take:two'],
    activeTakeId: 'take:one',
    audioLink: { relativePath: '../sound/maybe.wav', sha256: 'b'.repeat(64), bytes: 1234 },
    phoneSource: 'phonemes',
    notation: 'espeak',
    language: 'en-GB',
    speakerId: 'speaker:ilsa',
    takeMix: { upper: { takeId: 'take:two', blendTakeId: 'take:one', blend: 0.25 } },
    lipNudgeSeconds: -0.02,
    preRollSeconds: 0.5,
    postRollSeconds: 0.25,
    inSeconds: 0,
    outSeconds: 2,
    startTimecode: { text: '01:00:10:12', rate: '24' },
    referenceVideo: { file: { relativePath: 'video/ref.mp4', sha256: 'c'.repeat(64), bytes: 99 }, offsetSeconds: -0.1 },
    exportedHash: 'h',
  };
  draft.put(line);
  return applyDiff(base, draft.diff());
}
