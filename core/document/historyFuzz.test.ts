import { describe, expect, it } from 'vitest';
import { ACTIVE_EMOTIONS } from '../emotion/emotions';
import { PERFORMANCE_CHANNELS } from '../rig/channels';
import { PHONEMES } from '../speech/phonemes';
import { moveChannelKeys, removeChannelKeys, setChannelKey } from './commands/channelKeys';
import { moveEmotionKeys, removeEmotionKeys, setEmotionKey } from './commands/emotionKeys';
import { addLayer, removeLayer, setLayer } from './commands/layers';
import { addLine, removeLine, setSeed, setStyle } from './commands/lines';
import { mergePhoneme } from './commands/mergePhoneme';
import { moveBoundary } from './commands/moveBoundary';
import { relabelPhoneme } from './commands/relabelPhoneme';
import { slidePhoneme } from './commands/slidePhoneme';
import { splitPhoneme } from './commands/splitPhoneme';
import { applyTake, selectTake } from './commands/takes';
import { FIXTURE_LINE, fixtureRecords } from './documentFixture';
import { DocumentStore, type DocumentEdit } from './documentStore';
import { createIdSource, type IdSource } from './ids';
import { layerCurvesOf, linesOf, speechOf } from './selectors';
import type { DocumentRecords, LineRecord } from './records';

/** Mulberry32: a small seeded generator (public domain, Tommy Ettinger). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

class Fuzz {
  readonly ids: IdSource;
  constructor(readonly random: () => number) {
    this.ids = createIdSource(random);
  }
  int(below: number): number {
    return Math.floor(this.random() * below);
  }
  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)];
  }

  /** A random edit that makes sense for the records; the ids are drawn once, so it may run again. */
  edit(records: DocumentRecords): DocumentEdit {
    const lines = linesOf(records);
    const id = this.ids.next();
    if (lines.length === 0) return (draft) => addFixtureCopy(draft, id);
    const line = this.pick(lines);
    const lineId = line.id;
    const phonemeCount = speechOf(records, lineId)!.phonemes.length;
    const index = this.int(phonemeCount);
    const timeSeconds = this.random() * 2;
    const value = this.random() * 1.4 - 0.2;
    const deltaSeconds = this.random() * 0.8 - 0.4;
    const emotion = this.pick(ACTIVE_EMOTIONS);
    const emotionKeys = (records[`emotion:${lineId}:${emotion}`] as { keys?: { id: string }[] } | undefined)?.keys ?? [];
    const layerId = line.layerIds.length > 0 ? this.pick(line.layerIds) : null;
    const locked = layerId !== null && (records[layerId] as { locked: boolean }).locked;
    const curve = layerId && !locked ? this.pickOrNull(layerCurvesOf(records, layerId)) : null;
    const curveKeyIds = curve ? this.some(curve.spans.flatMap((span) => span.keys.map((key) => key.id))) : [];
    const channel = this.pick(PERFORMANCE_CHANNELS);
    const phoneme = this.pick(PHONEMES);
    const edits: DocumentEdit[] = [
      (draft) => moveBoundary(draft, { lineId, boundaryIndex: Math.min(index, phonemeCount - 2), timeSeconds }),
      (draft) => slidePhoneme(draft, { lineId, index, deltaSeconds }),
      (draft) => relabelPhoneme(draft, { lineId, index, phoneme }),
      (draft) => splitPhoneme(draft, { lineId, index, timeSeconds }),
      (draft) => (phonemeCount > 3 ? mergePhoneme(draft, { lineId, index }) : undefined),
      (draft) => setEmotionKey(draft, { lineId, emotion, timeSeconds, value, newKeyId: id }),
      (draft) =>
        moveEmotionKeys(draft, {
          lineId,
          emotion,
          keyIds: this.someFixed(emotionKeys, id),
          deltaSeconds,
          deltaValue: value - 0.5,
        }),
      (draft) => removeEmotionKeys(draft, { lineId, emotion, keyIds: this.someFixed(emotionKeys, id) }),
      (draft) =>
        setChannelKey(draft, {
          lineId,
          layerId: null,
          channel,
          timeSeconds,
          value,
          newKeyId: id,
          newSpanId: `s${id}`,
          newLayerId: `layer:${id}`,
        }),
      (draft) =>
        curve
          ? moveChannelKeys(draft, {
              lineId,
              layerId: curve.layerId,
              channel: curve.channel,
              keyIds: curveKeyIds,
              deltaSeconds,
              deltaValue: value,
            })
          : undefined,
      (draft) =>
        curve ? removeChannelKeys(draft, { layerId: curve.layerId, channel: curve.channel, keyIds: curveKeyIds }) : undefined,
      (draft) => addLayer(draft, { lineId, layerId: `layer:${id}` }),
      (draft) =>
        layerId
          ? setLayer(draft, { layerId, change: { locked: value > 0.9, muted: value < 0.1, weight: Math.max(0, value) } })
          : undefined,
      (draft) => (layerId && value > 0.9 ? removeLayer(draft, { lineId, layerId }) : undefined),
      (draft) => setStyle(draft, { lineId, style: { jaw: Math.max(0, value) } }),
      (draft) => setSeed(draft, { lineId, seed: index }),
      (draft) =>
        applyTake(draft, {
          lineId,
          inputHash: id,
          frameCount: 121,
          chunkIds: [`chunk:${id}`],
          newTakeId: `take:${id}`,
          asNewTake: value > 0.7,
        }),
      (draft) =>
        line.takeIds.length > 0 ? selectTake(draft, { lineId, takeId: line.takeIds[index % line.takeIds.length] }) : undefined,
      (draft) => (value > 1.1 ? removeLine(draft, lineId) : undefined),
      (draft) => (lines.length < 4 ? addFixtureCopy(draft, id) : undefined),
    ];
    return this.pick(edits);
  }

  private pickOrNull<T>(list: readonly T[]): T | null {
    return list.length > 0 ? this.pick(list) : null;
  }
  private some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.random() < 0.5);
  }
  /** The same choice every time the edit runs again. */
  private someFixed(keys: readonly { id: string }[], salt: string): string[] {
    return keys.filter((key) => (key.id.charCodeAt(0) + salt.charCodeAt(0)) % 2 === 0).map((key) => key.id);
  }
}

