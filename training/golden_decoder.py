"""Write models/golden/decoder.json: what viterbi.py finds in three lines of validation speakers, to hold core's search to it.

The model's outputs are stored in whole steps (log-probabilities of phones .05, of voice and lips .02 as probabilities), base64 of bytes.
"""
import base64
import hashlib
import json

import numpy as np

from heldout import clips, run, sounds
from paths import MODELS
from viterbi import Decoder
from visemes import CLASS_INDEX, CLASSES, PHONES

LINES, FRAMES = 3, (200, 420)
LOG_STEP, STEP = .05, .02


def main():
    tables = MODELS / 'acoustic.decoder.json'
    decode = Decoder(json.loads(tables.read_text()))
    reference, lines = clips('validation'), []
    ids = [i for i in sorted(reference) if FRAMES[0] < reference[i][-1][2] < FRAMES[1]]
    text = lambda a: base64.b64encode(np.ascontiguousarray(a, np.uint8).tobytes()).decode()
    whole = lambda a, step: np.clip(np.round(a / step), 0, 255)
    for phones, voice, classes in run(MODELS / 'acoustic.onnx', ids[::len(ids) // LINES][:LINES], sounds('validation')).values():
        phones, voice = whole(-phones, LOG_STEP), whole(voice, STEP)
        lips = {name: whole(np.exp(classes[:, CLASS_INDEX[name]]), STEP) for name in 'AG'}
        heard = np.full((len(phones), len(CLASSES)), -30.0)
        for name, share in lips.items():
            heard[:, CLASS_INDEX[name]] = np.log(np.maximum(share * STEP, 1e-9))
        spans = decode(-LOG_STEP * phones, STEP * voice, heard)
        lines.append(dict(phones=text(phones), voice=text(voice), closed=text(lips['A']), teeth=text(lips['G']),
                          spans=[[PHONES[p], a, b] for p, a, b in spans]))
        print(' '.join(PHONES[p] for p, _, _ in spans))
    out = dict(description='Written by training/golden_decoder.py after tune.py: the search must find these spans (phone, first frame, end frame).',
               decoder=hashlib.sha256(tables.read_bytes()).hexdigest(), logStep=LOG_STEP, step=STEP, lines=lines)
    (MODELS / 'golden/decoder.json').write_text(json.dumps(out, separators=(',', ':')) + '\n')


if __name__ == '__main__':
    main()
