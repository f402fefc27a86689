"""Who trains and who is held out, by CONTENT: whole words of GRID are unseen in training.

    python -m performance.split      writes splits/performance.json

GRID clips are named by their six words: command, colour, preposition, letter, digit, adverb. Every clip with the colour
green or the letters j, m or o is test (those words are never seen in training); every other clip with the letter v is
validation, and so are 4 % of the rest (seen words). Facegood 2_05 is held out too.
"""
import json

from paths import SPLITS
from performance.store import lines

TEST_COLOURS, TEST_LETTERS, VALIDATION_LETTERS = 'g', 'jmo', 'v'
UNSEEN_TEST = {'green', 'j', 'm', 'o'}
UNSEEN_VALIDATION = {'v'}
FILE = SPLITS / 'performance.json'


def part_of(clip, index):
    if clip[1] in TEST_COLOURS or clip[3] in TEST_LETTERS:
        return 'test'
    if clip[3] in VALIDATION_LETTERS or index % 25 == 0:
        return 'validation'
    return 'train'


def main():
    out = {'train': [], 'validation': [], 'test': []}
    for index, clip in enumerate(lines('grid')):
        out[part_of(clip, index)].append(clip)
    FILE.write_text(json.dumps(dict(unseenTestWords=sorted(UNSEEN_TEST), unseenValidationWords=sorted(UNSEEN_VALIDATION),
                                    facegoodTest=['1114_2_05'], **out), indent=0) + '\n')
    print({k: len(v) for k, v in out.items()})


def read():
    return json.loads(FILE.read_text())


if __name__ == '__main__':
    main()