function addFixtureCopy(draft: Parameters<DocumentEdit>[0], id: string): void {
  const source = fixtureRecords();
  const line = { ...(source[FIXTURE_LINE] as LineRecord), id: `line:${id}` as const };
  const speech = { ...speechOf(source, FIXTURE_LINE)!, id: `speech:line:${id}` as const, lineId: line.id };
  addLine(draft, { line, speech });
}

const frozen = (records: DocumentRecords): string => JSON.stringify(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What must hold in every document, however it was reached. */
function checkInvariants(records: DocumentRecords): void {
  for (const [id, record] of Object.entries(records)) {
    expect(record.id).toBe(id);
    if (record.kind === 'speech') {
      const { phonemes } = record;
      expect(phonemes[0].startSeconds).toBe(0);
      expect(phonemes[phonemes.length - 1].endSeconds).toBe(2);
      phonemes.forEach((segment, index) => {
        expect(segment.endSeconds).toBeGreaterThan(segment.startSeconds);
        if (index > 0) expect(segment.startSeconds).toBe(phonemes[index - 1].endSeconds);
      });
      record.words.forEach((word) => expect(word.endSeconds).toBeGreaterThan(word.startSeconds));
    }
    if (record.kind === 'emotion') checkKeys(record.keys);
    if (record.kind === 'curve') {
      expect(record.spans.length).toBeGreaterThan(0);
      record.spans.forEach((span) => checkKeys(span.keys));
      checkKeys(record.spans.flatMap((span) => span.keys));
      expect(records[record.layerId]).toBeDefined();
    }
    if (record.kind === 'take' || record.kind === 'layer') expect(records[record.lineId]).toBeDefined();
  }
}

function checkKeys(keys: readonly { timeSeconds: number; value: number }[]): void {
  keys.forEach((key, index) => {
    expect(key.timeSeconds).toBeGreaterThanOrEqual(0);
    expect(key.timeSeconds).toBeLessThanOrEqual(2);
    if (index > 0) expect(key.timeSeconds).toBeGreaterThan(keys[index - 1].timeSeconds);
  });
}

/** A from-scratch oracle: whole copies of the document, no diffs. */
class Oracle {
  past: string[] = [];
  future: string[] = [];
  constructor(public now: string) {}
  step(next: string): void {
    if (next === this.now) return;
    this.past.push(this.now);
    this.now = next;
    this.future = [];
  }
}

function runSeed(seed: number, operations: number): void {
  const fuzz = new Fuzz(seededRandom(seed));
  const store = new DocumentStore(fixtureRecords());
  const oracle = new Oracle(frozen(store.records));
  for (let count = 0; count < operations; count += 1) {
    const kind = fuzz.random();
    if (kind < 0.6) {
      store.transact('Edit', fuzz.edit(store.records));
      oracle.step(frozen(store.records));
    } else if (kind < 0.72) {
      const drag = store.begin('Drag');
      const start = store.records;
      for (let update = fuzz.int(4); update >= 0; update -= 1) drag.update(fuzz.edit(start));
      if (fuzz.random() < 0.4) drag.discard();
      else drag.commit();
      oracle.step(frozen(store.records));
    } else if (kind < 0.87) {
      store.undo();
      const back = oracle.past.pop();
      if (back !== undefined) {
        oracle.future.push(oracle.now);
        oracle.now = back;
      }
    } else {
      store.redo();
      const ahead = oracle.future.pop();
      if (ahead !== undefined) {
        oracle.past.push(oracle.now);
        oracle.now = ahead;
      }
    }
    // Not toBe: two whole documents as a message help nobody.
    expect(frozen(store.records) === oracle.now, `operation ${count} of seed ${seed}`).toBe(true);
    if (count % 10 === 0) checkInvariants(store.records);
  }
  checkInvariants(store.records);
  const end = frozen(store.records);
  const depth = store.history.length;
  while (store.canUndo) store.undo();
  expect(frozen(store.records)).toBe(frozen(fixtureRecords()));
  for (let step = 0; step < depth; step += 1) store.redo();
  expect(frozen(store.records)).toBe(end);
}

describe('history, fuzzed against whole copies', () => {
  // Seeds that once failed stay in this list for good.
  const seeds = Array.from({ length: Number(process.env.MIEN_FUZZ_SEEDS ?? 24) }, (_, index) => index + 1);
  it.each(seeds)('seed %i: every state, undo to the start and redo to the end agree', (seed) => runSeed(seed, 180));
});
