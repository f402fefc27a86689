import type { StoreApi } from 'zustand/vanilla';
import { correctTranscript } from '../../core/document/commands/replaceRecording';
import type { DocumentStore } from '../../core/document/documentStore';
import { notationKept, notationOf, phoneSourceOf } from '../../core/document/phoneSource';
import type { DictionaryRecord, LineId } from '../../core/document/records';
import { lineOf, linesOf, speechOf } from '../../core/document/selectors';
import { MienError } from '../../core/errors';
import { replaceWord } from '../../core/speech/text/replaceWord';
import { normaliseText } from '../../core/speech/text/normaliseText';
import { readTranscriptFile } from '../../core/speech/transcriptFiles/readTranscriptFile';
import type { TranscriptFile } from '../../core/speech/transcriptFiles/transcriptFile';
import type { TranscriptNotation, TranscriptSource } from '../../core/speech/transcriptSource';
import type { StudioApi } from '../../main/ipc/api';
import type { SessionState } from '../stores/sessionState';
import type { Edits } from './edits';
import type { Jobs } from './jobs';
import type { Regeneration } from './regeneration';
import type { WarpQuestion } from './warpQuestion';

export interface TranscriptsParts {
  readonly api: StudioApi;
  readonly document: DocumentStore;
  readonly session: StoreApi<SessionState>;
  readonly jobs: Jobs;
  readonly edits: Edits;
  readonly regeneration: Regeneration;
  readonly warpQuestion: Pick<WarpQuestion, 'askIfNeeded'>;
}

export const TRANSCRIPT_FILE = /\.(txt|srt|vtt|textgrid)$/i;

/** What is said in the lines: typed, loaded, assigned by file name, corrected word by word. */
export class Transcripts {
  constructor(private readonly parts: TranscriptsParts) {}

  /** With the project's dictionary, as the engine wants it. */
  sourceOf(text: string, notation: TranscriptNotation = 'text'): TranscriptSource {
    const entries = (this.parts.document.records.dictionary as DictionaryRecord | undefined)?.entries ?? [];
    return { text, notation, ...(entries.length > 0 ? { userWords: entries } : {}) };
  }

  /** What a transcript file says, with the times it gives. */
  sourceOfFile({ kind: _kind, text, ...times }: TranscriptFile): TranscriptSource {
    return { ...this.sourceOf(text), ...times };
  }

  /** Listens again with the words known; what is locked stays where it is. */
  async align(lineId: LineId, text: string, notation: TranscriptNotation = 'text'): Promise<void> {
    await this.understand(lineId, this.sourceOf(text, notation), 'Align to transcript');
  }

  async chooseFile(lineId: LineId): Promise<void> {
    const { api, jobs } = this.parts;
    const read = await jobs.run('Load transcript', lineId, async () => {
      const file = await api.files.chooseText('transcript');
      return file && api.engine.readTranscript(file.handle);
    });
    if (read) await this.take(lineId, read);
  }

  /** Files dropped on a line: the first transcript among them is its. */
  async dropOn(lineId: LineId, files: readonly File[]): Promise<void> {
    const file = files.find(({ name }) => TRANSCRIPT_FILE.test(name));
    const read = file && (await this.read(file));
    if (read) await this.take(lineId, read);
  }

  /** Transcript files whose names are those of lines; says which have no line. */
  async assignByName(files: readonly File[]): Promise<void> {
    const lines = linesOf(this.parts.document.records);
    const without: string[] = [];
    let count = 0;
    for (const file of files) {
      const line = lines.find(({ name }) => name.toLowerCase() === stemOf(file.name).toLowerCase());
      const read = line && (await this.read(file));
      if (!line) without.push(file.name);
      else if (read && (await this.take(line.id, read))) count++;
    }
    if (without.length > 0)
      this.parts.jobs.say(
        `No line is called like ${without.slice(0, 3).join(', ')}${without.length > 3 ? ` and ${without.length - 3} more` : ''}.`,
      );
    else if (files.length > 1) this.parts.jobs.say(`${count} transcripts assigned by name`);
  }

