import type { CurveKey } from '../../curves/keyedCurve';
import { ACTIVE_EMOTIONS } from '../../emotion/emotions';
import { NONVERBAL_TYPES, type PerformanceEvent } from '../../performance/events/performanceEvent';
import { FACE_REGIONS } from '../../rig/faceRegions';
import { acceptEmotionDraft, dismissEmotionDraft, setEffortGain, setEmotionDrafts } from '../commands/emotionDrafts';
import { lockWords } from '../commands/lockWords';
import { offsetPhrase } from '../commands/offsetPhrase';
import { paintEmotion } from '../commands/paintEmotion';
import { slideWord } from '../commands/slideWord';
import { detachBoundary, rippleBoundary } from '../commands/rippleBoundary';
import { setSeedRanges, withSeedRange } from '../commands/seedRanges';
import { setDictionary } from '../commands/setDictionary';
import { setHeardEvents } from '../commands/setSpeech';
import { addHandEvent, changeEvent, removeEvent } from '../commands/takeEvents';
import { blendTake, setTakeShare } from '../commands/takeMix';
import { eventsOf } from '../selectors';
import { createIdSource } from '../ids';
import { seededRandom } from '../../testing/seededRandom';
import type { Aim, Maker } from './fuzzAim';

/** Keys in order inside the line, none closer than a thousandth of a second. */
function keysInOrder({ fuzz, id }: Aim, highest: number): CurveKey[] {
  const times = Array.from({ length: fuzz.int(6) }, () => Math.round(fuzz.between(0, 2) * 1000) / 1000);
  return [...new Set(times)]
    .sort((a, b) => a - b)
    .map((timeSeconds, index) => ({
      id: `${id}-${index}`,
      timeSeconds,
      value: fuzz.between(0, highest),
      interpolation: 'bezier',
      tangentMode: 'auto',
    }));
}

/** An event as the lane hands it to a command: one of the document's, or one that was only planned. */
function anyEvent({ fuzz, records, lineId, index }: Aim): PerformanceEvent {
  const present = eventsOf(records, lineId);
  const prefix = `event:${lineId}:`;
  if (present.length > 0 && fuzz.chance(0.6)) {
    const { id, kind: _kind, lineId: _line, ...fields } = fuzz.pick(present);
    return { ...fields, key: id.slice(prefix.length) };
  }
  const startSeconds = fuzz.between(0, 1.5);
  const type = fuzz.pick(NONVERBAL_TYPES);
  return {
    key: `${type}:1:${index}`,
    type,
    startSeconds,
    endSeconds: startSeconds + fuzz.between(0.02, 0.4),
    intensity: 1,
    locked: false,
    origin: 'generated',
  };
}

