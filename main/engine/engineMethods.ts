import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { joinChannels } from '../../core/curves/joinChannels';
import { MienError } from '../../core/errors';
import { clipLine } from '../../core/interchange/clipLine';
import { readCapture } from '../../core/interchange/livelink/readCapture';
import { readProfile, type CharacterProfile } from '../../core/rig/retarget/characterProfile';
import { FILE_FORMATS } from '../../core/interchange/fileFormats';
import type { LineId, LineRecord, LinkedFile } from '../../core/document/records';
import type { Heard } from '../../core/speech/listen';
import type { UserWord } from '../../core/speech/text/lexicon';
import { readUserWords } from '../../core/speech/text/readUserWords';
import { decodeText } from '../../core/speech/transcriptFiles/decodeText';
import { readTranscriptFile } from '../../core/speech/transcriptFiles/readTranscriptFile';
import type { TranscriptFile } from '../../core/speech/transcriptFiles/transcriptFile';
import { sourceOf, type Transcript } from '../../core/speech/transcriptSource';
import { CURVE_FRAME_RATE, gridFrom } from '../../core/time/frameRate';
import type {
  ChosenFile,
  ExportReport,
  FileHandle,
  ImportedLine,
  LineMedia,
  LoadedCapture,
  LoadedCharacter,
  OpenedProject,
  PerformRequest,
  PerformResult,
  PreviewRequest,
  PreviewResult,
  SaveRequest,
} from '../ipc/api';
import type { Job } from '../jobs/jobs';
import { findLink } from '../project/linkedFiles';
import { readBytes } from '../project/readBytes';
import { AUTOSAVE_SUFFIX } from '../project/journal/journalSession';
import { packProject, type ProjectPart } from '../project/packProject';
import { characterOfPart } from '../project/partNames';
import { openWithJournal } from '../project/journal/openWithJournal';
import { decodeProsody, encodeProsody } from '../project/prosodyCodec';
import { writeFileAtomic } from '../project/writeFileAtomic';
import { splitChannels } from './channelSamples';
import type { EngineContext } from './engineContext';
import type { AlignAnswer, EngineMethods } from './engineMessages';
import { HEARD, importSound, prepareWithoutSound } from './importSound';
import { mediaOf, type LineState } from './lineStore';
import { analysisFileName, audioFileName, characterPartsOf, linesOf, missingSound, partsOf, withLinksFrom } from './projectParts';
import { linkSound, relinkSound } from './linkSounds';
import { Performing } from './performing';
import { RecentMap } from './recentMap';

/** An hour of speech is about 60 MB of phone probabilities; these are lines of seconds to minutes. */
const HEARD_LINES_KEPT = 12;

/** The services of the engine. One instance a process; windows reach it through `answerCall`. */
export class Engine implements EngineMethods {
  /** What was heard of the last lines, by folder: a changed transcript then needs no inference. */
  private readonly heard = new RecentMap<string, Heard>(HEARD_LINES_KEPT);
  private readonly performing: Performing;

  constructor(private readonly context: EngineContext) {
    this.performing = new Performing(context);
  }

  importAudio(request: Parameters<EngineMethods['importAudio']>[0]): Promise<ImportedLine> {
    return this.importRecording(request, request.lineId, (state) => this.context.store.commit(state));
  }

  /** The name is made of a fresh number: a pick-up often has the very file name of what it replaces. */
  importPickup(request: Parameters<EngineMethods['importPickup']>[0]): Promise<ImportedLine> {
    return this.importRecording(request, `${request.lineId}#${randomUUID()}`, (state) => this.context.store.keepBeside(state));
  }

  async useSound({ lineId, audioFile }: Parameters<EngineMethods['useSound']>[0]): Promise<LineMedia> {
    return mediaOf(this.context.store.use(lineId, audioFile));
  }

  linkSound(request: Parameters<EngineMethods['linkSound']>[0]): Promise<LinkedFile> {
    return linkSound(this.context, request);
  }

  relinkSound(request: Parameters<EngineMethods['relinkSound']>[0]): ReturnType<EngineMethods['relinkSound']> {
    return relinkSound(this.context, request);
  }

