"""Decide, before anything else, who is never trained on: writes training/splits/*.json (ids only).

test        whole speakers: the 20 of ../shared/data/rhubarb/dev.json and 10 more, balanced child/adult and female/male.
            Read for reported figures only.
validation  10 other whole speakers, balanced the same way; used to choose and to stop.
GRID (one man) and Picovoice (speakers not named) can only be held out by clip: every 15th by a hash of the id (every 10th of the orders).
"""
import hashlib
import json

from paths import DATA, SPLITS

ADULT_AGE = 16
MIN_GOOD = 15                  # clips with a trustworthy alignment a held-out speaker must have
MIN_SCORE = -2.7


def rank(name, salt):
    return hashlib.sha256(f'{salt}:{name}'.encode()).hexdigest()


def lines(path):
    return [json.loads(l) for l in open(path)]


def main():
    SPLITS.mkdir(exist_ok=True)
    score = {r['id']: r['score'] for r in lines(DATA / 'align/speechocean762.jsonl')}
    people = {}
    for r in lines(DATA / 'speech/speechocean762/manifest.jsonl'):
        p = people.setdefault(r['speaker'], dict(group=('adult' if r['age'] >= ADULT_AGE else 'child') + '_' + r['sex'], good=0))
        p['good'] += (score.get(r['id']) or -99) >= MIN_SCORE
    test = json.load(open(DATA / 'rhubarb/dev.json'))['speechocean762_dev_speakers']
    used, validation, extra = set(test), [], []

    def take(group, n, to, salt):
        free = sorted((s for s, p in people.items() if p['group'] == group and p['good'] >= MIN_GOOD and s not in used),
                      key=lambda s: rank(s, salt))
        to.extend(free[:n])
        used.update(free[:n])

    for g, n in (('adult_f', 2), ('adult_m', 3), ('child_f', 2), ('child_m', 3)):
        take(g, n, extra, 'test')
    for g, n in (('adult_f', 3), ('adult_m', 2), ('child_f', 3), ('child_m', 2)):
        take(g, n, validation, 'validation')

    def clips(source, corpus, every=15):
        return sorted(r['id'] for r in lines(DATA / source / 'manifest.jsonl')
                      if int(rank(r['id'], corpus)[:8], 16) % every == 0)

    out = dict(
        test=dict(speechocean762_speakers=sorted(test + extra), rhubarb_dev_speakers=sorted(test),
                  children=sorted(s for s in test + extra if people[s]['group'].startswith('child'))),
        validation=dict(speechocean762_speakers=sorted(validation),
                        children=sorted(s for s in validation if people[s]['group'].startswith('child'))),
        heldout_clips=dict(grid_s1=clips('face/grid_s1', 'grid'), picovoice_phrases=clips('speech/picovoice_phrases', 'pico'),
                           picovoice_orders=clips('speech/picovoice_orders', 'orders', 10),
                           note='clips only: GRID is one man who is trained on, Picovoice names no speakers'))
    for k, v in out.items():
        (SPLITS / f'{k}.json').write_text(json.dumps(v, indent=1) + '\n')
        print(k, {a: len(b) for a, b in v.items()})


if __name__ == '__main__':
    main()
