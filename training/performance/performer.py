"""A stochastic performer: random upper-face curves for a line, the training target of the upper net.

There is no captured emotional speech here, so emotion comes from published action units. Each emotion has several variants
(EMFACS, Friesen and Ekman 1983; Ekman, Friesen and Hager 2002, Investigator's Guide, tables of prototypes and major variants;
contempt: Ekman and Friesen 1986; joy with AU 6 and 7: Ekman, Davidson and Friesen 1990). Playful has no prototype: uneven 6
with one raised brow. One variant is drawn a phrase; onset, hold and offset times, left-right lag (0-40 ms) and asymmetry are
drawn too. Brow accents fall on a random subset of stressed syllables (Cave 1996); head after Munhall 2004 and Busso 2007.
The rules engine is in spirit its mean.
"""
import numpy as np

from performance.channels import EMOTIONS, UPPER
from performance.store import FPS

AT = {c: k for k, c in enumerate(UPPER)}
DEGREE = np.pi / 180
# Weight of one action unit at intensity 1, before a variant scales it (both sides unless a side is named).
UNITS = {'1': {'browInnerUp': 0.85}, '2': {'browOuterUpLeft': 0.85, 'browOuterUpRight': 0.85}, '4': {'browDownLeft': 0.85, 'browDownRight': 0.85},
         '5': {'eyeWideLeft': 0.75, 'eyeWideRight': 0.75}, '6': {'cheekSquintLeft': 0.75, 'cheekSquintRight': 0.75},
         '7': {'eyeSquintLeft': 0.6, 'eyeSquintRight': 0.6}, '9': {'noseSneerLeft': 0.85, 'noseSneerRight': 0.85},
         '2r': {'browOuterUpRight': 0.8, 'browOuterUpLeft': 0.1}, '2l': {'browOuterUpLeft': 0.8, 'browOuterUpRight': 0.1},
         '6l': {'cheekSquintLeft': 0.4, 'cheekSquintRight': 0.12}, '7l': {'eyeSquintLeft': 0.35, 'eyeSquintRight': 0.2}}
# Action units of the upper face in each variant, and their share of the unit's weight.
VARIANTS = {
    'joy': [{'6': 1, '7': .5}, {'6': .8, '7': .3, '1': .15, '2': .15}, {'6': 1.1, '7': .7}, {'6': .9, '7': .4, '2': .25, '1': .2}],
    'sadness': [{'1': 1, '4': .3, '7': .2}, {'1': 1.05, '4': .15}, {'1': .9, '4': .45, '7': .35}, {'1': 1.1, '4': .25, '6': .1, '7': .25}],
    'anger': [{'4': 1.1, '5': .45, '7': .9}, {'4': 1.05, '7': 1, '9': .35}, {'4': 1.1, '5': .65, '7': .7}, {'4': 1, '7': .9, '9': .2, '6': .2},
              {'4': 1.15, '5': .3, '7': 1}],
    'fear': [{'1': 1, '2': .55, '4': .35, '5': 1.1}, {'1': 1.05, '2': .75, '5': 1.1, '4': .2}, {'1': 1, '2': .45, '4': .45, '5': 1, '7': .25},
             {'1': 1.1, '2': .6, '4': .25, '5': 1.2}],
    'disgust': [{'9': 1.1, '4': .6, '7': .9, '6': .6}, {'9': 1.1, '4': .4, '7': .6, '6': .5}, {'9': 1, '4': .75, '7': 1, '6': .5},
                {'9': 1.15, '4': .5, '7': .8, '6': .8}],
    'surprise': [{'1': 1.15, '2': 1.15, '5': 1.05}, {'1': 1.1, '2': 1.2, '5': .85}, {'1': 1.15, '2': 1.05, '5': 1.2}, {'1': 1, '2': 1.1, '5': .9}],
    'contempt': [{'7l': .9, '6l': .6, '2r': .3, '4': .12}, {'7l': .7, '6l': .4, '2r': .45}, {'7l': 1, '6l': .5, '4': .22}, {'7l': .8, '6l': .5, '2l': .3}],
    'playful': [{'2r': 1, '6': .45, '7': .3, '1': .2}, {'2r': .9, '6': .55, '7': .35, '1': .3}, {'2l': .9, '6': .45, '7': .25, '1': .2},
                {'2r': 1.1, '6': .4, '7': .2, '1': .25, '5': .15}],
}
# Head posture at intensity 1: yaw, pitch, roll in degrees, and how much it varies.
POSTURE = {'joy': (0, -1.5, .6), 'sadness': (.6, 4.9, 1.7), 'anger': (0, 3.4, 0), 'fear': (-1.1, -2, 0), 'disgust': (2.9, -1.7, -.9),
           'surprise': (0, -2.9, 0), 'contempt': (1.7, -3.4, -1.7), 'playful': (-1.7, 1.1, 4)}
