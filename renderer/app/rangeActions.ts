import type { StoreApi } from 'zustand/vanilla';
import { insertPhoneme, restorePhonemes } from '../../core/document/commands/editPhonemes';
import { offsetPhrase } from '../../core/document/commands/offsetPhrase';
import { addMarker, removeMarkers, setMarker } from '../../core/document/commands/markers';
import { addRangeLock, removeRangeLocks } from '../../core/document/commands/rangeLocks';
import { rippleDelete, rippleInsert } from '../../core/document/commands/rippleTime';
import type { DocumentStore } from '../../core/document/documentStore';
import type { IdSource } from '../../core/document/ids';
import type { MarkerId, MarkerRecord } from '../../core/document/records';
import { phraseAt } from '../../core/speech/phraseAt';
import { frameToSeconds } from '../../core/time/frameRate';
import { lineExtras, type LineExtras } from '../stores/lineExtras';
import type { LineModel } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import { displayFrameRate, type ViewState } from '../stores/viewState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { TimelineActions } from './timelineActions';
import type { Transport } from './transport';

export interface RangeParts {
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly document: DocumentStore;
  readonly edits: Edits;
  readonly ids: IdSource;
  readonly jobs: Jobs;
  readonly timeline: TimelineActions;
  readonly transport: Transport;
}

/** Markers, locks, ripple and phonemes as whole: what menus and keys do with a stretch of the line. */
export class RangeActions {
  constructor(private readonly parts: RangeParts) {}

  private get model(): LineModel | null {
    return this.parts.timeline.model;
  }

  private get extras(): LineExtras | null {
    return this.model && lineExtras(this.parts.document.records, this.model.line.id);
  }

  /** Hand work over the range (else the selection, else the phrase at the playhead) goes earlier or later by frames. */
  offsetPhrase(frames: number): void {
    const { model } = this;
    const { range, playheadSeconds } = this.parts.session.getState();
    if (!model) return;
    const phrase = range ?? phraseAt(model.speech.phonemes, playheadSeconds);
    if (!phrase) return this.parts.jobs.say('No phrase here: put the playhead on speech, or select a range.');
    const rate = displayFrameRate(this.parts.view.getState());
    const deltaSeconds = frameToSeconds(frames, rate);
    const lineId = model.line.id;
    const label = `Offset phrase ${frames > 0 ? '+' : ''}${frames}`;
    if (!this.parts.edits.run(label, (draft) => offsetPhrase(draft, { lineId, range: phrase, deltaSeconds })))
      return this.parts.jobs.say('Nothing made by hand in this phrase.');
    // The range goes along, so that pressing again moves the same things.
    this.parts.timeline.setRange(phrase.startSeconds + deltaSeconds, phrase.endSeconds + deltaSeconds);
  }

  addMarker(timeSeconds = this.parts.session.getState().playheadSeconds): void {
    const { model, extras } = this;
    if (!model || !extras) return;
    const lineId = model.line.id;
    const markerId: MarkerId = `marker:${lineId}:${this.parts.ids.next()}`;
    const marker = { timeSeconds, name: `Marker ${extras.markers.length + 1}` };
    if (this.parts.edits.run('Add marker', (draft) => addMarker(draft, { lineId, markerId, marker })))
      this.parts.session.setState({ renamingMarkerId: markerId });
  }

  renameMarker(markerId: MarkerId, name: string): void {
    this.parts.session.setState({ renamingMarkerId: '' });
    const trimmed = name.trim();
    if (trimmed !== '')
      this.parts.edits.run('Rename marker', (draft) => setMarker(draft, { markerId, change: { name: trimmed } }));
  }

  /** The marker nearest to the playhead: its name becomes a field. */
  startRename(): void {
    const marker = this.nearestMarker();
    if (marker) this.parts.session.setState({ renamingMarkerId: marker.id });
  }

  removeMarker(markerId = this.nearestMarker()?.id): void {
    if (markerId) this.parts.edits.run('Remove marker', (draft) => removeMarkers(draft, [markerId]));
  }

  jumpMarker(direction: 1 | -1): void {
    const { playheadSeconds } = this.parts.session.getState();
    const times = (this.extras?.markers ?? []).map((marker) => marker.timeSeconds);
    const next =
      direction > 0
        ? times.find((time) => time > playheadSeconds + 1e-3)
        : times.filter((time) => time < playheadSeconds - 1e-3).at(-1);
    if (next !== undefined) this.parts.transport.seek(next);
  }

