"""Write the six models of the neural engine to models/, node by node, and their golden file.

    python -m performance.export --mouth RUN --upper RUN [--mouth-vae RUN] [--upper-vae RUN]

Every model is compared with its net on random input, whole and in overlapping chunks. models/golden/performance.json holds
what they give for a deterministic input; models/manifest.json keeps the entries of other models.
"""
import argparse
import hashlib
import json
import math

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper

from export import Graph as Base
from paths import MODELS
from performance import nets
from performance.channels import EMOTIONS, MOUTH, UPPER
from performance.conditions import MOUTH_CONDITIONS, RULES_ROWS, UPPER_CONDITIONS
from performance.train import codec, denoiser as trained

TOLERANCE = 2e-4
MOUTH_INPUTS = MOUTH_CONDITIONS + len(RULES_ROWS)
REACH = dict(denoiser=30, decoder=10, encoder=10)      # latents; core/performance/neural/neuralModels.ts
ABOUT = {
    'mouth_vae_encoder': '28 mouth curves at 60 Hz -> 16 standardised latents at 30 Hz',
    'mouth_vae_decoder': '16 latents at 30 Hz -> 28 mouth curves at 60 Hz',
    'mouth_denoiser': 'clean mouth latents from noisy ones, conditions, noise level and guidance',
    'upper_vae_encoder': '13 upper-face curves and 3 head rotations at 60 Hz -> 16 standardised latents at 15 Hz',
    'upper_vae_decoder': '16 latents at 15 Hz -> 13 upper-face curves and 3 head rotations at 60 Hz',
    'upper_denoiser': 'clean upper latents from noisy ones, conditions, emotions (Emotion Adapter), noise level and guidance',
}


class Graph(Base):
    def wire(self, x, name, layer):
        w = layer.weight.detach().float().numpy()
        inputs = [x, self.const(name + '.w', w)]
        if layer.bias is not None:
            inputs.append(self.const(name + '.b', layer.bias.detach().float().numpy()))
        p = layer.padding[0]
        return self.op('Conv', *inputs, kernel_shape=[w.shape[2]], dilations=[layer.dilation[0]], strides=[layer.stride[0]], pads=[p, p])

    def number(self, name, *values):
        return self.const(name, np.array(values, np.float32)) if name not in self.named() else name

    def named(self):
        return {w.name for w in self.weights}

    def silu(self, x):
        return self.op('Mul', x, self.op('Sigmoid', x))

    def norm(self, x, name, layer):
        x = self.op('Sub', x, self.op('ReduceMean', x, axes=[1], keepdims=1))
        power = self.op('ReduceMean', self.op('Mul', x, x), axes=[1], keepdims=1)
        x = self.op('Div', x, self.op('Sqrt', self.op('Add', power, self.number('eps', 1e-5))))
        return self.op('Mul', x, self.const(name, layer.gain.detach().float().numpy()[None]))

    def split(self, x, sizes, name):
        first = self.op('Split', x, self.const(name, np.array(sizes, np.int64)), axis=1)
        rest = [f'{name}_{k}' for k in range(1, len(sizes))]
        self.nodes[-1].output.extend(rest)
        return [first, *rest]

    def res(self, x, name, r):
        return self.op('Add', x, self.wire(self.silu(self.wire(self.norm(x, name + '.norm', r.norm), name + '.a', r.a)), name + '.b', r.b))

    def model(self, name, inputs, outputs, reach):
        info = lambda n, c, t: helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, c, t])
        graph = helper.make_graph(self.nodes, 'mien_' + name, [info(*i) for i in inputs], [info(*o) for o in outputs], self.weights)
        m = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], producer_name='mien')
        m.ir_version = 8
        for k, v in dict(licence='MIT', reach_latents=str(reach)).items():
            m.metadata_props.add(key=k, value=v)
        onnx.checker.check_model(m)
        return m


def encoder(net, name, channels):
    g = Graph()
    h = g.wire(g.silu(g.wire('curves', 'in', net.enc_in)), 'down', net.enc_down)
    for k, r in enumerate(net.enc):
        h = g.res(h, f'res{k}', r)
    mean, _ = g.split(g.wire(h, 'out', net.enc_out), [nets.LATENTS, nets.LATENTS], 'halves')
    h = g.op('Sub', mean, g.const('mean', net.mean.numpy()[None]))
    g.op('Div', h, g.const('scale', net.scale.numpy()[None]), out='z')
    return g.model(name, [('curves', channels, 'F')], [('z', nets.LATENTS, 'N')], REACH['encoder'])


