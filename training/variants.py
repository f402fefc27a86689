"""Does a smaller acoustic.onnx cost anything? Half-precision weights and 8-bit arithmetic against full precision (export.py --full), on the
validation speakers:  variants.py FULL.onnx

Prints bytes, processor seconds a second of sound (model only, one thread), frame accuracy on speech, and how often the best phone is the same.
"""
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from export import half_weights
from frontend import log_mel, normalise
from heldout import clips, labels, sounds


class Mels(CalibrationDataReader):
    def __init__(self, mels):
        self.left = iter(mels)

    def get_next(self):
        m = next(self.left, None)
        return None if m is None else {'mel': m[None]}


def main():
    reference, audio = clips('validation'), sounds('validation')
    ids = sorted(reference)[::2]
    mels = {i: normalise(log_mel(audio[i].astype(np.float32) / 32768)).astype(np.float32) for i in ids}
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with tempfile.TemporaryDirectory() as d:
        files = dict(full=Path(sys.argv[1]), halfWeights=Path(d) / 'half.onnx', int8=Path(d) / 'int8.onnx')
        onnx.save(half_weights(onnx.load(files['full'])), files['halfWeights'])
        quantize_static(files['full'], files['int8'], Mels([mels[i] for i in ids[:40]]), quant_format=QuantFormat.QDQ, per_channel=True,
                        weight_type=QuantType.QInt8, activation_type=QuantType.QUInt8, op_types_to_quantize=['Conv'])
        first = {}
        for name, path in files.items():
            session = onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])
            session.run(['phones'], {'mel': mels[ids[0]][None]})
            start = time.process_time()
            got = {i: session.run(['phones'], {'mel': mels[i][None]})[0][0].argmax(1) for i in ids}
            cost = (time.process_time() - start) / sum(len(m) for m in mels.values()) * 100
            first = first or got
            hit = total = same = frames = 0
            for i in ids:
                y, _ = labels(reference[i], len(got[i]))
                hit, total = hit + ((got[i] == y) & (y > 0)).sum(), total + (y > 0).sum()
                same, frames = same + (got[i] == first[i]).sum(), frames + len(y)
            print(name, path.stat().st_size, 'bytes', round(cost, 5), 's/s', 'phones', round(float(hit / total), 4), 'same', round(float(same / frames), 4))


if __name__ == '__main__':
    main()
