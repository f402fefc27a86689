"""Closed lips and gaze in figures: how long the lips stay shut, how they jerk there, and whether eyes move as eyes do."""
import numpy as np

from performance.channels import CHANNELS, MOUTH
from performance.character import Character
from performance.store import FPS

MOUTH_AT = [CHANNELS.index(c) for c in MOUTH]
CLOSED = 0.01                       # lips count as shut below this gap, in rest mouth widths
EYE_LOOK_FULL_DEGREES = 30.0        # core/performance/nonverbal/gaze.ts
LONGEST, SHORTEST = 0.140, 0.030


def shut_runs(gaps):
    """[(first, end)] runs of frames with the lips shut."""
    edges = np.flatnonzero(np.diff(np.r_[0, (gaps <= CLOSED).astype(int), 0]))
    return list(zip(edges[::2], edges[1::2]))


def crossing(gaps, inside, outside):
    """Frame (with its fraction) at which the gap passes CLOSED between a shut frame and its open neighbour."""
    a, b = gaps[inside], gaps[outside]
    return inside + (outside - inside) * float(np.clip((CLOSED - a) / max(1e-9, b - a), 0, 1))


def closed_times(curves, row, body):
    """Seconds that the lips stay shut around single P B M between open sounds (hums over .25 s and neighbours of silence or other
    labials left out: there they may stay shut for longer)."""
    gaps, phones, out = body.gaps(curves[MOUTH_AT].T), row['phones'], []
    for k in range(1, len(phones) - 1):
        name, a, b = phones[k][:3]
        if name not in ('P', 'B', 'M') or b - a > .25 or any(phones[j][0] in ('P', 'B', 'M', 'SIL') for j in (k - 1, k + 1)):
            continue
        for first, end in shut_runs(gaps):
            if first <= b * FPS + 1 and end >= a * FPS - 1 and first > 0 and end < len(gaps):
                out.append((crossing(gaps, end - 1, end) - crossing(gaps, first, first - 1)) / FPS)
                break
    return out


def jerk_at_closures(curves, row, body, reach=0.15):
    """Absolute jerk of the lip gap (rest widths a second cubed) within `reach` of P B M, and elsewhere in speech."""
    gap = body.aperture_width(curves[MOUTH_AT].T)[0]
    jerk = np.abs(np.diff(gap, n=3)) * FPS ** 3
    t = (np.arange(len(jerk)) + 1.5) / FPS
    said = [p for p in row['phones'] if p[0] != 'SIL']
    near = np.zeros(len(t), bool)
    for name, a, b, *_ in said:
        if name in ('P', 'B', 'M'):
            near |= (t >= a - reach) & (t <= b + reach)
    speech = (t >= said[0][1]) & (t <= said[-1][2])
    return jerk[near & speech], jerk[~near & speech]


def closures_table(curves_of, rows):
    """`curves_of(clip)` -> [61, frames]."""
    body = Character()
    times, near, far = [], [], []
    for clip, row in rows.items():
        c = curves_of(clip)
        times += closed_times(c, row, body)
        a, b = jerk_at_closures(c, row, body)
        near.append(a), far.append(b)
    near, far, times = np.concatenate(near), np.concatenate(far), np.array(times)
    mean = lambda x: float(np.sqrt(np.mean(x ** 2)))
    return dict(labials=len(times), closedMs=[round(1000 * float(np.percentile(times, q))) for q in (5, 50, 95)] if len(times) else [],
                within30To140Ms=round(float(((times >= SHORTEST) & (times <= LONGEST)).mean()), 3) if len(times) else None,
                jerkAtClosuresOverElsewhere=dict(median=round(float(np.median(near) / np.median(far)), 2), rms=round(mean(near) / mean(far), 2)))


def gaze_degrees(curves):
    """[2, frames] yaw and pitch of the left eye in the head, degrees."""
    g = lambda n: curves[CHANNELS.index(n + 'Left')]
    return EYE_LOOK_FULL_DEGREES * np.stack([g('eyeLookOut') - g('eyeLookIn'), g('eyeLookUp') - g('eyeLookDown')])


def saccades(curves, start=30.0):
    """(degrees, seconds, peak degrees a second) of each fast eye movement: speed over `start` degrees a second, times between frames
    by where the speed passes it."""
    speed = np.hypot(*np.diff(gaze_degrees(curves), axis=1)) * FPS
    where, out = gaze_degrees(curves), []
    edges = np.flatnonzero(np.diff(np.r_[0, (speed > start).astype(int), 0]))
    for a, b in zip(edges[::2], edges[1::2]):
        size = float(np.hypot(*(where[:, b] - where[:, a])))
        if size >= 1:
            out.append((size, (b - a) / FPS, float(speed[a:b].max())))
    return out


def saccade_table(all_saccades, seconds):
    """Main sequence: duration = base + slope x size (20-30 ms + 2.2-2.7 ms a degree; Eyes Alive, Lee, Badler and Badler 2002). A frame is
    16.7 ms: single durations are coarse, their line is not."""
    s = np.array(all_saccades)
    slope, base = np.polyfit(s[:, 0], s[:, 1], 1)
    return dict(count=len(s), perMinute=round(60 * len(s) / seconds, 1), under15Degrees=round(float((s[:, 0] < 15).mean()), 3),
                medianDegrees=round(float(np.median(s[:, 0])), 1), baseMs=round(1000 * float(base), 1), msPerDegree=round(1000 * float(slope), 2),
                peakDegreesPerSecondAt10=round(float(np.median(s[np.abs(s[:, 0] - 10) < 3, 2])) if (np.abs(s[:, 0] - 10) < 3).any() else 0.0))