def decoder(net, name, channels):
    g = Graph()
    shape = lambda n, *d: g.const(n, np.array(d, np.int64))
    h = g.op('Add', g.op('Mul', 'z', g.const('scale', net.scale.numpy()[None])), g.const('mean', net.mean.numpy()[None]))
    h = g.wire(h, 'in', net.dec_in)
    for k, r in enumerate(net.dec):
        h = g.res(h, f'res{k}', r)
    h = g.silu(g.wire(h, 'up', net.dec_up))
    c = net.dec_mid.weight.shape[0]
    h = g.op('Transpose', g.op('Reshape', h, shape('apart', 0, c, net.stride, -1)), perm=[0, 1, 3, 2])
    h = g.op('Reshape', h, shape('together', 0, c, -1))
    h = g.op('Add', h, g.silu(g.wire(h, 'mid', net.dec_mid)))
    y = g.wire(h, 'out', net.dec_out)
    g.nodes[-1].output[0] = 'curves'
    return g.model(name, [('z', nets.LATENTS, 'N')], [('curves', channels, 'F')], REACH['decoder'])


def denoiser(net, name, conditions):
    g = Graph()
    inputs = [('z', nets.LATENTS, 'N'), ('conditions', conditions, 'F'), ('level', 2, 1)]
    if net.emotions:
        inputs.append(('emotions', net.emotions, 'F'))
    if isinstance(net, nets.Together):
        total = x0_of(g, net.diffusion, 'diffusion.')
        for k, other in enumerate(net.regressions):
            total = g.op('Add', total, x0_of(g, other, f'regression{k}.', noiseless=True))
        g.op('Mul', total, g.number('share', 1 / (1 + len(net.regressions))), out='x0')
    else:
        x0_of(g, net, '')
        g.nodes[-1].output[0] = 'x0'
    return g.model(name, inputs, [('x0', nets.LATENTS, 'N')], REACH['denoiser'])


def x0_of(g, net, own, noiseless=False):
    """Nodes from the model's inputs to a net's clean latents; names of its weights start with `own`. `noiseless`: a regression, whose
    noise is 0 and whose level never changes, so that they become constants."""
    start = g.const(own + 'z_in', net.z_in.bias.detach().numpy()[None, :, None]) if noiseless else g.wire('z', own + 'z_in', net.z_in)
    h = g.op('Add', start, g.wire(g.silu(g.wire('conditions', own + 'cond_in', net.cond_in)), own + 'cond_down', net.cond_down))
    if noiseless:
        with torch.no_grad():
            e = F.silu(net.level_of(torch.tensor(nets.REGRESSION_LEVEL)))
            turns = [b.mod(e).numpy() for b in net.blocks]
    else:
        e = level_nodes(g, net, own)
    for k, b in enumerate(net.blocks):
        w, name = b.a.weight.shape[0], f'{own}block{k}'
        if noiseless:
            scale, shift = g.const(name + '.scale', turns[k][:, :w]), g.const(name + '.shift', turns[k][:, w:])
        else:
            scale, shift = g.split(g.wire(e, name + '.mod', b.mod), [w, w], name + '.parts')
        n = g.norm(h, name + '.norm', b.norm)
        n = g.op('Add', g.op('Mul', n, g.op('Add', scale, g.number('one', 1.0))), shift)
        h = g.op('Add', h, g.wire(g.silu(g.wire(n, name + '.a', b.a)), name + '.b', b.b))
    return g.wire(g.norm(h, own + 'norm', net.norm), own + 'out', net.out)


def level_nodes(g, net, own):
    """Noise level, guidance and emotions as the blocks take them."""
    t, guide = g.split('level', [1, 1], own + 'level_parts')
    x = g.op('Mul', t, g.const(own + 'frequencies', net.frequencies.numpy()[None]))
    e = g.op('Concat', g.op('Sin', x), g.op('Cos', x), guide, axis=1)
    e = g.wire(g.silu(g.wire(e, own + 'level_in', net.level_in)), own + 'level_out', net.level_out)
    if net.emotions:
        mixed = g.wire(g.op('AveragePool', 'emotions', kernel_shape=[net.stride], strides=[net.stride]), own + 'emotion', net.emotion)
        e = g.op('Add', g.op('Add', e, g.wire(g.silu(mixed), own + 'emotion_mix', net.emotion_mix)), mixed)
    return g.silu(e)


def signal(channels, frames, phase=0.0):
    """The deterministic input of the golden file: sin(.37 i + phase) over the row-major index i."""
    return np.sin(0.37 * np.arange(channels * frames) + phase).astype(np.float32).reshape(1, channels, frames)


def golden_feeds(name, latents):
    region = name.split('_')[0]
    stride, channels = (2, 28) if region == 'mouth' else (4, 16)
    if name.endswith('encoder'):
        return dict(curves=signal(channels, latents * stride))
    if name.endswith('decoder'):
        return dict(z=signal(nets.LATENTS, latents))
    feeds = dict(z=signal(nets.LATENTS, latents), conditions=signal(MOUTH_INPUTS if region == 'mouth' else UPPER_CONDITIONS, latents * stride, 1.0),
                 level=np.array([[[0.5], [0.5]]], np.float32))
    if region == 'upper':
        feeds['emotions'] = np.abs(signal(8, latents * stride, 2.0)) / 8
    return feeds


