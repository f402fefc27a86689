import type { VideoFormatId, VideoSize } from '../../core/interchange/videoFormats';
import { MienError } from '../../core/errors';
import type { FileHandle } from '../../main/ipc/api';
import type { LineModel } from '../stores/lineModel';
import { characterChoice, profileDriver } from '../viewport/characterChoice';
import { lineVideo } from '../video/lineVideo';
import type { Studio } from './studio';

export interface VideoExport {
  readonly target: FileHandle;
  readonly format: VideoFormatId;
  /** As in FRAME_RATES. */
  readonly frameRate: string;
  readonly size: VideoSize;
}

/** How a piece of work in this window tells of itself and is stopped. */
export interface WorkHere {
  readonly signal: AbortSignal;
  readonly progress: (step: string, fraction: number) => void;
}

/**
 * Writes the line as a video with camera, lights, look and character of the viewport. A cancelled or failed one leaves nothing.
 * @returns bytes written
 */
export async function exportVideo(studio: Studio, model: LineModel, wish: VideoExport, here: WorkHere): Promise<number> {
  const { camera, lights, quality, surfaceLook: look } = studio.view.getState();
  const { shown } = characterChoice.getState();
  const own = shown.kind === 'own' ? shown : null;
  const bytes = await lineVideo(model, {
    ...wish.size,
    format: wish.format,
    frameRate: wish.frameRate,
    camera,
    lights,
    quality,
    look,
    characterGlb: own ? own.loaded.plainGlb : await studio.api.app.characterGlb(shown.kind === 'bundled' ? shown.id : undefined),
    ...(own && { drive: profileDriver(own.profile) }),
    signal: here.signal,
    onProgress: here.progress,
  });
  if (here.signal.aborted) throw new MienError('cancelled', 'The export was cancelled.', '');
  here.progress('Saving', 1);
  await studio.api.files.writeVideo(wish.target, bytes);
  return bytes.byteLength;
}
