import { createTracks } from '../../curves/sampledTracks';
import { ACTIVE_EMOTIONS } from '../../emotion/emotions';
import { PERFORMANCE_CHANNELS } from '../../rig/channels';
import { PHONEMES } from '../../speech/phonemes';
import { groupKeys } from '../channelSpans';
import { bakeRange } from '../commands/bakeRange';
import { moveChannelKeys, removeChannelKeys, setChannelKey } from '../commands/channelKeys';
import { setChannelSettings } from '../commands/channelSettings';
import { insertPhoneme, lockPhonemes, restorePhonemes } from '../commands/editPhonemes';
import { moveEmotionKeys, removeEmotionKeys, setEmotionKey } from '../commands/emotionKeys';
import { addEvent, moveEvents, removeEvents, setEvent } from '../commands/events';
import { addLayer, moveLayer, removeLayer, setLayer } from '../commands/layers';
import { moveLayerWeightKeys, removeLayerWeightKeys, setLayerWeightKey } from '../commands/layerWeightKeys';
import { removeLine, renameLine, setEngine, setProjectName, setSeed, setStyle } from '../commands/lines';
import { putLookAt, removeLookAt } from '../commands/lookAts';
import { addMarker, removeMarkers, setMarker } from '../commands/markers';
import { matchTangents } from '../commands/matchTangents';
import { mergePhoneme } from '../commands/mergePhoneme';
import { mirrorKeys } from '../commands/mirrorKeys';
import { moveBoundary } from '../commands/moveBoundary';
import { pasteClip } from '../commands/pasteClip';
import { applyPose, removePose, renamePose, savePose } from '../commands/poses';
import { addRangeLock, removeRangeLocks, setRangeLock } from '../commands/rangeLocks';
import { reduceChannelKeys } from '../commands/reduceChannelKeys';
import { correctTranscript, replaceRecording } from '../commands/replaceRecording';
import { relabelPhoneme } from '../commands/relabelPhoneme';
import { rippleDelete, rippleInsert } from '../commands/rippleTime';
import { setKeyTangents } from '../commands/setKeyTangents';
import { setSpeech } from '../commands/setSpeech';
import { setTangentHandle } from '../commands/setTangentHandle';
import { slidePhoneme } from '../commands/slidePhoneme';
import { smoothChannelKeys } from '../commands/smoothChannelKeys';
import { splitPhoneme } from '../commands/splitPhoneme';
import { applyTake, removeTake, selectTake } from '../commands/takes';
import { transformKeys } from '../commands/transformKeys';
import type { DocumentEdit } from '../documentStore';
import { copyClip } from '../keyClip';
import type { DocumentRecords, EventId, LockId, LookAtId, MarkerId, PoseId } from '../records';
import { emotionOf, eventsOf, layerRecordsOf, linesOf, locksOf, markersOf } from '../selectors';
import { FUZZ_CAPTURES } from './fuzzCaptures';
import { addFixtureCopy, aimAt, shaken, type Fuzz, type Maker } from './fuzzAim';
import { FUZZ_LINE_SETTINGS } from './fuzzLineSettings';
import { FUZZ_PERFORMANCE } from './fuzzPerformance';