def check(name, path, forward):
    s = onnxruntime.InferenceSession(str(path), providers=['CPUExecutionProvider'])
    feeds = golden_feeds(name, 240)
    whole = s.run(None, feeds)[0]
    with torch.no_grad():
        worst = float(np.abs(whole - forward({k: torch.from_numpy(v) for k, v in feeds.items()}).numpy()).max())
    reach, out_stride = REACH[name.split('_')[-1]], whole.shape[2] / 240
    stride = {'mouth': 2, 'upper': 4}[name.split('_')[0]]
    seam = 0.0
    for a in range(0, 240, 80):
        lo, hi = max(0, a - reach), min(240, a + 80 + reach)
        part = {k: v if k == 'level' else v[:, :, lo * (v.shape[2] // 240):hi * (v.shape[2] // 240)] for k, v in feeds.items()}
        got = s.run(None, part)[0]
        f = lambda n: int(n * out_stride)
        seam = max(seam, float(np.abs(got[:, :, f(a - lo):f(a - lo) + f(80)] - whole[:, :, f(a):f(a + 80)]).max()))
    print(f'{name}: from the net {worst:.1e}, chunked from whole {seam:.1e}', stride)
    assert worst < TOLERANCE and seam < 1e-5, (worst, seam)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--mouth', default='mouth')
    ap.add_argument('--upper', default='upper')
    ap.add_argument('--mouth-vae', default='mouth_vae')
    ap.add_argument('--upper-vae', default='upper_vae')
    a = ap.parse_args()
    torch.set_num_threads(1)
    mv, uv = codec(a.mouth_vae), codec(a.upper_vae)
    md, ud = trained(a.mouth), trained(a.upper)
    made = {
        'mouth_vae_encoder': (encoder(mv, 'mouth_vae_encoder', 28), lambda f: mv.encode(f['curves'])),
        'mouth_vae_decoder': (decoder(mv, 'mouth_vae_decoder', 28), lambda f: mv.decode(f['z'])),
        'mouth_denoiser': (denoiser(md, 'mouth_denoiser', MOUTH_INPUTS), lambda f: md(f['z'], f['conditions'], f['level'])),
        'upper_vae_encoder': (encoder(uv, 'upper_vae_encoder', 16), lambda f: uv.encode(f['curves'])),
        'upper_vae_decoder': (decoder(uv, 'upper_vae_decoder', 16), lambda f: uv.decode(f['z'])),
        'upper_denoiser': (denoiser(ud, 'upper_denoiser', UPPER_CONDITIONS), lambda f: ud(f['z'], f['conditions'], f['level'], f['emotions'])),
    }
    golden, entries = {}, []
    for name, (model, forward) in made.items():
        path = MODELS / f'{name}.onnx'
        onnx.save(model, path)
        check(name, path, forward)
        data = path.read_bytes()
        s = onnxruntime.InferenceSession(str(path), providers=['CPUExecutionProvider'])
        out = s.run(None, golden_feeds(name, 24))[0]
        sha = hashlib.sha256(data).hexdigest()
        golden[name] = dict(sha256=sha, shape=list(out.shape), firstRows=[[round(float(v), 6) for v in r] for r in out[0, :3]])
        entries.append(dict(
            file=path.name, sha256=sha, bytes=len(data), name=name, about=ABOUT[name], opset=13, precision='float32', licence='MIT',
            parameters=sum(math.prod(w.dims) for w in model.graph.initializer if w.data_type == TensorProto.FLOAT),
            inputs=[dict(name=i.name, shape=[d.dim_value or d.dim_param for d in i.type.tensor_type.shape.dim]) for i in model.graph.input],
            outputs=[dict(name=i.name, shape=[d.dim_value or d.dim_param for d in i.type.tensor_type.shape.dim]) for i in model.graph.output],
            channels=MOUTH if name.startswith('mouth') else UPPER, emotions=EMOTIONS if name == 'upper_denoiser' else [],
            chunks=dict(reachLatents=REACH[name.split('_')[-1]])))
    (MODELS / 'golden/performance.json').write_text(json.dumps(dict(
        description='Written by training/performance/export.py. Input: sin(.37 i + phase) over the row-major index; conditions phase 1, '
                    'emotions |sin(.37 i + 2)| / 8, level (.5, .5); 24 latents.', tolerance=1e-3, models=golden), separators=(',', ':')) + '\n')
    file = MODELS / 'manifest.json'
    manifest = json.loads(file.read_text())
    names = {e['name'] for e in entries}
    manifest['models'] = [m for m in manifest['models'] if m['name'] not in names] + entries
    file.write_text(json.dumps(manifest, indent=1) + '\n')


if __name__ == '__main__':
    main()
