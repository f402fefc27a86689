"""Write models/acoustic.onnx from a run's averaged weights: BatchNorm folded, opset 13, dynamic length, one file.
Weights are stored as float16 (variants.py: nothing is lost) and computed with in float32.

    export.py RUN [--out FILE]

Inputs and outputs: mel [1, T, 80] -> phones [1, T, 40] log-probabilities, voice [1, T] probability, classes [1, T, 9]
log-probabilities. The graph is written node by node, so that nothing depends on an exporter's version, and is compared with
the network on random input, whole and in overlapping chunks.
"""
import argparse

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from model import KINDS, OUTPUTS, RELEASED, Acoustic, reach
from paths import CACHE, MODELS

TOLERANCE, HALF_TOLERANCE = 2e-4, .05         # of log-probabilities; weights rounded to float16 move them by about .002


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.count = [], [], 0

    def const(self, name, value):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind, *inputs, out=None, **attributes):
        self.count += 1
        out = out or f'{kind.lower()}_{self.count}'
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=f'n{self.count}_{kind}', **attributes))
        return out

    def conv(self, x, name, layer, norm=None):
        w = layer.weight.detach().double()
        b = torch.zeros(w.shape[0], dtype=torch.double) if layer.bias is None else layer.bias.detach().double()
        if norm is not None:
            g = norm.weight.detach().double() / torch.sqrt(norm.running_var.double() + norm.eps)
            w, b = w * g[:, None, None], norm.bias.detach().double() + (b - norm.running_mean.double()) * g
        k, d, s = layer.kernel_size[0], layer.dilation[0], layer.stride[0]
        pad = (k // 2) * d
        return self.op('Conv', x, self.const(name + '.w', w.float().numpy()), self.const(name + '.b', b.float().numpy()),
                       kernel_shape=[k], dilations=[d], strides=[s], pads=[pad, pad])


def build(net, kind):
    g, fine = Graph(), net.FINE
    ints = lambda name, v: g.const(name, np.array(v, np.int64))
    x = g.op('Transpose', 'mel', perm=[0, 2, 1])
    h = x
    for k, s in enumerate(net.stem):
        h = g.conv(g.op('Relu', h) if k else h, 'stem' if k == 0 else f'stem{k}', s['conv'], s['norm'])
    for k, block in enumerate(net.blocks):
        h = g.op('Add', h, g.conv(g.op('Relu', h), f'block{k}', block.conv, block.norm))
    h = g.op('Relu', g.conv(g.op('Relu', h), 'up', net.up, net.up_norm))
    h = g.op('Reshape', h, ints('split_shape', [1, fine, net.stride, -1]))
    h = g.op('Reshape', g.op('Transpose', h, perm=[0, 1, 3, 2]), ints('join_shape', [1, fine, -1]))
    length = g.op('Slice', g.op('Shape', 'mel'), ints('one', [1]), ints('two', [2]))
    h = g.op('Slice', h, ints('zero', [0]), length, ints('time_axis', [2]))
    f = g.op('Relu', g.conv(x, 'fine', net.fine, net.fine_norm))
    h = g.op('Relu', g.conv(g.op('Concat', h, f, axis=1), 'head', net.head, net.head_norm))
    y = g.op('Transpose', g.conv(h, 'out', net.out), perm=[0, 2, 1])
    p, c, v = g.op('Split', y, ints('sizes', OUTPUTS), axis=2), 'split_classes', 'split_voice'
    g.nodes[-1].output.extend([c, v])
    g.op('LogSoftmax', p, out='phones', axis=2)
    g.op('LogSoftmax', c, out='classes', axis=2)
    g.op('Sigmoid', g.op('Squeeze', v, ints('last_axis', [2])), out='voice')
    shape = lambda name, *d: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 'T', *d])
    graph = helper.make_graph(g.nodes, 'mien_acoustic', [shape('mel', 80)],
                              [shape('phones', 40), shape('voice'), shape('classes', 9)], g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], producer_name='mien')
    model.ir_version = 8
    for k, v in dict(licence='MIT', kind=kind, reach_frames=str(reach(kind)), frame_seconds='0.01', chunk_start=f'multiple of {net.stride} frames').items():
        model.metadata_props.add(key=k, value=v)
    onnx.checker.check_model(model)
    return model


def half_weights(model):
    """The same graph with weights stored as float16 and cast back when it is loaded."""
    casts = []
    for w in model.graph.initializer:
        if w.data_type == TensorProto.FLOAT and len(w.dims) > 1:
            name = w.name
            small = numpy_helper.from_array(numpy_helper.to_array(w).astype(np.float16), name + '.half')
            w.CopyFrom(small)
            casts.append(helper.make_node('Cast', [name + '.half'], [name], to=TensorProto.FLOAT))
    for c in reversed(casts):
        model.graph.node.insert(0, c)
    onnx.checker.check_model(model)
    return model


def check(path, net, kind, tolerance):
    session = onnxruntime.InferenceSession(str(path), providers=['CPUExecutionProvider'])
    rng = np.random.default_rng(1)
    worst = 0.0
    for t in (1, 2, 37, 400, 1001):
        mel = rng.normal(0, 2, (1, t, 80)).astype(np.float32)
        p, v, c = session.run(['phones', 'voice', 'classes'], {'mel': mel})
        with torch.no_grad():
            a, b, d = net(torch.from_numpy(mel))
        worst = max(worst, np.abs(p - a.log_softmax(-1).numpy()).max(), np.abs(c - b.log_softmax(-1).numpy()).max(),
                    np.abs(v - d.sigmoid().numpy()).max())
        assert p.shape == (1, t, 40) and v.shape == (1, t) and c.shape == (1, t, 9)
    halo = -(-reach(kind) // net.stride) * net.stride
    seam = 0.0
    for a in range(0, t, 300):                        # t = 1001, mel of the last round
        lo, hi = max(0, a - halo), min(t, a + 300 + halo)
        q = session.run(['phones'], {'mel': mel[:, lo:hi]})[0][0, a - lo:a - lo + 300]
        seam = max(seam, np.abs(q - p[0, a:a + 300]).max())
    print(f'largest difference from the network {worst:.2e}, chunked from whole {seam:.2e} (halo {halo} frames)')
    assert worst < tolerance and seam < TOLERANCE
    return seam


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('run')
    ap.add_argument('--out', default=str(MODELS / 'acoustic.onnx'))
    ap.add_argument('--kind', default=RELEASED, choices=[k for k in KINDS if KINDS[k]['block'] == 'dense'])
    ap.add_argument('--full', action='store_true', help='keep the weights in float32')
    a = ap.parse_args()
    net = Acoustic(a.kind)
    net.load_state_dict(torch.load(CACHE / 'runs' / a.run / 'ema.pt', weights_only=True))
    net.eval()
    model = build(net, a.kind)
    onnx.save(model if a.full else half_weights(model), a.out)
    check(a.out, net, a.kind, TOLERANCE if a.full else HALF_TOLERANCE)


if __name__ == '__main__':
    main()
