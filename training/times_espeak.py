"""Phone times against a synthesiser family unseen in training: espeak-ng (formant voices), which reports when each phone starts.

Needs libespeak-ng; measures only, nothing it makes is trained on or kept. Adds `timesEspeak` to training/figures/acoustic.json:
of the phones the decoder found within 100 ms of the true start, the median absolute and the mean (signed) difference.
"""
import ctypes
import json

import numpy as np
import scipy.signal

from heldout import run
from paths import DATA, MODELS, ROOT
from viterbi import Decoder
from visemes import PHONES

VOICES = (b'en-us', b'en-us+f2', b'en-gb', b'en-us+m3')
TEXTS = 60
NAMES = {'i:': 'IY', 'i': 'IY', 'I': 'IH', 'I2': 'IH', 'E': 'EH', 'a': 'AE', 'aa': 'AE', 'a#': 'AH', 'A:': 'AA', 'A': 'AA', 'A@': 'AA', 'O:': 'AO',
         'O': 'AO', 'O@': 'AO', 'o@': 'AO', '0': 'AA', '0#': 'AA', 'V': 'AH', '@': 'AH', '@2': 'AH', '@5': 'AH', '@-': 'AH', 'O2': 'AO', 'e@': 'EH', 'i@': 'IY', 'U': 'UH', 'U@': 'UH', 'u:': 'UW', '3:': 'ER',
         '3': 'ER', 'eI': 'EY', 'aI': 'AY', 'aU': 'AW', 'oU': 'OW', 'OI': 'OY', 'p': 'P', 'b': 'B', 't': 'T', 't#': 'T', 't2': 'T', 'd': 'D', 'k': 'K',
         'g': 'G', 'f': 'F', 'v': 'V', 'T': 'TH', 'D': 'DH', 's': 'S', 'z': 'Z', 'S': 'SH', 'Z': 'ZH', 'h': 'HH', 'tS': 'CH', 'dZ': 'JH', 'm': 'M',
         'n': 'N', 'N': 'NG', 'l': 'L', 'L': 'L', 'r': 'R', 'r-': 'R', 'j': 'Y', 'w': 'W', '_:': 'SIL', '_': 'SIL', '_!': 'SIL'}
END, PHONEME = 0, 7


class Event(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('uid', ctypes.c_uint), ('text_position', ctypes.c_int), ('length', ctypes.c_int),
                ('audio_position', ctypes.c_int), ('sample', ctypes.c_int), ('user', ctypes.c_void_p), ('id', ctypes.c_char * 8)]


class Espeak:
    RETRIEVAL, PHONEME_EVENTS = 2, 1

    def __init__(self):
        self.lib = ctypes.CDLL('libespeak-ng.so.1')
        self.rate = self.lib.espeak_Initialize(self.RETRIEVAL, 0, None, self.PHONEME_EVENTS)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
        self.callback = kind(self.receive)            # kept: the library holds only its address
        self.lib.espeak_SetSynthCallback(self.callback)

    def receive(self, wave, count, events):
        if wave and count > 0:
            self.wave.append(np.ctypeslib.as_array(wave, (count,)).copy())
        i = 0
        while events[i].type != END:
            if events[i].type == PHONEME:
                self.events.append((events[i].audio_position / 1000, events[i].id.decode(errors='replace')))
            i += 1
        return 0

    def speak(self, voice, text):
        """-> (int16 at 16 kHz, [(start seconds, espeak phone)])"""
        self.wave, self.events = [], []
        data = text.encode() + b'\0'
        self.lib.espeak_SetVoiceByName(voice)
        self.lib.espeak_Synth(data, len(data), 0, 1, 0, 1, None, None)
        self.lib.espeak_Synchronize()
        x = np.concatenate(self.wave).astype(float)
        y = scipy.signal.resample_poly(x, 16000, self.rate)
        return np.clip(y, -32768, 32767).astype(np.int16), self.events


def main():
    test = set(json.load(open(ROOT / 'training/splits/test.json'))['speechocean762_speakers'])
    texts = sorted({r['text'].lower() for l in open(DATA / 'speech/speechocean762/manifest.jsonl')
                    if (r := json.loads(l))['speaker'] in test})
    pick = np.random.default_rng(3).choice(texts, TEXTS, replace=False)
    espeak, audio, truth, unknown = Espeak(), {}, {}, set()
    for k, text in enumerate(pick):
        audio[str(k)], events = espeak.speak(VOICES[k % len(VOICES)], str(text) + '.')
        unknown |= {p for _, p in events} - set(NAMES)
        truth[str(k)] = [(NAMES[p], t) for t, p in events if NAMES.get(p, 'SIL') != 'SIL']
    outputs = run(MODELS / 'acoustic.onnx', truth, audio)
    decode = Decoder(json.loads((MODELS / 'acoustic.decoder.json').read_text()))
    shifts, total = [], 0
    for i, want in truth.items():
        got = [(PHONES[p], a * .01) for p, a, _ in decode(outputs[i][0])]
        total += len(want)
        for p, t in want:
            near = [b - t for q, b in got if q == p and abs(b - t) <= .1]
            if near:
                shifts.append(min(near, key=abs) * 1000)
    s = np.array(shifts)
    out = dict(clips=len(truth), phones=total, found=round(len(s) / total, 4), medianAbsoluteMs=round(float(np.median(np.abs(s))), 1),
               meanMs=round(float(s.mean()), 1), within20Ms=round(float((np.abs(s) <= 20).mean()), 3), unmappedPhones=sorted(unknown))
    path = ROOT / 'training/figures/acoustic.json'
    if path.exists():
        figures = json.loads(path.read_text())
        figures['timesEspeak'] = out
        path.write_text(json.dumps(figures, indent=1) + '\n')
    print(out)


if __name__ == '__main__':
    main()
