"""Write models/acoustic.decoder.json: phone grammar, lexicon of words, start and duration statistics of the training alignments."""
import json

import numpy as np

import novels
import word_lexicon
from features import clip_info, held_out
from paths import MODELS
from phone_grammar import estimate, stored
from texts import bare, dictionary
from visemes import CLASSES, PHONE_INDEX, PHONES

# how much one clip of a source counts: GRID and Picovoice say the same few words over and over
WEIGHT = dict(speechocean762=1.0, ljspeech=1.0, picovoice_phrases=.05, grid_s1=.02)
DICTIONARY_WEIGHT = 0.05       # of each word of CMUdict: 135,000 words, but rare ones and names count like common ones
NOVELS_WEIGHT = 0.03           # of each phone of the novels: 2.7 million phones of prose two hundred years old against 76,000 of the readers
BREAK = novels.SENTENCE_BREAK
# used until tune.py has chosen; meaning of each number: viterbi.py
DEFAULT_SEARCH = dict(minFrames=3, grammarScale=1.0, segmentBonus=-.5, priorScale=0.4, durationScale=0.5, voiceScale=0.25, closedScale=0.15,
                      teethScale=0.3, bonus={}, wordScale=1.5, wordBonus=2.0, pauseBonus=-1.0, unknownBonus=-15.0)


def joined(sequences):
    """One array for all sequences of a weight."""
    weights = sorted({w for _, w in sequences})
    return [(np.concatenate([a for a, v in sequences if v == w]), w) for w in weights]


def main():
    test, validation, clips = held_out()
    n = len(PHONES)
    sequences, start, durations, frames = [], np.zeros(n), [[] for _ in range(n)], np.ones(n)
    for source, weight in WEIGHT.items():
        info, speaker = clip_info(source)
        for i, (segments, _) in info.items():
            if i in clips or speaker.get(i) in test | validation or not segments:
                continue
            start[segments[0][0]] += weight
            sequences.append((np.array([BREAK, 0] + [s[0] for s in segments]), weight))
            for p, a, b in segments:
                frames[p] += (b - a) * weight
                if weight == 1.0:
                    durations[p].append((b - a) * .01)
    words = [[BREAK, 0] + [PHONE_INDEX[bare(p)] for p in phones] for phones in dictionary().values()]
    sequences += [(np.concatenate(words), DICTIONARY_WEIGHT), (novels.phones(), NOVELS_WEIGHT)]
    contexts, logs = estimate(joined(sequences))
    begin = (start + 0.5) / (start + 0.5).sum()
    prior = np.log(frames / frames.sum())
    prior[0] = prior[1:].max()            # how much silence the corpus leaves around a line says nothing about the next line
    log = [np.log(np.array(d)) for d in durations]
    out = dict(
        notes='Written by training/decoder_stats.py from the training speakers of speechocean762 and others, from CMUdict and from novels in the public '
              'domain (natural logarithms). grammar: ln P(next segment | up to four before it), segments not frames, as training/phone_grammar.py '
              'describes; words: how the commonest words are said and follow each other, as training/word_lexicon.py describes, from CMUdict, CMU Sphinx and the '
              'prompts of the training speakers; startLogProb is the first segment of a '
              'line; logPrior is the share of frames (silence: that of the most frequent phone); search holds the weights tune.py '
              'chose (viterbi.py says what each does), murmur those of tune_murmur.py (murmur.py); durations are log-normal in seconds: mean and standard deviation of ln(seconds). '
              'Frame k of the model is the sound at k * 10 ms and stands for [k, k+1) * 10 ms in cues.',
        phones=PHONES, classes=list(CLASSES), frameSeconds=0.01, grammar=stored(contexts, logs), words=word_lexicon.stored(),
        startLogProb=np.log(begin).round(4).tolist(),
        durationLogMean=[round(float(x.mean()), 4) for x in log], durationLogSd=[round(float(x.std()), 4) for x in log],
        logPrior=prior.round(4).tolist(), durationCounts=[len(x) for x in log])
    path = MODELS / 'acoustic.decoder.json'
    before = json.loads(path.read_text()) if path.exists() else {}
    out['search'] = {**DEFAULT_SEARCH, **before.get('search', {})}
    if 'murmur' in before:
        out['murmur'] = before['murmur']
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')
    for p, x in zip(PHONES, log):
        print(p, len(x), round(float(np.exp(x.mean())) * 1000), 'ms', end='; ')


if __name__ == '__main__':
    main()
