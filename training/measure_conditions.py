"""The same unseen clips as games have them: telephone, noise, music, a crowd behind, reverberation, a starved codec, whispered, cartoon-high.

Every change is made by script (augment.py, nonspeech.py) with seeds apart from training; the times of the phones stay as they are.
"""
import numpy as np
import onnxruntime
import scipy.fft
import scipy.signal

from augment import reverberated, starved, stretched_log_mel, whispered
from frontend import HOP, log_mel, normalise
from heldout import class_cues, phone_rows
from nonspeech import babble, coloured_noise, music
from scoring import score
from vocal_tract import hear
from visemes import frame_labels, segment_classes

EVERY, SEED, SNR_DB, CARTOON, GIANT = 5, 77, 10, 1.4, .75


def telephone(x):
    m = scipy.fft.next_fast_len(len(x), real=True)
    f = np.arange(m // 2 + 1) / m * 16000
    gain = 1 / (1 + (np.maximum(f, 1) / 3400) ** 24) / (1 + (300 / np.maximum(f, 1)) ** 6)
    return scipy.fft.irfft(scipy.fft.rfft(x, m) * gain, m)[:len(x)]


def shifted(x, factor):
    """Pitch and formants together by a factor, tempo as it was."""
    y = scipy.signal.resample(x, int(round(len(x) / factor))).astype(np.float32)
    return stretched_log_mel(y, HOP / factor)


def changes(rng, pool):
    """name -> what makes the log-mel (not yet normalised) of the changed sound from samples -1..1; pool: other recordings, for the crowd."""
    def over(x, noise):
        level = np.sqrt(np.percentile(x ** 2, 90))
        return x + noise * level * 10 ** (-SNR_DB / 20)

    plain = lambda x: log_mel(x.astype(np.float32), np.float32)
    return dict(
        clean=plain, telephone=lambda x: plain(telephone(x)), noise10dB=lambda x: plain(over(x, coloured_noise(rng, len(x)))),
        music10dB=lambda x: plain(over(x, music(rng, len(x)))), crowd10dB=lambda x: plain(over(x, babble(rng, len(x), pool, 8))),
        reverberation=lambda x: plain(reverberated(rng, x)), starvedCodec=lambda x: plain(starved(rng, x)), whispered=lambda x: plain(whispered(rng, x)),
        cartoon=lambda x: shifted(x, CARTOON), giant=lambda x: shifted(x, GIANT))


def measure(model, decode, reference, audio):
    ids = sorted(set(reference) & set(audio))[::EVERY]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=['CPUExecutionProvider'])
    out = {}
    for name, change in changes(np.random.default_rng(SEED), [audio[i] for i in ids]).items():
        cues = {}
        for i in ids:
            mel = normalise(change(audio[i].astype(np.float32) / 32768)).astype(np.float32)
            p, v, c = hear(session, mel)
            cues[i] = class_cues(frame_labels(segment_classes(decode(p, v, c)), len(p), 0))
        out[name] = score({i: phone_rows(reference[i]) for i in ids}, cues)
    return out
