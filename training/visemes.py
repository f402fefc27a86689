"""Phone order, nine mouth classes and the phone -> class rule of the acoustic model.

Classes (design: face facts): X silence, A closed (P B M), B teeth/consonant, C open-mid, D wide, E rounded-mid,
F puckered, G labiodental (F V), H tongue (L).  Diphthongs show the first class for 60 % of their length, then the
second; HH takes the class of the vowel that follows.
"""
import numpy as np

ARPABET = ('AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH').split()
PHONES = ['SIL'] + ARPABET
PHONE_INDEX = {p: i for i, p in enumerate(PHONES)}
CLASSES = 'XABCDEFGH'
CLASS_INDEX = {c: i for i, c in enumerate(CLASSES)}
VOWELS = set('AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW'.split())
SINGLE = dict(SIL='X', P='A', B='A', M='A', F='G', V='G', L='H', UW='F', UH='F', W='F', AO='E', ER='E', AA='D',
              EH='C', AE='C', AH='C')                      # every other phone: B
DIPHTHONG = dict(OW='EF', AY='DB', AW='DE', EY='CB', OY='EB')
FIRST_PART = 0.6
FRAME_SECONDS = 0.01


def frame_of(seconds):
    return int(round(seconds / FRAME_SECONDS))


def clean_phones(phones):
    """[[name, start, end]] with stress and fillers removed -> [(index, first frame, end frame)], no empty ones."""
    out = []
    for name, start, end in phones:
        name = name.rstrip('012')
        if name not in PHONE_INDEX:
            name = 'SIL'
        a, b = frame_of(start), frame_of(end)
        if b <= a:
            continue
        i = PHONE_INDEX[name]
        if i == 0 and out and out[-1][0] == 0 and out[-1][2] == a:
            out[-1] = (0, out[-1][1], b)
        else:
            out.append((i, a, b))
    return out


def segment_classes(segments):
    """Segments [(phone index, a, b)] -> [(class index, a, b)]."""
    out = []
    for k, (i, a, b) in enumerate(segments):
        name = PHONES[i]
        if name == 'HH' and k + 1 < len(segments) and PHONES[segments[k + 1][0]] in VOWELS:
            name = PHONES[segments[k + 1][0]]
            c = DIPHTHONG[name][0] if name in DIPHTHONG else SINGLE.get(name, 'B')
            out.append((CLASS_INDEX[c], a, b))
        elif name in DIPHTHONG:
            m = a + int(round((b - a) * FIRST_PART))
            out.append((CLASS_INDEX[DIPHTHONG[name][0]], a, m))
            out.append((CLASS_INDEX[DIPHTHONG[name][1]], m, b))
        else:
            out.append((CLASS_INDEX[SINGLE.get(name, 'B')], a, b))
    return [s for s in out if s[2] > s[1]]


def frame_labels(segments, frames, fill):
    """[(label, a, b)] -> int array [frames]; frames no segment covers get `fill`."""
    y = np.full(frames, fill, np.int16)
    for i, a, b in segments:
        y[max(0, a):max(0, b)] = i
    return y