/** Makers for what belongs to takes and performance: events, guesses, blends, seeds; and the newer edits of speech. */
export const FUZZ_PERFORMANCE: Readonly<Record<string, Maker>> = {
  acceptEmotionDraft: ({ fuzz, lineId, index }) => {
    const emotion = fuzz.pick(ACTIVE_EMOTIONS);
    // A source of its own: the edit gives the same ids however often it runs.
    const seed = fuzz.int(2 ** 31) + index;
    return (draft) => {
      const ids = createIdSource(seededRandom(seed));
      acceptEmotionDraft(draft, { lineId, emotion, newKeyId: () => ids.next() });
    };
  },
  addHandEvent: ({ fuzz, lineId, id, time, value }) => {
    const type = fuzz.pick(NONVERBAL_TYPES);
    const target = { yawRadians: fuzz.between(-1, 1), pitchRadians: fuzz.between(-0.5, 0.5) };
    const event = { type, startSeconds: time, endSeconds: time + fuzz.between(-0.1, 0.5), intensity: value * 2 };
    const isAimed = fuzz.chance(0.3);
    return (draft) => addHandEvent(draft, { lineId, key: `hand-${id}`, event: { ...event, ...(isAimed && { target }) } });
  },
  blendTake: ({ fuzz, lineId, line, value }) => {
    const blendTakeId = fuzz.pick(line.takeIds);
    return blendTakeId ? (draft) => blendTake(draft, { lineId, blendTakeId, blend: value }) : null;
  },
  changeEvent: (aim) => {
    const { fuzz, lineId, time, value } = aim;
    const event = anyEvent(aim);
    const change = fuzz.pick([
      { locked: fuzz.chance(0.5) },
      { intensity: value * 3 },
      { startSeconds: time },
      { endSeconds: time },
      { startSeconds: time, endSeconds: time + 0.2 },
    ]);
    return (draft) => void changeEvent(draft, { lineId, event, change });
  },
  detachBoundary: ({ lineId, index, time, speech }) =>
    speech.phonemes.length > 2 ? (draft) => detachBoundary(draft, { lineId, boundaryIndex: index, timeSeconds: time }) : null,
  dismissEmotionDraft: ({ fuzz, lineId }) => {
    const emotion = fuzz.pick(ACTIVE_EMOTIONS);
    return (draft) => dismissEmotionDraft(draft, { lineId, emotion });
  },
  lockWords: ({ fuzz, lineId, speech }) => {
    const indices = fuzz.some(
      speech.words.map((_, index) => index),
      0.3,
    );
    const locked = fuzz.chance(0.4);
    return (draft) => lockWords(draft, { lineId, indices, locked });
  },
  offsetPhrase: ({ fuzz, lineId, time }) => {
    const range = { startSeconds: time, endSeconds: time + fuzz.between(0, 1.5) };
    const deltaSeconds = fuzz.between(-0.5, 0.5);
    return (draft) => offsetPhrase(draft, { lineId, range, deltaSeconds });
  },
  paintEmotion: ({ fuzz, lineId, id, time }) => {
    const emotion = fuzz.pick(ACTIVE_EMOTIONS);
    const stroke = Array.from({ length: fuzz.int(12) }, () => {
      return { timeSeconds: time + fuzz.between(-0.3, 0.5), value: fuzz.between(-0.3, 1.3) };
    });
    return (draft) => paintEmotion(draft, { lineId, emotion, stroke, idPrefix: id });
  },
  removeEvent: (aim) => {
    const event = anyEvent(aim);
    return (draft) => removeEvent(draft, { lineId: aim.lineId, event });
  },
  rippleBoundary: ({ fuzz, lineId, index, speech }) => {
    const timeSeconds = speech.phonemes[index].endSeconds + fuzz.between(-0.1, 0.1);
    return (draft) => rippleBoundary(draft, { lineId, boundaryIndex: index, timeSeconds });
  },
  slideWord: ({ fuzz, lineId, speech }) => {
    if (speech.words.length === 0) return null;
    const wordIndex = fuzz.int(speech.words.length);
    const args = { lineId, wordIndex, deltaSeconds: fuzz.between(-0.4, 0.4), neighbours: fuzz.pick(['edges', 'words'] as const) };
    return (draft) => slideWord(draft, args);
  },
  setDictionary: ({ fuzz }) => {
    const words = fuzz.some(['Mien', 'Ilsa', 'Zoë', "don't"]);
    const pronunciations = fuzz.pick([['M IY1 N'], ['IH1 L S AH0', 'IY1 L Z AH0'], ['not arpabet']]);
    return (draft) =>
      setDictionary(
        draft,
        words.map((word) => ({ word, pronunciations })),
      );
  },
  setEffortGain: (aim) => {
    const keys = keysInOrder(aim, 3);
    return (draft) => setEffortGain(draft, { lineId: aim.lineId, keys });
  },
  setEmotionDrafts: (aim) => {
    const drafts = aim.fuzz.some(ACTIVE_EMOTIONS, 0.3).map((emotion) => ({ emotion, keys: keysInOrder(aim, 1) }));
    return (draft) => setEmotionDrafts(draft, { lineId: aim.lineId, drafts });
  },
  setHeardEvents: ({ fuzz, lineId }) => {
    const events = Array.from({ length: fuzz.int(4) }, () => {
      const startSeconds = fuzz.between(0, 1.6);
      const type = fuzz.pick(['breath', 'laugh', 'cough'] as const);
      return {
        type,
        startSeconds,
        endSeconds: startSeconds + fuzz.between(0.05, 0.4),
        intensity: fuzz.random(),
        confidence: 0.8,
        from: 'sound' as const,
      };
    });
    return (draft) => setHeardEvents(draft, lineId, events);
  },
  setSeedRanges: ({ fuzz, lineId, line, time, index }) => {
    const range = {
      startSeconds: time,
      endSeconds: time + fuzz.between(0.01, 0.5),
      regions: fuzz.some(FACE_REGIONS),
      seed: index,
    };
    const seedRanges = fuzz.chance(0.2) ? [] : withSeedRange(line.seedRanges, range);
    return (draft) => setSeedRanges(draft, { lineId, seedRanges });
  },
  setTakeShare: ({ fuzz, lineId, line, value }) => {
    const takeId = fuzz.pick(line.takeIds);
    const region = fuzz.pick(FACE_REGIONS);
    if (!takeId) return null;
    const blended = { takeId, blendTakeId: fuzz.pick(line.takeIds), blend: Math.min(1, Math.max(0, value)) };
    const share = fuzz.pick([null, { takeId }, blended]);
    return (draft) => setTakeShare(draft, { lineId, region, share });
  },
};
