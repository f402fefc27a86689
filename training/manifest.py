"""Write models/manifest.json from the released files and training/figures/acoustic.json (run evaluate.py before).

    manifest.py [validation]       with the validation figures, for a model that is not final (the test is not read for those)
"""
import hashlib
import json
import math
import sys

import onnx

from model import KINDS, RELEASED, reach
from paths import MODELS, ROOT

STRIDE = KINDS[RELEASED]['stride']
WHO = dict(test='30 unseen speakers of speechocean762 (training/splits/test.json)',
           validation='10 unseen speakers of speechocean762 (validation.json, used for tuning)')
DUTIES = [
    dict(data='speechocean762 (OpenSLR 101)', licence='CC BY 4.0', duty='name it', use='training, validation, test'),
    dict(data='GRID audio-visual sentence corpus, talker s1', licence='CC BY 4.0', duty='name it', use='training'),
    dict(data='Picovoice wake-word and speech-to-intent benchmarks, phrases and orders', licence='Apache-2.0', duty='keep the notice',
         use='training'),
    dict(data='LJ Speech, 8 lines', licence='public domain', duty='none', use='training'),
    dict(data='speech synthesised with flite 2.2, voices slt, rms, awb (Carnegie Mellon University)',
         licence='CMU licence, BSD-like', duty='keep the notice if the voices are distributed (they are not)', use='training'),
    dict(data='speech synthesised with festival 2.5, voices kal, ked (CMU, University of Edinburgh), cmu_us_slt_arctic_hts (CMU, Nagoya Institute of Technology)',
         licence='free with notice, BSD-like', duty='keep the notice if the voices are distributed (they are not)', use='training'),
    dict(data="Jane Austen's six novels, from Debian's package r-cran-janeaustenr", licence='public domain', duty='none', use='phone grammar'),
    dict(data='CMU Sphinx, model en-us.lm.bin (Carnegie Mellon University, Alpha Cephei)', licence='BSD-2-Clause', duty='keep the notice', use='which word follows which'),
]


def entry(file):
    path = MODELS / file
    data = path.read_bytes()
    return dict(file=file, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))


def main():
    acoustic = entry('acoustic.onnx')
    split = sys.argv[1] if len(sys.argv) > 1 else 'test'
    name = 'acoustic.json' if split == 'test' else 'acoustic.validation.json'
    figures = json.loads((ROOT / 'training/figures' / name).read_text())
    if figures['model'] != acoustic['sha256']:
        raise SystemExit(f'training/figures/{name} is not of this model: run evaluate.py first')
    parameters = sum(math.prod(w.dims) for w in onnx.load(MODELS / 'acoustic.onnx').graph.initializer
                     if w.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16))
    pick = lambda g: dict(figures[g]['frames'], classes=figures[g]['classes'])
    acoustic.update(
        name='acoustic', parameters=parameters, opset=13, precision='float32, weights stored as float16',
        inputs=[dict(name='mel', shape=[1, 'T', 80], type='float32', meaning='log-mel, normalised per line')],
        outputs=[dict(name='phones', shape=[1, 'T', 40], meaning='log-probabilities, order in acoustic.decoder.json'),
                 dict(name='voice', shape=[1, 'T'], meaning='probability that the frame is speech'),
                 dict(name='classes', shape=[1, 'T', 9], meaning='log-probabilities of the mouth classes X A B C D E F G H')],
        sampleRateHz=16000, hopSeconds=0.01, frontEnd='training/frontend.py = core/audio/logMel.ts',
        chunks=dict(haloFrames=-(-reach() // STRIDE) * STRIDE, startOnMultipleOf=STRIDE), licence='MIT', trainingData=DUTIES,
        figures=dict(date=figures['date'], split=WHO[split],
                     all=pick('all'), adults=pick('adults'), children=pick('children'),
                     **{k: figures[k] for k in ('rhubarbClips', 'timesEspeak', 'timesByEye', 'gridWordTimes', 'languages', 'nonspeech', 'conditions', 'cost') if k in figures}))
    # The performance nets have entries of their own (performance/export.py): they stay.
    others = [m for m in json.loads((MODELS / 'manifest.json').read_text())['models'] if m['name'] != 'acoustic']
    companions = [c for c in json.loads((MODELS / 'manifest.json').read_text()).get('companions', []) if c['file'] != 'acoustic.decoder.json']
    out = dict(format=1, models=[acoustic, *others], companions=[dict(entry('acoustic.decoder.json'), role='phone grammar, words, durations and search weights'), *companions])
    (MODELS / 'manifest.json').write_text(json.dumps(out, indent=1) + '\n')
    print(json.dumps({k: acoustic[k] for k in ('sha256', 'bytes', 'parameters')}))


if __name__ == '__main__':
    main()
