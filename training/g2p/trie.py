"""The pruned n-gram as one compact text: a trie of contexts, read by core/speech/text/letterToSoundModel.ts.

Contexts are stored backwards (nearest pair first), so that backing off is walking one step less deep. Depth first, each node:
back-off weight (1 byte), number of probabilities (varint), for each the pair (varint, difference to the one before) and its
probability (1 byte), number of children (varint), for each the pair (varint difference) and the child itself.
A byte b stands for exp(-b / 16): down to e^-15.9 in steps of 6 %. A back-off weight may exceed 1: its byte is shifted by 32.
"""

import base64
import json
import math
import zlib

STEP = 16
BACKOFF_SHIFT = 32


def pack(model, figures):
    units = ['<s>'] + model['units']
    index = {unit: i for i, unit in enumerate(units)}
    root = {}
    for context, row in model['prob'].items():
        node = root
        for unit in reversed(context):
            node = node.setdefault(index[unit], {})
        node['row'] = {index[unit]: p for unit, p in row.items()}
        node['backoff'] = model['backoff'][context]
    out = bytearray()
    write(root, out)
    return json.dumps(
        {
            'format': 1,
            'source': 'CMU Pronouncing Dictionary; training/g2p/train.py',
            'order': model['order'],
            'figures': figures,
            'units': units,
            'trie': base64.b64encode(zlib.compress(bytes(out), 9)).decode(),
        },
        separators=(',', ':'),
    ) + '\n'


def write(node, out):
    row = node.get('row', {})
    out.append(byte(node.get('backoff', 1.0), BACKOFF_SHIFT))
    varint(len(row), out)
    before = 0
    for unit in sorted(row):
        varint(unit - before, out)
        out.append(byte(row[unit], 0))
        before = unit
    children = sorted(key for key in node if isinstance(key, int))
    varint(len(children), out)
    before = 0
    for unit in children:
        varint(unit - before, out)
        before = unit
        write(node[unit], out)


def byte(value, shift):
    return min(255, max(0, round(-math.log(max(1e-9, value)) * STEP) + shift))


def varint(value, out):
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
