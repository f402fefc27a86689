"""Write models/golden/acoustic.json: what the released acoustic.onnx gives for the front end's deterministic sound."""
import hashlib
import json

import numpy as np
import onnxruntime

from frontend import golden_signal, log_mel, normalise
from paths import MODELS
from visemes import PHONES


def main():
    model = MODELS / 'acoustic.onnx'
    mel = normalise(log_mel(golden_signal())).astype(np.float32)
    session = onnxruntime.InferenceSession(str(model), providers=['CPUExecutionProvider'])
    phones, voice, classes = session.run(['phones', 'voice', 'classes'], {'mel': mel[None]})
    out = dict(
        description='Written by training/golden_acoustic.py at each model release. Input: the normalised log-mel of the sound in '
                    'core/audio/golden/logmel.json (all frames). Compare log-probabilities and voice within the tolerance; an '
                    'argmax may differ only where the two best are closer than it.',
        model=hashlib.sha256(model.read_bytes()).hexdigest(), tolerance=1e-3, frameCount=len(mel), phones=PHONES,
        phoneArgmax=phones[0].argmax(1).tolist(), classArgmax=classes[0].argmax(1).tolist(),
        voice=[round(float(v), 6) for v in voice[0]],
        firstPhoneLogProbs=[[round(float(v), 6) for v in f] for f in phones[0, :3]],
        tenthFramesPhoneLogProbs=[[round(float(v), 6) for v in f] for f in phones[0, ::10]])
    path = MODELS / 'golden/acoustic.json'
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')
    print(path.name, [PHONES[k] for k in out['phoneArgmax'][::5]])


if __name__ == '__main__':
    main()
