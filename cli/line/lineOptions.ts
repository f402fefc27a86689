import type { ChannelChoice } from '../../core/audio/toMono';
import { MienError } from '../../core/errors';
import { readInput } from '../files';
import { UsageError } from '../usageError';

/** Options every command takes that listens to a line. */
export const LINE_OPTIONS = {
  text: { type: 'string' },
  transcript: { type: 'string' },
  channel: { type: 'string' },
  provider: { type: 'string' },
} as const;

/** A transcript longer than this is no line of dialogue (three hours of fast speech are 200 kB). */
const MAX_TRANSCRIPT_CHARACTERS = 1_000_000;

/**
 * The transcript of `--text` or `--transcript file`; empty when there is neither.
 * @throws UsageError for both, MienError when the file cannot be read or is not text
 */
export async function readTranscript(text: string | undefined, file: string | undefined): Promise<string> {
  if (text !== undefined && file !== undefined)
    throw new UsageError('--text and --transcript are both given.', 'Give the words once.');
  if (file === undefined) return checkLength(text ?? '');
  try {
    return checkLength(new TextDecoder('utf-8', { fatal: true }).decode(await readInput(file)).trim());
  } catch (thrown) {
    if (thrown instanceof MienError || thrown instanceof UsageError) throw thrown;
    throw new MienError('text-unusable', `The transcript ${file} is not UTF-8 text.`, 'Save it as plain text in UTF-8.', {
      cause: thrown,
    });
  }
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
