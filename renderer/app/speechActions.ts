import type { StoreApi } from 'zustand/vanilla';
import { lockPhonemes } from '../../core/document/commands/editPhonemes';
import { lockWords } from '../../core/document/commands/lockWords';
import type { PhonemeSegment, WordSegment } from '../../core/speech/segments';
import type { LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import type { ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { TimelineActions } from './timelineActions';
import type { Transport } from './transport';
import { isUnsure, isUnsureWord } from '../panels/timeline/phoneme-geometry';

export interface SpeechActionsParts {
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly edits: Edits;
  readonly jobs: Jobs;
  readonly transport: Transport;
  readonly timeline: TimelineActions;
}

/** One thing of a line that wants a look: a word or a phoneme. */
export interface UnsurePlace {
  readonly kind: 'word' | 'phoneme';
  readonly index: number;
  readonly startSeconds: number;
}

/** Words that do not fit and phonemes the recogniser is unsure of, in time; phonemes of an unsure word count once, with it. */
export function unsurePlaces(words: readonly WordSegment[], phonemes: readonly PhonemeSegment[]): UnsurePlace[] {
  const places: UnsurePlace[] = [];
  const unsure = words.filter(isUnsureWord);
  words.forEach((word, index) => {
    if (isUnsureWord(word)) places.push({ kind: 'word', index, startSeconds: word.startSeconds });
  });
  phonemes.forEach((phoneme, index) => {
    const isCovered = unsure.some(
      (word) => phoneme.startSeconds >= word.startSeconds - 1e-6 && phoneme.endSeconds <= word.endSeconds + 1e-6,
    );
    if (isUnsure(phoneme) && !isCovered) places.push({ kind: 'phoneme', index, startSeconds: phoneme.startSeconds });
  });
  return places.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** What menus and keys do with words and phonemes of the shown line. */
export class SpeechActions {
  constructor(private readonly parts: SpeechActionsParts) {}

  /** F8: the next unsure place behind the playhead, from the start again after the last. */
  showNextUnsure(): void {
    const { lineModel, session, view, transport, timeline, jobs } = this.parts;
    const { model } = lineModel.getState();
    if (!model) return;
    const places = unsurePlaces(model.speech.words, model.speech.phonemes);
    const { playheadSeconds } = session.getState();
    const next = places.find(({ startSeconds }) => startSeconds > playheadSeconds + 1e-3) ?? places[0];
    if (!next) {
      jobs.say('Every word and phoneme fits the sound.');
      return;
    }
    transport.seek(next.startSeconds);
    timeline.followPlayhead(next.startSeconds);
    view.setState({ selection: { kind: next.kind, index: next.index } });
    const item = next.kind === 'word' ? model.speech.words[next.index] : model.speech.phonemes[next.index];
    const name = 'text' in item ? `"${item.text}"` : item.phoneme;
    jobs.say(`${name}: confidence ${item.confidence.toFixed(2)}; ${places.indexOf(next) + 1} of ${places.length} to look at`);
  }

  /** Locks the selected word or phoneme, or unlocks it: aligning again leaves a locked one where it is. */
  toggleLock(): void {
    const { lineModel, view, edits, jobs } = this.parts;
    const { model } = lineModel.getState();
    const { selection } = view.getState();
    if (!model) return;
    if (selection.kind !== 'word' && selection.kind !== 'phoneme') return jobs.say('Select a word or a phoneme first.');
    const item = selection.kind === 'word' ? model.speech.words[selection.index] : model.speech.phonemes[selection.index];
    if (!item) return;
    const locked = !item.locked;
    const args = (index: number) => ({ lineId: model.line.id, indices: [index], locked });
    const label = locked ? 'Lock' : 'Unlock';
    if (selection.kind === 'word') edits.run(`${label} word`, (draft) => lockWords(draft, args(selection.index)));
    else edits.run(`${label} phoneme`, (draft) => lockPhonemes(draft, args(selection.index)));
  }
}
