/** A number in as few characters as `decimals` places allow: no trailing zeros, no exponent for ordinary values. */
export function decimalText(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
