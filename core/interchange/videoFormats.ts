import { framesPerSecond, type FrameRate } from '../time/frameRate';
import type { FileFormat } from './fileFormats';

/** Videos of a performed line: the character as the viewport shows it, with the recording. */
export const VIDEO_FORMATS = {
  webm: { suffix: '.webm', label: 'WebM video', note: 'VP9, Opus' },
  mp4: { suffix: '.mp4', label: 'MP4 video', note: 'H.264' },
} as const satisfies Readonly<Record<string, FileFormat>>;

export type VideoFormatId = keyof typeof VIDEO_FORMATS;
export const VIDEO_FORMAT_IDS = Object.keys(VIDEO_FORMATS) as VideoFormatId[];

export function isVideoFormat(format: string): format is VideoFormatId {
  return Object.hasOwn(VIDEO_FORMATS, format);
}

/** Pixels; both even, because colour is stored at half the size. */
export interface VideoSize {
  readonly width: number;
  readonly height: number;
}

export const VIDEO_SIZES: readonly (VideoSize & { readonly label: string })[] = [
  { width: 1280, height: 720, label: '1280 x 720' },
  { width: 1920, height: 1080, label: '1920 x 1080' },
  { width: 1080, height: 1080, label: '1080 x 1080, square' },
  { width: 1080, height: 1920, label: '1080 x 1920, upright' },
  { width: 640, height: 360, label: '640 x 360' },
];

/** H.264 levels with their limits: macroblocks a second and in a frame (ITU-T H.264, table A-1). */
const H264_LEVELS = [
  { code: '1e', perSecond: 40_500, inFrame: 1_620 },
  { code: '1f', perSecond: 108_000, inFrame: 3_600 },
  { code: '28', perSecond: 245_760, inFrame: 8_192 },
  { code: '2a', perSecond: 522_240, inFrame: 8_704 },
  { code: '33', perSecond: 983_040, inFrame: 36_864 },
  { code: '34', perSecond: 2_073_600, inFrame: 36_864 },
] as const;

/** The codec string of H.264 constrained baseline at the lowest level that holds a picture of this size and rate. */
export function h264Codec({ width, height }: VideoSize, rate: FrameRate): string {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const level = H264_LEVELS.find(({ perSecond, inFrame }) => blocks <= inFrame && blocks * framesPerSecond(rate) <= perSecond);
  return `avc1.4200${(level ?? H264_LEVELS[H264_LEVELS.length - 1]).code}`;
}

/** Bits a second for a talking head on a plain ground: a twelfth of a bit a pixel, 1 to 20 million. */
export function videoBitrate({ width, height }: VideoSize, rate: FrameRate): number {
  return Math.round(Math.min(20e6, Math.max(1e6, (width * height * framesPerSecond(rate)) / 12)));
}
