import { describe, expect, it } from 'vitest';
import { PERFORMANCE_CHANNEL_COUNT } from '../../../core/rig/channels';
import { channelRows, sparkline } from './channel-rows';

const none = { search: '', filter: 'all', closed: [], keyCounts: new Map(), settings: {} } as const;
const names = (rows: ReturnType<typeof channelRows>) => rows.flatMap((row) => (row.kind === 'channel' ? [row.channel] : []));

describe('channel list', () => {
  it('lists every channel once, closed regions as their head only', () => {
    expect(new Set(names(channelRows(none))).size).toBe(PERFORMANCE_CHANNEL_COUNT);
    const closed = channelRows({ ...none, closed: ['mouth'] });
    expect(names(closed)).not.toContain('mouthClose');
    expect(closed.some((row) => row.kind === 'head' && row.region === 'mouth')).toBe(true);
  });

  it('finds by words in any order, also in closed regions', () => {
    expect(names(channelRows({ ...none, closed: ['mouth'], search: 'left smile' }))).toEqual(['mouthSmileLeft']);
    expect(channelRows({ ...none, search: 'nothing like it' })).toEqual([]);
  });

  it('shows what has keys, or what is pinned; pinned ones stand on top as well', () => {
    const keyCounts = new Map([['jawOpen', 3]] as const);
    const settings = { browInnerUp: { pinned: true } } as const;
    expect(names(channelRows({ ...none, keyCounts, filter: 'keyed' }))).toEqual(['jawOpen']);
    expect(names(channelRows({ ...none, settings, filter: 'pinned' }))).toEqual(['browInnerUp']);
    expect(names(channelRows({ ...none, settings })).filter((name) => name === 'browInnerUp')).toHaveLength(2);
  });

  it('draws a short peak even where it falls between two points', () => {
    const samples = new Float32Array(1000);
    samples[333] = 1;
    const ys = sparkline(samples, 40, 14)
      .slice(1)
      .split('L')
      .map((point) => Number(point.split(' ')[1]));
    expect(Math.min(...ys)).toBeLessThan(2);
    expect(Math.max(...ys)).toBe(13);
  });
});
