import type { StoreApi } from 'zustand/vanilla';
import { evaluateCurve } from '../../core/curves/evaluateCurve';
import type { CurveKey } from '../../core/curves/keyedCurve';
import {
  acceptEmotionDraft,
  dismissEmotionDraft,
  setEffortGain,
  setEmotionDrafts,
} from '../../core/document/commands/emotionDrafts';
import type { DocumentEdit } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import { autoKey, findKeyAt, putKey } from '../../core/document/keyList';
import type { EmotionDraftRecord } from '../../core/document/records';
import type { ActiveEmotion } from '../../core/emotion/emotions';
import { suggestEmotions } from '../../core/emotion/suggest/suggestEmotions';
import type { DocumentState } from '../stores/documentState';
import { lineExtras } from '../stores/lineExtras';
import type { LineModel, LineModelState } from '../stores/lineModel';
import type { Edits } from './edits';
import type { Jobs } from './jobs';

/** Effort of a line comes at 100 values a second. */
const EFFORT_HOP_SECONDS = 0.01;

export interface SuggestionsParts {
  readonly lineModel: StoreApi<LineModelState>;
  readonly documentState: StoreApi<DocumentState>;
  readonly edits: Pick<Edits, 'run'>;
  readonly jobs: Pick<Jobs, 'say'>;
  readonly ids: IdSource;
}

/**
 * Guessed emotion curves of the line on screen. They are made when asked for, lie dashed over the lanes, and act only when
 * the animator takes them over.
 */
export class Suggestions {
  constructor(private readonly parts: SuggestionsParts) {}

  /** Guesses of the shown line, weakest last. */
  get drafts(): readonly EmotionDraftRecord[] {
    const { model } = this;
    return model ? lineExtras(this.parts.documentState.getState().records, model.line.id).drafts : [];
  }

  /** Reads stage directions, words and the effort of the voice; earlier guesses are replaced, curves are not touched. */
  suggest(): void {
    const { model } = this;
    if (!model) return;
    const { line, speech, media } = model;
    const effort = media?.effort ?? new Float32Array(0);
    const drafts = suggestEmotions({
      transcript: line.transcript,
      words: speech.words,
      prosody: { effort, hopSeconds: EFFORT_HOP_SECONDS },
      durationSeconds: line.durationSeconds,
    });
    if (drafts.length === 0) {
      this.parts.jobs.say(
        speech.words.length === 0 || line.transcript.trim() === ''
          ? 'Nothing to guess from: the line has no transcript.'
          : 'The words and stage directions speak for no emotion.',
      );
      return;
    }
    const label = 'Suggest emotions';
    this.parts.edits.run(label, (draft) => setEmotionDrafts(draft, { lineId: line.id, drafts }));
    const names = drafts.map(({ emotion }) => emotion).join(', ');
    this.parts.jobs.say(`Guessed: ${names}. Nothing is applied until you accept it.`, label);
  }

  /** Makes a guess the emotion's curve; keys that were there are replaced. Default: all guesses, one undo step. */
  accept(emotion?: ActiveEmotion): void {
    const { model } = this;
    const emotions = this.chosen(emotion);
    if (!model || emotions.length === 0) return;
    const newKeyId = () => `key:${this.parts.ids.next()}`;
    this.parts.edits.run(emotion ? `Accept guess, ${emotion}` : 'Accept all guesses', (draft) => {
      for (const each of emotions) acceptEmotionDraft(draft, { lineId: model.line.id, emotion: each, newKeyId });
    });
  }

  dismiss(emotion?: ActiveEmotion): void {
    const { model } = this;
    const emotions = this.chosen(emotion);
    if (!model || emotions.length === 0) return;
    this.parts.edits.run(emotion ? `Dismiss guess, ${emotion}` : 'Dismiss all guesses', (draft) => {
      for (const each of emotions) dismissEmotionDraft(draft, { lineId: model.line.id, emotion: each });
    });
  }

  /** An edit that makes a guess stronger or weaker: its highest value becomes `peak`, its shape stays. */
  peakEdit(emotion: ActiveEmotion): ((peak: number) => DocumentEdit) | null {
    const { model, drafts } = this;
    if (!model) return null;
    return (peak) => (draft) =>
      setEmotionDrafts(draft, {
        lineId: model.line.id,
        drafts: drafts.map((guess) => (guess.emotion === emotion ? { ...guess, keys: withPeak(guess.keys, peak) } : guess)),
      });
  }

  /** An edit of the gain on the voice's effort at a time. One key or none: for the whole line. */
  gainEdit(timeSeconds: number): ((gain: number) => DocumentEdit) | null {
    const { model } = this;
    if (!model) return null;
    const keys = this.gainKeys;
    const newKeyId = `key:${this.parts.ids.next()}`;
    return (gain) => (draft) =>
      setEffortGain(draft, { lineId: model.line.id, keys: withGain(keys, timeSeconds, gain, newKeyId) });
  }

  /** Adds a key of the gain at a time, as the curve runs, or removes the one that is there. */
  toggleGainKey(timeSeconds: number): void {
    const { model, gainKeys: keys } = this;
    if (!model) return;
    const present = findKeyAt(keys, timeSeconds);
    const value = keys.length === 0 ? 1 : evaluateCurve({ keys }, timeSeconds);
    const next = present
      ? keys.filter((key) => key !== present)
      : putKey(keys, autoKey(`key:${this.parts.ids.next()}`, timeSeconds, value));
    this.parts.edits.run(present ? 'Remove key, effort gain' : 'Add key, effort gain', (draft) =>
      setEffortGain(draft, { lineId: model.line.id, keys: next }),
    );
  }

  private get model(): LineModel | null {
    return this.parts.lineModel.getState().model;
  }

  private get gainKeys(): readonly CurveKey[] {
    const { model } = this;
    return model ? lineExtras(this.parts.documentState.getState().records, model.line.id).effortGain : [];
  }

  private chosen(emotion: ActiveEmotion | undefined): ActiveEmotion[] {
    return this.drafts.map((draft) => draft.emotion).filter((each) => !emotion || each === emotion);
  }
}

/** Highest value of a guess, 0..1. */
export function peakOf(keys: readonly CurveKey[]): number {
  return Math.max(0, ...keys.map((key) => key.value));
}

/** Keys scaled so that the highest becomes `peak`; a guess at rest stays at rest. */
export function withPeak(keys: readonly CurveKey[], peak: number): CurveKey[] {
  const now = peakOf(keys);
  return now === 0 ? [...keys] : keys.map((key) => ({ ...key, value: Math.min(1, (key.value * peak) / now) }));
}

/** Gain keys with `gain` at a time: the only key is changed wherever it stands, among several one is set at the time. */
export function withGain(keys: readonly CurveKey[], timeSeconds: number, gain: number, newKeyId: string): CurveKey[] {
  if (keys.length === 0) return gain === 1 ? [] : [autoKey(newKeyId, 0, gain)];
  if (keys.length === 1) return gain === 1 && keys[0].timeSeconds === 0 ? [] : [{ ...keys[0], value: gain }];
  const present = findKeyAt(keys, timeSeconds);
  return putKey(keys, present ? { ...present, value: gain } : autoKey(newKeyId, timeSeconds, gain));
}
