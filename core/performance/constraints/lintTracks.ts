import type { SampledTracks } from '../../curves/sampledTracks';
import { isPoseChannel, PERFORMANCE_CHANNELS, regionOf, type PerformanceChannel } from '../../rig/channels';
import { lipOpening } from '../../rig/lipOpening';
import type { PhonemeSegment } from '../../speech/segments';
import { secondsToFrame } from '../../time/frameRate';
import { frameSpanOf } from '../../time/frameSpan';
import type { TimeRange } from '../../time/timeRange';
import { closureReport } from './closureReport';
import type { LintFinding } from './lintFinding';
import { POSE_LIMIT_RADIANS } from './limitTracks';
import { silentFrames } from './silentFrames';

/** A finding lists at most this many frames; the message gives the count. */
const MAX_FRAMES = 100;
/** Movement below this in silence is rounding. */
const STILL_WEIGHT = 1e-3;
/** Weights may pass 0..1 by rounding only. */
const RANGE_SLACK = 1e-4;

/** Widening of an event for lint: the last frame of its movement may lie just outside. */
const EVENT_MARGIN_SECONDS = 1 / 30;

/**
 * What is wrong with final curves before they are written: values that are not numbers or out of range, mouthClose above
 * jawOpen, missed closures, a mouth that moves in silence or never moves in speech. Findings only; nothing is changed.
 * @param events breaths, laughs and the like, which may move the mouth in silence
 */
export function lintTracks(
  tracks: SampledTracks,
  phonemes: readonly PhonemeSegment[],
  events: readonly TimeRange[] = [],
): LintFinding[] {
  const findings = [
    ...lintNumbers(tracks),
    ...lintMouthClose(tracks),
    ...lintClosures(tracks, phonemes),
    ...lintSilence(tracks, phonemes, events),
    ...lintMutedMouth(tracks, phonemes),
    ...lintFrozenChannels(tracks, phonemes),
  ];
  const { startFrame } = tracks.frameRate;
  if (!startFrame) return findings;
  return findings.map((finding) => ({ ...finding, frames: finding.frames?.map((frame) => frame + startFrame) }));
}

function lintNumbers(tracks: SampledTracks): LintFinding[] {
  return tracks.channels.flatMap((samples, index) => {
    const channel = PERFORMANCE_CHANNELS[index];
    const [low, high] = isPoseChannel(channel) ? [-POSE_LIMIT_RADIANS, POSE_LIMIT_RADIANS] : [0, 1];
    const broken: number[] = [];
    const outside: number[] = [];
    samples.forEach((value, frame) => {
      if (!Number.isFinite(value)) broken.push(frame);
      else if (value < low - RANGE_SLACK || value > high + RANGE_SLACK) outside.push(frame);
    });
    return [
      ...report('error', 'not-a-number', broken, (n) => `${channel} is not a number on ${n}.`),
      ...report('warning', 'out-of-range', outside, (n) => `${channel} leaves ${unitRange(channel)} on ${n}; export limits it.`),
    ];
  });
}

function unitRange(channel: PerformanceChannel): string {
  return isPoseChannel(channel) ? '-90 to 90 degrees' : '0 to 1';
}

function lintMouthClose(tracks: SampledTracks): LintFinding[] {
  const jawOpen = tracks.channels[PERFORMANCE_CHANNELS.indexOf('jawOpen')];
  const mouthClose = tracks.channels[PERFORMANCE_CHANNELS.indexOf('mouthClose')];
  const frames = framesWhere(tracks, (frame) => mouthClose[frame] > jawOpen[frame] + RANGE_SLACK);
  return report(
    'warning',
    'mouth-close-above-jaw-open',
    frames,
    (n) => `mouthClose is above jawOpen on ${n}; the lips would cross.`,
  );
}

function lintClosures(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): LintFinding[] {
  const { missed, total } = closureReport(tracks, phonemes);
  const frames = missed.map(({ startSeconds, endSeconds }) =>
    Math.round(secondsToFrame((startSeconds + endSeconds) / 2, tracks.frameRate)),
  );
  return report('warning', 'closure-missed', frames, () => `The lips do not meet on ${missed.length} of ${total} P, B and M.`);
}

function lintSilence(tracks: SampledTracks, phonemes: readonly PhonemeSegment[], events: readonly TimeRange[]): LintFinding[] {
  const silent = silentFrames(phonemes, tracks.frameCount, tracks.frameRate);
  for (const { startSeconds, endSeconds } of events) {
    const wide = { startSeconds: startSeconds - EVENT_MARGIN_SECONDS, endSeconds: endSeconds + EVENT_MARGIN_SECONDS };
    const { first, end } = frameSpanOf(wide, tracks.frameCount, tracks.frameRate);
    silent.fill(0, first, end);
  }
  const mouth = mouthChannels(tracks);
  const frames = framesWhere(
    tracks,
    (frame) =>
      frame > 0 &&
      silent[frame] === 1 &&
      silent[frame - 1] === 1 &&
      mouth.some((samples) => Math.abs(samples[frame] - samples[frame - 1]) > STILL_WEIGHT),
  );
  return report(
    'info',
    'motion-in-silence',
    frames,
    (n) => `The mouth moves in silence on ${n} (an emotion or a hand edit may want that).`,
  );
}

function lintMutedMouth(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): LintFinding[] {
  if (!phonemes.some((segment) => segment.phoneme !== 'SIL')) return [];
  let least = Infinity;
  let most = -Infinity;
  for (let frame = 0; frame < tracks.frameCount; frame++) {
    const opening = lipOpening(tracks, frame);
    if (opening < least) least = opening;
    if (opening > most) most = opening;
  }
  if (most - least > 0.02) return [];
  return [{ severity: 'error', rule: 'mouth-constant', message: 'The mouth does not move although the line has speech.' }];
}

/** A weight that is held at one value above 0 for the whole of a spoken line is usually a stuck slider. */
function lintFrozenChannels(tracks: SampledTracks, phonemes: readonly PhonemeSegment[]): LintFinding[] {
  if (tracks.frameCount < 30 || !phonemes.some((segment) => segment.phoneme !== 'SIL')) return [];
  return tracks.channels.flatMap((samples, index): LintFinding[] => {
    const channel = PERFORMANCE_CHANNELS[index];
    if (isPoseChannel(channel) || !(samples[0] > 0.02) || samples.some((value) => value !== samples[0])) return [];
    return [
      { severity: 'info', rule: 'channel-constant', message: `${channel} stays at ${samples[0].toFixed(2)} for the whole line.` },
    ];
  });
}

function mouthChannels(tracks: SampledTracks): Float32Array[] {
  return tracks.channels.filter((_, index) => ['jaw', 'mouth'].includes(regionOf(PERFORMANCE_CHANNELS[index])));
}

function framesWhere(tracks: SampledTracks, test: (frame: number) => boolean): number[] {
  const frames: number[] = [];
  for (let frame = 0; frame < tracks.frameCount; frame++) if (test(frame)) frames.push(frame);
  return frames;
}

function report(
  severity: LintFinding['severity'],
  rule: string,
  frames: readonly number[],
  message: (count: string) => string,
): LintFinding[] {
  if (frames.length === 0) return [];
  const count = frames.length === 1 ? '1 frame' : `${frames.length} frames`;
  return [{ severity, rule, message: message(count), frames: frames.slice(0, MAX_FRAMES) }];
}
