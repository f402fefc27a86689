import { DEFAULT_STYLE, type PerformanceStyle } from '../../core/performance/performanceEngine';
import { UsageError } from '../usageError';

/** Names on the command line, the style field each sets, and its upper limit (lower is 0). */
const FIELDS: Readonly<Record<string, readonly [keyof PerformanceStyle, number]>> = {
  jaw: ['jaw', 1],
  lip: ['lip', 1],
  rounding: ['rounding', 1],
  closure: ['closureStrength', 1],
  smoothing: ['smoothing', 1],
  blink: ['blinkAmount', 2],
  gaze: ['gazeAmount', 2],
  head: ['headAmount', 2],
  brow: ['browAmount', 2],
  breath: ['breathAmount', 2],
  idle: ['idleAmount', 2],
};

/**
 * Reads `--style jaw=0.6,lip=0.7`; fields that are not named keep their default.
 * @throws UsageError
 */
export function parseStyle(text: string): PerformanceStyle {
  const style: Record<string, number> = { ...DEFAULT_STYLE };
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [name, valueText = ''] = part.split('=').map((piece) => piece.trim());
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (!field)
      throw new UsageError(
        `--style: there is no field "${name}".`,
        `Fields are ${Object.keys(FIELDS).join(', ')}; write "jaw=0.6,lip=0.7".`,
      );
    const value = Number(valueText);
    if (valueText === '' || !(value >= 0 && value <= field[1])) {
      throw new UsageError(`--style: "${valueText}" is no value for ${name}.`, `${name} takes a number in 0..${field[1]}.`);
    }
    style[field[0]] = value;
  }
  return style as unknown as PerformanceStyle;
}
