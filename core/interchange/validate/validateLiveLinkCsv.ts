import { MienError } from '../../errors';
import { PERFORMANCE_CHANNELS, isPoseChannel } from '../../rig/channels';
import { cellValue, parseLiveLinkRows } from '../livelink/parseLiveLinkRows';
import { readLiveLinkCsv } from '../livelink/readLiveLinkCsv';
import { FindingList, type ValidationReport } from './validationReport';

/** Looks into a Live Link Face CSV: header, cells, weights within 0..1, rotations within a turn, timecodes going forward. */
export function validateLiveLinkCsv(bytes: Uint8Array): ValidationReport {
  const list = new FindingList();
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { columns, rows } = parseLiveLinkRows(text);
    for (const [channel, column] of columns) {
      const [low, high] = isPoseChannel(channel) ? [-Math.PI, Math.PI] : [0, 1];
      const outside = rows.find((row) => {
        const value = cellValue(row, column, channel);
        return value < low - 1e-6 || value > high + 1e-6;
      });
      if (outside)
        list.add('warning', 'csv-range', `${channel} leaves ${low.toFixed(2)}..${high.toFixed(2)} in line ${outside.line}.`);
    }
    const { tracks, notices } = readLiveLinkCsv(text);
    for (const notice of notices) list.add('warning', 'csv-notice', notice);
    return list.report('csv', {
      rows: rows.length,
      frames: tracks.frameCount,
      framesPerSecond: tracks.frameRate.numerator / tracks.frameRate.denominator,
      channels: columns.size,
      missingChannels: PERFORMANCE_CHANNELS.length - columns.size,
    });
  } catch (error) {
    const message = error instanceof MienError ? error.message : 'The file is not UTF-8 text.';
    list.add('error', 'csv-unreadable', message);
    return list.report('csv');
  }
}
