"""Put released models back into the cache as runs, to go on from them or to export them again beside new ones.

    python -m performance.released upper          runs/upper_vae, runs/upper (the released student)
    python -m performance.released mouth
"""
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from paths import MODELS
from performance import nets
from performance.train import run_path


def weights_of(name):
    return {w.name: numpy_helper.to_array(w).copy() for w in onnx.load(MODELS / f'{name}.onnx').graph.initializer}


def layer(state, key, w, name):
    state[f'{key}.weight'] = torch.from_numpy(w[f'{name}.w'])
    if f'{name}.b' in w:
        state[f'{key}.bias'] = torch.from_numpy(w[f'{name}.b'])


def residual(state, key, w, name):
    state[f'{key}.norm.gain'] = torch.from_numpy(w[f'{name}.norm'][0])
    for part in ('a', 'b'):
        layer(state, f'{key}.{part}', w, f'{name}.{part}')


def vae_state(region):
    e, d, state = weights_of(f'{region}_vae_encoder'), weights_of(f'{region}_vae_decoder'), {}
    for key, name in (('enc_in', 'in'), ('enc_down', 'down'), ('enc_out', 'out')):
        layer(state, key, e, name)
    for key, name in (('dec_in', 'in'), ('dec_up', 'up'), ('dec_mid', 'mid'), ('dec_out', 'out')):
        layer(state, key, d, name)
    for k in range(2):
        residual(state, f'enc.{k}', e, f'res{k}')
        residual(state, f'dec.{k}', d, f'res{k}')
    return state | {n: torch.from_numpy(e[n][0]) for n in ('mean', 'scale')}


def denoiser_state(region):
    w, state = weights_of(f'{region}_denoiser'), {}
    for key in ('cond_in', 'cond_down', 'z_in', 'level_in', 'level_out', 'emotion', 'emotion_mix', 'out'):
        if f'{key}.w' in w:
            layer(state, key, w, key)
    k = 0
    while f'block{k}.norm' in w:
        residual(state, f'blocks.{k}', w, f'block{k}')
        layer(state, f'blocks.{k}.mod', w, f'block{k}.mod')
        k += 1
    state['norm.gain'] = torch.from_numpy(w['norm'][0])
    return state | {'frequencies': torch.from_numpy(w['frequencies'][0])}


def main(region):
    for run, state, like in ((f'{region}_vae', vae_state(region), nets.codec_like), (region, denoiser_state(region), nets.denoiser_like)):
        net = like(state)
        net.load_state_dict(state)
        torch.save(net.state_dict(), run_path(run) / 'ema.pt')
        print(run, nets.size(net), 'weights', float(np.mean([v.abs().mean() for v in state.values()])))


if __name__ == '__main__':
    main(sys.argv[1])
