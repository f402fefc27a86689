"""The search of core/speech/text/letterToSound.ts in Python, to measure a model before it is written."""

import math

WIDTH = 24


def decode(model, word, how_many):
    """The likeliest pronunciations of a word, best first."""
    by_letter = model.setdefault('by_letter', index(model['units']))
    order, prob, backoff = model['order'], model['prob'], model['backoff']
    start = ('<s>',) * (order - 1)
    beam = [(0.0, start, ())]
    for letter in word:
        options = {}
        for score, context, phones in beam:
            for unit, said in by_letter.get(letter, ()):
                value = score + log_prob(prob, backoff, context, unit)
                key = (context[1:] + (unit,), phones + said)
                if value > options.get(key, -1e9):
                    options[key] = value
        ranked = sorted(((v, c, p) for (c, p), v in options.items()), key=lambda item: -item[0])
        beam = ranked[:WIDTH]
    ends = {}
    for score, context, phones in beam:
        value = score + log_prob(prob, backoff, context, '</s>')
        if phones and value > ends.get(phones, -1e9):
            ends[phones] = value
    return [list(phones) for phones, _ in sorted(ends.items(), key=lambda item: -item[1])[:how_many]]


def index(units):
    found = {}
    for unit in units:
        if ':' not in unit:
            continue
        letter, said = unit.split(':')
        found.setdefault(letter, []).append((unit, tuple(said.split('+')) if said else ()))
    return found


def log_prob(prob, backoff, context, unit):
    total = 0.0
    while True:
        row = prob.get(context)
        if row is not None:
            if unit in row:
                return total + math.log(row[unit])
            total += math.log(backoff[context])
        if not context:
            return total - 20.0
        context = context[1:]