  align(request: Parameters<EngineMethods['align']>[0]): Promise<AlignAnswer> {
    const { stages, store, jobs } = this.context;
    return jobs.run(request.jobId, request.lineId, async (job) => {
      const heard = await this.heardOf(job, store.get(request.lineId));
      job.progress(understandingStep(request.transcript), HEARD);
      await job.breathe();
      const speech = await stages.understand(heard, request.transcript, request.keep);
      job.progress('Done', 1);
      return speech;
    });
  }

  async readTranscript(handle: FileHandle): Promise<TranscriptFile> {
    const file = await this.context.grants.pathOf(handle, 'read');
    return readTranscriptFile(await readBytes(file), path.basename(file));
  }

  async readDictionary(handle: FileHandle): Promise<readonly UserWord[]> {
    const file = await this.context.grants.pathOf(handle, 'read');
    return readUserWords(decodeText(await readBytes(file), path.basename(file)), path.basename(file));
  }

  perform(request: PerformRequest): Promise<PerformResult> {
    return this.performing.perform(request);
  }

  preview(request: PreviewRequest): Promise<PreviewResult | null> {
    return this.performing.preview(request);
  }

  exportLine(request: Parameters<EngineMethods['exportLine']>[0]): Promise<ExportReport> {
    const { stages, grants, jobs } = this.context;
    return jobs.run(request.jobId, request.lineId, async (job) => {
      job.progress('Preparing curves', 0);
      const target = await grants.pathOf(request.target, 'write');
      await job.breathe();
      const grid = gridFrom(CURVE_FRAME_RATE, request.startFrame ?? 0);
      const tracks = splitChannels(request.samples, request.frameCount, grid);
      const report = stages.findings(tracks, request.phonemes, request.soundEvents);
      const { durationSeconds } = this.context.store.get(request.lineId);
      const { phonemes, words, lineName: name, clip = {} } = request;
      const clipped = clipLine({ tracks, durationSeconds, phonemes, words }, clip);
      const final = stages.forExport(clipped.tracks, request.frameRate);
      job.progress(`Writing ${FILE_FORMATS[request.format].label}`, 0.3);
      await job.breathe();
      const bytes = await stages.write(request.format, { ...clipped, tracks: final, name, clip }, request.character);
      await job.breathe();
      job.progress('Saving', 0.9);
      await writeFileAtomic(target, (write) => write(bytes));
      job.progress('Done', 1);
      return { fileName: path.basename(target), bytes: bytes.byteLength, ...report };
    });
  }

  loadCharacter(request: Parameters<EngineMethods['loadCharacter']>[0]): Promise<LoadedCharacter> {
    const { stages, grants, jobs } = this.context;
    return jobs.run(request.jobId, undefined, async (job) => {
      job.progress('Reading the character', 0.1);
      const file = 'file' in request ? await grants.pathOf(request.file, 'read') : null;
      await job.breathe();
      const loaded = 'file' in request ? await stages.loadCharacter(file!) : await stages.storedCharacter(request);
      const { sha256, name, fileName, plainGlb, mapping, pupilDistanceMetres, notices } = loaded;
      job.progress('Done', 1);
      return { sha256, name, fileName, plainGlb, mapping, pupilDistanceMetres, notices };
    });
  }

  async readProfile(handle: FileHandle): Promise<CharacterProfile> {
    const file = await this.context.grants.pathOf(handle, 'read');
    return readProfile(decodeText(await readBytes(file), path.basename(file)));
  }

  readCapture({ jobId, file }: Parameters<EngineMethods['readCapture']>[0]): Promise<LoadedCapture> {
    return this.context.jobs.run(jobId, undefined, async (job) => {
      job.progress('Reading the captured face', 0.1);
      const source = await this.context.grants.pathOf(file, 'read');
      await job.breathe();
      const { tracks, ...capture } = readCapture(await readBytes(source));
      job.progress('Done', 1);
      return { ...capture, fileName: path.basename(source), frameCount: tracks.frameCount, samples: joinChannels(tracks) };
    });
  }

  async cancel(jobId: string): Promise<void> {
    this.context.jobs.cancel(jobId);
  }

  async createProject(): Promise<void> {
    await this.context.store.replaceAll([]);
  }

