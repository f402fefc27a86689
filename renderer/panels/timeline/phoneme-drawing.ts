import { theme } from '../../ui/theme';
import { setFont } from './paint';
import type { PhonemeBlock, PhonemeEdge, PhonemeHit } from './phoneme-geometry';

export interface PhonemeScene {
  readonly blocks: readonly PhonemeBlock[];
  readonly edges: readonly PhonemeEdge[];
  readonly hover: PhonemeHit;
}

const TOP = 3;
/** The narrowest letter, I, with its room. */
const NARROWEST_NAME_PX = 6;
const CLOSURE_FILL = '#47474d';

export function paintPhonemes(
  context: CanvasRenderingContext2D,
  { blocks, edges, hover }: PhonemeScene,
  width: number,
  height: number,
): void {
  const colors = theme();
  const bottom = height - 5;
  setFont(context, 11, 500);
  context.textAlign = 'center';
  for (const block of blocks) paintBlock(context, block, bottom, hover.kind === 'body' && hover.index === block.index);
  context.textAlign = 'left';
  for (const edge of edges) {
    if (edge.x < -4 || edge.x > width + 4) continue;
    if (edge.recognisedX !== null) paintMovedEdge(context, edge.x, edge.recognisedX, bottom);
    if (hover.kind === 'edge' && hover.boundaryIndex === edge.boundaryIndex) {
      context.fillStyle = colors.select;
      context.fillRect(edge.x - 1, TOP - 2, 2, bottom - TOP + 4);
    }
  }
}

function paintBlock(context: CanvasRenderingContext2D, block: PhonemeBlock, bottom: number, isHovered: boolean): void {
  const colors = theme();
  const { x, width } = block;
  const inner = Math.max(1, width - 1);
  if (block.isSilence) {
    context.strokeStyle = isHovered ? colors.lineStrong : colors.line;
    context.lineWidth = 1;
    context.strokeRect(x + 1, TOP + 0.5, Math.max(1, inner - 1), bottom - TOP - 1);
  } else {
    context.fillStyle = block.isClosure ? CLOSURE_FILL : isHovered ? colors.hover : colors.control;
    context.fillRect(x + 0.5, TOP, inner, bottom - TOP);
  }
  if (!block.isSilence) paintConfidence(context, block, TOP);
  if (block.isLocked) paintHatch(context, block.x + 1, TOP, inner, bottom - TOP);
  if (block.isSelected) {
    context.strokeStyle = colors.select;
    context.lineWidth = 1.5;
    context.strokeRect(x + 1.25, TOP + 0.75, Math.max(1, inner - 1.5), bottom - TOP - 1.5);
  } else if (block.isUnsure) {
    context.setLineDash([2, 2]);
    context.strokeStyle = colors.warn;
    context.lineWidth = 1;
    context.strokeRect(x + 1, TOP + 0.5, Math.max(1, inner - 1), bottom - TOP - 1);
    context.setLineDash([]);
  }
  if (block.isClosure) {
    context.fillStyle = block.isBroken ? colors.error : colors.select;
    context.fillRect(x + 2.5, bottom - 2, Math.max(1, inner - 4), 2);
  }
  const name = block.isSilence ? 'sil' : block.phoneme;
  // Measuring text is what costs most here: thousands of blocks of a long line are narrower than any letter.
  if (width < NARROWEST_NAME_PX || width < context.measureText(name).width + 2) return;
  context.fillStyle = block.isSilence ? colors.text3 : colors.text1;
  context.fillText(name, x + width / 2, (TOP + bottom) / 2);
}

/** A thin bar at the top: the surer, the longer and the quieter; below what is called unsure it is the colour of warnings. */
export function paintConfidence(
  context: CanvasRenderingContext2D,
  {
    x,
    width,
    confidence,
    isUnsure,
  }: { readonly x: number; readonly width: number; readonly confidence: number; readonly isUnsure: boolean },
  top: number,
): void {
  if (confidence >= 0.999 || width < 4) return;
  const colors = theme();
  context.fillStyle = isUnsure ? colors.warn : colors.lineStrong;
  context.fillRect(x + 1, top, Math.max(2, (width - 2) * Math.min(1, confidence)), 1.5);
}

/** 45 degree hatch: what is locked. */
export function paintHatch(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = theme().lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 5) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

/** Orange over the stretch a hand has moved, a dotted line where the recogniser had it. */
function paintMovedEdge(context: CanvasRenderingContext2D, x: number, recognisedX: number, bottom: number): void {
  const colors = theme();
  context.fillStyle = colors.accent;
  context.fillRect(Math.min(x, recognisedX), TOP - 2, Math.max(2, Math.abs(recognisedX - x)), 2);
  context.fillRect(x - 1, TOP, 2, bottom - TOP);
  context.strokeStyle = colors.text2;
  context.lineWidth = 1;
  context.setLineDash([1, 2]);
  context.beginPath();
  context.moveTo(recognisedX, TOP);
  context.lineTo(recognisedX, bottom);
  context.stroke();
  context.setLineDash([]);
}
