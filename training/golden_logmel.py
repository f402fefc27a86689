"""Write core/audio/golden/logmel.json: the front end's values on a deterministic sound, for the TypeScript twin's test."""
import json
from pathlib import Path

from frontend import golden_signal, log_mel, normalise

ROOT = Path(__file__).resolve().parent.parent
FRAME_STEP = 5


def main():
    signal = golden_signal()
    raw = log_mel(signal)
    norm = normalise(raw)
    pick = range(0, len(raw), FRAME_STEP)
    out = dict(
        description='Written by training/golden_logmel.py; definitions in training/frontend.py. Compare within 1e-3.',
        signal='t = i/16000; (.3 sin(2 pi 220 t) + .2 sin(2 pi 1330 t) + .05 sin(2 pi 4100 t)) * (.6 + .4 sin(2 pi 3 t)) '
               '+ (x/2^32 - .5) * .02, where x starts at 1 and before each sample x = (x*1664525 + 1013904223) mod 2^32',
        sampleRate=16000, sampleCount=len(signal), frameCount=len(raw), bins=80,
        firstSamples=[round(float(v), 9) for v in signal[:8]],
        frameIndices=list(pick),
        raw=[[round(float(v), 6) for v in raw[k]] for k in pick],
        normalised=[[round(float(v), 6) for v in norm[k]] for k in pick])
    path = ROOT / 'core/audio/golden/logmel.json'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')
    print(path.name, len(raw), 'frames')


if __name__ == '__main__':
    main()
