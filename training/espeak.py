"""espeak-ng through its library: sound and when each phoneme starts. A synthesiser family that is kept out of training."""
import ctypes

import numpy as np
import scipy.signal


VOICES = (b'en-us', b'en-us+f2', b'en-gb', b'en-us+m3')
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
