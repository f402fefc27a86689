#!/usr/bin/env python3
"""Makes the bundled sample lines from the texts below with synthesisers of Debian. Standard library only.

    apt-get install flite festival festvox-us-slt-hts espeak-ng flac vorbis-tools
    python3 assets/dialogue/make.py

Each line is spoken phrase by phrase (so that loudness, pitch and pauses can rise and fall as in acting), joined, and written
beside its transcript (.txt). Where the synthesiser tells its phone times they are kept in <name>.phones.json: they are the
truth the tests measure recognition, alignment and lip closures against.
Synthesisers are deterministic here, so running this again gives the same files with the same package versions
(flite 2.2-5, festival 2.5.0-9, festvox-us-slt-hts 0.2010.10.25-4, espeak-ng 1.51+dfsg-10+deb12u2).
"""
import array
import json
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEAK = 0.7  # of full scale; leaves room for lossy codecs

# synthesiser phone names that are not ARPAbet-39 (radio/CMU phone sets): folded as in CMUdict
FOLD = {'AX': 'AH', 'AXR': 'ER', 'EL': 'L', 'EM': 'M', 'EN': 'N', 'PAU': 'SIL', 'H#': 'SIL', 'BRTH': 'SIL', 'DX': 'T', 'HV': 'HH', 'NX': 'N'}


def festival_slt(text, folder, **_):
    """CMU ARCTIC slt as an HTS voice, 32 kHz."""
    sound, segments = folder / 'f.wav', folder / 'f.segs'
    script = folder / 'f.scm'
    quoted = text.replace('"', '')
    script.write_text(f'(voice_cmu_us_slt_arctic_hts)\n(set! u (utt.synth (Utterance Text "{quoted}")))\n'
                      f'(utt.save.wave u "{sound}" \'riff)\n(utt.save.segs u "{segments}")\n')
    subprocess.run(['festival', '-b', str(script)], check=True, capture_output=True)
    rows = [row.split() for row in segments.read_text().splitlines() if not row.startswith('#')]
    return sound, [(row[2], float(row[0])) for row in rows]


def flite(text, folder, voice, pitch, range_hz, stretch):
    """flite clustergen voices, 16 kHz."""
    sound = folder / 'f.wav'
    done = subprocess.run(['flite', '-voice', voice, '--setf', f'duration_stretch={stretch}', '--setf', f'int_f0_target_mean={pitch}',
                           '--setf', f'int_f0_target_stddev={range_hz}', '-psdur', '-t', text, '-o', str(sound)],
                          check=True, capture_output=True, text=True)
    return sound, [(name, float(end)) for name, end in (item.rsplit(':', 1) for item in done.stdout.split())]


def espeak(text, folder, voice, pitch, stretch, **_):
    """espeak-ng, 22.05 kHz; it tells no phone times for its own voices."""
    sound = folder / 'f.wav'
    subprocess.run(['espeak-ng', '-v', voice, '-p', str(pitch), '-s', str(round(165 / stretch)), '-w', str(sound), text], check=True)
    return sound, None


# gain in dB relative to the line; pause in seconds after the phrase. 'mama' is for the sync test only: lips meet at known times.
LINES = {
    'sample': dict(speak=festival_slt, container='wav', phrases=[
        dict(text='Oh, you came back!', gain=3, pause=.12),
        dict(text='I never believed we would meet by the river again.', gain=-2, pause=.15),
        dict(text='My whole family will be so happy!', gain=2, pause=.1),
    ]),
    'anger': dict(speak=flite, container='wav', phrases=[
        dict(text='Stop it.', voice='rms', pitch=95, range_hz=18, stretch=1.05, gain=-3, pause=.15),
        dict(text='You broke every promise you ever made,', voice='rms', pitch=112, range_hz=26, stretch=1.0, gain=0, pause=.05),
        dict(text='and now you want my forgiveness?', voice='rms', pitch=132, range_hz=38, stretch=.98, gain=3, pause=.15),
        dict(text='Move, before I push you off this bridge!', voice='rms', pitch=150, range_hz=40, stretch=.95, gain=6, pause=.1),
    ]),
    'fear': dict(speak=flite, container='flac', phrases=[
        dict(text='Please, be very quiet.', voice='awb', pitch=128, range_hz=12, stretch=1.1, gain=-6, pause=.3),
        dict(text='I saw something move behind the wall.', voice='awb', pitch=140, range_hz=20, stretch=1.0, gain=-3, pause=.2),
        dict(text='What if it finds us before morning?', voice='awb', pitch=165, range_hz=30, stretch=.92, gain=1, pause=.1),
    ]),
    'mama': dict(speak=flite, container='flac', phrases=[
        dict(text='mama mama mama mama.', voice='slt', pitch=170, range_hz=20, stretch=1.15, gain=0, pause=.1),
    ]),
    'playful': dict(speak=espeak, container='ogg', phrases=[
        dict(text='Well, well, well. Who ate my birthday pie?', voice='en-us+f3', pitch=62, stretch=1.1, gain=0, pause=.2),
        dict(text="I wonder if it was the puppy, or maybe, just maybe, it was you!", voice='en-us+f3', pitch=70, stretch=1.08, gain=2, pause=.1),
    ]),
}


def read_wave(path):
    with wave.open(str(path)) as sound:
        if sound.getsampwidth() != 2 or sound.getnchannels() != 1:
            sys.exit(f'{path}: expected 16 bit mono')
        return sound.getframerate(), array.array('h', sound.readframes(sound.getnframes()))


def make(name, line):
    samples, phones, rate = [], [], None
    with tempfile.TemporaryDirectory() as scratch:
        for phrase in line['phrases']:
            options = {key: value for key, value in phrase.items() if key not in ('text', 'gain', 'pause')}
            path, ends = line['speak'](phrase['text'], Path(scratch), **options)
            rate, sound = read_wave(path)
            gain = 10 ** (phrase['gain'] / 20)
            start = len(samples) / rate
            samples += [value * gain for value in sound]
            samples += [0.0] * round(phrase['pause'] * rate)
            before = 0.0
            for phone, end in ends or []:
                label = phone.upper()
                phones.append([FOLD.get(label, label), round(start + before, 4), round(start + end, 4)])
                before = end
            if ends is None:
                phones = None
    scale = PEAK * 32767 / max(abs(value) for value in samples)
    sound = array.array('h', (round(value * scale) for value in samples))
    wav = HERE / f'{name}.wav'
    with wave.open(str(wav), 'wb') as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(sound.tobytes())
    container = line['container']
    if container == 'flac':
        subprocess.run(['flac', '-s', '-f', '-8', '--no-padding', '-o', str(HERE / f'{name}.flac'), str(wav)], check=True)
    if container == 'ogg':
        subprocess.run(['oggenc', '-Q', '-q', '4', '-s', '1', '-o', str(HERE / f'{name}.ogg'), str(wav)], check=True)
    if container != 'wav':
        wav.unlink()
    (HERE / f'{name}.txt').write_text(' '.join(phrase['text'] for phrase in line['phrases']) + '\n')
    if phones:
        merged = []
        for label, start, end in phones:  # flite and festival cut stops into closure and burst, and double the pauses at joins
            if merged and merged[-1][0] == label == 'SIL':
                merged[-1][2] = end
            elif end > start:
                merged.append([label, start, end])
        (HERE / f'{name}.phones.json').write_text(json.dumps(merged) + '\n')
    print(f'{name}.{container}: {len(sound) / rate:.2f} s at {rate} Hz')


if __name__ == '__main__':
    for line_name, definition in LINES.items():
        make(line_name, definition)