/** One maker for each command, by its name; null where there is nothing for it to act on. A test compares the names with the code. */
export const FUZZ_COMMANDS: Readonly<Record<string, Maker>> = {
  ...FUZZ_LINE_SETTINGS,
  ...FUZZ_PERFORMANCE,
  ...FUZZ_CAPTURES,
  addEvent: ({ fuzz, lineId, id, time, value }) => {
    const type = fuzz.pick(['blink', 'gaze', 'nod', 'breath', 'laugh'] as const);
    const event = {
      type,
      startSeconds: time,
      endSeconds: time + fuzz.between(-0.1, 0.5),
      intensity: Math.min(2, Math.abs(value)),
    };
    return (draft) => addEvent(draft, { lineId, eventId: `event:${lineId}:${id}`, event });
  },
  addLayer:
    ({ lineId, id }) =>
    (draft) =>
      addLayer(draft, { lineId, layerId: `layer:${id}` }),
  addLine: ({ records, id }) => (linesOf(records).length >= 4 ? null : (draft) => addFixtureCopy(draft, id)),
  addMarker: ({ fuzz, lineId, id, time }) => {
    const marker = { timeSeconds: time, name: id, ...(fuzz.chance(0.5) && { endSeconds: time + fuzz.between(-0.2, 0.5) }) };
    return (draft) => addMarker(draft, { lineId, markerId: `marker:${lineId}:${id}`, marker });
  },
  addRangeLock: ({ fuzz, lineId, id, time }) => {
    const endSeconds = time + fuzz.between(-0.5, 0.5);
    return (draft) => addRangeLock(draft, { lineId, lockId: `lock:${lineId}:${id}`, startSeconds: time, endSeconds });
  },
  applyPose: ({ fuzz, records, lineId, id, time, layerId }) => {
    const poseId = fuzz.pick(Object.keys(records).filter((key) => key.startsWith('pose:'))) as PoseId | undefined;
    if (!poseId) return null;
    const args = {
      lineId,
      poseId,
      layerId,
      timeSeconds: Math.max(0, time),
      amount: fuzz.between(0, 2),
      present: {},
      idPrefix: id,
    };
    const isMirrored = fuzz.chance(0.5);
    return (draft) => applyPose(draft, { ...args, isMirrored });
  },
  applyTake:
    ({ lineId, id, value }) =>
    (draft) =>
      applyTake(draft, {
        lineId,
        inputHash: id,
        frameCount: 121,
        chunkIds: [`chunk:${id}`],
        newTakeId: `take:${id}`,
        asNewTake: value > 0.7,
      }),
  bakeRange: ({ fuzz, layerId, id, time }) => {
    if (!layerId) return null;
    const tracks = createTracks(121);
    tracks.channels.forEach((samples, channel) =>
      samples.forEach((_, frame) => (samples[frame] = 0.5 + 0.4 * Math.sin(frame / 5 + channel))),
    );
    const range = { startSeconds: time, endSeconds: time + fuzz.between(0, 0.6) };
    const channels = fuzz.some(PERFORMANCE_CHANNELS, 0.05);
    return (draft) => bakeRange(draft, { layerId, channels, range, tracks, idPrefix: id });
  },
  insertPhoneme: ({ fuzz, lineId, time }) => {
    const range = { startSeconds: time, endSeconds: time + fuzz.between(-0.1, 0.4) };
    const phoneme = fuzz.pick(PHONEMES);
    return (draft) => insertPhoneme(draft, { lineId, phoneme, range });
  },
  lockPhonemes: ({ fuzz, lineId, speech }) => {
    const indices = fuzz.some(
      speech.phonemes.map((_, index) => index),
      0.2,
    );
    const locked = fuzz.chance(0.3);
    return (draft) => lockPhonemes(draft, { lineId, indices, locked });
  },
  matchTangents:
    ({ keys, value }) =>
    (draft) =>
      matchTangents(draft, { keys, slopeBelow: () => value }),
  mergePhoneme: ({ lineId, index, speech }) =>
    speech.phonemes.length > 3 ? (draft) => mergePhoneme(draft, { lineId, index }) : null,
  mirrorKeys:
    ({ lineId, keys, id }) =>
    (draft) =>
      void mirrorKeys(draft, { lineId, keys, idPrefix: id }),
  moveBoundary:
    ({ lineId, index, time, speech }) =>
    (draft) =>
      moveBoundary(draft, { lineId, boundaryIndex: Math.min(index, speech.phonemes.length - 2), timeSeconds: time }),
  moveChannelKeys: ({ lineId, keys, time, value }) => {
    const [group] = groupKeys(keys);
    return group ? (draft) => moveChannelKeys(draft, { lineId, ...group, deltaSeconds: time - 1, deltaValue: value }) : null;
  },
  moveEmotionKeys: ({ fuzz, records, lineId, time, value }) => {
    const emotion = fuzz.pick(ACTIVE_EMOTIONS);
    const keyIds = fuzz.some(emotionOf(records, lineId, emotion)?.keys ?? []).map((key) => key.id);
    return (draft) => moveEmotionKeys(draft, { lineId, emotion, keyIds, deltaSeconds: time - 1, deltaValue: value - 0.5 });
  },
  moveEvents: ({ fuzz, records, lineId, time }) => {
    const eventIds = fuzz.some(eventsOf(records, lineId)).map((event) => event.id);
    return (draft) => moveEvents(draft, { eventIds, deltaSeconds: time - 1 });
  },
  moveLayer: ({ fuzz, lineId, layerId, line }) => {
    const index = fuzz.int(line.layerIds.length + 1);
    return layerId ? (draft) => moveLayer(draft, { lineId, layerId, index }) : null;
  },
  moveLayerWeightKeys: ({ fuzz, records, line, layerId, time, value }) => {
    const keys = layerRecordsOf(records, line).find((layer) => layer.id === layerId)?.weightKeys ?? [];
    const keyIds = fuzz.some(keys).map((key) => key.id);
    return layerId
      ? (draft) => moveLayerWeightKeys(draft, { layerId, keyIds, deltaSeconds: time - 1, deltaValue: value - 0.5 })
      : null;
  },
  pasteClip: ({ fuzz, records, lineId, keys, layerId, id, time }) => {
    const eventIds = fuzz.some(eventsOf(records, lineId)).map((event) => event.id);
    const emotionKeys = ACTIVE_EMOTIONS.map((emotion) => ({
      emotion,
      keyIds: (emotionOf(records, lineId, emotion)?.keys ?? []).map((key) => key.id),
    }));
    const clip = copyClip((recordId) => records[recordId], { lineId, keys, eventIds, emotionKeys });
    const target = fuzz.pick(linesOf(records));
    const isMirrored = fuzz.chance(0.3);
    if (!clip) return null;
    const args = { lineId: target.id, clip, timeSeconds: time, layerId: target.id === lineId ? layerId : null, idPrefix: id };
    return (draft) => void pasteClip(draft, { ...args, isMirrored });
  },
  putLookAt: ({ fuzz, id }) => {
    const direction = { yawRadians: fuzz.between(-4, 4), pitchRadians: fuzz.between(-2, 2) };
    const headShare = fuzz.between(-0.2, 1.2);
    const distanceMetres = fuzz.chance(0.5) ? fuzz.between(-1, 5) : undefined;
    return (draft) => putLookAt(draft, { lookAtId: `lookat:${id}`, name: id, direction, headShare, distanceMetres });
  },
  replaceRecording: ({ fuzz, lineId, speech, id }) => {
    const words = shaken(fuzz, speech.words);
    return (draft) =>
      replaceRecording(draft, {
        lineId,
        audioFile: `audio/${id}`,
        durationSeconds: 2,
        transcript: id,
        phonemes: speech.phonemes,
        words,
      });
  },
  correctTranscript: ({ fuzz, lineId, speech, id }) => {
    const words = shaken(fuzz, speech.words);
    return (draft) => correctTranscript(draft, { lineId, transcript: id, phonemes: speech.phonemes, words });
  },
  reduceChannelKeys: ({ fuzz, keys }) => {
    const maxError = fuzz.between(0.001, 0.1);
    return (draft) => reduceChannelKeys(draft, { keys, maxError });
  },
  relabelPhoneme: ({ fuzz, lineId, index }) => {
    const phoneme = fuzz.pick(PHONEMES);
    return (draft) => relabelPhoneme(draft, { lineId, index, phoneme });
  },
  removeChannelKeys: ({ keys }) => {
    const [group] = groupKeys(keys);
    return group ? (draft) => removeChannelKeys(draft, group) : null;
  },
  removeEmotionKeys: ({ fuzz, records, lineId }) => {
    const emotion = fuzz.pick(ACTIVE_EMOTIONS);
    const keyIds = fuzz.some(emotionOf(records, lineId, emotion)?.keys ?? []).map((key) => key.id);
    return (draft) => removeEmotionKeys(draft, { lineId, emotion, keyIds });
  },
  removeEvents: ({ fuzz, records, lineId }) => {
    const eventIds = fuzz.some(eventsOf(records, lineId), 0.3).map((event) => event.id);
    return (draft) => removeEvents(draft, eventIds);
  },
  removeLayer: ({ fuzz, lineId, layerId }) =>
    layerId && fuzz.chance(0.2) ? (draft) => removeLayer(draft, { lineId, layerId }) : null,
  removeLayerWeightKeys: ({ fuzz, records, line, layerId }) => {
    const keys = layerRecordsOf(records, line).find((layer) => layer.id === layerId)?.weightKeys ?? [];
    const keyIds = fuzz.some(keys).map((key) => key.id);
    return layerId ? (draft) => removeLayerWeightKeys(draft, { layerId, keyIds }) : null;
  },
  removeLine: ({ fuzz, records, lineId }) =>
    linesOf(records).length > 1 && fuzz.chance(0.2) ? (draft) => removeLine(draft, lineId) : null,
  removeLookAt: ({ fuzz, records }) => {
    const lookAtId = fuzz.pick(Object.keys(records).filter((key) => key.startsWith('lookat:'))) as LookAtId | undefined;
    return lookAtId ? (draft) => removeLookAt(draft, lookAtId) : null;
  },
  removeMarkers: ({ fuzz, records, lineId }) => {
    const ids = fuzz.some(markersOf(records, lineId), 0.3).map((marker) => marker.id);
    return (draft) => removeMarkers(draft, ids);
  },
  removePose: ({ fuzz, records }) => {
    const poseId = fuzz.pick(Object.keys(records).filter((key) => key.startsWith('pose:'))) as PoseId | undefined;
    return poseId && fuzz.chance(0.3) ? (draft) => removePose(draft, poseId) : null;
  },
  removeRangeLocks: ({ fuzz, records, lineId }) => {
    const ids = fuzz.some(locksOf(records, lineId), 0.3).map((lock) => lock.id);
    return (draft) => removeRangeLocks(draft, ids);
  },
  removeTake: ({ fuzz, lineId, line }) => {
    const takeId = fuzz.pick(line.takeIds);
    return takeId ? (draft) => removeTake(draft, { lineId, takeId }) : null;
  },
  renameLine:
    ({ lineId, id }) =>
    (draft) =>
      renameLine(draft, { lineId, name: id }),
  renamePose: ({ fuzz, records, id }) => {
    const poseId = fuzz.pick(Object.keys(records).filter((key) => key.startsWith('pose:'))) as PoseId | undefined;
    return poseId ? (draft) => renamePose(draft, { poseId, name: id }) : null;
  },
  restorePhonemes: ({ fuzz, lineId, time }) => {
    const range = fuzz.chance(0.8) ? { startSeconds: time, endSeconds: time + fuzz.between(0, 0.5) } : undefined;
    return (draft) => restorePhonemes(draft, { lineId, ...(range && { range }) });
  },
  rippleDelete: ({ fuzz, lineId, time }) => {
    const range = { startSeconds: Math.max(0, time), endSeconds: Math.max(0, time) + fuzz.between(0, 0.2) };
    return (draft) => rippleDelete(draft, { lineId, range });
  },
  rippleInsert: ({ fuzz, lineId, time }) => {
    const seconds = fuzz.between(0, 0.2);
    return (draft) => rippleInsert(draft, { lineId, timeSeconds: Math.max(0, time), seconds });
  },
  savePose: ({ fuzz, id }) => {
    const weights = Object.fromEntries(fuzz.some(PERFORMANCE_CHANNELS, 0.1).map((channel) => [channel, fuzz.random()]));
    return (draft) => savePose(draft, { poseId: `pose:${id}`, name: id, weights });
  },
  selectTake: ({ fuzz, lineId, line }) => {
    const takeId = fuzz.pick(line.takeIds);
    return takeId ? (draft) => selectTake(draft, { lineId, takeId }) : null;
  },
  setChannelKey: ({ fuzz, lineId, layerId, id, time, value }) => {
    const channel = fuzz.chance(0.6)
      ? fuzz.pick(['jawOpen', 'mouthSmileLeft', 'headYaw'] as const)
      : fuzz.pick(PERFORMANCE_CHANNELS);
    const ids = { newKeyId: id, newSpanId: `s${id}`, newLayerId: `layer:${id}` } as const;
    return (draft) => setChannelKey(draft, { lineId, layerId, channel, timeSeconds: Math.max(0, time), value, ...ids });
  },
  setChannelSettings: ({ fuzz, lineId, value }) => {
    const channels = fuzz.some(PERFORMANCE_CHANNELS, 0.1);
    const change = fuzz.pick([{ muted: fuzz.chance(0.5) }, { locked: fuzz.chance(0.2) }, { gain: value * 4 }, { offset: value }]);
    return (draft) => setChannelSettings(draft, { lineId, channels, change });
  },
  setEmotionKey: ({ fuzz, lineId, id, time, value }) => {
    const emotion = fuzz.pick(ACTIVE_EMOTIONS);
    return (draft) => setEmotionKey(draft, { lineId, emotion, timeSeconds: Math.max(0, time), value, newKeyId: id });
  },
  setEngine: ({ fuzz, lineId }) => {
    const engine = fuzz.pick(['rules', 'neural'] as const);
    return (draft) => setEngine(draft, { lineId, engine });
  },
  setEvent: ({ fuzz, records, lineId, time, value }) => {
    const event = fuzz.pick(eventsOf(records, lineId));
    const change = fuzz.pick([
      { locked: fuzz.chance(0.5) },
      { intensity: value * 3 },
      { startSeconds: time },
      { endSeconds: time },
    ]);
    return event ? (draft) => setEvent(draft, { eventId: event.id as EventId, change }) : null;
  },
  setKeyTangents: ({ fuzz, keys }) => {
    const shape = fuzz.pick(['auto', 'flat', 'aligned', 'free', 'linear', 'constant'] as const);
    return (draft) => setKeyTangents(draft, { keys, shape });
  },
  setLayer: ({ fuzz, layerId, value }) => {
    const change = fuzz.pick([
      { locked: fuzz.chance(0.2) },
      { muted: fuzz.chance(0.5) },
      { solo: fuzz.chance(0.5) },
      { weight: Math.min(1, Math.max(0, value)) },
      { mask: fuzz.chance(0.5) ? { regions: ['mouth' as const], channels: [] } : undefined },
    ]);
    return layerId ? (draft) => setLayer(draft, { layerId, change }) : null;
  },
  setLayerWeightKey: ({ layerId, id, time, value }) =>
    layerId ? (draft) => setLayerWeightKey(draft, { layerId, timeSeconds: Math.max(0, time), value, newKeyId: id }) : null,
  setMarker: ({ fuzz, records, lineId, time }) => {
    const marker = fuzz.pick(markersOf(records, lineId));
    return marker ? (draft) => setMarker(draft, { markerId: marker.id as MarkerId, change: { timeSeconds: time } }) : null;
  },
  setProjectName:
    ({ id }) =>
    (draft) =>
      setProjectName(draft, id),
  setRangeLock: ({ fuzz, records, lineId, time }) => {
    const lock = fuzz.pick(locksOf(records, lineId));
    return lock ? (draft) => setRangeLock(draft, { lockId: lock.id as LockId, change: { endSeconds: time } }) : null;
  },
  setSeed:
    ({ lineId, index }) =>
    (draft) =>
      setSeed(draft, { lineId, seed: index }),
  setSpeech: ({ lineId, speech, id }) => {
    const { phonemes, words } = speech;
    return (draft) => setSpeech(draft, { lineId, transcript: id, phonemes, words });
  },
  setStyle:
    ({ lineId, value }) =>
    (draft) =>
      setStyle(draft, { lineId, style: { jaw: Math.min(1, Math.max(0, value)) } }),
  setTangentHandle: ({ fuzz, keys, value }) => {
    const key = fuzz.pick(keys);
    const side = fuzz.pick(['in', 'out'] as const);
    const handle = { deltaSeconds: fuzz.between(-0.1, 0.1), deltaValue: value - 0.5 };
    const isBroken = fuzz.chance(0.5);
    return key ? (draft) => setTangentHandle(draft, { ...key, side, handle, isBroken }) : null;
  },
  slidePhoneme:
    ({ lineId, index, time }) =>
    (draft) =>
      slidePhoneme(draft, { lineId, index, deltaSeconds: time - 1 }),
  smoothChannelKeys:
    ({ keys }) =>
    (draft) =>
      smoothChannelKeys(draft, { keys }),
  splitPhoneme:
    ({ lineId, index, time }) =>
    (draft) =>
      splitPhoneme(draft, { lineId, index, timeSeconds: time }),
  transformKeys: ({ fuzz, lineId, keys, time, value }) => {
    const scale = fuzz.pick([1, 1, 0.5, 2, -1]);
    const transform = {
      pivotSeconds: 1,
      timeScale: scale,
      deltaSeconds: time - 1,
      valueScale: fuzz.pick([1, 0.5]),
      deltaValue: value - 0.5,
    };
    return keys.length > 0 ? (draft) => transformKeys(draft, { lineId, keys, ...transform }) : null;
  },
};

/** A random edit that makes sense for the records, with the name of its command. */
export function drawEdit(fuzz: Fuzz, records: DocumentRecords): { name: string; edit: DocumentEdit } {
  const names = Object.keys(FUZZ_COMMANDS);
  for (;;) {
    const name = fuzz.pick(names);
    const line = fuzz.pick(linesOf(records));
    const edit = FUZZ_COMMANDS[name](aimAt(fuzz, records, line));
    if (edit) return { name, edit };
  }
}
