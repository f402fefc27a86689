import { ARKIT_CHANNELS, CHANNEL_INDEX, type PerformanceChannel } from '../../rig/channels';

/** What training/performance/nets.py and export.py fixed: sizes, reach and names of the models. */
export const LATENT_CHANNELS = 16;

/** One generated part of the face: its channels, its latents and its models. */
export interface NeuralRegion {
  readonly encoder: string;
  readonly decoder: string;
  readonly denoiser: string;
  /** Channels in the order of the nets, as indices into PERFORMANCE_CHANNELS. */
  readonly channels: readonly number[];
  /** Curve frames (60 Hz) a latent covers: 2 for the mouth, so that a closure spans two; 4 for the upper face. */
  readonly stride: number;
  /** Own stream of the noise. */
  readonly noiseRegion: number;
  /** Noise levels the sampler visits, from 1 (noise alone) down; the last step leaves the clean latents. */
  readonly levels: readonly number[];
  /** 1 draws the spread that was learned; less keeps nearer to the middle of it. */
  readonly temperature: number;
}

const indexOf = (channel: PerformanceChannel) => CHANNEL_INDEX[channel];

/** jaw 4, mouth 23, cheekPuff; tongueOut follows the phones by rule. */
const MOUTH_CHANNELS = [
  ...ARKIT_CHANNELS.filter((channel) => channel.startsWith('jaw') || channel.startsWith('mouth')),
  'cheekPuff' as const,
].map(indexOf);

/** eyeSquint, eyeWide, brows, cheekSquint, noseSneer, head; lids and gaze are events. */
const UPPER_CHANNELS = [
  ...ARKIT_CHANNELS.filter((channel) => /^(eyeSquint|eyeWide|brow|cheekSquint|noseSneer)/.test(channel)),
  'headYaw' as const,
  'headPitch' as const,
  'headRoll' as const,
].map(indexOf);

export const MOUTH_REGION: NeuralRegion = {
  encoder: 'mouth_vae_encoder',
  decoder: 'mouth_vae_decoder',
  denoiser: 'mouth_denoiser',
  channels: MOUTH_CHANNELS,
  stride: 2,
  noiseRegion: 32,
  levels: [1, 0.5],
  temperature: 0.45,
};

export const UPPER_REGION: NeuralRegion = {
  encoder: 'upper_vae_encoder',
  decoder: 'upper_vae_decoder',
  denoiser: 'upper_denoiser',
  channels: UPPER_CHANNELS,
  stride: 4,
  noiseRegion: 33,
  levels: [1, 0.75, 0.5, 0.25],
  temperature: 1.35,
};

export const NEURAL_MODELS: readonly string[] = [MOUTH_REGION, UPPER_REGION].flatMap((region) => [
  region.encoder,
  region.decoder,
  region.denoiser,
]);

/** How far (latent frames) each net looks to either side; overlap of neighbouring chunks. */
export const DENOISER_REACH = 30;
export const CODEC_REACH = 10;
/** Latents a run: 10 s of mouth, 20 s of upper face. Memory does not grow with the line. */
export const CHUNK_LATENTS = 300;
