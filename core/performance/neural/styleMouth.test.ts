import { describe, expect, it } from 'vitest';
import { CHANNEL_INDEX, type ArkitChannel } from '../../rig/channels';
import { createRows, type Rows } from './chunks';
import { MOUTH_REGION } from './neuralModels';
import { styleMouth, unstyleMouth } from './styleMouth';

const FRAMES = 5;
const rowOf = (rows: Rows, channel: ArkitChannel) => {
  const row = MOUTH_REGION.channels.indexOf(CHANNEL_INDEX[channel]);
  return rows.data.subarray(row * FRAMES, (row + 1) * FRAMES);
};

function spoken(): Rows {
  const rows = createRows(MOUTH_REGION.channels.length, FRAMES);
  rows.data.forEach((_, at) => (rows.data[at] = 0.1 + 0.3 * Math.abs(Math.sin(at))));
  rowOf(rows, 'jawOpen').set([0.1, 0.2, 0.3, 0.5, 0.9]);
  rowOf(rows, 'mouthClose').set([0.1, 0.05, 0.3, 0, 0]);
  return rows;
}

describe('the style of the neural mouth', () => {
  it('as spoken changes nothing', () => {
    const rows = spoken();
    expect(styleMouth(rows, { jaw: 0.5, lip: 0.5 })).toBe(rows);
  });

  it('opens the jaw with its axis and leaves the lips to theirs', () => {
    const [rows, styled] = [spoken(), styleMouth(spoken(), { jaw: 1, lip: 0 })];
    expect([...rowOf(styled, 'jawOpen')].map((v) => +v.toFixed(4))).toEqual([0.16, 0.32, 0.48, 0.8, 1]);
    for (const [channel, gain] of [
      ['mouthPucker', 0.45],
      ['mouthPressLeft', 1],
    ] as const) {
      rowOf(styled, channel).forEach((value, frame) => expect(value).toBeCloseTo(gain * rowOf(rows, channel)[frame], 5));
    }
  });

  it('never closes lips further than the jaw is open', () => {
    for (const jaw of [0, 0.3, 1]) {
      const styled = styleMouth(spoken(), { jaw, lip: 1 });
      rowOf(styled, 'mouthClose').forEach((close, frame) => expect(close).toBeLessThanOrEqual(rowOf(styled, 'jawOpen')[frame]));
    }
  });

  it('is taken back from a mouth that stands', () => {
    const style = { jaw: 0.2, lip: 0.8 };
    const back = unstyleMouth(styleMouth(spoken(), style), style);
    const rows = spoken();
    back.data.forEach((value, at) => expect(value).toBeCloseTo(rows.data[at], 5));
  });
});
