"""Held-out clips with their reference, and an .onnx file's output on them (plain sound through the real front end)."""
import json

import numpy as np
import onnxruntime

from features import NEVER_TRAINED_ON, clip_info, held_out, load_audio
from frontend import log_mel, normalise
from paths import DATA
from vocal_tract import hear
from visemes import CLASSES, PHONES, frame_labels, segment_classes


def children():
    return {r['id'] for l in open(DATA / 'speech/speechocean762/manifest.jsonl') if (r := json.loads(l))['age'] < 16}


def clips(which):
    """which: test, validation, grid_s1, picovoice_phrases, picovoice_orders or sdap -> {id: segments} of clips nobody trains on."""
    test, validation, held = held_out()
    if which in ('test', 'validation'):
        info, speaker = clip_info('speechocean762')
        who = test if which == 'test' else validation
        return {i: s for i, (s, _) in info.items() if speaker[i] in who}
    return {i: s for i, (s, _) in clip_info(which)[0].items() if i in held or which in NEVER_TRAINED_ON}


def sounds(which):
    return load_audio('speechocean762' if which in ('test', 'validation') else which)


def run(model, ids, audio, threads=1):
    """{id: (phones log-probabilities [T, 40], voice [T], classes log-probabilities [T, 9])}"""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(model), options, providers=['CPUExecutionProvider'])
    out = {}
    for i in ids:
        if i in audio:
            mel = normalise(log_mel(audio[i].astype(np.float32) / 32768)).astype(np.float32)
            out[i] = hear(session, mel)
    return out


def labels(segments, frames):
    return frame_labels(segments, frames, -1), frame_labels(segment_classes(segments), frames, -1)


def class_cues(klass):
    """Class index per frame -> [[start, end, letter], ...] in seconds."""
    edges = np.flatnonzero(np.diff(klass)) + 1
    return [[round(a * .01, 2), round(b * .01, 2), CLASSES[klass[a]]]
            for a, b in zip(np.r_[0, edges].tolist(), np.r_[edges, len(klass)].tolist())]


def phone_rows(segments):
    return [[PHONES[p], round(a * .01, 2), round(b * .01, 2)] for p, a, b in segments]
