"""Train the acoustic network for a budget of wall-clock time (or, for trials on a busy machine, of processor time).

    train.py RUN --minutes M [--processor-time] [--kind dense50] [--optimiser muon] [--rate 1e-3] [--threads 2] [--seed 0]

The learning rate is a function of elapsed / budget (one cycle: 4 % warm-up to RATE, cosine to RATE / 100), so a busy machine gives
fewer steps but always a finished schedule. State is saved every 3 minutes in <cache>/runs/RUN/state.pt and the run resumes
from it. <cache>/runs/RUN/ema.pt holds the averaged weights. Validation speakers are scored every few minutes.
"""
import argparse
import json
import math
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from torch.nn import functional as F

from batches import Sampler
from model import KINDS, RELEASED, Acoustic
from muon import HALF, optimisers
from paths import CACHE
from visemes import CLASSES, PHONES

LAST, WARM = .01, 0.04
SAVE_SECONDS, CHECK_SECONDS, REFRESH_SECONDS = 180, 360, 60
EMA, EMA_EVERY = 0.999, 4
CLASS_WEIGHT, VOICE_WEIGHT, SILENCE_WEIGHT, SMOOTHING = 0.3, 0.2, 0.6, 0.1
# frames of phones that show on the face (P B M F V) or that are rare and poorly heard weigh more
PHONE_WEIGHTS = dict(dict.fromkeys('P B M F V'.split(), 1.3), **dict.fromkeys('L TH UH NG ZH OY UW W'.split(), 1.2))
CLASS_WEIGHTS = dict(A=1.3, G=1.3, H=1.2, F=1.1)


def weight_table(names, weights):
    table = torch.tensor([weights.get(n, 1.0) for n in names])
    table[0] = SILENCE_WEIGHT
    return table


WEIGHTS = weight_table(PHONES, PHONE_WEIGHTS), weight_table(CLASSES, CLASS_WEIGHTS)


def learning_rate(done):
    """Share of the peak rate."""
    if done < WARM:
        return 0.04 + 0.96 * done / WARM
    return LAST + (1 - LAST) * .5 * (1 + math.cos(math.pi * min(1, (done - WARM) / (1 - WARM))))


def cross_entropy(logits, target, smoothing, table):
    flat, y = logits.reshape(-1, logits.shape[-1]), target.reshape(-1)
    per = F.cross_entropy(flat, y, ignore_index=-1, reduction='none', label_smoothing=smoothing)
    w = table[y.clamp(min=0)] * (y >= 0)
    return (per * w).sum() / w.sum().clamp(min=1)


def loss_of(net, batch):
    mel, phone, klass = (torch.from_numpy(a) for a in batch)
    with torch.autocast('cpu', torch.bfloat16, enabled=HALF):
        p, c, v = (y.float() for y in net(mel))
    known = (phone >= 0).float()
    voice = F.binary_cross_entropy_with_logits(v, (phone > 0).float(), reduction='none')
    return (cross_entropy(p, phone, SMOOTHING, WEIGHTS[0]) + CLASS_WEIGHT * cross_entropy(c, klass, SMOOTHING, WEIGHTS[1])
            + VOICE_WEIGHT * (voice * known).sum() / known.sum())


@torch.no_grad()
def average(ema, net, decay):
    mine, theirs = ema.state_dict(), net.state_dict()
    for k, v in mine.items():
        v.lerp_(theirs[k], 1 - decay) if v.is_floating_point() else v.copy_(theirs[k])


