"""The acoustic network: normalised log-mel [B, T, 80] -> phones [B, T, 40], classes [B, T, 9], voice [B, T] (logits).

A slow body of dense convolutions (depthwise ones are slow on a CPU) and a 100 Hz path that bypasses it, so that the stride
does not blur closures of 30 ms. Only convolutions and BatchNorm (folded into them at export): no statistics over time, so
chunks that overlap by the receptive field give the same result as the whole line. A chunk must start on a frame that STRIDE
divides.

`KINDS` are the shapes that trials.py compares (NOTES.md has the table); RELEASED names the one that is trained long.
"""
import torch
from torch import nn

OUTPUTS = (40, 9, 1)                            # phones, classes, voice
KINDS = dict(
    dense50=dict(stride=2, width=160, block='dense', kernel=5, dilations=(1, 1, 2, 1, 1, 2, 1, 1, 1, 1)),
    wide50=dict(stride=2, width=224, block='dense', kernel=5, dilations=(1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 2, 2)),
    dense25=dict(stride=4, width=224, block='dense', kernel=5, dilations=(1,) * 9),
    separable25=dict(stride=4, width=256, block='separable', kernel=9, dilations=(1,) * 5),
    attention25=dict(stride=4, width=192, block='attention', kernel=5, dilations=(1,) * 5),
)
RELEASED = 'wide50'


def conv(cin, cout, k, stride=1, dilation=1, groups=1):
    return nn.Conv1d(cin, cout, k, stride=stride, dilation=dilation, padding=(k // 2) * dilation, bias=False, groups=groups)


class Dense(nn.Module):
    """x + drop(BN(conv(relu(x))))"""

    def __init__(self, width, kernel, dilation, drop):
        super().__init__()
        self.conv = conv(width, width, kernel, dilation=dilation)
        self.norm = nn.BatchNorm1d(width)
        self.drop = nn.Dropout1d(drop)
        nn.init.constant_(self.norm.weight, 0.3)

    def forward(self, x):
        return x + self.drop(self.norm(self.conv(torch.relu(x))))


class Separable(nn.Module):
    """x + drop(BN(out(relu(BN(in(depthwise(x)))))))"""

    def __init__(self, width, kernel, dilation, drop):
        super().__init__()
        self.depth = conv(width, width, kernel, dilation=dilation, groups=width)
        self.into, self.into_norm = conv(width, 4 * width, 1), nn.BatchNorm1d(4 * width)
        self.out, self.norm = conv(4 * width, width, 1), nn.BatchNorm1d(width)
        self.drop = nn.Dropout1d(drop)
        nn.init.constant_(self.norm.weight, 0.3)

    def forward(self, x):
        return x + self.drop(self.norm(self.out(torch.relu(self.into_norm(self.into(self.depth(x)))))))


class Attention(nn.Module):
    """A dense block, attention over +-10 slow frames (.4 s) with four heads, a pointwise block."""
    SPAN, HEADS = 10, 4

    def __init__(self, width, kernel, dilation, drop):
        super().__init__()
        self.first = Dense(width, kernel, dilation, drop)
        self.norm, self.qkv, self.out = nn.BatchNorm1d(width), conv(width, 3 * width, 1), conv(width, width, 1)
        self.place = nn.Parameter(torch.zeros(self.HEADS, 2 * self.SPAN + 1))
        self.mix, self.mix_norm = conv(width, 2 * width, 1), nn.BatchNorm1d(2 * width)
        self.last, self.last_norm = conv(2 * width, width, 1), nn.BatchNorm1d(width)
        nn.init.constant_(self.last_norm.weight, 0.3)

    def forward(self, x):
        x = self.first(x)
        b, c, t = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(b, 3, self.HEADS, c // self.HEADS, t).transpose(-1, -2).unbind(1)
        gap = torch.arange(t)[None, :] - torch.arange(t)[:, None]
        bias = self.place[:, gap.clamp(-self.SPAN, self.SPAN) + self.SPAN].masked_fill(gap.abs() > self.SPAN, -1e4)
        y = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias[None])
        x = x + self.out(y.transpose(-1, -2).reshape(b, c, t))
        return x + self.last_norm(self.last(torch.relu(self.mix_norm(self.mix(x)))))


BLOCKS = dict(dense=Dense, separable=Separable, attention=Attention)


class Acoustic(nn.Module):
    FINE = 96                                   # channels of the 100 Hz path and of each upsampled frame
    HEAD = 128

    def __init__(self, kind=RELEASED, drop=0.08):
        super().__init__()
        k = KINDS[kind]
        self.stride, width = k['stride'], k['width']
        stem = []
        for s in range({2: 1, 4: 2}[self.stride]):
            stem.append(nn.ModuleDict(dict(conv=conv(80 if s == 0 else width // 2, width if 2 ** (s + 1) == self.stride else width // 2,
                                                     5 if s == 0 else 3, stride=2))))
            stem[-1]['norm'] = nn.BatchNorm1d(stem[-1]['conv'].out_channels)
        self.stem = nn.ModuleList(stem)
        self.blocks = nn.ModuleList(BLOCKS[k['block']](width, k['kernel'], d, drop) for d in k['dilations'])
        self.up = conv(width, self.stride * self.FINE, 3)
        self.up_norm = nn.BatchNorm1d(self.stride * self.FINE)
        self.fine = conv(80, self.FINE, 5)
        self.fine_norm = nn.BatchNorm1d(self.FINE)
        self.head = conv(2 * self.FINE, self.HEAD, 3)
        self.head_norm = nn.BatchNorm1d(self.HEAD)
        self.out = nn.Conv1d(self.HEAD, sum(OUTPUTS), 1)

    def forward(self, mel):
        x = mel.transpose(1, 2)
        b, _, t = x.shape
        h = x
        for n, s in enumerate(self.stem):
            h = s['norm'](s['conv'](torch.relu(h) if n else h))
        for block in self.blocks:
            h = block(h)
        h = torch.relu(self.up_norm(self.up(torch.relu(h))))              # [B, stride FINE, ceil(T / stride)]
        h = h.reshape(b, self.FINE, self.stride, -1).permute(0, 1, 3, 2).reshape(b, self.FINE, -1)[:, :, :t]
        f = torch.relu(self.fine_norm(self.fine(x)))
        h = torch.relu(self.head_norm(self.head(torch.cat([h, f], 1))))
        y = self.out(h).transpose(1, 2)
        return y[..., :40], y[..., 40:49], y[..., 49]


def reach(kind=RELEASED):
    """Frames of 10 ms one output frame can see to either side (dense kinds)."""
    k = KINDS[kind]
    stem = 2 if k['stride'] == 2 else 2 + 2     # k5; k5 and k3 at 50 Hz
    return stem + k['stride'] * (k['kernel'] // 2) * sum(k['dilations']) + k['stride'] + 1 + (k['stride'] - 1)

