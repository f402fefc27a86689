import path from 'node:path';
import { FILE_FORMATS, type FileFormatId } from '../../core/interchange/fileFormats';
import { VIDEO_FORMATS, type VideoFormatId } from '../../core/interchange/videoFormats';
import { UsageError } from '../usageError';

/** What the command line can write, with the suffix that asks for it. */
export const EXPORT_SUFFIXES = Object.fromEntries(
  Object.entries(FILE_FORMATS).map(([format, { suffix }]) => [format, suffix]),
) as Readonly<Record<FileFormatId, string>>;
/** Of `generate` and `batch`, which have the recording at hand. */
export const PERFORMANCE_FORMATS: Readonly<Record<FileFormatId | VideoFormatId | 'mien', string>> = {
  ...EXPORT_SUFFIXES,
  webm: VIDEO_FORMATS.webm.suffix,
  mp4: VIDEO_FORMATS.mp4.suffix,
  mien: '.mien',
};
export type PerformanceFormat = keyof typeof PERFORMANCE_FORMATS;
export const ALIGNMENT_FORMATS = { TextGrid: '.TextGrid', json: '.json' } as const;
export type AlignmentFormat = keyof typeof ALIGNMENT_FORMATS;

/**
 * Suffixes this command cannot write but that are longer than one it can: without them "line.a2f.json" would be taken for
 * the JSON of an alignment.
 */
const OTHER_SUFFIXES = Object.values(PERFORMANCE_FORMATS);

/** Where to write, and as what. */
export interface OutputTarget<Format extends string> {
  readonly path: string;
  readonly format: Format;
}

/**
 * The format of each `--out`: the longest matching suffix decides (letter case does not matter), `--format` overrides.
 * @throws UsageError when a format is unknown, not written yet, or the same file is named twice
 */
export function chooseOutputs<Format extends string>(
  paths: readonly string[],
  override: string | undefined,
  formats: Readonly<Record<Format, string>>,
): OutputTarget<Format>[] {
  if (paths.length === 0)
    throw new UsageError(
      'There is no --out.',
      `Say where to write, for example --out take${Object.values(formats)[0] as string}.`,
    );
  const seen = new Set<string>();
  return paths.map((target) => {
    const resolved = path.resolve(target);
    if (seen.has(resolved)) throw new UsageError(`--out names ${target} twice.`, 'Give every output its own name.');
    seen.add(resolved);
    return { path: target, format: override === undefined ? formatOfSuffix(target, formats) : formatByName(override, formats) };
  });
}

function formatByName<Format extends string>(name: string, formats: Readonly<Record<Format, string>>): Format {
  const wanted = name.replace(/^\./, '').toLowerCase();
  const found = (Object.keys(formats) as Format[]).find((format) => format.toLowerCase() === wanted);
  if (found) return found;
  throw new UsageError(
    `--format: "${name}" is not a format of this command.`,
    `Choose one of ${Object.keys(formats).join(', ')}.`,
  );
}

function formatOfSuffix<Format extends string>(target: string, formats: Readonly<Record<Format, string>>): Format {
  const name = path.basename(target).toLowerCase();
  const candidates = [
    ...(Object.keys(formats) as Format[]).map((format) => ({
      suffix: formats[format].toLowerCase(),
      format: format as Format | null,
    })),
    ...OTHER_SUFFIXES.filter((suffix) => !(Object.values(formats) as string[]).includes(suffix)).map((suffix) => ({
      suffix: suffix.toLowerCase(),
      format: null,
    })),
  ];
  const best = candidates.filter(({ suffix }) => name.endsWith(suffix)).sort((a, b) => b.suffix.length - a.suffix.length)[0];
  if (best?.format) return best.format;
  const known = Object.values(formats).join(', ');
  if (best)
    throw new UsageError(
      `--out ${target}: this command does not write ${best.suffix} files.`,
      `Use one of ${known}, or --format to force one.`,
    );
  throw new UsageError(`--out ${target}: the name does not tell the format.`, `End it in one of ${known}, or add --format.`);
}
