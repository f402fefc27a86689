"""Sounds that are nobody speaking, made by script: noise, music, the murmur of a crowd, breaths. All have a loudness (RMS) of 1."""
import numpy as np
import scipy.fft
import scipy.signal

RATE = 16000


def unit(y):
    return (y / (y.std() + 1e-9)).astype(np.float32)


def coloured_noise(rng, n):
    spec = scipy.fft.rfft(rng.standard_normal(n).astype(np.float32))
    f = np.maximum(np.arange(len(spec)) / len(spec) * 8000, 40)
    spec = spec * (f / 1000) ** rng.uniform(-1.2, 0.3)
    y = scipy.fft.irfft(spec, n)
    t = np.arange(n) / RATE
    if rng.random() < .4:                                        # slow swell
        y = y * (1 + .8 * np.sin(2 * np.pi * rng.uniform(.1, 3) * t + rng.uniform(0, 6)))
    if rng.random() < .25:                                       # mains hum
        f0 = rng.choice([50, 60])
        y = y / (y.std() + 1e-9) + sum(rng.uniform(0, 1.5) * np.sin(2 * np.pi * f0 * h * t + rng.uniform(0, 6)) for h in range(1, 6))
    return unit(y)


def tone(rng, n, f0, bright):
    """A plucked or held note with falling partials."""
    t = np.arange(n) / RATE
    decay = np.exp(-t * rng.uniform(.3, 6))
    wobble = 1 + rng.uniform(0, .004) * np.sin(2 * np.pi * rng.uniform(4, 7) * t)
    phase = 2 * np.pi * f0 * np.cumsum(wobble) / RATE
    y = sum(h ** -bright * np.sin(h * phase + rng.uniform(0, 6)) for h in range(1, 1 + min(12, int(7500 / f0))))
    return y * decay * np.minimum(1, t / rng.uniform(.003, .08))


def music(rng, n):
    """Chords, a tune above them and often drums, on a beat."""
    y = np.zeros(n, np.float32)
    beat = int(RATE * 60 / rng.uniform(70, 160))
    root, scale = rng.uniform(90, 220), rng.permutation([0, 2, 4, 5, 7, 9, 11, 12])
    bright, tune, drums = rng.uniform(.7, 2), rng.uniform(0, 1.2), rng.uniform(0, 1.2) * (rng.random() < .6)
    for k, at in enumerate(range(0, n, beat)):
        m = min(n - at, beat * rng.integers(1, 4))
        if k % 2 == 0:
            for step in (0, rng.choice([3, 4]), 7):
                y[at:at + m] += tone(rng, m, root * 2 ** ((scale[k // 2 % 8] + step) / 12), bright)
        y[at:at + m] += tune * tone(rng, m, 2 * root * 2 ** (rng.choice(scale) / 12), bright)
        if drums:
            m = min(n - at, 3200)
            hit = rng.standard_normal(m) * np.exp(-np.arange(m) / rng.uniform(200, 900))
            kick = np.sin(2 * np.pi * np.cumsum(50 + 120 * np.exp(-np.arange(m) / 300)) / RATE) * np.exp(-np.arange(m) / 900)
            y[at:at + m] += drums * (2 * kick if k % 2 == 0 else hit)
    return unit(y + 1e-4 * rng.standard_normal(n))


def babble(rng, n, pool, voices=None):
    """Several recordings at once; half of them backwards, so that no words stand out."""
    y = np.zeros(n, np.float32)
    for _ in range(voices or rng.integers(4, 9)):
        at = 0
        gain = 10 ** (rng.uniform(-6, 3) / 20)
        while at < n:
            x = pool[rng.integers(len(pool))].astype(np.float32)
            x = x[::-1] if rng.random() < .5 else x
            if at == 0:
                x = x[rng.integers(0, max(1, len(x) // 2)):]
            m = min(len(x), n - at)
            y[at:at + m] += gain * unit(x)[:m]
            at += m
    return unit(y)


def breath(rng, n):
    """Air through an open tract: noise with two or three weak resonances that swells and dies."""
    y = rng.standard_normal(n)
    for f in (rng.uniform(400, 1100), rng.uniform(1300, 2200), rng.uniform(2400, 4000)):
        r = np.exp(-np.pi * rng.uniform(150, 500) / RATE)
        y = y + rng.uniform(.3, 2) * unit(scipy.signal.lfilter([1 - r], [1, -2 * r * np.cos(2 * np.pi * f / RATE), r * r], y))
    t = np.linspace(0, 1, n)
    peak = rng.uniform(.3, .85)
    shape = np.where(t < peak, t / peak, (1 - t) / (1 - peak)) ** rng.uniform(.6, 1.6)
    return unit(y * shape)
