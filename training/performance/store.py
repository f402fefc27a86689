"""Where the performance training keeps its files, and how exported lines are read."""
import json
import os
from pathlib import Path

import numpy as np

from performance.channels import CHANNELS

CACHE = Path(os.environ.get('MIEN_PERFORMANCE_CACHE', Path.home() / '.cache' / 'mien-performance'))
FPS = 60
VOICE = ('energy', 'voicing', 'pitch', 'loudness', 'effort')


def lines(source):
    """Rows of exportLines.ts by id, sorted."""
    rows = {}
    for file in sorted(CACHE.glob(f'lines/{source}.*.jsonl')):
        for text in file.read_text().splitlines():
            row = json.loads(text)
            rows[row['id']] = row
    return {k: rows[k] for k in sorted(rows)}


def voice_and_rules(source, row):
    """[5, T] voice curves and [61, T] curves of the rules engine at 60 Hz."""
    data = np.fromfile(CACHE / 'lines' / source / f"{row['id']}.f32", np.float32).reshape(-1, row['frames'])
    assert len(data) == len(VOICE) + len(CHANNELS)
    return data[:5], data[5:]
