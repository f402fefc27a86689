import { createHash } from 'node:crypto';
import path from 'node:path';
import { ChunkStore } from '../../core/document/chunkStore';
import { addLine, emptyProject } from '../../core/document/commands/lines';
import { applyTake } from '../../core/document/commands/takes';
import { setHeardEvents } from '../../core/document/commands/setSpeech';
import { keptEventsOf } from '../../core/document/performedEvents';
import { applyDiff } from '../../core/document/recordDiff';
import { RecordDraft } from '../../core/document/recordDraft';
import type { EmotionCurveRecord, LineId, LineRecord, SpeechRecord } from '../../core/document/records';
import { inputHashOf } from '../../core/document/takeInputs';
import type { PerformanceEvent } from '../../core/performance/events/performanceEvent';
import type { SampledTracks } from '../../core/curves/sampledTracks';
import type { EmotionCurves } from '../../core/emotion/emotionCurves';
import { ACTIVE_EMOTIONS } from '../../core/emotion/emotions';
import type { EngineId, PerformanceStyle } from '../../core/performance/performanceEngine';
import type { LineAnalysis } from '../../core/speech/lineAnalysis';
import { notationKept, phoneSourceOf } from '../../core/document/phoneSource';
import type { TranscriptSource } from '../../core/speech/transcriptSource';
import { analysisFileName, audioFileName } from '../../main/engine/projectParts';
import type { ProjectContent } from '../../main/project/packProject';
import { encodeProsody } from '../../main/project/prosodyCodec';

/** Everything a project keeps of one generated line. */
export interface ProjectLine {
  /** Name of the sound file, without folder. */
  readonly fileName: string;
  readonly soundBytes: Uint8Array;
  readonly transcript: TranscriptSource;
  readonly analysis: LineAnalysis;
  readonly emotions: EmotionCurves;
  readonly style: PerformanceStyle;
  readonly engine: EngineId;
  readonly seed: number;
  /** 0 for none. */
  readonly preRollSeconds: number;
  readonly postRollSeconds: number;
  /** The engine's own curves, 60 fps. */
  readonly base: SampledTracks;
  /** What the engine planned beside the words. */
  readonly events: readonly PerformanceEvent[];
}

/** A project of one line as the studio would have saved it. The ids come from the content: the same line gives the same bytes. */
export function buildProject(line: ProjectLine): ProjectContent {
  const name = path.parse(line.fileName).name || 'line';
  const fingerprint = createHash('sha256').update(line.fileName).update(line.soundBytes).digest('hex').slice(0, 12);
  const lineId: LineId = `line:${fingerprint}`;
  const { analysis, emotions, style, engine, seed, transcript, preRollSeconds, postRollSeconds } = line;
  const { phonemes, words } = analysis;
  const audioFile = audioFileName(lineId, line.fileName);
  const lineRecord: LineRecord = {
    id: lineId,
    kind: 'line',
    name,
    audioFile,
    soundName: line.fileName,
    durationSeconds: analysis.durationSeconds,
    transcript: transcript.text,
    phoneSource: phoneSourceOf(transcript),
    ...notationKept(transcript),
    engine,
    seed,
    style,
    ...(preRollSeconds > 0 && { preRollSeconds }),
    ...(postRollSeconds > 0 && { postRollSeconds }),
    activeTakeId: '',
    takeIds: [],
    layerIds: [],
  };
  const speech: SpeechRecord = {
    id: `speech:${lineId}`,
    kind: 'speech',
    lineId,
    words,
    phonemes,
    recognisedPhonemes: phonemes,
    recognisedWords: words,
  };

  const start = emptyProject(name);
  const draft = new RecordDraft(start);
  addLine(draft, { line: lineRecord, speech });
  for (const emotion of ACTIVE_EMOTIONS) {
    const { keys } = emotions[emotion];
    const record: EmotionCurveRecord = { id: `emotion:${lineId}:${emotion}`, kind: 'emotion', lineId, emotion, keys };
    if (keys.length > 0) draft.put(record);
  }
  setHeardEvents(draft, lineId, analysis.events ?? []);
  const events = keptEventsOf(applyDiff(start, draft.diff()), lineId);
  const chunks = new ChunkStore();
  const chunkIds = chunks.addTracks(line.base);
  const inputHash = inputHashOf({
    audioFile,
    engine,
    seed,
    style,
    phonemes,
    words,
    emotions,
    events,
    seedRanges: [],
    effortGain: { keys: [] },
    lipNudgeSeconds: 0,
    preRollSeconds,
    postRollSeconds,
  });
  applyTake(draft, {
    lineId,
    inputHash,
    frameCount: line.base.frameCount,
    chunkIds,
    newTakeId: `take:${fingerprint}`,
    events: line.events,
  });

  return {
    records: applyDiff(start, draft.diff()),
    chunks: chunks.pick(chunkIds),
    parts: [
      { name: audioFile, source: { bytes: line.soundBytes } },
      { name: analysisFileName(lineId), source: { bytes: encodeProsody(analysis.prosody) } },
    ],
  };
}
