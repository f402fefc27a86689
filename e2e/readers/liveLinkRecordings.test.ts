import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { trackOf } from '../../core/curves/sampledTracks';
import { liveLinkColumn, writeLiveLinkCsv } from '../../core/interchange/livelink/writeLiveLinkCsv';
import { readLiveLinkCsv } from '../../core/interchange/livelink/readLiveLinkCsv';
import { validateFile } from '../../core/interchange/validate/validateFile';
import { PERFORMANCE_CHANNELS } from '../../core/rig/channels';

/** Recordings made by the Live Link Face app; they are not part of the repository. */
const FOLDER = fileURLToPath(new URL('../../../shared/data/face/livelink', import.meta.url));
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.csv')) : [];

describe.skipIf(FILES.length === 0).each(FILES.length === 0 ? ['(no recordings here)'] : FILES)('recording %s', (name) => {
  const bytes = (): Uint8Array => new Uint8Array(readFileSync(path.join(FOLDER, name)));

  test('is read by name: every value of every row is on its frame', () => {
    const text = new TextDecoder().decode(bytes());
    const { tracks } = readLiveLinkCsv(text);
    expect(tracks.frameRate).toEqual({ numerator: 60, denominator: 1 });
    const [header, ...rows] = text
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const frameOf = (timecode: string): number => {
      const [hours, minutes, seconds, frames] = timecode.split(':').map(Number);
      return ((hours * 60 + minutes) * 60 + seconds) * 60 + frames;
    };
    const first = frameOf(rows[0][0]);
    let largest = 0;
    for (const row of rows) {
      // The app saw no face.
      if (row[1] === '0') continue;
      const position = frameOf(row[0]) - first;
      // Rows drift against the first one by up to a tenth of a frame over minutes: only rows that lie on a frame are compared.
      if (Math.abs(position - Math.round(position)) > 0.02) continue;
      for (const channel of PERFORMANCE_CHANNELS) {
        const wanted = Number(row[header.indexOf(liveLinkColumn(channel))]);
        largest = Math.max(largest, Math.abs(trackOf(tracks, channel)[Math.round(position)] - wanted));
      }
    }
    expect(largest).toBeLessThan(1e-6);
  });

  test('has the header Mien writes, and passes the validator', async () => {
    const header = new TextDecoder().decode(bytes()).split(/\r?\n/)[0];
    const { tracks } = readLiveLinkCsv(new TextDecoder().decode(bytes()));
    expect(new TextDecoder().decode(writeLiveLinkCsv({ tracks })).split('\n')[0]).toBe(header);
    expect(await validateFile(bytes(), name)).toMatchObject({ ok: true, format: 'csv' });
  });
});