  private nearestMarker(): MarkerRecord | null {
    const { playheadSeconds } = this.parts.session.getState();
    const markers = this.extras?.markers ?? [];
    if (markers.length === 0) {
      this.parts.jobs.say('This line has no markers.');
      return null;
    }
    const distance = (marker: MarkerRecord) => Math.abs(marker.timeSeconds - playheadSeconds);
    return markers.reduce((best, marker) => (distance(marker) < distance(best) ? marker : best));
  }

  /** Locks the selected range: on all channels, or with keys selected on their channels only. */
  lock(): void {
    const { model } = this;
    const range = this.parts.session.getState().range ?? this.parts.timeline.selectedStretch();
    if (!model || !range || range.endSeconds <= range.startSeconds)
      return this.parts.jobs.say('Select a range to lock first: drag over the waveform.');
    const lineId = model.line.id;
    const { selection } = this.parts.view.getState();
    const channels = selection.kind === 'channelKeys' ? [...new Set(selection.keys.map((ref) => ref.channel))] : [];
    const lockId = `lock:${lineId}:${this.parts.ids.next()}` as const;
    const mask = channels.length > 0 ? { regions: [], channels } : undefined;
    this.parts.edits.run('Lock range', (draft) => addRangeLock(draft, { lineId, lockId, ...range, ...(mask && { mask }) }));
    this.parts.jobs.say('Locked: making the line again leaves this range as it is.');
  }

  /** Removes the locks that touch the selected range, or the playhead. */
  unlock(): void {
    const { extras } = this;
    const { playheadSeconds } = this.parts.session.getState();
    const range = this.parts.session.getState().range ??
      this.parts.timeline.selectedStretch() ?? { startSeconds: playheadSeconds, endSeconds: playheadSeconds };
    const ids = (extras?.locks ?? [])
      .filter((lock) => lock.startSeconds <= range.endSeconds && lock.endSeconds >= range.startSeconds)
      .map((lock) => lock.id);
    if (ids.length === 0) return this.parts.jobs.say('Nothing is locked here.');
    this.parts.edits.run(ids.length === 1 ? 'Unlock range' : `Unlock ${ids.length} ranges`, (draft) =>
      removeRangeLocks(draft, ids),
    );
  }

  /** Room as long as the range (a quarter of a second without one) at its start: all tracks after it move along. */
  insertTime(): void {
    const { model } = this;
    const { range, playheadSeconds } = this.parts.session.getState();
    if (!model) return;
    const timeSeconds = range?.startSeconds ?? playheadSeconds;
    const seconds = range ? range.endSeconds - range.startSeconds : 0.25;
    this.parts.edits.run('Insert time', (draft) => rippleInsert(draft, { lineId: model.line.id, timeSeconds, seconds }));
  }

  /** Cuts the range out of all tracks; what comes after moves up. The recording stays as it is. */
  deleteTime(): void {
    const { model } = this;
    const { range } = this.parts.session.getState();
    if (!model || !range) return this.parts.jobs.say('Select the range to cut out first: drag over the waveform.');
    if (this.parts.edits.run('Delete time', (draft) => rippleDelete(draft, { lineId: model.line.id, range })))
      this.parts.session.setState({ range: null });
  }

  private get selectedPhoneme(): number {
    const { selection } = this.parts.view.getState();
    return selection.kind === 'phoneme' ? selection.index : -1;
  }

  /** A silence of a tenth of a second at the playhead, to be relabelled at once. */
  insertPhoneme(): void {
    const { model } = this;
    if (!model) return;
    const { playheadSeconds } = this.parts.session.getState();
    const range = { startSeconds: playheadSeconds, endSeconds: playheadSeconds + 0.1 };
    const isDone = this.parts.edits.run('Insert phoneme', (draft) =>
      insertPhoneme(draft, { lineId: model.line.id, phoneme: 'AH', range }),
    );
    const index = this.model?.speech.phonemes.findIndex((segment) => Math.abs(segment.startSeconds - playheadSeconds) < 1e-6);
    if (!isDone || index === undefined || index < 0) return;
    this.parts.timeline.select({ kind: 'phoneme', index });
    this.parts.session.setState({ relabelIndex: index });
  }

  /** What the recogniser heard comes back: for the selected phoneme, the range, else the whole line. */
  restorePhonemes(): void {
    const { model, selectedPhoneme } = this;
    if (!model) return;
    const range = model.speech.phonemes[selectedPhoneme] ?? this.parts.session.getState().range;
    this.parts.edits.run(range ? 'Phonemes as heard' : 'All phonemes as heard', (draft) =>
      restorePhonemes(draft, { lineId: model.line.id, ...(range && { range }) }),
    );
  }
}
