import { describe, expect, it } from 'vitest';
import { createTracks } from '../../core/curves/sampledTracks';
import { applyTake } from '../../core/document/commands/takes';
import { setEmotionKey } from '../../core/document/commands/emotionKeys';
import { setSeed } from '../../core/document/commands/lines';
import { DocumentStore } from '../../core/document/documentStore';
import { FIXTURE_LINE, fixtureRecords } from '../../core/document/documentFixture';
import { lineOf } from '../../core/document/selectors';
import { inputHashOf, takeInputsOf } from '../../core/document/takeInputs';
import { COMMANDS } from '../../main/ipc/commandTable';
import { joinChannels } from '../../core/curves/joinChannels';
import { bytesLabel, countFindings, reportText, whereLabel } from './exportDialog/export-plan';
import { createLineStatuses } from './lines/line-status';
import { filterCommands } from './palette/palette-filter';
import { timeLeft } from './statusBar/time-left';
import { waveColumns } from './timeline/waveform-drawing';

describe('line status', () => {
  it('follows the line: new, generated, stale, edited, exported', () => {
    const store = new DocumentStore(fixtureRecords());
    const lineId = FIXTURE_LINE;
    const statusOf = createLineStatuses();
    const status = (exported: (typeof lineId)[] = []) => statusOf(store.records, lineOf(store.records, lineId)!, exported);
    const generate = () => {
      const inputHash = inputHashOf(takeInputsOf(store.records, lineId)!);
      store.transact('take', (draft) =>
        applyTake(draft, { lineId, inputHash, frameCount: 121, chunkIds: [], newTakeId: 'take:1' }),
      );
    };
    expect(status()).toBe('new');
    generate();
    expect(status()).toBe('generated');
    store.transact('seed', (draft) => setSeed(draft, { lineId, seed: 77 }));
    expect(status()).toBe('stale');
    generate();
    store.transact('key', (draft) => setEmotionKey(draft, { lineId, emotion: 'fear', timeSeconds: 1, value: 1, newKeyId: 'k' }));
    expect(status()).toBe('stale');
    generate();
    expect(status()).toBe('edited');
    expect(status([lineId])).toBe('exported');
  });
});

describe('export', () => {
  it('hands curves over channel by channel', () => {
    const tracks = createTracks(3);
    tracks.channels[1][2] = 0.5;
    const flat = joinChannels(tracks);
    expect(flat).toHaveLength(61 * 3);
    expect(flat[5]).toBe(0.5);
  });

  it('says where and how much', () => {
    expect(whereLabel([41, 42, 43])).toBe('Frames 41 to 43');
    expect(whereLabel([7])).toBe('Frame 7');
    expect(whereLabel([1, 9])).toBe('2 frames from 1');
    expect(whereLabel([])).toBe('Whole line');
    expect(bytesLabel(1_234_567)).toBe('1.2 MB');
    expect(bytesLabel(10)).toBe('1 kB');
    const findings = [
      { severity: 'error', rule: 'a', message: 'm' },
      { severity: 'info', rule: 'b', message: 'n' },
    ] as const;
    expect(countFindings(findings)).toEqual({ errors: 1, warnings: 0, notes: 1 });
    expect(reportText('x', findings)).toContain('error\ta\tWhole line\tm');
  });
});

describe('small things', () => {
  it('finds commands by their words, the best first', () => {
    expect(filterCommands(COMMANDS, 'redo')[0].id).toBe('edit.redo');
    expect(filterCommands(COMMANDS, 'line next')[0].id).toBe('line.next');
    expect(filterCommands(COMMANDS, 'no such thing')).toEqual([]);
  });

  it('says how long a job will still take, when it can know', () => {
    expect(timeLeft(0.5, 1000)).toBe('');
    expect(timeLeft(0.5, 4000)).toBe('4 s left');
    expect(timeLeft(0.01, 4000)).toBe('');
    expect(timeLeft(0.1, 60_000)).toBe('9 min left');
  });

  it('keeps the highest peak of each column of the waveform in sight', () => {
    const peaks = new Float32Array([0, 0.5, -0.75, 0.25, -0.25, 0.25, 0, 2]);
    const whole = { startSeconds: 0, pixelsPerSecond: 1, width: 4 };
    const columns = waveColumns(peaks, 4, whole, 0.5);
    expect(columns).toEqual({ x: 0, columnPx: 0.5, heights: new Float32Array([0.5, 0.5, 0.75, 0.75, 0.25, 0.25, 1, 1]) });
    expect([...waveColumns(peaks, 4, whole).heights]).toEqual([0.5, 0.75, 0.25, 1]);
    // Half of it in sight, the other half before the sound begins.
    const half = waveColumns(peaks, 4, { ...whole, startSeconds: -2 });
    expect([half.x, ...half.heights]).toEqual([2, 0.5, 0.75]);
    expect([...waveColumns(peaks, 4, whole, 1, 2).heights]).toEqual([1, 1, 0.5, 1]);
    expect(waveColumns(new Float32Array(0), 4, whole).heights.every((height) => height === 0)).toBe(true);
  });
});
