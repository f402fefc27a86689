import type { ChannelChoice } from '../../core/audio/toMono';
import { MienError } from '../../core/errors';
import type { UserWord } from '../../core/speech/text/lexicon';
import { readUserWords } from '../../core/speech/text/readUserWords';
import { decodeText } from '../../core/speech/transcriptFiles/decodeText';
import { readTranscriptFile } from '../../core/speech/transcriptFiles/readTranscriptFile';
import { TRANSCRIPT_NOTATIONS, type TranscriptNotation, type TranscriptSource } from '../../core/speech/transcriptSource';
import { readInput } from '../files';
import { UsageError } from '../usageError';

/** Options that say what is spoken. */
export const TRANSCRIPT_OPTIONS = {
  text: { type: 'string' },
  transcript: { type: 'string' },
  ipa: { type: 'string' },
  notation: { type: 'string' },
  dictionary: { type: 'string' },
} as const;

/** Options every command takes that listens to a line. */
export const LINE_OPTIONS = {
  ...TRANSCRIPT_OPTIONS,
  channel: { type: 'string' },
  provider: { type: 'string' },
} as const;

/** A transcript longer than this is no line of dialogue (three hours of fast speech are 200 kB). */
const MAX_TRANSCRIPT_CHARACTERS = 1_000_000;

/**
 * What `--text`, `--ipa` or `--transcript file` say is spoken; empty when there is none of them.
 * @throws UsageError for two of them, MienError when a file cannot be read
 */
export async function readTranscript(
  values: Partial<Record<keyof typeof TRANSCRIPT_OPTIONS, string>>,
): Promise<TranscriptSource> {
  const { text, transcript: file, ipa } = values;
  const given = Object.entries({ '--text': text, '--transcript': file, '--ipa': ipa }).filter(([, value]) => value !== undefined);
  if (given.length > 1) throw new UsageError(`${given[0][0]} and ${given[1][0]} are both given.`, 'Give what is spoken once.');
  const notation = parseNotation(values.notation) ?? (ipa === undefined ? undefined : 'ipa');
  const userWords = values.dictionary === undefined ? undefined : await readDictionary(values.dictionary);
  if (file === undefined) return { text: checkLength(ipa ?? text ?? ''), notation, userWords };
  const read = readTranscriptFile(await readInput(file), file);
  return {
    text: checkLength(read.text),
    notation,
    userWords,
    ...(notation === undefined ? { timed: read.timed, cues: read.cues, notices: read.notices } : {}),
  };
}

/**
 * `--dictionary`: how the user wants words said.
 * @throws MienError that names the line which cannot be read
 */
export async function readDictionary(file: string): Promise<readonly UserWord[]> {
  return readUserWords(decodeText(await readInput(file), file), file);
}

function parseNotation(name: string | undefined): TranscriptNotation | undefined {
  if (name === undefined) return undefined;
  const found = TRANSCRIPT_NOTATIONS.find((one) => one === name.toLowerCase());
  if (found) return found;
  throw new UsageError(`--notation: "${name}" is none.`, `Choose one of ${TRANSCRIPT_NOTATIONS.join(', ')}.`);
}

function checkLength(transcript: string): string {
  if (transcript.length <= MAX_TRANSCRIPT_CHARACTERS) return transcript;
  throw new MienError(
    'text-unusable',
    'The transcript is longer than a million characters.',
    'Give only the words of this recording.',
  );
}

/**
 * `--channel`: a number from 1, "mix" or "loudest" (default).
 * @throws UsageError
 */
export function parseChannel(text: string | undefined): ChannelChoice {
  if (text === undefined || text === 'loudest') return 'loudest';
  if (text === 'mix') return 'mix';
  const channel = Number(text);
  if (/^\d+$/.test(text) && channel >= 1) return channel - 1;
  throw new UsageError(`--channel: "${text}" is no channel.`, 'Give a number from 1, "mix" or "loudest".');
}