# What moves together in small motion: brows up, brows down, lids, cheeks.
MICRO = [{'browInnerUp': 1, 'browOuterUpLeft': 1, 'browOuterUpRight': .9, 'eyeWideLeft': .25, 'eyeWideRight': .25},
         {'browDownLeft': 1, 'browDownRight': .9, 'eyeSquintLeft': .3, 'eyeSquintRight': .3},
         {'eyeSquintLeft': 1, 'eyeSquintRight': 1, 'cheekSquintLeft': .5, 'cheekSquintRight': .5},
         {'noseSneerLeft': .7, 'noseSneerRight': .6, 'cheekSquintLeft': .3, 'cheekSquintRight': .3}]


def smooth_noise(rng, frames, period):
    """Random values every `period` seconds joined by a quintic, -1..1."""
    x = np.arange(frames) / FPS / period + rng.random()
    cell = np.floor(x).astype(int)
    v = rng.uniform(-1, 1, cell[-1] + 2)
    f = x - cell
    b = f ** 3 * (f * (f * 6 - 15) + 10)
    return v[cell] * (1 - b) + v[cell + 1] * b


def least_jerk(x):
    x = np.clip(x, 0, 1)
    return x ** 3 * (x * (x * 6 - 15) + 10)


def gauss(x, sigma):
    r = max(1, int(np.ceil(3 * sigma)))
    k = np.exp(-0.5 * (np.arange(-r, r + 1) / sigma) ** 2)
    return np.convolve(np.pad(x, r, mode='edge'), k / k.sum(), 'valid')


def emotion_curves(rng, frames):
    """Random intensities [8, T] as users draw them: mostly one emotion held, sometimes two, sometimes ramps."""
    e = np.zeros((8, frames), np.float32)
    if rng.random() < 0.15:
        return e
    kinds = rng.choice(8, 1 if rng.random() < 0.7 else 2, replace=False)
    for k in kinds:
        level = rng.uniform(0.15, 1)
        curve = np.full(frames, level)
        if rng.random() < 0.45:
            a, b = sorted(rng.uniform(-0.2, 1.2, 2) * frames)
            ramp = rng.uniform(2, 40)
            t = np.arange(frames)
            curve *= least_jerk((t - a) / ramp) * (1 - least_jerk((t - b) / ramp))
        e[k] = gauss(curve, 3)
    total = e.sum(0)
    return (e / np.maximum(1, total)).astype(np.float32)


def phrases(phones, frames, rng):
    """Frames at which a new phrase begins: after pauses of .35 s, and in long stretches every 2-4 s."""
    marks, last = [0], 0.0
    for name, a, b, *_ in phones:
        if (name == 'SIL' and b - a > 0.35) or b - last > rng.uniform(2, 4):
            last = b
            if 6 < b * FPS < frames - 6:
                marks.append(int(b * FPS))
    return marks


def variant_curves(emotion, marks, frames, rng):
    """Weights [16, T] of one emotion at intensity 1: a drawn variant a phrase, crossing over .25-.7 s."""
    out = np.zeros((len(UPPER), frames))
    t = np.arange(frames)
    previous = None
    for mark in marks:
        face = np.zeros(len(UPPER))
        side = rng.normal(0, 0.08)
        gain = float(np.clip(rng.normal(1, 0.12), 0.65, 1.3))
        for unit, share in VARIANTS[emotion][rng.integers(len(VARIANTS[emotion]))].items():
            vary = float(np.clip(rng.normal(1, 0.1), 0.7, 1.3))
            for c, w in UNITS[unit].items():
                lean = 1 + (side if c.endswith('Left') else -side if c.endswith('Right') else 0)
                face[AT[c]] += w * share * gain * vary * lean
        yaw, pitch, roll = POSTURE[emotion]
        face[AT['headYaw']] = (yaw + rng.normal(0, .8)) * DEGREE * gain
        face[AT['headPitch']] = (pitch + rng.normal(0, .8)) * DEGREE * gain
        face[AT['headRoll']] = (roll + rng.normal(0, .8)) * DEGREE * gain
        if previous is None:
            out[:] = face[:, None]
        else:
            cross = rng.uniform(0.25, 0.7) * FPS
            lag = rng.uniform(-0.02, 0.02) * FPS
            for k, c in enumerate(UPPER):
                late = lag if c.endswith('Left') else -lag if c.endswith('Right') else 0
                s = least_jerk((t - mark - late) / cross)
                out[k] = out[k] * (1 - s) + face[k] * s
        previous = face
    return out


