import { createTracks, trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { PERFORMANCE_CHANNELS, type PerformanceChannel } from '../../rig/channels';
import type { FrameRate } from '../../time/frameRate';
import { cellValue, invalid, parseLiveLinkRows, type LiveLinkRow } from './parseLiveLinkRows';
import { nominalFramesPerSecond } from './timecode';

/** A recording on a regular grid of frames. */
export interface LiveLinkRecording {
  readonly tracks: SampledTracks;
  /** Channels that have a column, in the order of PERFORMANCE_CHANNELS. */
  readonly channels: readonly PerformanceChannel[];
  /** What the first row's timecode counts since midnight, seconds. */
  readonly startSeconds: number;
  /** Plain sentences for the user: missing columns, filled gaps, dropped rows. */
  readonly notices: readonly string[];
}

export interface ReadLiveLinkOptions {
  /** Rate the timecode counts in; without it the smallest usual rate above the largest frame number is taken (60 for short files). */
  readonly frameRate?: FrameRate;
}

const USUAL_RATES = [24, 25, 30, 50, 60];
/** Four hours at 60 fps; a damaged timecode could ask for more memory than there is. */
const MAX_FRAMES = 864_000;
/** A row this near to a frame is that frame: the app's thousandths drift by one now and then. */
const SNAP_FRAMES = 0.02;
const SECONDS_A_DAY = 86_400;

/**
 * Reads a Live Link Face CSV by its header names. Rows need not be on every frame (the app often records every second one):
 * missing frames are interpolated linearly. Columns that are missing stay zero and are named in a notice.
 * @throws MienError 'invalid-input'
 */
export function readLiveLinkCsv(text: string, options: ReadLiveLinkOptions = {}): LiveLinkRecording {
  const { columns, unknownColumns, rows, facelessRows } = parseLiveLinkRows(text);
  const frameRate = options.frameRate ?? guessRate(rows);
  const nominal = nominalFramesPerSecond(frameRate);
  const notices: string[] = [];
  const { kept, positions } = inOrder(rows, nominal);
  if (facelessRows > 0) notices.push(`Rows without a face, bridged: ${facelessRows}.`);
  if (kept.length < rows.length) notices.push(`Rows out of order, left out: ${rows.length - kept.length}.`);
  const frameCount = Math.round(positions[positions.length - 1]) + 1;
  if (frameCount > MAX_FRAMES) throw invalid(`Its timecode spans ${Math.round(frameCount / nominal / 3600)} hours`);
  if (frameCount > kept.length) notices.push(`Frames between rows, interpolated: ${frameCount - kept.length}.`);
  const missing = PERFORMANCE_CHANNELS.filter((channel) => !columns.has(channel));
  if (missing.length > 0) notices.push(`Missing columns stay at zero: ${missing.join(', ')}.`);
  if (unknownColumns.length > 0) notices.push(`Unknown columns were ignored: ${unknownColumns.slice(0, 10).join(', ')}.`);

  const tracks = createTracks(frameCount, frameRate);
  for (const [channel, column] of columns) {
    fillFrames(
      trackOf(tracks, channel),
      kept.map((row) => cellValue(row, column, channel)),
      positions,
    );
  }
  const [{ time: start }] = kept;
  return {
    tracks,
    channels: PERFORMANCE_CHANNELS.filter((channel) => columns.has(channel)),
    startSeconds: start.seconds + start.frame / nominal,
    notices,
  };
}

function guessRate(rows: readonly LiveLinkRow[]): FrameRate {
  let highest = 0;
  for (const row of rows) highest = Math.max(highest, Math.floor(row.time.frame));
  const spansSeconds = rows[rows.length - 1].time.seconds - rows[0].time.seconds >= 2;
  const numerator = (spansSeconds ? USUAL_RATES.find((rate) => rate > highest) : undefined) ?? Math.max(60, highest + 1);
  return { numerator, denominator: 1 };
}

/** Rows whose time goes on, with their position in frames from the first; midnight is passed over. */
function inOrder(rows: readonly LiveLinkRow[], nominal: number): { kept: LiveLinkRow[]; positions: Float64Array } {
  const kept: LiveLinkRow[] = [];
  const positions = new Float64Array(rows.length);
  let days = 0;
  let last = -Infinity;
  const first = rows[0].time.seconds * nominal + rows[0].time.frame;
  for (const row of rows) {
    const inDay = row.time.seconds * nominal + row.time.frame - first;
    const position = inDay + days * SECONDS_A_DAY * nominal;
    const wrapped = position < last - (SECONDS_A_DAY / 2) * nominal;
    const now = wrapped ? position + SECONDS_A_DAY * nominal : position;
    if (now <= last) continue;
    if (wrapped) days += 1;
    positions[kept.length] = now;
    kept.push(row);
    last = now;
  }
  if (kept.length * 2 < rows.length) throw invalid('Its timecodes do not go forward');
  return { kept, positions: positions.subarray(0, kept.length) };
}

function fillFrames(samples: Float32Array, values: readonly number[], positions: Float64Array): void {
  let row = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    while (row + 1 < positions.length && positions[row + 1] <= frame) row++;
    const next = Math.min(row + 1, positions.length - 1);
    if (Math.abs(positions[row] - frame) <= SNAP_FRAMES || next === row) samples[frame] = values[row];
    else if (Math.abs(positions[next] - frame) <= SNAP_FRAMES) samples[frame] = values[next];
    else {
      const share = (frame - positions[row]) / (positions[next] - positions[row]);
      samples[frame] = values[row] + (values[next] - values[row]) * share;
    }
  }
}
