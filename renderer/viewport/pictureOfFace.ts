const JPEG_QUALITY = 0.8;
/** Of the picture's height in the usual view, head and neck take this much. */
const FACE_SHARE = 0.78;

/**
 * What the viewport shows now, its middle cut to the wanted shape, as a data URL of a JPEG; null without a picture. The viewport
 * keeps its drawing buffer, so nothing has to be drawn again.
 */
export function pictureOfFace(width: number, height: number): string | null {
  const source = document.querySelector<HTMLCanvasElement>('[data-testid=viewport-canvas]');
  if (!source || source.width === 0 || source.height === 0) return null;
  const target = document.createElement('canvas');
  target.width = width;
  target.height = height;
  const context = target.getContext('2d');
  if (!context) return null;
  context.fillStyle = '#2a2a2d';
  context.fillRect(0, 0, width, height);
  const cut = middleOf(source.width, source.height, width / height, FACE_SHARE);
  context.drawImage(source, cut.x, cut.y, cut.width, cut.height, 0, 0, width, height);
  return target.toDataURL('image/jpeg', JPEG_QUALITY);
}

/** The largest part of a picture that has a shape, around its middle; or a share of it. */
export function middleOf(
  width: number,
  height: number,
  aspect: number,
  share = 1,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const cutWidth = Math.min(width, height * aspect) * share;
  const cutHeight = Math.min(height, width / aspect) * share;
  return { x: (width - cutWidth) / 2, y: (height - cutHeight) / 2, width: cutWidth, height: cutHeight };
}