def lagged(x, frames_late):
    t = np.arange(x.shape[-1])
    return np.interp(t - frames_late, t, x)


def perform(phones, voice, accents, emotions, rng):
    """[16, T] upper-face curves at 60 Hz for intensities [8, T]."""
    frames = emotions.shape[1]
    t = np.arange(frames)
    pitch, effort = voice[2, :frames], voice[4, :frames]
    out = np.zeros((len(UPPER), frames))
    marks = phrases(phones, frames, rng)
    life = 1 + 0.08 * smooth_noise(rng, frames, 2.1) + 0.3 * effort
    upper = np.array([not c.startswith('head') for c in UPPER])
    for k, name in enumerate(EMOTIONS):
        if not emotions[k].any():
            continue
        face = variant_curves(name, marks, frames, rng)
        # Faces answer an intensity late and softly, and one side leads the other.
        answer = gauss(lagged(emotions[k], rng.uniform(0, 4)), rng.uniform(3, 8))
        lag = rng.uniform(-0.04, 0.04) * FPS
        left, right = lagged(answer, max(0, lag)), lagged(answer, max(0, -lag))
        for j, c in enumerate(UPPER):
            strength = left if c.endswith('Left') else right if c.endswith('Right') else answer
            out[j] += face[j] * strength * (life if upper[j] else 1)
    anger = np.clip((emotions[EMOTIONS.index('anger')] - 0.15) / 0.45, 0, 1)
    anger = anger * anger * (3 - 2 * anger)
    lift = pitch * rng.uniform(0.012, 0.028)
    nod = np.zeros(frames)
    last = -9.0
    for time, strength, semitones in accents:
        near = min(frames - 1, max(0, int(time * FPS)))
        if time - last >= 0.8 and rng.random() < 0.6 * min(1.4, 0.4 + strength + 0.05 * semitones):
            last = time
            rise, fall = rng.uniform(0.15, 0.3), rng.uniform(0.3, 0.6)
            top = (time - rng.uniform(-0.03, 0.08)) * FPS
            height = 0.32 * strength * rng.uniform(0.6, 1.4)
            lift += height * np.where(t < top, least_jerk(1 - (top - t) / (rise * FPS)), 1 - least_jerk((t - top) / (fall * FPS)))
        if rng.random() < 0.65 * (0.5 + strength):
            low = (time + rng.uniform(0, 0.08)) * FPS
            depth = 2.8 * strength * rng.uniform(0.5, 1.5) * (1 + effort[near])
            down, back = rng.uniform(0.15, 0.26), rng.uniform(0.3, 0.55)
            nod += depth * np.where(t < low, least_jerk(1 - (low - t) / (down * FPS)), 1 - least_jerk((t - low) / (back * FPS)))
    lift = lift * np.exp(0.7 * effort)
    up, down = np.maximum(0, lift) * (1 - anger), np.maximum(0, -lift) * 0.6 + np.maximum(0, lift) * 0.5 * anger
    side = rng.normal(0, 0.06)
    for c, share in (('browInnerUp', 0.8), ('browOuterUpLeft', 1 + side), ('browOuterUpRight', 0.95 - side), ('eyeWideLeft', .2), ('eyeWideRight', .2)):
        out[AT[c]] += share * up
    for c in ('browDownLeft', 'browDownRight'):
        out[AT[c]] += down
    active = np.clip(emotions.sum(0), 0, 1)
    for group in MICRO:
        drift = (0.012 + 0.03 * active) * (0.7 * smooth_noise(rng, frames, 1.3) + 0.3 * smooth_noise(rng, frames, 0.45))
        for c, share in group.items():
            out[AT[c]] += share * drift
    said = np.zeros(frames)
    for name, a, b, *_ in phones:
        if name != 'SIL':
            said[max(0, int((a - .2) * FPS)):int((b + .2) * FPS)] = 1
    talking = gauss(said, 12)
    quick = (0.35 + 0.65 * talking) * (1 + 0.8 * effort)
    for c, size in (('headYaw', 3), ('headPitch', 1.4), ('headRoll', 1.6)):
        out[AT[c]] += size * rng.uniform(0.6, 1.4) * DEGREE * quick * (0.75 * smooth_noise(rng, frames, 1.7) + 0.25 * smooth_noise(rng, frames, .63))
    out[AT['headPitch']] += (nod - rng.uniform(.15, .4) * gauss(pitch, 5)) * DEGREE
    out[upper] = np.clip(out[upper], 0, 1)
    return out.astype(np.float32)
