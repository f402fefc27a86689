"""Random changes of a recording, and the log-mel of the changed sound. The sounds mixed in are made here (nonspeech.py).

Pitch and formants move together by resampling (factor r > 1: smaller, higher voice); the tempo is set apart from them by the
step of the analysis frames, so a voice can be made child-like without being made fast.
"""
import numpy as np
import scipy.fft
import scipy.linalg
import scipy.signal

from frontend import HOP, LOG_FLOOR, N_FFT, WINDOW, _MEL, _WINDOW, log_mel
from nonspeech import babble, breath, coloured_noise, music

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


def whispered(rng, x):
    """The same words without a voice: linear prediction of the vocal tract (20 ms, order 18), its excitation replaced by noise of the
    same loudness, with the high tilt of a whisper."""
    frame, order = 320, 18
    n = len(x) // (frame // 2) - 1
    y = np.zeros(len(x) + frame, np.float32)
    window = np.hanning(frame).astype(np.float32)
    emphasised = np.append(x[:1], x[1:] - .95 * x[:-1])
    for k in range(max(0, n)):
        at = k * frame // 2
        w = emphasised[at:at + frame] * window
        r = np.correlate(w, w, 'full')[frame - 1:frame + order]
        r[0] = r[0] * 1.001 + 1e-7
        a = scipy.linalg.solve_toeplitz(r[:order], -r[1:order + 1])
        rest = max(r[0] + (a * r[1:order + 1]).sum(), 1e-9) / (window ** 2).sum()
        e = rng.standard_normal(2 * frame).astype(np.float32) * rest ** .5
        y[at:at + frame] += scipy.signal.lfilter([1], np.append(1, a), e)[frame:] * window
    y = y[:len(x)]
    return (scipy.signal.lfilter([1], [1, -rng.uniform(.3, .7)], y) * rng.uniform(.1, 1)).astype(np.float32)


def starved(rng, x):
    """A codec short of bits: only the strongest bins of each 32 ms frame survive, coarsely rounded."""
    f, _, s = scipy.signal.stft(x, 16000, nperseg=512, noverlap=256)
    m = np.abs(s)
    keep = m >= np.quantile(m, rng.uniform(.5, .85), axis=0, keepdims=True)
    step = rng.uniform(.1, .4)
    m = np.exp(np.round(np.log(m + 1e-6) / step) * step)
    s = np.where(keep, m * np.exp(1j * np.angle(s)), 0)
    s[f > rng.uniform(4000, 8000)] = 0
    y = scipy.signal.istft(s, 16000, nperseg=512, noverlap=256)[1]
    return np.resize(y, len(x)).astype(np.float32)


def with_nonspeech(rng, samples, segments, pool=()):
    """Now and then some sound that is nobody speaking (or, given a pool of recordings, a crowd), before or after the line:
    (samples int16, segments), times moved along."""
    if rng.random() < .6 or not segments:
        return samples, segments
    level = np.sqrt(np.percentile((samples / 32768.0) ** 2, 90)) + 1e-4

    def piece():
        n = int(rng.uniform(.25, 1.2) * 100) * HOP
        kind = rng.integers(5 if len(pool) else 4)
        y = babble(rng, n, pool, rng.integers(5, 13)) if kind == 4 else (breath, breath, coloured_noise, music)[kind](rng, n)
        y = y * level * 10 ** (-rng.uniform(8 if kind == 4 else 2, 28) / 20)
        ramp = np.minimum(1, np.minimum(np.arange(n), np.arange(n)[::-1]) / 480)
        return np.clip(y * ramp * 32768, -32767, 32767).astype(np.int16)

    if rng.random() < .5:
        p = piece()
        at = len(p) // HOP
        samples = np.concatenate([p, samples])
        segments = [(0, 0, at)] + [(i, a + at, b + at) for i, a, b in segments]
    if rng.random() < .5 and segments[-1][0] == 0:
        p = piece()
        samples = np.concatenate([samples, p])
        segments = segments[:-1] + [(0, segments[-1][1], len(samples) // HOP)]
    return samples, segments


def augmented(rng, samples, child, pool=()):
    """samples int16 -> (raw log-mel [T, 80] float32, speed): frame k shows the original time k * 10 ms * speed.
    pool: other recordings, for the murmur of a crowd."""
    x = samples.astype(np.float32) / 32768
    if rng.random() < .05:
        x = whispered(rng, x)
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
        pick = rng.random()
        if pick < .2:
            noise, least = music(rng, len(x)), 5
        elif pick < .3 and len(pool):
            noise, least = babble(rng, len(x), pool), 8
        else:
            noise, least = coloured_noise(rng, len(x)), 4
        x = x + noise * level * 10 ** (-rng.uniform(least, 36) / 20)
    if rng.random() < .6:
        x = filtered(rng, x)
    x = x * 10 ** (rng.uniform(-22, 8) / 20)
    if rng.random() < .08:
        x = np.clip(x, -.5 * np.abs(x).max(), .5 * np.abs(x).max())
    if rng.random() < .06:                                       # mu-law, the sound of an 8-bit line
        y = np.clip(x, -1, 1)
        q = np.round(np.sign(y) * np.log1p(255 * np.abs(y)) / np.log(256) * 127) / 127
        x = (np.sign(q) * (256 ** np.abs(q) - 1) / 255).astype(np.float32)
    if rng.random() < .05:
        x = starved(rng, x)
    return stretched_log_mel(x, HOP * speed / r), speed


def plain(samples):
    return log_mel(samples.astype(np.float32) / 32768, np.float32), 1.0


def no_speech(rng, seconds, pool):
    """Log-mel of a stretch without speech to draw: noise, music, a crowd, breaths, silence."""
    n = int(16000 * seconds)
    kind = rng.integers(7)
    if kind in (0, 6):
        x = babble(rng, n, pool, voices=rng.integers(7, 14))
    elif kind in (1, 2):
        x = music(rng, n)
    elif kind == 3:
        x = coloured_noise(rng, n) * .02
        for _ in range(rng.integers(1, 4)):
            m = int(rng.uniform(.25, .9) * 16000)
            at = rng.integers(0, n - m)
            x[at:at + m] += breath(rng, m)
    else:
        x = coloured_noise(rng, n)
    x = x * 10 ** (rng.uniform(-65, -15) / 20)
    if rng.random() < .3:
        x[rng.integers(0, n, 4)] += .3 * rng.standard_normal(4)      # clicks
    if rng.random() < .5:
        x = filtered(rng, x)
    return log_mel(x, np.float32)
