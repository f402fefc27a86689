/** The signal of training/frontend.py `golden_signal`. */
export function goldenSignal(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, (_, i) => {
    const time = i / 16000;
    const tone = (amplitude: number, hz: number) => amplitude * Math.sin(2 * Math.PI * hz * time);
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (
      (tone(0.3, 220) + tone(0.2, 1330) + tone(0.05, 4100)) * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * time)) +
      (state / 2 ** 32 - 0.5) * 0.02
    );
  });
}
