import { describe, expect, it } from 'vitest';
import { ACTIVE_EMOTIONS } from '../emotion/emotions';
import { fakeNets } from '../performance/neural/testing/fakeNets';
import { engineNamed } from '../performance/engines';
import type { NonverbalType } from '../performance/events/performanceEvent';
import { performTake } from '../performance/performTake';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf } from '../performance/testing/handMadeLine';
import { CHANNEL_INDEX } from '../rig/channels';
import { seededRandom } from '../testing/seededRandom';
import { ChunkStore } from './chunkStore';
import { setEngine, setSeed } from './commands/lines';
import { setSeedRanges } from './commands/seedRanges';
import { changeEvent } from './commands/takeEvents';
import { applyTake } from './commands/takes';
import { FIXTURE_LINE, fixtureRecords } from './documentFixture';
import { DocumentStore } from './documentStore';
import { shownEventsOf } from './performedEvents';
import type { LineRecord, SpeechRecord, TakeRecord } from './records';
import { activeTakeOf } from './selectors';
import { inputHashOf, takeInputsOf } from './takeInputs';

const lineId = FIXTURE_LINE;
const spoken = inputOf(Array.from({ length: 4 }, () => HAND_MADE_SCRIPT).join(' | '));

/** A document with one line, made by its engine as the studio does. */
function setUp() {
  const document = new DocumentStore(fixtureRecords());
  const chunks = new ChunkStore();
  document.transact('Longer', (draft) => {
    draft.put({ ...draft.get<LineRecord>(lineId), durationSeconds: spoken.durationSeconds });
    const { phonemes, words } = spoken;
    draft.put({ ...draft.get<SpeechRecord>(`speech:${lineId}`), phonemes, words });
  });
  const line = () => document.records[lineId] as LineRecord;
  async function generate(asNewTake = false) {
    const inputs = takeInputsOf(document.records, lineId)!;
    const recipe = { ...inputs, durationSeconds: spoken.durationSeconds, prosody: spoken.prosody };
    const { tracks, events } = await performTake(engineNamed(line().engine), recipe, { runner: fakeNets() });
    const result = { lineId, inputHash: inputHashOf(inputs), frameCount: tracks.frameCount, chunkIds: chunks.addTracks(tracks) };
    const newTakeId = `take:${document.history.length}` as const;
    document.transact('Take', (draft) => applyTake(draft, { ...result, newTakeId, asNewTake, events }));
    return { tracks, events };
  }
  const shown = () => shownEventsOf(document.records, line(), activeTakeOf(document.records, line()) ?? null);
  return { document, generate, shown };
}

describe('locked events', () => {
  it('stay byte-equal, each once, whatever is made anew: emotions, seed, engine, a stretch, another take', async () => {
    const { document, generate, shown } = setUp();
    await generate();
    const kinds: NonverbalType[] = ['blink', 'gaze', 'nod', 'breath'];
    const chosen = kinds.flatMap((type) =>
      shown()
        .filter((event) => event.type === type)
        .slice(1, 3),
    );
    expect(new Set(chosen.map(({ type }) => type)).size).toBe(4);
    document.transact('Lock', (draft) => {
      for (const event of chosen) changeEvent(draft, { lineId, event, change: { locked: true } });
    });
    const locked = () => shown().filter((event) => event.locked);
    const before = JSON.stringify(locked());
    const recordsBefore = JSON.stringify(Object.values(document.records).filter((record) => record.kind === 'event'));
    expect(
      locked()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(chosen.map(({ key }) => key).sort());
    const random = seededRandom(5);
    for (let round = 0; round < 12; round++) {
      const emotion = ACTIVE_EMOTIONS[Math.floor(random() * ACTIVE_EMOTIONS.length)];
      document.transact('Change', (draft) => {
        const { keys } = heldEmotion(emotion, random())[emotion];
        draft.put({ id: `emotion:${lineId}:${emotion}`, kind: 'emotion', lineId, emotion, keys });
        setSeed(draft, { lineId, seed: Math.floor(random() * 10000) });
        setEngine(draft, { lineId, engine: round % 3 === 2 ? 'neural' : 'rules' });
        const startSeconds = random() * 15;
        const patch = { startSeconds, endSeconds: startSeconds + 4, regions: ['upper', 'head', 'mouth'] as const, seed: round };
        setSeedRanges(draft, { lineId, seedRanges: round % 2 === 0 ? [{ ...patch, regions: [...patch.regions] }] : [] });
      });
      const { tracks, events } = await generate(round % 4 === 3);
      expect(JSON.stringify(locked())).toBe(before);
      expect(JSON.stringify(Object.values(document.records).filter((record) => record.kind === 'event'))).toBe(recordsBefore);
      // The engine acts them out, and nothing of its own under the same key.
      for (const event of chosen) expect(events.filter(({ key }) => key === event.key)).toHaveLength(1);
      for (const { type, startSeconds } of chosen)
        if (type === 'blink')
          expect(tracks.channels[CHANNEL_INDEX.eyeBlinkLeft][Math.round((startSeconds + 0.1) * 60)]).toBeGreaterThan(0.9);
    }
    // The others are new: locking is what kept them.
    const take = activeTakeOf(document.records, document.records[lineId] as LineRecord) as TakeRecord;
    expect(take.events?.some(({ key }) => chosen.some((event) => event.key === key))).toBe(false);
  });
});
