"""Precompute shards of normalised log-mel and labels from the decoded sound.

    features.py SOURCE COPY [COPY ...]     COPY 0 is the plain sound, others are augmented (seeded by source and copy)

A shard is <cache>/shards/<source>.<copy>.npz.d/ with mel.npy float16 [N, 80], phone.npy and klass.npy int8 [N] (-1: not
labelled), offsets.npy [clips + 1], spans.npy [clips, 2] (first and last speech frame), ids.json. Held-out speakers and clips
are only written by `features.py heldout`.
"""
import json
import shutil
import sys

import numpy as np

from augment import augmented, no_speech, plain, with_nonspeech
from frontend import normalise
from paths import CACHE, DATA, SPLITS
from visemes import clean_phones, frame_labels, segment_classes

MIN_SCORE = -2.7
CLIP_SOURCES = 'grid_s1', 'picovoice_phrases', 'picovoice_orders'       # held out by clip
NEVER_TRAINED_ON = ('sdap',)


def load_audio(source):
    z = np.load(CACHE / 'audio' / f'{source}.npz')
    samples, offsets = z['samples'], z['offsets']
    return {str(i): samples[offsets[k]:offsets[k + 1]] for k, i in enumerate(z['ids'])}


def clip_info(source):
    """{id: (segments, child)} of the clips with a trustworthy alignment, and {id: speaker}. Where a script here aligned the source (synthetic voices,
    recordings whose words a recogniser found), it has kept only what fits."""
    if (ours := CACHE / 'audio' / f'{source}.align.jsonl').exists():
        rows = [json.loads(l) for l in open(ours)]
        return {r['id']: (clean_phones(r['phones']), False) for r in rows}, {}
    speaker, child = {}, {}
    if source == 'speechocean762':
        for l in open(DATA / 'speech/speechocean762/manifest.jsonl'):
            r = json.loads(l)
            speaker[r['id']], child[r['id']] = r['speaker'], r['age'] < 16
    info = {}
    for l in open(DATA / f'align/{source}.jsonl'):
        r = json.loads(l)
        if r['score'] is not None and r['score'] >= MIN_SCORE:
            info[r['id']] = (clean_phones(r['phones']), child.get(r['id'], False))
    return info, speaker


def held_out():
    read = lambda n: json.load(open(SPLITS / f'{n}.json'))
    clips = read('heldout_clips')
    return (set(read('test')['speechocean762_speakers']), set(read('validation')['speechocean762_speakers']),
            set().union(*(clips[s] for s in CLIP_SOURCES)))


def write(name, rows):
    """rows: iterable of (id, raw log-mel, segments, speed)."""
    mels, phones, klasses, offsets, spans, ids = [], [], [], [0], [], []
    for i, raw, segments, speed in rows:
        t = len(raw)
        at = np.minimum(np.floor(np.arange(t) * speed + .5).astype(int), 10 ** 6)
        total = max(int(at[-1]) + 1, segments[-1][2] if segments else 0)
        tail = segments[-1][0] if segments and segments[-1][0] == 0 else -1
        phone = frame_labels(segments, total, -1)
        klass = frame_labels(segment_classes(segments), total, -1)
        if segments:
            phone[segments[-1][2]:] = klass[segments[-1][2]:] = tail
        phone, klass = phone[at].astype(np.int8), klass[at].astype(np.int8)
        speech = np.flatnonzero(phone > 0)
        mels.append(normalise(raw).astype(np.float16))
        phones.append(phone)
        klasses.append(klass)
        offsets.append(offsets[-1] + t)
        spans.append((speech[0], speech[-1] + 1) if len(speech) else (0, t))
        ids.append(i)
    out = CACHE / 'shards' / f'{name}.d'
    tmp = out.with_suffix('.tmp')
    shutil.rmtree(tmp, ignore_errors=True)
    tmp.mkdir(parents=True)
    np.save(tmp / 'mel.npy', np.concatenate(mels))
    np.save(tmp / 'phone.npy', np.concatenate(phones))
    np.save(tmp / 'klass.npy', np.concatenate(klasses))
    np.save(tmp / 'offsets.npy', np.array(offsets))
    np.save(tmp / 'spans.npy', np.array(spans))
    json.dump(ids, open(tmp / 'ids.json', 'w'))
    shutil.rmtree(out, ignore_errors=True)
    tmp.rename(out)                                   # the trainer picks up only finished shards
    print(name, len(ids), 'clips', round(offsets[-1] / 360000, 2), 'h', flush=True)


def main():
    source, copies = sys.argv[1], [int(c) for c in sys.argv[2:]]
    test, validation, clips = held_out()
    if source == 'heldout':
        info, speaker = clip_info('speechocean762')
        audio = load_audio('speechocean762')
        for name, who in (('heldout_test', test), ('heldout_validation', validation)):
            write(name, ((i, plain(audio[i])[0], info[i][0], 1.0) for i in info if speaker[i] in who))
        for src in CLIP_SOURCES:
            if not (CACHE / 'audio' / f'{src}.npz').exists():
                continue
            info, audio = clip_info(src)[0], load_audio(src)
            write(f'heldout_{src}', ((i, plain(audio[i])[0], info[i][0], 1.0) for i in info if i in clips and i in audio))
        return
    if source == 'noise':
        info, speaker = clip_info('speechocean762')
        pool = [x for i, x in load_audio('speechocean762').items() if i in info and speaker[i] not in test | validation]
        for copy in copies or [0]:
            rng = np.random.default_rng([99, copy])
            write(f'noise.{copy}', ((str(k), no_speech(rng, 3, pool), [(0, 0, 301)], 1.0) for k in range(500)))
        return
    if source in NEVER_TRAINED_ON:
        sys.exit(f'{source} is a test: no features for training are made of it')
    info, speaker = clip_info(source)
    audio = load_audio(source)
    keep = [i for i in info if i in audio and i not in clips and speaker.get(i) not in test | validation and len(audio[i]) > 4000]
    pool = [audio[i] for i in keep if len(audio[i]) > 16000]
    for copy in copies:
        rng = np.random.default_rng([copy, sum(map(ord, source))])

        def rows():
            for i in keep:
                segments, child = info[i]
                if copy == 0:
                    yield i, plain(audio[i])[0], segments, 1.0
                    continue
                samples, segments = with_nonspeech(rng, audio[i], segments, pool)
                raw, speed = augmented(rng, samples, child, pool)
                yield i, raw, segments, speed
        write(f'{source}.{copy}', rows())


if __name__ == '__main__':
    main()