@torch.no_grad()
def frame_scores(net, name='heldout_validation'):
    """Frame accuracy of a held-out shard (argmax): phones on speech, phones on all, classes on speech, voice."""
    net.eval()
    path = CACHE / 'shards' / f'{name}.d'
    mel, offsets = np.load(path / 'mel.npy', mmap_mode='r'), np.load(path / 'offsets.npy')
    phone, klass = np.load(path / 'phone.npy'), np.load(path / 'klass.npy')
    hit = np.zeros(4)
    for a, b in zip(offsets[:-1], offsets[1:]):
        p, c, v = net(torch.from_numpy(mel[a:b].astype(np.float32))[None])
        p, c, v = p[0].argmax(-1).numpy(), c[0].argmax(-1).numpy(), v[0].numpy() > 0
        y, k = phone[a:b], klass[a:b]
        hit += [((p == y) & (y > 0)).sum(), ((p == y) & (y >= 0)).sum(), ((c == k) & (k > 0)).sum(),
                ((v == (y > 0)) & (y >= 0)).sum()]
    speech, known = (phone > 0).sum(), (phone >= 0).sum()
    net.train()
    return dict(zip(('phone_speech', 'phone_all', 'class_speech', 'voice'),
                    (hit / [speech, known, (klass > 0).sum(), known]).round(4).tolist()))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('run')
    ap.add_argument('--minutes', type=float, required=True)
    ap.add_argument('--processor-time', action='store_true')
    ap.add_argument('--kind', default=RELEASED, choices=KINDS)
    ap.add_argument('--optimiser', default='muon', choices=('muon', 'adamw'))
    ap.add_argument('--rate', type=float, default=1e-3)
    ap.add_argument('--batch', type=int, default=32)
    ap.add_argument('--threads', type=int, default=2)
    ap.add_argument('--warm-steps', type=int, default=0, help='steps the start weights count for in the average')
    ap.add_argument('--drop', type=float, default=.08)
    ap.add_argument('--seed', type=int, default=0)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    out = CACHE / 'runs' / a.run
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    clock = time.process_time if a.processor_time else time.monotonic
    net, ema = Acoustic(a.kind, a.drop), Acoustic(a.kind)
    ema.load_state_dict(net.state_dict())
    steppers = optimisers(net, a.rate, a.optimiser)
    step, before = 0, 0.0
    if (out / 'state.pt').exists():
        s = torch.load(out / 'state.pt', weights_only=True)
        net.load_state_dict(s['net'])
        ema.load_state_dict(s['ema'])
        for o, state in zip(steppers, s['optimisers']):
            o.load_state_dict(state)
        torch.set_rng_state(s['rng'])
        step, before = s['step'], s['elapsed']
    elif (out / 'start.pt').exists():                 # warm.py
        for n in (net, ema):
            n.load_state_dict(torch.load(out / 'start.pt', weights_only=True))
    sampler = Sampler([a.seed, step], a.batch)
    worker = ThreadPoolExecutor(1)                     # the next batch is drawn while the net learns from this one
    coming = worker.submit(sampler.batch)
    start = clock()
    saved = checked = refreshed = start
    log = open(out / 'log.jsonl', 'a')

    def save(elapsed):
        state = dict(net=net.state_dict(), ema=ema.state_dict(), optimisers=[o.state_dict() for o in steppers], step=step, elapsed=elapsed,
                     rng=torch.get_rng_state())
        for name, value in (('state.pt', state), ('ema.pt', ema.state_dict())):
            torch.save(value, out / (name + '.tmp'))
            (out / (name + '.tmp')).rename(out / name)

    def note(**k):
        log.write(json.dumps(k) + '\n')
        log.flush()

    note(start=step, elapsed=before, minutes=a.minutes, options=vars(a), parameters=sum(p.numel() for p in net.parameters()),
         shards=sorted(sampler.shards))
    running, net_ = [], net.train()
    while (elapsed := before + clock() - start) < a.minutes * 60:
        rate = a.rate * learning_rate(elapsed / (a.minutes * 60))
        for o in steppers:
            for g in o.param_groups:
                g['lr'] = rate
        batch = coming.result()
        if clock() - refreshed > REFRESH_SECONDS:
            refreshed = clock()
            if new := sampler.refresh():
                note(step=step, new_shards=new)
        coming = worker.submit(sampler.batch)
        loss = loss_of(net_, batch)
        net.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        for o in steppers:
            o.step()
        step += 1
        running.append(loss.item())
        if step % EMA_EVERY == 0:
            average(ema, net, min(EMA ** EMA_EVERY, (1 + step + a.warm_steps) / (10 * EMA_EVERY + step + a.warm_steps)))
        now = clock()
        if step % 50 == 0:
            note(step=step, elapsed=round(elapsed), loss=round(float(np.mean(running)), 4), lr=round(rate, 7))
            running = []
        if now - saved > SAVE_SECONDS:
            save(elapsed)
            saved = now
        if now - checked > CHECK_SECONDS:
            note(step=step, elapsed=round(elapsed), validation=frame_scores(ema))
            checked = clock()
    save(elapsed)
    note(step=step, elapsed=round(elapsed), validation=frame_scores(ema), finished=True)


if __name__ == '__main__':
    main()
