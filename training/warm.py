"""Start a run from a released acoustic.onnx (whose BatchNorm is folded away) instead of from chance.

    warm.py RUN [--model FILE] [--kind wide50]

A dense kind with more channels or more blocks than the released one begins as the same function: old outputs do not see new
channels yet (weights 0), new channels see everything (random weights), new blocks add nothing (scale 0).

Each BatchNorm is set so that it changes nothing on batches like the training ones: mean and deviation are measured, then given
back by its weight and bias. Writes <cache>/runs/RUN/start.pt, which train.py loads when RUN has no state yet.
"""
import argparse

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from batches import Sampler
from model import KINDS, RELEASED, Acoustic
from paths import CACHE, MODELS


def pairs(net):
    yield 'stem', net.stem[0]['conv'], net.stem[0]['norm']
    for k, block in enumerate(net.blocks):
        yield f'block{k}', block.conv, block.norm
    for name in ('up', 'fine', 'head'):
        yield name, getattr(net, name), getattr(net, name + '_norm')


def grown(weight, old):
    """Puts the weights of a smaller convolution into the corner of a larger one."""
    cout, cin = old.shape[:2]
    weight[:cout, :cin] = old
    weight[:cout, cin:] = 0


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('run')
    ap.add_argument('--model', default=str(MODELS / 'acoustic.onnx'))
    ap.add_argument('--kind', default=RELEASED, choices=[k for k in KINDS if KINDS[k]['block'] == 'dense' and KINDS[k]['stride'] == 2])
    ap.add_argument('--seed', type=int, default=0)
    a = ap.parse_args()
    weights = {w.name.removesuffix('.half'): torch.from_numpy(numpy_helper.to_array(w).astype(np.float32)) for w in onnx.load(a.model).graph.initializer}
    torch.manual_seed(a.seed)
    net = Acoustic(a.kind).eval()
    seen, bias = {}, {}
    with torch.no_grad():
        for name, conv, norm in pairs(net):
            norm.weight.fill_((1 + norm.eps) ** .5)
            if name + '.w' not in weights:               # a new block
                norm.weight.zero_()
                continue
            grown(conv.weight, weights[name + '.w'])
            bias[name] = torch.zeros(conv.out_channels)
            bias[name][:len(weights[name + '.b'])] = weights[name + '.b']
            norm.bias.copy_(bias[name])
            conv.register_forward_hook(lambda m, i, o, n=name: seen.__setitem__(n, o.transpose(0, 1).flatten(1)))
        net.out.weight.copy_(weights['out.w'])
        net.out.bias.copy_(weights['out.b'])
        mel = torch.from_numpy(Sampler(5).batch()[0])
        before = net(mel)[0].log_softmax(-1)
        for name, _, norm in pairs(net):
            if name not in bias:
                continue
            mean, var = seen[name].mean(1), seen[name].var(1)
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(var)
            norm.weight.copy_((var + norm.eps).sqrt())
            norm.bias.copy_(bias[name] + mean)
        worst = (net(mel)[0].log_softmax(-1) - before).abs().max().item()
    assert worst < 1e-2, worst
    out = CACHE / 'runs' / a.run
    out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), out / 'start.pt')
    print('largest difference from the folded network', worst)


if __name__ == '__main__':
    main()
