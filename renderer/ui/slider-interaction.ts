export interface SliderDrag {
  readonly start: { readonly x: number; readonly value: number };
  /** Grabbed at the handle: moves relative to it; else the value jumps under the pointer. */
  readonly isFromHandle: boolean;
  readonly x: number;
  readonly left: number;
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly modifiers: { readonly shiftKey: boolean; readonly ctrlKey: boolean };
}

/** The value a pointer at x sets. Shift moves a tenth as far, Ctrl goes in steps of .05. */
export function dragValue({ start, isFromHandle, x, left, width, min, max, modifiers }: SliderDrag): number {
  const span = max - min;
  const isRelative = isFromHandle || modifiers.shiftKey;
  const pace = modifiers.shiftKey ? 0.1 : 1;
  const raw = isRelative ? start.value + ((x - start.x) / width) * span * pace : min + ((x - left) / width) * span;
  const stepped = modifiers.ctrlKey ? Math.round(raw / 0.05) * 0.05 : raw;
  return Math.min(max, Math.max(min, stepped));
}

/** Reads a typed value: "0.4", "+.1" and "-.1" relative, "*2", "/2", "50%" of the maximum. Null when it is no number. */
export function parseTyped(text: string, current: number, max: number): number | null {
  const clean = text.trim().replace(',', '.');
  const number = (part: string) => (/^\d*\.?\d+$/.test(part) ? parseFloat(part) : NaN);
  let value: number;
  if (clean.startsWith('+')) value = current + number(clean.slice(1));
  else if (clean.startsWith('*')) value = current * number(clean.slice(1));
  else if (clean.startsWith('/')) value = current / number(clean.slice(1));
  else if (clean.startsWith('-.') || /^-\d/.test(clean)) value = current - number(clean.slice(1));
  else if (clean.endsWith('%')) value = (number(clean.slice(0, -1)) / 100) * max;
  else value = number(clean);
  return Number.isFinite(value) ? value : null;
}
