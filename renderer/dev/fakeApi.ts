/** A stand-in for the preload API in a plain browser: real analysis of the sample line, real rules engine, no files. */
import { analyseProsody } from '../../core/audio/analyseProsody';
import { computePeaks } from '../../core/audio/computePeaks';
import { resample } from '../../core/audio/resample';
import type { ProsodyTrack } from '../../core/audio/prosodyTrack';
import type { LineId } from '../../core/document/records';
import { frameGridOf } from '../../core/performance/curveGrid';
import { firstFrameOf } from '../../core/performance/lineCut';
import { previewTake } from '../../core/performance/performTake';
import { joinChannels } from '../../core/curves/joinChannels';
import { rulesEngine } from '../../core/performance/rules/rulesEngine';
import type { Phoneme } from '../../core/speech/phonemes';
import type { PhonemeSegment, WordSegment } from '../../core/speech/segments';
import { DEFAULT_SETTINGS } from '../../main/ipc/settings';
import type { ChosenFile, FileHandle, JobProgress, LineMedia, StudioApi } from '../../main/ipc/api';
import sampleUrl from '../../assets/dialogue/sample.wav?url';
import samplePhones from '../../assets/dialogue/sample.phones.json';
import sampleText from '../../assets/dialogue/sample.txt?raw';
import characterUrl from '../../assets/character/mien.glb?url';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function createFakeApi(): StudioApi {
  const listeners = new Set<(progress: JobProgress) => void>();
  const prosody = new Map<string, { track: ProsodyTrack; durationSeconds: number }>();
  const file = (name: string): ChosenFile => ({ handle: name as FileHandle, name });
  const progress = async (jobId: string, steps: readonly string[]) => {
    for (const [index, step] of steps.entries()) {
      for (const listener of listeners) listener({ jobId, step, fraction: (index + 1) / (steps.length + 1) });
      await wait(250);
    }
  };

  async function media(lineId: LineId): Promise<LineMedia> {
    const bytes = await (await fetch(sampleUrl)).arrayBuffer();
    const decoded = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(bytes);
    const pcm = resample({ sampleRateHz: decoded.sampleRate, samples: decoded.getChannelData(0) }, 16000);
    const track = analyseProsody(pcm);
    prosody.set(lineId, { track, durationSeconds: decoded.duration });
    return {
      lineId,
      audioFile: `audio/${lineId}`,
      durationSeconds: decoded.duration,
      sampleRateHz: 48000,
      channelCount: 1,
      format: 'wav pcm 16 bit',
      mediaUrl: sampleUrl,
      peaks: computePeaks(pcm, 200),
      peaksPerSecond: 200,
      effort: track.effort,
    };
  }

  function speech(durationSeconds: number): { phonemes: PhonemeSegment[]; words: WordSegment[] } {
    const phonemes = (samplePhones as [string, number, number][]).map(([phoneme, startSeconds, endSeconds], index) => ({
      phoneme: phoneme as Phoneme,
      startSeconds,
      endSeconds,
      confidence: index % 17 === 9 ? 0.2 : 0.85,
    }));
    const last = phonemes[phonemes.length - 1];
    phonemes[phonemes.length - 1] = { ...last, endSeconds: durationSeconds };
    return { phonemes, words: guessWords(phonemes) };
  }

  /** Words spread over the stretches between silences by their letters; good enough to look at. */
  function guessWords(phonemes: readonly PhonemeSegment[]): WordSegment[] {
    const texts = sampleText.trim().split(/\s+/);
    const spoken = phonemes.filter((segment) => segment.phoneme !== 'SIL');
    const letters = texts.reduce((sum, text) => sum + text.length, 0);
    let at = 0;
    return texts.map((text) => {
      const from = Math.min(spoken.length - 1, Math.round(at));
      at += (text.length / letters) * spoken.length;
      const to = Math.max(from, Math.min(spoken.length - 1, Math.round(at) - 1));
      return { text, startSeconds: spoken[from].startSeconds, endSeconds: spoken[to].endSeconds, confidence: 0.9 };
    });
  }

  return {
    app: {
      info: async () => ({
        version: '0.1.0-dev',
        electron: 'none',
        provider: 'cpu',
        platform: 'browser',
        licences: [{ name: 'Svelte', licence: 'MIT', text: 'MIT licence text' }],
      }),
      provider: async () => 'cpu',
      onCommand: () => () => undefined,
      setDocumentState: async () => undefined,
      openExportFolder: async () => undefined,
      characters: async () => [{ id: 'mien', name: 'Mien', description: '' }],
      characterGlb: async () => new Uint8Array(await (await fetch(characterUrl)).arrayBuffer()),
    },
    files: {
      chooseAudio: async () => [file('maybe.wav')],
      chooseText: async () => null,
      chooseProject: async () => null,
      chooseCharacter: async () => null,
      saveProfile: async () => null,
      writeVideo: async () => undefined,
      chooseExportTarget: async (name, format) => file(`${name}.${format}`),
      chooseExportFolder: async (wishes) => wishes.map(({ name, format }) => file(`${name}.${format}`)),
      resolveDrop: async (dropped) => file(dropped.name),
      recentProjects: async () => [{ ...file('Harbour, act 2.mien'), picture: null }],
      sampleAudio: async () => ({ file: file('sample.wav'), transcript: sampleText.trim() }),
    },
    settings: { read: async () => DEFAULT_SETTINGS, write: async () => undefined },
    project: {
      create: async () => undefined,
      open: async () => {
        throw { code: 'project-unreadable', message: 'This is the development window.', remedy: 'Open projects in the app.' };
      },
      save: async () => file('Untitled.mien'),
    },
    journal: {
      pending: async () => [],
      find: async () => null,
      begin: () => null,
      append: () => null,
      appendChunks: async () => undefined,
      markSave: () => null,
      saved: () => null,
      setAside: async () => undefined,
      autosaveTarget: async () => file('autosave').handle,
    },
    video: { choose: async () => null, find: async () => null },
    engine: {
      importAudio: async ({ jobId, lineId }) => {
        await progress(jobId, ['Decoding', 'Listening', 'Finding phonemes']);
        const lineMedia = await media(lineId);
        return {
          media: lineMedia,
          audioFile: lineMedia.audioFile,
          ...speech(lineMedia.durationSeconds),
          notices: [],
          events: [],
        };
      },
      importPickup: async ({ lineId }) => {
        const lineMedia = await media(lineId);
        return {
          media: lineMedia,
          audioFile: lineMedia.audioFile,
          ...speech(lineMedia.durationSeconds),
          notices: [],
          events: [],
        };
      },
      useSound: ({ lineId }) => media(lineId),
      linkSound: async () => ({ relativePath: 'sound.wav', sha256: '0'.repeat(64), bytes: 1 }),
      relinkSound: async ({ lineId, link }) => ({ media: await media(lineId), link, others: [] }),
      align: async ({ jobId, lineId }) => {
        await progress(jobId, ['Listening', 'Aligning']);
        return { ...speech(prosody.get(lineId)!.durationSeconds), notices: [], events: [] };
      },
      readTranscript: async () => ({ kind: 'text', text: '' }),
      readDictionary: async () => [],
      perform: async (request) => {
        const { track, durationSeconds } = prosody.get(request.lineId)!;
        await wait(20);
        const tracks = await rulesEngine.generate({ ...request, durationSeconds, prosody: track });
        return { inputHash: request.inputHash, frameCount: tracks.frameCount, samples: joinChannels(tracks) };
      },
      preview: async ({ speech, ...request }) => {
        if (!speech) return null;
        const { track, durationSeconds } = prosody.get(request.lineId)!;
        const recipe = { ...request, ...speech, durationSeconds, prosody: track };
        const tracks = await previewTake(rulesEngine, recipe, { only: request.only });
        const firstFrame = firstFrameOf(tracks, frameGridOf(recipe));
        return { inputHash: request.inputHash, firstFrame, frameCount: tracks.frameCount, samples: joinChannels(tracks) };
      },
      exportLine: async ({ jobId, format, lineName }) => {
        await progress(jobId, ['Baking', 'Writing', 'Checking']);
        return { fileName: `${lineName}.${format}`, bytes: 1234567, findings: [], closureRate: 1 };
      },
      loadCharacter: async () => {
        throw { code: 'character-unreadable', message: 'This is the development window.', remedy: 'Use the app.' };
      },
      readProfile: async () => ({ mapping: [], gains: {}, limits: {}, neutralOffset: {} }),
      readCapture: async () => {
        throw { code: 'invalid-input', message: 'This is the development window.', remedy: 'Use the app.' };
      },
      cancel: async () => undefined,
      onProgress: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onRestart: () => () => undefined,
    },
  };
}