  openProject({ file, journal }: Parameters<EngineMethods['openProject']>[0]): Promise<OpenedProject> {
    const { stages, store, grants, jobs, characters } = this.context;
    return jobs.run(`open:${file ?? journal}`, undefined, async (job) => {
      job.progress('Reading', 0);
      const source = file && (await grants.pathOf(file, 'read'));
      const journalPath = journal && (await grants.pathOf(journal, 'read'));
      const project = openWithJournal(source === null ? null : await readBytes(source), journalPath);
      const lines = linesOf(project.records);
      const states: LineState[] = [];
      try {
        for (const [index, line] of lines.entries()) {
          const found = await this.soundOf(line, project.parts, source && path.dirname(source), journalPath !== null);
          const prosody = decodeProsody(found.prosody);
          const { id: lineId, audioFile, durationSeconds } = line;
          if ('missing' in found) {
            const about = { lineId, audioFile, durationSeconds, prosody, missing: found.missing };
            states.push(await prepareWithoutSound(store, about));
            continue;
          }
          const { bytes, linkedFrom } = found;
          const sound = { lineId, bytes, fileName: path.basename(linkedFrom ?? audioFile), audioFile, linkedFrom };
          const share = this.shareOf(job, index, lines.length);
          states.push((await importSound(stages, store, share, sound, prosody)).state);
        }
        for (const [name, bytes] of project.parts) {
          const sha256 = characterOfPart(name);
          if (sha256) await characters.keep(sha256, bytes);
        }
        // Recovered work is in no file of its own until it is saved: a second crash must find its sounds.
        if (source?.endsWith(AUTOSAVE_SUFFIX)) for (const state of states) await this.keepForRecovery(state);
        job.throwIfCancelled();
      } catch (error) {
        for (const state of states) await store.remove(state.folderName);
        throw error;
      }
      await store.replaceAll(states);
      if (source) this.context.onProjectFile(source);
      job.progress('Done', 1);
      return {
        file: file && source ? { handle: file, name: path.basename(source) } : null,
        records: project.records,
        savedRecords: project.savedRecords,
        token: project.token,
        chunks: project.chunks,
        media: states.map(mediaOf),
        notices: project.notices,
      };
    });
  }

  saveProject(request: SaveRequest & { readonly target: FileHandle }): Promise<ChosenFile> {
    const { store, grants, jobs, characters } = this.context;
    return jobs.run(`save:${request.target}`, undefined, async (job) => {
      job.progress('Saving', 0.05);
      const target = await grants.pathOf(request.target, 'write');
      const soundOf = (lineId: LineId) => store.use(lineId, (request.records[lineId] as LineRecord).audioFile);
      const records = withLinksFrom(request.records, path.dirname(target), soundOf);
      const parts = [...partsOf(records, soundOf), ...characterPartsOf(records, (sha256) => characters.pathOf(sha256))];
      const expectedBytes = await sizeOf(parts);
      let written = 0;
      await writeFileAtomic(target, (write) =>
        packProject({ records, chunks: request.chunks, parts, token: request.token, picture: request.picture }, async (block) => {
          job.throwIfCancelled();
          await write(block);
          written += block.byteLength;
          job.progress('Saving', 0.05 + 0.9 * Math.min(1, written / expectedBytes));
        }),
      );
      this.context.onProjectFile(target);
      job.progress('Done', 1);
      return { handle: request.target, name: path.basename(target) };
    });
  }

  private async keepForRecovery({ audioFile, originalPath, prosody }: LineState): Promise<void> {
    if (originalPath) await this.context.sounds.keep(audioFile, originalPath, encodeProsody(prosody));
  }

