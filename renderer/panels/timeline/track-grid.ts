import type { LayerId } from '../../../core/document/records';
import { ACTIVE_EMOTIONS } from '../../../core/emotion/emotions';
import type { PerformanceEvent } from '../../../core/performance/events/performanceEvent';
import { valueAtTime } from '../../../core/curves/sampledTracks';
import type { PerformanceChannel } from '../../../core/rig/channels';
import type { LineModel } from '../../stores/lineModel';
import { NO_SELECTION, type Selection } from '../../stores/viewState';
import { CHANNELS_BY_REGION, REGION_ORDER, valueLabel } from './channel-groups';
import { isUnsure, isUnsureWord } from './phoneme-geometry';
import { frameOf } from './timecode';

/** One thing on a track as it is read out: a key, a phoneme, a word, an event. */
export interface GridCell {
  readonly id: string;
  readonly timeSeconds: number;
  /** "frame 116, 0.60, hand-edited, selected" */
  readonly text: string;
  readonly isSelected: boolean;
  /** What moving here selects; for what the document's selection does not know (events): nothing. */
  readonly selection: Selection;
  readonly event?: PerformanceEvent;
}

export interface GridRow {
  readonly id: string;
  readonly name: string;
  /** Where keys go while this row has the focus; see data-context. */
  readonly context: 'phonemes' | 'curves' | '';
  readonly channel?: PerformanceChannel;
  /** In order of time; made only for the row that is read. A row without keys has one cell that says so. */
  readonly cells: () => readonly GridCell[];
}

export interface GridReading {
  readonly model: LineModel;
  readonly selection: Selection;
  /** Key of FRAME_RATES in which frames are counted. */
  readonly displayRate: string;
  readonly playheadSeconds: number;
}

/** Every track of a line as a row: words, phonemes, the eight emotions, events, and each of the 61 channels. */
export function gridRows(reading: GridReading): readonly GridRow[] {
  return [
    { id: 'words', name: 'Words', context: 'phonemes', cells: () => wordCells(reading) },
    { id: 'phonemes', name: 'Phonemes', context: 'phonemes', cells: () => phonemeCells(reading) },
    ...ACTIVE_EMOTIONS.map((emotion): GridRow => {
      return { id: emotion, name: `Emotion ${emotion}`, context: '', cells: () => emotionCells(reading, emotion) };
    }),
    { id: 'events', name: 'Blinks, gaze and other events', context: '', cells: () => eventCells(reading) },
    ...REGION_ORDER.flatMap((region) => CHANNELS_BY_REGION[region]).map((channel): GridRow => {
      return { id: channel, name: channel, context: 'curves', channel, cells: () => channelCells(reading, channel) };
    }),
  ];
}

function wordCells({ model, selection, displayRate }: GridReading): GridCell[] {
  return model.speech.words.map((word, index) => {
    const isSelected = selection.kind === 'word' && selection.index === index;
    return {
      id: `word-${index}`,
      timeSeconds: word.startSeconds,
      isSelected,
      selection: { kind: 'word', index },
      text: said(word.text, frames(word, displayRate), isUnsureWord(word) && 'unsure', word.locked && 'locked', isSelected),
    };
  });
}

function phonemeCells({ model, selection, displayRate }: GridReading): GridCell[] {
  const { phonemes, recognisedPhonemes } = model.speech;
  return phonemes.map((segment, index) => {
    const isSelected = selection.kind === 'phoneme' && selection.index === index;
    const heard = recognisedPhonemes[index];
    const isMoved =
      phonemes.length === recognisedPhonemes.length &&
      (heard.startSeconds !== segment.startSeconds || heard.endSeconds !== segment.endSeconds);
    return {
      id: `phoneme-${index}`,
      timeSeconds: segment.startSeconds,
      isSelected,
      selection: { kind: 'phoneme', index },
      text: said(
        segment.phoneme === 'SIL' ? 'silence' : segment.phoneme,
        frames(segment, displayRate),
        isUnsure(segment) && `unsure, ${Math.round(segment.confidence * 100)} per cent`,
        isMoved && 'moved by hand',
        segment.locked && 'locked',
        isSelected,
      ),
    };
  });
}

