import { PERFORMANCE_CHANNELS } from '../../rig/channels';
import { frameToSeconds } from '../../time/frameRate';
import { checkTracks } from '../checkTracks';
import { decimalText } from '../decimalText';
import type { PerformanceExport } from '../gltf/writeGlb';
import { liveLinkColumn } from '../livelink/writeLiveLinkCsv';

/**
 * A CSV that Unreal imports as a CurveTable: the first row holds times in seconds, every further row one curve (52 weights
 * 0..1, then nine rotations in radians), named as Live Link Face names its columns ("JawOpen").
 * @throws MienError 'invalid-input'
 */
export function writeCurveTable({ tracks }: Pick<PerformanceExport, 'tracks'>): string {
  checkTracks(tracks);
  const times = Array.from({ length: tracks.frameCount }, (_, frame) => number(frameToSeconds(frame, tracks.frameRate)));
  const rows = PERFORMANCE_CHANNELS.map((channel, index) =>
    [liveLinkColumn(channel), ...Array.from(tracks.channels[index], number)].join(','),
  );
  return [['---', ...times].join(','), ...rows].join('\n') + '\n';
}

function number(value: number): string {
  return decimalText(value, 7);
}
