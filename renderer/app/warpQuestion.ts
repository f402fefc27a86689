import type { StoreApi } from 'zustand/vanilla';
import type { DocumentStore } from '../../core/document/documentStore';
import type { LineId } from '../../core/document/records';
import type { RetimeChoices } from '../../core/document/retimeLine';
import { lineOf, speechOf } from '../../core/document/selectors';
import { TimeWarp } from '../../core/document/warp/timeWarp';
import { warpPreview } from '../../core/document/warp/warpPreview';
import type { WordSegment } from '../../core/speech/segments';
import type { Replacement, SessionState } from '../stores/sessionState';

export interface WarpSubject extends Pick<Replacement, 'what' | 'fileName'> {
  readonly lineId: LineId;
  /** Words of the new recording, or of the corrected transcript. */
  readonly words: readonly WordSegment[];
  readonly durationSeconds: number;
}

/** Shows what new times would do to a line's hand work, and asks. One question at a time. */
export class WarpQuestion {
  private settle: ((choices: RetimeChoices | null) => void) | null = null;

  constructor(
    private readonly document: DocumentStore,
    private readonly session: StoreApi<SessionState>,
  ) {}

  /** What was decided for single things; null when the user said no. */
  ask(subject: WarpSubject): Promise<RetimeChoices | null> {
    const replacement = this.replacementOf(subject);
    if (!replacement) return Promise.resolve(null);
    this.session.setState({ dialog: 'replace', replacement });
    return new Promise((resolve) => (this.settle = resolve));
  }

  /** As `ask`, but only where hand work would move or lose its word; else nothing is to be decided. */
  askIfNeeded(subject: WarpSubject): Promise<RetimeChoices | null> {
    const counts = this.replacementOf(subject)?.preview.counts;
    return counts && counts.warped + counts.conflict > 0 ? this.ask(subject) : Promise.resolve({});
  }

  answer(choices: RetimeChoices | null): void {
    this.session.setState({ dialog: 'none', replacement: null });
    this.settle?.(choices);
    this.settle = null;
  }

  private replacementOf({ lineId, what, fileName, words, durationSeconds }: WarpSubject): Replacement | null {
    const { records } = this.document;
    const line = lineOf(records, lineId);
    const speech = speechOf(records, lineId);
    if (!line || !speech) return null;
    const warp = new TimeWarp({ durationSeconds: line.durationSeconds, words: speech.words }, { durationSeconds, words });
    return {
      what,
      fileName,
      lineName: line.name,
      fromSeconds: line.durationSeconds,
      toSeconds: durationSeconds,
      preview: warpPreview(records, lineId, warp),
    };
  }
}
