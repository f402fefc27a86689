import { CHANNEL_INDEX, PERFORMANCE_CHANNELS } from '../../rig/channels';
import type { PerformanceStyle } from '../performanceEngine';
import { jawStyleFactor, lipStyleFactor } from '../rules/mouthStyle';
import type { Rows } from './chunks';
import { MOUTH_REGION } from './neuralModels';

const OPEN_ROW = MOUTH_REGION.channels.indexOf(CHANNEL_INDEX.jawOpen);
const CLOSE_ROW = MOUTH_REGION.channels.indexOf(CHANNEL_INDEX.mouthClose);
const JAW = /^(jawOpen|jawForward|mouthClose)$/;
/** What closes the lips does not grow with style. */
const HELD = /^mouth(Press|Roll)/;

type StyleAxes = Pick<PerformanceStyle, 'jaw' | 'lip'>;

/**
 * The nets' mouth (rows of MOUTH_REGION, 0..1) spoken with another style: the nets speak as captured, and style scales that as
 * it scales the rules' targets. Lips never close further than the jaw is open. At .5 and .5 the rows themselves.
 */
export function styleMouth(rows: Rows, style: StyleAxes): Rows {
  return scaled(rows, style, (value, gain) => Math.min(1, gain * Math.max(0, value)));
}

/** The way back, for a mouth that stands and that the nets are to go on from; what the limit at 1 took is not brought back. */
export function unstyleMouth(rows: Rows, style: StyleAxes): Rows {
  return scaled(rows, style, (value, gain) => value / gain);
}

function scaled(rows: Rows, style: StyleAxes, scale: (value: number, gain: number) => number): Rows {
  const [jaw, lip] = [jawStyleFactor(style.jaw), lipStyleFactor(style.lip)];
  if (jaw === 1 && lip === 1) return rows;
  const data = rows.data.slice();
  MOUTH_REGION.channels.forEach((index, row) => {
    const channel = PERFORMANCE_CHANNELS[index];
    const gain = HELD.test(channel) ? 1 : JAW.test(channel) ? jaw : lip;
    for (let at = row * rows.length; at < (row + 1) * rows.length; at++) data[at] = scale(data[at], gain);
  });
  const row = (index: number) => data.subarray(index * rows.length, (index + 1) * rows.length);
  const [open, close] = [row(OPEN_ROW), row(CLOSE_ROW)];
  for (let frame = 0; frame < rows.length; frame++) close[frame] = Math.min(close[frame], open[frame]);
  return { ...rows, data };
}