  async read(file: File): Promise<TranscriptFile | null> {
    return this.parts.jobs.run(`Transcript ${file.name}`, null, async () =>
      readTranscriptFile(new Uint8Array(await file.arrayBuffer()), file.name),
    );
  }

  /** Text of a word changed by hand: only the word and its neighbours are aligned again. */
  async editWord(lineId: LineId, index: number, text: string): Promise<void> {
    const { document, jobs } = this.parts;
    const line = lineOf(document.records, lineId);
    const word = speechOf(document.records, lineId)?.words[index];
    if (!line || !word || word.text === text.trim()) return;
    if (word.locked) {
      jobs.fail(
        'Edit word',
        new MienError('invalid-input', `"${word.text}" is locked.`, 'Unlock it first (H with the word selected).'),
      );
      return;
    }
    const transcript = this.withWord(line.transcript, speechOf(document.records, lineId)!.words, index, text.trim());
    await this.understand(lineId, this.sourceOf(transcript, notationOf(line)), `Edit word "${word.text}"`, {
      from: index,
      to: index + 1,
    });
  }

  private withWord(
    transcript: string,
    words: readonly { readonly text: string; readonly flag?: string }[],
    index: number,
    text: string,
  ): string {
    const isAdded = (word: { readonly flag?: string }) => word.flag === 'unwritten' || word.flag === 'repeated';
    const written = words.filter((word) => !isAdded(word));
    const place = words.slice(0, index).filter((word) => !isAdded(word)).length;
    // A word that the aligner added comes between the written ones.
    const isNew = isAdded(words[index]);
    const here = written[place]?.text ?? '';
    const replacement = isNew ? `${text} ${here}`.trim() : text;
    const isInStep = normaliseText(transcript).words.length === written.length;
    const changed = isInStep && place < written.length ? replaceWord(transcript, place, replacement) : null;
    if (changed !== null) return changed;
    const texts = written.map((word) => word.text);
    texts.splice(place, isNew ? 0 : 1, ...(text === '' ? [] : [text]));
    return texts.join(' ');
  }

  /** A transcript file becomes the line's; times of a TextGrid are taken as they are. */
  private take(lineId: LineId, file: TranscriptFile): Promise<boolean> {
    return this.understand(lineId, this.sourceOfFile(file), file.kind === 'textgrid' ? 'Load TextGrid' : 'Load transcript');
  }

  private async understand(
    lineId: LineId,
    source: TranscriptSource,
    label: string,
    changed?: { readonly from: number; readonly to: number },
  ): Promise<boolean> {
    const { api, document, jobs, edits, regeneration } = this.parts;
    const before = speechOf(document.records, lineId);
    const keep = before && { previous: { phonemes: before.phonemes, words: before.words }, ...(changed && { changed }) };
    const aligned = await jobs.run('Aligning to the transcript', lineId, (jobId) =>
      api.engine.align({ jobId, lineId, transcript: source, keep }),
    );
    if (!aligned) return false;
    const now = speechOf(document.records, lineId);
    if (now !== before) {
      jobs.say('The line was changed while it was aligned; align it again.');
      return false;
    }
    const { phonemes, words, events, notices } = aligned;
    const durationSeconds = lineOf(document.records, lineId)?.durationSeconds ?? 0;
    const subject = { lineId, what: 'transcript' as const, fileName: '', words, durationSeconds };
    const choices = await this.parts.warpQuestion.askIfNeeded(subject);
    if (!choices || speechOf(document.records, lineId) !== before) return false;
    edits.run(label, (draft) =>
      correctTranscript(draft, {
        lineId,
        transcript: source.text,
        phonemes,
        words,
        phoneSource: phoneSourceOf(source),
        choices,
        ...notationKept(source),
        ...(changed ? {} : { events }),
      }),
    );
    await regeneration.whenIdle();
    const done = source.timed
      ? `${words.length} words with the times of the file`
      : changed
        ? `Aligned around "${words[changed.from]?.text ?? ''}"`
        : `Aligned ${words.length} words`;
    jobs.say(notices[0] ?? done);
    return true;
  }
}

export function stemOf(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '');
}
