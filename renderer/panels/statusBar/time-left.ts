/** "3 s left" from the share done and the time it took; '' while too little is known or too little is left to say. */
export function timeLeft(fraction: number, elapsedMs: number): string {
  if (elapsedMs < 2000 || fraction < 0.05 || fraction >= 1) return '';
  const seconds = Math.ceil(((elapsedMs / fraction) * (1 - fraction)) / 1000);
  if (seconds < 1) return '';
  return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}