function emotionCells({ model, selection, displayRate }: GridReading, emotion: (typeof ACTIVE_EMOTIONS)[number]): GridCell[] {
  const chosen = selection.kind === 'emotionKeys' && selection.emotion === emotion ? selection.keyIds : [];
  const cells = model.emotions[emotion].keys.map((key): GridCell => {
    const isSelected = chosen.includes(key.id);
    return {
      id: key.id,
      timeSeconds: key.timeSeconds,
      isSelected,
      selection: { kind: 'emotionKeys', emotion, keyIds: [key.id] },
      text: said(frame(key.timeSeconds, displayRate), key.value.toFixed(2), isSelected),
    };
  });
  return cells.length > 0 ? cells : [emptyCell(emotion, 'no keys, 0.00')];
}

function eventCells({ model, displayRate }: GridReading): GridCell[] {
  const cells = model.events.map((event): GridCell => {
    return {
      id: `event-${event.key}`,
      timeSeconds: event.startSeconds,
      isSelected: false,
      selection: NO_SELECTION,
      event,
      text: said(
        event.type,
        frames(event, displayRate),
        event.origin === 'hand' ? 'by hand' : event.origin,
        event.locked && 'locked',
      ),
    };
  });
  return cells.length > 0 ? cells : [emptyCell('events', 'no events')];
}

function channelCells({ model, selection, displayRate, playheadSeconds }: GridReading, channel: PerformanceChannel): GridCell[] {
  const chosen = new Set(selection.kind === 'channelKeys' ? selection.keys.map((ref) => ref.keyId) : []);
  const settings = model.channelSettings[channel];
  const state = [settings?.muted && 'muted', settings?.locked && 'channel locked'] as const;
  const cells = model.layers.flatMap((layer) =>
    layer.curves
      .filter((curve) => curve.channel === channel)
      .flatMap((curve) => curve.spans.flatMap((span) => span.keys))
      .map((key): GridCell => {
        const isSelected = chosen.has(key.id);
        return {
          id: key.id,
          timeSeconds: key.timeSeconds,
          isSelected,
          selection: { kind: 'channelKeys', keys: [{ layerId: layer.id as LayerId, channel, keyId: key.id }] },
          text: said(
            frame(key.timeSeconds, displayRate),
            valueLabel(channel, key.value),
            'hand-edited',
            model.layers.length > 1 && `layer ${layer.name}`,
            layer.locked && 'layer locked',
            ...state,
            isSelected,
          ),
        };
      }),
  );
  if (cells.length > 0) return cells.sort((a, b) => a.timeSeconds - b.timeSeconds);
  const { final } = model;
  const value = final ? valueLabel(channel, valueAtTime(final, channel, playheadSeconds)) : 'not generated yet';
  return [emptyCell(channel, said('no keys', final !== null && 'generated', `${value} at the playhead`, ...state))];
}

function emptyCell(rowId: string, text: string): GridCell {
  return { id: `${rowId}-none`, timeSeconds: NaN, text, isSelected: false, selection: NO_SELECTION };
}

/** The cell nearest in time: where the focus lands when it changes row, or when its own cell is gone. */
export function nearestCell(cells: readonly GridCell[], timeSeconds: number): number {
  let best = 0;
  for (let index = 1; index < cells.length; index += 1) {
    if (Math.abs(cells[index].timeSeconds - timeSeconds) < Math.abs(cells[best].timeSeconds - timeSeconds)) best = index;
  }
  return best;
}

/** The part of a list of `count` that stays in the page around the focus: thousands of keys cost what a few do. */
export function gridWindow(at: number, count: number, spare: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, at - spare), to: Math.min(count, at + spare + 1) };
}

/** Both selections in one where they are of a kind (Shift and an arrow); else the later. */
export function extendSelection(before: Selection, added: Selection): Selection {
  if (before.kind === 'channelKeys' && added.kind === 'channelKeys') {
    const held = new Set(before.keys.map((ref) => ref.keyId));
    return { kind: 'channelKeys', keys: [...before.keys, ...added.keys.filter((ref) => !held.has(ref.keyId))] };
  }
  if (before.kind === 'emotionKeys' && added.kind === 'emotionKeys' && before.emotion === added.emotion)
    return { ...before, keyIds: [...new Set([...before.keyIds, ...added.keyIds])] };
  return added;
}

const frame = (timeSeconds: number, rate: string) => `frame ${frameOf(timeSeconds, rate)}`;

function frames({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }, rate: string): string {
  return `frame ${frameOf(startSeconds, rate)} to ${frameOf(endSeconds, rate)}`;
}

/** The parts that are there, with commas; `true` says that it is selected. */
function said(...parts: readonly (string | boolean | undefined)[]): string {
  return parts.flatMap((part) => (part === true ? ['selected'] : part ? [part] : [])).join(', ');
}
