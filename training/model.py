"""The acoustic network: normalised log-mel [B, T, 80] -> phones [B, T, 40], classes [B, T, 9], voice [B, T] (logits).

A 50 Hz body of dense convolutions (depthwise ones are slow on a CPU) and a 100 Hz path that bypasses it, so that the stride
does not blur closures of 30 ms. Only convolutions and BatchNorm (folded into them at export): no statistics over time, so
chunks that overlap by the receptive field give the same result as the whole line. A chunk must start on an even frame.
"""
import torch
from torch import nn

WIDTH = 160
DILATIONS = (1, 1, 2, 1, 1, 2, 1, 1, 1, 1)      # at 50 Hz, kernel 5
FINE = 96                                       # channels of the 100 Hz path and of each upsampled frame
HEAD = 128
OUTPUTS = (40, 9, 1)                            # phones, classes, voice
# frames of 10 ms one output frame can see to either side: stem 2, body 2 x 2 x sum(dilations), up 2 (k3 at 50 Hz), head 1
REACH = 2 + 4 * sum(DILATIONS) + 2 + 1


def conv(cin, cout, k, stride=1, dilation=1):
    return nn.Conv1d(cin, cout, k, stride=stride, dilation=dilation, padding=(k // 2) * dilation, bias=False)


class Block(nn.Module):
    """x + drop(BN(conv(relu(x))))"""

    def __init__(self, width, dilation, drop):
        super().__init__()
        self.conv = conv(width, width, 5, dilation=dilation)
        self.norm = nn.BatchNorm1d(width)
        self.drop = nn.Dropout1d(drop)
        nn.init.constant_(self.norm.weight, 0.3)

    def forward(self, x):
        return x + self.drop(self.norm(self.conv(torch.relu(x))))


class Acoustic(nn.Module):
    def __init__(self, drop=0.08):
        super().__init__()
        self.stem = conv(80, WIDTH, 5, stride=2)
        self.stem_norm = nn.BatchNorm1d(WIDTH)
        self.blocks = nn.ModuleList(Block(WIDTH, d, drop) for d in DILATIONS)
        self.up = conv(WIDTH, 2 * FINE, 3)
        self.up_norm = nn.BatchNorm1d(2 * FINE)
        self.fine = conv(80, FINE, 5)
        self.fine_norm = nn.BatchNorm1d(FINE)
        self.head = conv(2 * FINE, HEAD, 3)
        self.head_norm = nn.BatchNorm1d(HEAD)
        self.out = nn.Conv1d(HEAD, sum(OUTPUTS), 1)

    def forward(self, mel):
        x = mel.transpose(1, 2)
        b, _, t = x.shape
        h = self.stem_norm(self.stem(x))
        for block in self.blocks:
            h = block(h)
        h = torch.relu(self.up_norm(self.up(torch.relu(h))))              # [B, 2 FINE, ceil(T/2)]
        h = h.reshape(b, FINE, 2, -1).permute(0, 1, 3, 2).reshape(b, FINE, -1)[:, :, :t]
        f = torch.relu(self.fine_norm(self.fine(x)))
        h = torch.relu(self.head_norm(self.head(torch.cat([h, f], 1))))
        y = self.out(h).transpose(1, 2)
        return y[..., :40], y[..., 40:49], y[..., 49]
