import type { MonoPcm } from '../../core/audio/pcm';
import { trackOf, type SampledTracks } from '../../core/curves/sampledTracks';
import { ARKIT_CHANNELS } from '../../core/rig/channels';
import { isBilabial, isLabiodental, type Phoneme } from '../../core/speech/phonemes';
import type { PhonemeSegment } from '../../core/speech/segments';
import { framesPerSecond } from '../../core/time/frameRate';
import { drawText, GLYPH_HEIGHT, textWidth } from './bitmapFont';
import { frameCharacter, type CameraPreset } from './camera';
import type { CharacterScene } from './characterScene';
import type { FacePose } from './deformCharacter';
import { createPicture, fillRectangle, pastePicture, type Picture, type Rgb } from './picture';
import { BACKGROUND_SRGB, renderFace } from './renderFace';

const LANE: Rgb = [0x1f, 0x1f, 0x21];
const WAVE: Rgb = [0x6f, 0xa8, 0xc9];
const CLOSED: Rgb = [0xd9, 0x6a, 0x6a];
const LIP_ON_TEETH: Rgb = [0xd9, 0xa4, 0x5a];
const OTHER_PHONE: Rgb = [0x4a, 0x4d, 0x55];
const TEXT: Rgb = [0xd8, 0xd8, 0xdc];
const FAINT: Rgb = [0x8a, 0x8a, 0x92];
const MARK: Rgb = [0xf0, 0xe0, 0x90];

export interface ContactSheetOptions {
  /** How many faces; default 8. */
  readonly faces?: number;
  /** Faces in a row; default all. */
  readonly columns?: number;
  readonly camera?: CameraPreset;
  readonly yawDegrees?: number;
  /** Size of one face in pixels; default 232 x 280. */
  readonly faceWidth?: number;
  readonly faceHeight?: number;
  /** Times to show instead of the chosen ones, seconds. */
  readonly timesSeconds?: readonly number[];
}

/** One performance to draw: curves, phones and (for the waveform) the sound. */
export interface SheetLine {
  readonly tracks: SampledTracks;
  readonly phonemes: readonly PhonemeSegment[];
  readonly pcm?: MonoPcm;
}

/** Faces over the line with their times and phones, above the waveform and the phone lane. */
export function contactSheet(scene: CharacterScene, line: SheetLine, options: ContactSheetOptions = {}): Picture {
  const { faceWidth = 232, faceHeight = 280, camera = 'face' } = options;
  const durationSeconds = (line.tracks.frameCount - 1) / framesPerSecond(line.tracks.frameRate);
  const times = options.timesSeconds ?? tellingTimes(line.phonemes, durationSeconds, options.faces ?? 8);
  const columns = Math.min(options.columns ?? times.length, times.length);
  const rows = Math.ceil(times.length / columns);
  const [captionHeight, waveHeight, phoneHeight, gap] = [16, 64, 18, 4];
  const width = columns * faceWidth;
  const facesHeight = rows * (faceHeight + captionHeight);
  const sheet = createPicture(width, facesHeight + gap + waveHeight + phoneHeight + gap, BACKGROUND_SRGB);
  const orbit = frameCharacter(scene, camera, options.yawDegrees ?? 12);
  times.forEach((timeSeconds, index) => {
    const frame = Math.round(timeSeconds * framesPerSecond(line.tracks.frameRate));
    const face = renderFace(scene, weightsAt(line.tracks, frame), poseAt(line.tracks, frame), orbit, faceWidth, faceHeight);
    const x = (index % columns) * faceWidth;
    const y = Math.floor(index / columns) * (faceHeight + captionHeight);
    pastePicture(sheet, face, x, y);
    const phone = phoneAt(line.phonemes, timeSeconds);
    drawText(
      sheet,
      `${timeSeconds.toFixed(2)} S  ${phone}`,
      x + 6,
      y + faceHeight + 4,
      colourOf(phone) === OTHER_PHONE ? FAINT : colourOf(phone),
    );
  });
  const laneTop = facesHeight + gap;
  fillRectangle(sheet, 0, laneTop, width, waveHeight + phoneHeight, LANE);
  if (line.pcm) drawWave(sheet, line.pcm, durationSeconds, laneTop, waveHeight);
  drawPhones(sheet, line.phonemes, durationSeconds, laneTop + waveHeight, phoneHeight);
  for (const timeSeconds of times)
    fillRectangle(sheet, (timeSeconds / durationSeconds) * width, laneTop, 1, waveHeight + phoneHeight, MARK, 0.8);
  return sheet;
}

