import { PERFORMANCE_CHANNELS } from '../../rig/channels';
import { framesPerSecond } from '../../time/frameRate';
import { checkTracks } from '../checkTracks';
import { firstTimecodeFrame, type ClipSettings } from '../clipLine';
import type { PerformanceExport } from '../gltf/writeGlb';
import { formatTimecode, nominalFramesPerSecond } from './timecode';

/** Only the curves go into the file; character and name are taken so that all writers are called alike. */
export type LiveLinkExport = Pick<PerformanceExport, 'tracks'> &
  Partial<PerformanceExport> & {
    /** Where the timecode starts; absent: 00:00:00:00. */
    readonly clip?: ClipSettings;
  };

/** Column name of a channel: as the app writes it, with a capital first letter. */
export function liveLinkColumn(channel: string): string {
  return channel[0].toUpperCase() + channel.slice(1);
}

/**
 * A Live Link Face CSV as UTF-8: `Timecode,BlendShapeCount`, 52 weights, 9 rotations in radians (63 columns), 10 decimals, one
 * row a frame, timecode from 00:00:00:00.000 (or that of the clip) counting frames without drops. The app itself records at 60 fps.
 * The spelling "BlendShapeCount" is that of recordings made by the app.
 * @throws MienError 'invalid-input'
 */
export function writeLiveLinkCsv({ tracks, clip = {} }: LiveLinkExport): Uint8Array {
  checkTracks(tracks);
  const nominal = nominalFramesPerSecond(tracks.frameRate);
  const first = firstTimecodeFrame(clip, framesPerSecond(tracks.frameRate));
  const lines = [['Timecode', 'BlendShapeCount', ...PERFORMANCE_CHANNELS.map(liveLinkColumn)].join(',')];
  for (let frame = 0; frame < tracks.frameCount; frame++) {
    const values = tracks.channels.map((samples) => samples[frame].toFixed(10));
    lines.push(`${formatTimecode(first + frame, nominal)},${PERFORMANCE_CHANNELS.length},${values.join(',')}`);
  }
  return new TextEncoder().encode(lines.join('\n') + '\n');
}
