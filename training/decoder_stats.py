"""Write models/acoustic.decoder.json: phone bigram, start and duration statistics of the training alignments."""
import json

import numpy as np

from features import clip_info, held_out
from paths import MODELS
from visemes import CLASSES, PHONES

# how much one clip of a source counts: GRID and Picovoice say the same few words over and over
WEIGHT = dict(speechocean762=1.0, ljspeech=1.0, picovoice_phrases=.05, grid_s1=.02)
# used until tune.py has chosen; meaning of each number: viterbi.py
DEFAULT_SEARCH = dict(minFrames=3, bigramScale=0.5, segmentBonus=0.0, priorScale=0.2, durationScale=0.5)
SMOOTHING = 20.0               # pseudo-counts given to the product of the phone frequencies, per row


def main():
    test, validation, clips = held_out()
    n = len(PHONES)
    pair, start, durations, frames = np.zeros((n, n)), np.zeros(n), [[] for _ in range(n)], np.ones(n)
    for source, weight in WEIGHT.items():
        info, speaker = clip_info(source)
        for i, (segments, _) in info.items():
            if i in clips or speaker.get(i) in test | validation or not segments:
                continue
            start[segments[0][0]] += weight
            for (a, _, _), (b, _, _) in zip(segments, segments[1:]):
                pair[a, b] += weight
            for p, a, b in segments:
                frames[p] += (b - a) * weight
            if weight == 1.0:
                for p, a, b in segments:
                    durations[p].append((b - a) * .01)
    unigram = pair.sum(0) + 1
    unigram /= unigram.sum()
    bigram = pair + SMOOTHING * unigram
    bigram /= bigram.sum(1, keepdims=True)
    begin = (start + 0.5) / (start + 0.5).sum()
    prior = np.log(frames / frames.sum())
    prior[0] = prior[1:].max()            # how much silence the corpus leaves around a line says nothing about the next line
    log = [np.log(np.array(d)) for d in durations]
    out = dict(
        notes='Written by training/decoder_stats.py from the training speakers of speechocean762 and others (natural logarithms). '
              'bigram[i][j] = ln P(next segment is j | segment i), segments not frames; startLogProb is the first segment of a '
              'line; logPrior is the share of frames (silence: that of the most frequent phone); search holds the weights tune.py chose (viterbi.py says what each does); durations are log-normal in seconds: mean and standard deviation of ln(seconds). Frame k of the model is '
              'the sound at k * 10 ms and stands for [k, k+1) * 10 ms in cues.',
        phones=PHONES, classes=list(CLASSES), frameSeconds=0.01,
        bigram=np.log(bigram).round(4).tolist(), startLogProb=np.log(begin).round(4).tolist(),
        durationLogMean=[round(float(x.mean()), 4) for x in log], durationLogSd=[round(float(x.std()), 4) for x in log],
        logPrior=prior.round(4).tolist(),
        durationCounts=[len(x) for x in log])
    path = MODELS / 'acoustic.decoder.json'
    out['search'] = json.loads(path.read_text())['search'] if path.exists() else DEFAULT_SEARCH
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')
    for p, x in zip(PHONES, log):
        print(p, len(x), round(float(np.exp(x.mean())) * 1000), 'ms', end='; ')


if __name__ == '__main__':
    main()
