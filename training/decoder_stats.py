"""Write models/acoustic.decoder.json: phone trigram, start and duration statistics of the training alignments."""
import json

import numpy as np

from features import clip_info, held_out
from paths import MODELS
from texts import bare, dictionary
from visemes import CLASSES, PHONE_INDEX, PHONES

# how much one clip of a source counts: GRID and Picovoice say the same few words over and over
WEIGHT = dict(speechocean762=1.0, ljspeech=1.0, picovoice_phrases=.05, grid_s1=.02)
DICTIONARY_WEIGHT = 0.05       # of each word of CMUdict: 135,000 words, but rare ones and names count like common ones
# used until tune.py has chosen; meaning of each number: viterbi.py
DEFAULT_SEARCH = dict(minFrames=3, trigramScale=0.9, segmentBonus=-1.0, priorScale=0.4, durationScale=0.5, voiceScale=0.25, closedScale=0.15,
                      teethScale=0.3, bonus={})
BACK_OFF, BIGRAM_BACK_OFF = 60.0, 20.0     # pseudo-counts of the bigram in each row of the trigram, of the phone frequencies in each bigram row
STEP = 0.04                                # natural log of one unit of the stored trigram


def trigram(pairs_of_segments):
    n = len(PHONES)
    t = np.zeros((n, n, n))
    for phones, weight in pairs_of_segments:
        p = [0, 0] + phones
        np.add.at(t, (p[:-2], p[1:-1], p[2:]), weight)
    bigram = t.sum(0)
    unigram = bigram.sum(0) + 1
    unigram /= unigram.sum()
    bigram = (bigram + BIGRAM_BACK_OFF * unigram) / (bigram.sum(1, keepdims=True) + BIGRAM_BACK_OFF)
    return np.log((t + BACK_OFF * bigram) / (t.sum(2, keepdims=True) + BACK_OFF))


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
            sequences.append(([s[0] for s in segments], weight))
            for p, a, b in segments:
                frames[p] += (b - a) * weight
                if weight == 1.0:
                    durations[p].append((b - a) * .01)
    sequences += [([PHONE_INDEX[bare(p)] for p in phones], DICTIONARY_WEIGHT) for phones in dictionary().values()]
    begin = (start + 0.5) / (start + 0.5).sum()
    prior = np.log(frames / frames.sum())
    prior[0] = prior[1:].max()            # how much silence the corpus leaves around a line says nothing about the next line
    log = [np.log(np.array(d)) for d in durations]
    out = dict(
        notes='Written by training/decoder_stats.py from the training speakers of speechocean762 and others and from CMUdict (natural '
              'logarithms). trigram: ln P(next segment is k | segments i, j) = -trigramStep * trigram[(i * 40 + j) * 40 + k], '
              'segments not frames; startLogProb is the first segment of a '
              'line; logPrior is the share of frames (silence: that of the most frequent phone); search holds the weights tune.py '
              'chose (viterbi.py says what each does); durations are log-normal in seconds: mean and standard deviation of ln(seconds). '
              'Frame k of the model is the sound at k * 10 ms and stands for [k, k+1) * 10 ms in cues.',
        phones=PHONES, classes=list(CLASSES), frameSeconds=0.01, trigramStep=STEP,
        trigram=np.clip(np.round(trigram(sequences) / -STEP), 0, 255).astype(int).ravel().tolist(),
        startLogProb=np.log(begin).round(4).tolist(),
        durationLogMean=[round(float(x.mean()), 4) for x in log], durationLogSd=[round(float(x.std()), 4) for x in log],
        logPrior=prior.round(4).tolist(), durationCounts=[len(x) for x in log])
    path = MODELS / 'acoustic.decoder.json'
    before = json.loads(path.read_text()).get('search', {}) if path.exists() else {}
    out['search'] = before if 'trigramScale' in before else DEFAULT_SEARCH
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')
    for p, x in zip(PHONES, log):
        print(p, len(x), round(float(np.exp(x.mean())) * 1000), 'ms', end='; ')


if __name__ == '__main__':
    main()