/**
 * Times worth looking at, spread over the line: the line is cut into equal stretches and each shows, in turn, a lip closure and
 * an open vowel if it has one, else its middle.
 */
export function tellingTimes(phonemes: readonly PhonemeSegment[], durationSeconds: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = (index / count) * durationSeconds;
    const to = ((index + 1) / count) * durationSeconds;
    const middle = (segment: PhonemeSegment): number => (segment.startSeconds + segment.endSeconds) / 2;
    const inside = phonemes.filter((segment) => middle(segment) >= from && middle(segment) < to && segment.phoneme !== 'SIL');
    const lips = inside.find((segment) => isBilabial(segment.phoneme) || isLabiodental(segment.phoneme));
    const open = inside.find((segment) => OPEN_VOWELS.has(segment.phoneme));
    const chosen = index % 2 === 0 ? (lips ?? open) : (open ?? lips);
    return chosen ? middle(chosen) : (from + to) / 2;
  });
}

const OPEN_VOWELS: ReadonlySet<Phoneme> = new Set<Phoneme>(['AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH', 'OW', 'IY', 'UW']);

export function weightsAt(tracks: SampledTracks, frame: number): Record<string, number> {
  const at = Math.max(0, Math.min(tracks.frameCount - 1, frame));
  return Object.fromEntries(ARKIT_CHANNELS.map((channel) => [channel, trackOf(tracks, channel)[at]]));
}

export function poseAt(tracks: SampledTracks, frame: number): FacePose {
  const at = Math.max(0, Math.min(tracks.frameCount - 1, frame));
  return {
    headYaw: trackOf(tracks, 'headYaw')[at],
    headPitch: trackOf(tracks, 'headPitch')[at],
    headRoll: trackOf(tracks, 'headRoll')[at],
    leftEyeYaw: trackOf(tracks, 'leftEyeYaw')[at],
    leftEyePitch: trackOf(tracks, 'leftEyePitch')[at],
    rightEyeYaw: trackOf(tracks, 'rightEyeYaw')[at],
    rightEyePitch: trackOf(tracks, 'rightEyePitch')[at],
  };
}

function phoneAt(phonemes: readonly PhonemeSegment[], timeSeconds: number): string {
  return phonemes.find((segment) => timeSeconds >= segment.startSeconds && timeSeconds < segment.endSeconds)?.phoneme ?? '';
}

function colourOf(phone: string): Rgb {
  if (isBilabial(phone as Phoneme)) return CLOSED;
  return isLabiodental(phone as Phoneme) ? LIP_ON_TEETH : OTHER_PHONE;
}

function drawWave(sheet: Picture, pcm: MonoPcm, durationSeconds: number, top: number, height: number): void {
  for (let x = 0; x < sheet.width; x++) {
    const from = Math.floor((x / sheet.width) * durationSeconds * pcm.sampleRateHz);
    const to = Math.floor(((x + 1) / sheet.width) * durationSeconds * pcm.sampleRateHz);
    let low = 0;
    let high = 0;
    for (let at = from; at < to && at < pcm.samples.length; at++) {
      low = Math.min(low, pcm.samples[at]);
      high = Math.max(high, pcm.samples[at]);
    }
    const half = height / 2;
    const start = top + half - Math.min(1, high) * half;
    fillRectangle(sheet, x, start, 1, Math.max(1, (Math.min(1, high) - Math.max(-1, low)) * half), WAVE);
  }
}

function drawPhones(
  sheet: Picture,
  phonemes: readonly PhonemeSegment[],
  durationSeconds: number,
  top: number,
  height: number,
): void {
  for (const segment of phonemes) {
    if (segment.phoneme === 'SIL') continue;
    const x = (segment.startSeconds / durationSeconds) * sheet.width;
    const width = ((segment.endSeconds - segment.startSeconds) / durationSeconds) * sheet.width;
    fillRectangle(sheet, x, top + 1, Math.max(1, width - 1), height - 2, colourOf(segment.phoneme));
    const label = textWidth(segment.phoneme);
    if (label <= width - 2) drawText(sheet, segment.phoneme, x + (width - label) / 2, top + (height - GLYPH_HEIGHT) / 2, TEXT);
  }
}
