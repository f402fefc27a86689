import { MienError } from '../../errors';
import { POSE_CHANNELS, type PerformanceChannel } from '../../rig/channels';
import { matchChannel } from '../character/matchChannel';
import { parseTimecode, type TimecodeParts } from './timecode';

/** The columns and rows of a Live Link CSV, before they are put on a grid of frames. */
export interface LiveLinkRows {
  /** Column of each channel found. */
  readonly columns: ReadonlyMap<PerformanceChannel, number>;
  /** Header cells that name nothing known. */
  readonly unknownColumns: readonly string[];
  readonly rows: readonly LiveLinkRow[];
  /** Rows in which the app saw no face: it writes them as a timecode and a count of 0. */
  readonly facelessRows: number;
}

export interface LiveLinkRow {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly time: TimecodeParts;
  readonly cells: readonly string[];
}

/** Two hours at 60 fps. */
const MAX_ROWS = 432_000;

const POSE_BY_KEY: ReadonlyMap<string, PerformanceChannel> = new Map(
  POSE_CHANNELS.map((channel) => [channel.toLowerCase(), channel]),
);

/**
 * Splits a Live Link Face CSV by its header; columns may be in any order and head and eye columns may be missing.
 * @throws MienError 'invalid-input' naming the line
 */
export function parseLiveLinkRows(text: string): LiveLinkRows {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const header = splitLine(lines[0] ?? '');
  const timeColumn = header.findIndex((cell) => cell.toLowerCase() === 'timecode');
  if (timeColumn < 0) throw invalid('The first line has no "Timecode" column');
  const { columns, unknownColumns } = readHeader(header);
  if (columns.size === 0) throw invalid('No column is named after an ARKit blendshape');
  const countColumn = header.findIndex((cell) => cell.toLowerCase() === 'blendshapecount');
  const rows: LiveLinkRow[] = [];
  let facelessRows = 0;
  for (let index = 1; index < lines.length; index++) {
    if (lines[index].trim() === '') continue;
    if (rows.length >= MAX_ROWS) throw invalid(`It has more than ${MAX_ROWS} rows`);
    const cells = splitLine(lines[index]);
    if (cells.length < header.length && cells[countColumn] === '0') {
      facelessRows += 1;
      continue;
    }
    if (cells.length !== header.length) {
      throw invalid(`Line ${index + 1} has ${cells.length} cells where the header has ${header.length}`);
    }
    const time = parseTimecode(cells[timeColumn]);
    if (!time) throw invalid(`Line ${index + 1} has no timecode of the form HH:MM:SS:FF.mmm`);
    rows.push({ line: index + 1, time, cells });
  }
  if (rows.length === 0) throw invalid('It has a header but no rows');
  return { columns, unknownColumns, rows, facelessRows };
}

/** A cell as a number. @throws MienError 'invalid-input' naming line and channel */
export function cellValue(row: LiveLinkRow, column: number, channel: string): number {
  const cell = row.cells[column];
  const value = cell === '' ? NaN : Number(cell);
  if (!Number.isFinite(value) || Math.abs(value) > 1e6) throw invalid(`Line ${row.line} has no usable number for ${channel}`);
  return value;
}

function readHeader(header: readonly string[]): Pick<LiveLinkRows, 'columns' | 'unknownColumns'> {
  const columns = new Map<PerformanceChannel, number>();
  const unknownColumns: string[] = [];
  header.forEach((cell, index) => {
    const key = cell.toLowerCase();
    if (key === 'timecode' || key === 'blendshapecount') return;
    const channel = POSE_BY_KEY.get(key) ?? matchChannel(cell);
    if (!channel) unknownColumns.push(cell.slice(0, 60));
    else if (columns.has(channel)) throw invalid(`Two columns are named ${channel}`);
    else columns.set(channel, index);
  });
  return { columns, unknownColumns };
}

function splitLine(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

/** The one error of the CSV reader. */
export function invalid(what: string): MienError {
  return new MienError(
    'invalid-input',
    `The Live Link CSV cannot be read: ${what}.`,
    'Use the CSV that the Live Link Face app writes next to its recording, without changing it in a spreadsheet.',
  );
}
