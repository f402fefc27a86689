"""Audio front end of the acoustic model: 16 kHz mono samples -> log-mel [frames, 80] and its per-line normalisation.

core/audio/logMel.ts computes the same thing; core/audio/golden/logmel.json pins the two to each other (tolerance 1e-3).

Exactly:
  * samples: float, [-1, 1], 16 kHz, mono; no dither, no pre-emphasis.
  * frames: floor(n / 160) + 1 (hop 10 ms); frame k is CENTRED on sample 160 k, i.e. it reads samples
    160 k - 200 ... 160 k + 199.  Samples outside 0..n-1 are reflected without repeating the edge
    (x[-1] = x[1], x[n] = x[n-2]; index folded with period 2 (n - 1), any number of times; n = 1: constant).
  * window: PERIODIC Hann of 400, w[i] = .5 - .5 cos(2 pi i / 400), centred in a buffer of n_fft = 512
    (56 zeros before and after; the power spectrum does not depend on where it sits).
  * power |X|^2 of the 257 bins, no scaling.
  * mel: HTK, mel(f) = 2595 log10(1 + f / 700); 82 edges equally spaced in mel from 20 to 7600 Hz, turned back to Hz;
    filter m rises linearly IN HZ from edge m to edge m+1 and falls to edge m+2; peak 1, no area normalisation;
    weights are read at the bin centres k * 16000 / 512 Hz: max(0, min(rise, fall)).  The lowest filters are narrower
    than a bin and some catch none: those bins are the constant ln(1e-6), 0 after normalisation.
  * ln(mel + 1e-6).
Normalisation, per line (never per chunk):
  * e[k] = mean over the 80 bins of the log-mel of frame k;
  * floor = 10th, peak = 95th percentile of e: sorted values read at index p (frames - 1), linearly interpolated;
  * frames with e > floor + .35 (peak - floor) are "above" (strictly); if there are none, all frames are;
  * the per-bin mean over those frames is subtracted from every frame.
"""
import numpy as np
import scipy.fft

SAMPLE_RATE = 16000
HOP = 160
WINDOW = 400
N_FFT = 512
BINS = 80
F_MIN, F_MAX = 20.0, 7600.0
LOG_FLOOR = 1e-6
FLOOR_PERCENTILE, PEAK_PERCENTILE, ABOVE_FRACTION = 0.10, 0.95, 0.35


def hz_to_mel(f):
    return 2595.0 * np.log10(1.0 + np.asarray(f, float) / 700.0)


def mel_to_hz(m):
    return 700.0 * (10.0 ** (np.asarray(m, float) / 2595.0) - 1.0)


def mel_matrix():
    """Filter weights [257, 80]."""
    edges = mel_to_hz(np.linspace(hz_to_mel(F_MIN), hz_to_mel(F_MAX), BINS + 2))
    f = np.arange(N_FFT // 2 + 1) * SAMPLE_RATE / N_FFT
    lo, mid, hi = edges[:-2], edges[1:-1], edges[2:]
    rise = (f[:, None] - lo) / (mid - lo)
    fall = (hi - f[:, None]) / (hi - mid)
    return np.maximum(0.0, np.minimum(rise, fall))


_WINDOW = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
_MEL = mel_matrix()


def _reflect(i, n):
    if n == 1:
        return np.zeros_like(i)
    period = 2 * (n - 1)
    i = np.mod(i, period)
    return np.where(i >= n, period - i, i)


def log_mel(samples, dtype=np.float64):
    """samples [n] in [-1, 1] at 16 kHz -> raw log-mel [floor(n/160)+1, 80]. Empty input gives no frames."""
    x = np.asarray(samples, dtype)
    n = len(x)
    if n == 0:
        return np.zeros((0, BINS), dtype)
    half = WINDOW // 2
    frames = n // HOP + 1
    padded = x[_reflect(np.arange(-half, (frames - 1) * HOP + half), n)]
    view = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    spectrum = scipy.fft.rfft(view * _WINDOW.astype(dtype), n=N_FFT, axis=1)
    power = spectrum.real ** 2 + spectrum.imag ** 2
    return np.log(power @ _MEL.astype(dtype) + dtype(LOG_FLOOR))


def percentile(sorted_values, p):
    at = p * (len(sorted_values) - 1)
    lo = int(np.floor(at))
    hi = min(lo + 1, len(sorted_values) - 1)
    return sorted_values[lo] + (at - lo) * (sorted_values[hi] - sorted_values[lo])


def normalise(raw):
    """Raw log-mel of a whole line -> the same with the per-bin mean of the frames above the noise floor removed."""
    if len(raw) == 0:
        return raw
    e = raw.mean(1)
    s = np.sort(e)
    floor, peak = percentile(s, FLOOR_PERCENTILE), percentile(s, PEAK_PERCENTILE)
    above = e > floor + ABOVE_FRACTION * (peak - floor)
    if not above.any():
        above[:] = True
    return raw - raw[above].mean(0)


def golden_signal(count=8000):
    """The deterministic test sound: three amplitude-modulated sines and noise of a linear congruential generator."""
    t = np.arange(count) / SAMPLE_RATE
    tone = sum(a * np.sin(2 * np.pi * f * t) for f, a in ((220, .3), (1330, .2), (4100, .05)))
    x, noise = 1, np.zeros(count)
    for i in range(count):
        x = (x * 1664525 + 1013904223) % 2 ** 32
        noise[i] = (x / 2 ** 32 - .5) * .02
    return tone * (.6 + .4 * np.sin(2 * np.pi * 3 * t)) + noise
