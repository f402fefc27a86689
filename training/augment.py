"""Random changes of a recording, and the log-mel of the changed sound.

Pitch and formants move together by resampling (factor r > 1: smaller, higher voice); the tempo is set apart from them by the
step of the analysis frames, so a voice can be made child-like without being made fast.
"""
import numpy as np
import scipy.fft
import scipy.signal

from frontend import BINS, HOP, LOG_FLOOR, N_FFT, WINDOW, _MEL, _WINDOW, log_mel

SPEED = (0.8, 1.25)
PITCH_ADULT = (0.88, 1.35)     # up: toward children and cartoon voices
PITCH_CHILD = (0.82, 1.15)


def log_uniform(rng, lo, hi):
    return float(np.exp(rng.uniform(np.log(lo), np.log(hi))))


def stretched_log_mel(x, step):
    """Log-mel with frame k centred on sample `step` k (step = HOP is the plain front end)."""
    count = int(len(x) / step) + 1
    at = np.round(np.arange(count) * step).astype(int)
    pad = np.pad(x, (WINDOW // 2, WINDOW), mode='reflect').astype(np.float32)
    view = np.lib.stride_tricks.sliding_window_view(pad, WINDOW)[at]
    s = scipy.fft.rfft(view * _WINDOW.astype(np.float32), n=N_FFT, axis=1)
    return np.log((s.real ** 2 + s.imag ** 2) @ _MEL.astype(np.float32) + np.float32(LOG_FLOOR))


def coloured_noise(rng, n):
    spec = scipy.fft.rfft(rng.standard_normal(n).astype(np.float32))
    f = np.maximum(np.arange(len(spec)) / len(spec) * 8000, 40)
    spec = spec * (f / 1000) ** rng.uniform(-1.2, 0.3)
    y = scipy.fft.irfft(spec, n)
    if rng.random() < .4:                                        # slow swell
        t = np.arange(n) / 16000
        y = y * (1 + .8 * np.sin(2 * np.pi * rng.uniform(.1, 3) * t + rng.uniform(0, 6)))
    if rng.random() < .25:                                       # mains hum
        t = np.arange(n) / 16000
        f0 = rng.choice([50, 60])
        y = y / (y.std() + 1e-9) + sum(rng.uniform(0, 1.5) * np.sin(2 * np.pi * f0 * h * t + rng.uniform(0, 6)) for h in range(1, 6))
    return (y / (y.std() + 1e-9)).astype(np.float32)


def filtered(rng, x):
    """Random tone control, telephone band or low-pass, in one pass over the spectrum."""
    n = len(x)
    m = scipy.fft.next_fast_len(n, real=True)
    f = np.arange(m // 2 + 1) / m * 16000
    gain = np.ones(len(f))
    if rng.random() < .5:
        gain *= 10 ** (rng.uniform(-4, 4) * np.log2(np.maximum(f, 60) / 1000) / 20)
    pick = rng.random()
    if pick < .12:
        lo, hi = rng.uniform(80, 320), rng.uniform(3300, 3950)
        gain *= 1 / (1 + (np.maximum(f, 1) / hi) ** 24) / (1 + (lo / np.maximum(f, 1)) ** 6)
    elif pick < .22:
        gain *= 1 / (1 + (f / rng.uniform(4500, 7000)) ** 16)
    return scipy.fft.irfft(scipy.fft.rfft(x, m) * gain, m)[:n].astype(np.float32)


def reverberated(rng, x):
    n = int(16000 * rng.uniform(.1, .45))
    t = np.arange(n) / 16000
    tail = rng.standard_normal(n) * np.exp(-6.9 * t / rng.uniform(.12, .5))
    tail[:int(rng.uniform(.001, .006) * 16000)] = 0
    tail /= np.sqrt((tail ** 2).sum()) + 1e-9
    wet = scipy.signal.fftconvolve(x, tail.astype(np.float32))[:len(x)]
    return (x + wet * 10 ** (-rng.uniform(1, 14) / 20)).astype(np.float32)


def augmented(rng, samples, child):
    """samples int16 -> (raw log-mel [T, 80] float32, speed): frame k shows the original time k * 10 ms * speed."""
    x = samples.astype(np.float32) / 32768
    r = log_uniform(rng, *(PITCH_CHILD if child else PITCH_ADULT)) if rng.random() < .75 else 1.0
    speed = log_uniform(rng, *SPEED) if rng.random() < .75 else 1.0
    if r != 1.0:
        n = scipy.fft.next_fast_len(len(x), real=True)
        padded = np.pad(x, (0, n - len(x)), mode='edge')
        x = scipy.signal.resample(padded, int(round(n / r))).astype(np.float32)[:int(len(x) / r)]
    if rng.random() < .35:
        x = reverberated(rng, x)
    if rng.random() < .6:
        level = np.sqrt(np.percentile(x ** 2, 90)) * 1.2 + 1e-6
        x = x + coloured_noise(rng, len(x)) * level * 10 ** (-rng.uniform(4, 36) / 20)
    if rng.random() < .6:
        x = filtered(rng, x)
    x = x * 10 ** (rng.uniform(-22, 8) / 20)
    if rng.random() < .08:
        x = np.clip(x, -.5 * np.abs(x).max(), .5 * np.abs(x).max())
    if rng.random() < .06:                                       # mu-law, the sound of an 8-bit line
        y = np.clip(x, -1, 1)
        q = np.round(np.sign(y) * np.log1p(255 * np.abs(y)) / np.log(256) * 127) / 127
        x = (np.sign(q) * (256 ** np.abs(q) - 1) / 255).astype(np.float32)
    return stretched_log_mel(x, HOP * speed / r), speed


def plain(samples):
    return log_mel(samples.astype(np.float32) / 32768, np.float32), 1.0


def noise_only(rng, seconds):
    x = coloured_noise(rng, int(16000 * seconds)) * 10 ** (rng.uniform(-75, -25) / 20)
    if rng.random() < .3:
        x[rng.integers(0, len(x), 4)] += .3 * rng.standard_normal(4)      # clicks
    return log_mel(x, np.float32)
