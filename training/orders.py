"""Words and phone times of Picovoice's coffee orders, of which only the slots are given ("small", "dark roast", "a bit of soy milk").

    orders.py --missing      writes the ids of orders whose transcripts lack a slot, for transcribe.py --slots --only: <cache>/texts/picovoice_orders.missing.json
    orders.py                writes <cache>/audio/picovoice_orders.npz and .align.jsonl

The words are those of transcribe.py (whichever of its files there are). They are held against the given slots: an order whose slots are not
all in its text, in any one of the transcripts, after mending what sounds nearly the same ("skin milk"), is dropped. Of the texts that
hold all slots, the one that fits the sound best by the present acoustic model is aligned with it, and dropped when it, or one of its
words, fits badly.
"""
import argparse
import difflib
import json

from decode import decode
from paths import CACHE, DATA
from words import best_text, keep, listener, row, tokens, transcripts

SOURCE = 'picovoice_orders'
NEAR = .7                                     # least likeness in letters (Ratcliff and Obershelp) of words that stand where a slot should
MIN_FIT, MIN_WORD_FIT = -2.2, -5.5            # mean log-probability of a speech frame of the order, of the worst of its words


def place(words, slot):
    """Where in words the slot stands: (first, end, likeness)."""
    best = (0, 0, 0.0)
    for n in {len(slot) - 1, len(slot), len(slot) + 1} - {0}:
        for k in range(len(words) - n + 1):
            like = difflib.SequenceMatcher(None, ' '.join(words[k:k + n]), ' '.join(slot), autojunk=False).ratio()
            if like > best[2]:
                best = (k, k + n, like)
    return best


def mended(words, slots):
    """The words with each slot in its place as it is given, or None when one is not there. Each slot takes words of its own."""
    words, taken = list(words), [False] * len(words)
    for slot in sorted(slots, key=len, reverse=True):
        a, b, like = place(['#' if t else w for w, t in zip(words, taken)], slot)
        if like < NEAR:
            return None
        words[a:b], taken[a:b] = slot, [True] * len(slot)
    return words


def judge(texts, slots, sound, listen):
    """-> (best_text or None, why it is dropped or None)."""
    if not any(texts):
        return None, 'noWords'
    whole = [t for t in (mended(words, slots) for words in texts) if t]
    if not whole:
        return None, 'slotMissing'
    best = best_text(listen(sound), whole)
    if best is None:
        return None, 'unknownWord'
    return best, 'badFit' if best[2] < MIN_FIT or best[3] < MIN_WORD_FIT else None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--missing', action='store_true')
    a = ap.parse_args()
    folder, heard = DATA / 'speech' / SOURCE, transcripts(SOURCE)
    orders = [json.loads(l) for l in open(folder / 'manifest.jsonl')]
    texts = {r['id']: [h[r['id']] for h in heard.values() if r['id'] in h] for r in orders}
    slots = {r['id']: [tokens(v) for v in r['slots'].values()] for r in orders}
    if a.missing:
        ids = [i for i in texts if not any(mended(words, slots[i]) for words in texts[i])]
        (CACHE / f'texts/{SOURCE}.missing.json').write_text(json.dumps(ids))
        print(len(ids), 'of', len(orders), 'orders lack a slot')
        return
    listen, sounds, rows, reasons = listener(), [], [], {}
    for r in orders:
        i, sound = r['id'], decode(folder / r['audio'])
        best, why = judge(texts[i], slots[i], sound, listen)
        if why:
            reasons[why] = reasons.get(why, 0) + 1
            print(why, [' '.join(t) for t in texts[i]], list(r['slots'].values()), best and [round(x, 2) for x in best[2:]], flush=True)
            continue
        sounds.append(sound)
        rows.append(row(i, best))
    keep(SOURCE, sounds, rows)
    print('dropped', reasons)


if __name__ == '__main__':
    main()
