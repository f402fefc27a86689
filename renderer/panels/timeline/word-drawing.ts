import { theme } from '../../ui/theme';
import { setFont } from './paint';
import { paintConfidence, paintHatch } from './phoneme-drawing';
import type { WordBlock } from './phoneme-geometry';

/** Words: a warning's dashes for what does not fit, hatch for what is locked, white for the selected. */
export function paintWords(context: CanvasRenderingContext2D, words: readonly WordBlock[], _width: number, height: number): void {
  const colors = theme();
  setFont(context, 11);
  for (const word of words) {
    const { x, width } = word;
    const inner = Math.max(1, width - 1);
    const isAdded = word.flag === 'unwritten' || word.flag === 'repeated';
    if (!isAdded) {
      context.fillStyle = colors.raised;
      context.fillRect(x + 0.5, 2, inner, height - 3);
    }
    paintConfidence(context, word, 2);
    if (word.isLocked) paintHatch(context, x + 0.5, 2, inner, height - 3);
    if (word.isSelected || word.isUnsure) {
      context.lineWidth = word.isSelected ? 1.5 : 1;
      context.strokeStyle = word.isSelected ? colors.select : colors.warn;
      if (!word.isSelected) context.setLineDash([2, 2]);
      context.strokeRect(x + 1, 2.5, Math.max(1, inner - 1), height - 4);
      context.setLineDash([]);
    }
    if (width < 14) continue;
    context.save();
    context.beginPath();
    context.rect(x, 0, width, height);
    context.clip();
    context.fillStyle = isAdded ? colors.text2 : colors.text1;
    // A word that is longer than its time shows how it begins.
    const isCut = context.measureText(word.text).width > width - 4;
    context.textAlign = isCut ? 'left' : 'center';
    context.fillText(word.text, isCut ? x + 3 : x + width / 2, height / 2 + 1);
    context.restore();
  }
  context.textAlign = 'left';
}