  /** Decodes and hears a recording for a line; `keep` decides what becomes of it. When it fails nothing is left behind. */
  private importRecording(
    request: Parameters<EngineMethods['importAudio']>[0],
    nameSalt: string,
    keep: (state: LineState) => Promise<void>,
  ): Promise<ImportedLine> {
    const { stages, store, grants, jobs, sounds } = this.context;
    return jobs.run(request.jobId, request.lineId, async (job) => {
      job.progress('Reading', 0);
      const file = await grants.pathOf(request.file, 'read');
      const fileName = path.basename(file);
      const source = {
        lineId: request.lineId,
        bytes: await readBytes(file),
        fileName,
        audioFile: audioFileName(nameSalt, fileName),
      };
      const { state, heard } = await importSound(stages, store, job, source, null);
      try {
        job.progress(understandingStep(request.transcript), HEARD);
        await job.breathe();
        const speech = await stages.understand(heard!, request.transcript);
        await job.breathe();
        // An import is work like any other: it must survive a crash before the first save.
        await sounds.keep(state.audioFile, state.originalPath, encodeProsody(state.prosody));
        await keep(state);
        this.heard.set(state.folderName, heard!);
        job.progress('Done', 1);
        return { media: mediaOf(state), audioFile: state.audioFile, ...speech };
      } catch (error) {
        await store.remove(state.folderName);
        throw error;
      }
    });
  }

  /**
   * A line's sound and analysis: from the project or the file it links, else (imported since the last save) from what is kept
   * for recovery.
   */
  private async soundOf(
    line: LineRecord,
    parts: ReadonlyMap<string, Uint8Array>,
    projectFolder: string | null,
    isRecovered: boolean,
  ): Promise<FoundSound> {
    const prosody = parts.get(analysisFileName(line.id));
    const kept = await this.context.sounds.find(line.audioFile);
    if (line.audioLink && projectFolder !== null) {
      const found = await findLink(line.audioLink, projectFolder);
      const analysis = prosody ?? kept?.prosody;
      if (!analysis) throw missingPart(line.name);
      if (found.state === 'found') {
        const sound = await readBytes(found.path);
        // Put into the project again it must survive a crash before the save.
        await this.context.sounds.keep(line.audioFile, found.path, analysis);
        return { bytes: sound, prosody: analysis, linkedFrom: found.path };
      }
      // Linked since the last save: the file still holds it, or the copy kept for a crash.
      const held = parts.get(line.audioFile) ?? (isRecovered ? kept?.sound : undefined);
      return held ? { bytes: held, prosody: analysis } : { missing: found.state, prosody: analysis };
    }
    const bytes = parts.get(line.audioFile);
    if (bytes && prosody) return { bytes, prosody };
    if (!kept) throw missingPart(line.name);
    return { bytes: kept.sound, prosody: kept.prosody };
  }

  /** What was heard of a line: kept from its import, or heard again (after opening a project, or after a restart). */
  private async heardOf(job: Job, state: LineState): Promise<Heard> {
    const kept = this.heard.get(state.folderName);
    if (kept) return kept;
    const { stages } = this.context;
    if (state.missing) throw missingSound(path.basename(state.audioFile));
    job.progress('Decoding', 0);
    const { line } = await stages.decode(await readBytes(state.originalPath), path.basename(state.audioFile), job.signal);
    const heard = await stages.listen(line, job, 0.1, HEARD);
    this.heard.set(state.folderName, heard);
    return heard;
  }

  /** The part of a job's progress that belongs to one of several lines. */
  private shareOf(job: Job, index: number, count: number): Job {
    return Object.assign(Object.create(job) as Job, {
      progress: (step: string, fraction: number) => job.progress(step, 0.1 + (0.85 * (index + fraction)) / Math.max(1, count)),
    });
  }
}

/** Bytes that a project's parts take at most; at least 1. */
async function sizeOf(parts: readonly ProjectPart[]): Promise<number> {
  const sizes = await Promise.all(
    parts.map(({ source }) =>
      'bytes' in source
        ? source.bytes.byteLength
        : stat(source.path).then(
            ({ size }) => size,
            () => 0,
          ),
    ),
  );
  return sizes.reduce((total, size) => total + size, 1);
}

function understandingStep(transcript: Transcript): string {
  return sourceOf(transcript).text.trim() === '' ? 'Finding the phonemes' : 'Aligning the text';
}

type FoundSound =
  | { readonly bytes: Uint8Array; readonly prosody: Uint8Array; readonly linkedFrom?: string }
  | { readonly missing: 'missing' | 'changed'; readonly prosody: Uint8Array };

function missingPart(lineName: string): MienError {
  return new MienError(
    'project-unreadable',
    `The sound of the line "${lineName}" is missing from the project.`,
    'Restore the project from a backup.',
  );
}
