import { ACTIVE_EMOTIONS } from '../../emotion/emotions';
import type { TimeRange } from '../../time/timeRange';
import type { KeyRef } from '../channelSpans';
import { SAME_TIME_SECONDS } from '../keyList';
import { lineExtent } from '../lineExtent';
import type { RecordDraft } from '../recordDraft';
import type {
  EmotionCurveRecord,
  EventId,
  LayerCurveRecord,
  LayerRecord,
  LineId,
  LineRecord,
  NonverbalEventRecord,
} from '../records';
import { moveEmotionKeys } from './emotionKeys';
import { moveEvents } from './events';
import { transformKeys } from './transformKeys';

/**
 * Moves the hand work over a phrase earlier or later as one: channel keys of every layer, emotion keys and hand events that lie
 * in the range keep their distances. Sound, words and phonemes stay. The shift is cut so that nothing leaves the line; locked
 * layers and locked events stay where they are.
 */
export function offsetPhrase(
  draft: RecordDraft,
  args: { readonly lineId: LineId; readonly range: TimeRange; readonly deltaSeconds: number },
): void {
  const { lineId, range } = args;
  const line = draft.get<LineRecord>(lineId);
  const isIn = (timeSeconds: number) =>
    timeSeconds >= range.startSeconds - SAME_TIME_SECONDS && timeSeconds <= range.endSeconds + SAME_TIME_SECONDS;
  const keys = channelKeysIn(draft, line, isIn);
  const emotions = ACTIVE_EMOTIONS.map((emotion) => {
    const present = draft.find<EmotionCurveRecord>(`emotion:${lineId}:${emotion}`)?.keys ?? [];
    return { emotion, keys: present.filter((key) => isIn(key.timeSeconds)) };
  }).filter((found) => found.keys.length > 0);
  const events = draft
    .idsWithPrefix(`event:${lineId}:`)
    .map((id) => draft.get<NonverbalEventRecord>(id as EventId))
    .filter((event) => !event.locked && event.origin !== 'generated' && isIn(event.startSeconds));

  // One shift for all, cut once: each command alone would cut its own, and what belongs together would come apart.
  const extent = lineExtent(line);
  const emotionTimes = emotions.flatMap((found) => found.keys.map((key) => key.timeSeconds));
  const keyTimes = [...keys.map(({ timeSeconds }) => timeSeconds), ...emotionTimes];
  const starts = [...keyTimes, ...events.map((event) => event.startSeconds)];
  const ends = [...keyTimes, ...events.map((event) => event.endSeconds)];
  if (starts.length === 0) return;
  const earliest = extent.startSeconds - Math.min(...starts);
  const latest = extent.endSeconds - Math.max(...ends);
  const deltaSeconds = Math.min(Math.max(0, latest), Math.max(Math.min(0, earliest), args.deltaSeconds));
  if (deltaSeconds === 0) return;

  if (keys.length > 0) transformKeys(draft, { lineId, keys: keys.map(({ ref }) => ref), deltaSeconds });
  for (const found of emotions)
    moveEmotionKeys(draft, {
      lineId,
      emotion: found.emotion,
      keyIds: found.keys.map((key) => key.id),
      deltaSeconds,
      deltaValue: 0,
    });
  moveEvents(draft, { eventIds: events.map((event) => event.id), deltaSeconds });
}

function channelKeysIn(
  draft: RecordDraft,
  line: LineRecord,
  isIn: (timeSeconds: number) => boolean,
): { readonly ref: KeyRef; readonly timeSeconds: number }[] {
  return line.layerIds
    .filter((layerId) => !draft.get<LayerRecord>(layerId).locked)
    .flatMap((layerId) => draft.idsWithPrefix(`curve:${layerId}:`))
    .map((id) => draft.get<LayerCurveRecord>(id as LayerCurveRecord['id']))
    .flatMap(({ layerId, channel, spans }) =>
      spans.flatMap((span) =>
        span.keys
          .filter((key) => isIn(key.timeSeconds))
          .map((key) => ({ ref: { layerId, channel, keyId: key.id }, timeSeconds: key.timeSeconds })),
      ),
    );
}
