"""The nets: two VAEs, two denoisers (the regression baseline is a denoiser without noise). Tensors are [batch, channels, time].

Everything is convolution with bounded reach and normalisation over channels only, so that a line can be run in chunks.
"""
import math

import torch
from torch import nn
import torch.nn.functional as F

LATENTS = 16
TIME_FEATURES = 8


class Norm(nn.Module):
    """Over channels at each time step."""

    def __init__(self, channels):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(channels, 1))

    def forward(self, x):
        x = x - x.mean(1, keepdim=True)
        return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-5) * self.gain


def conv(a, b, k=1, d=1):
    return nn.Conv1d(a, b, k, padding=(k // 2) * d, dilation=d)


class Res(nn.Module):
    def __init__(self, w, k=5, d=1):
        super().__init__()
        self.norm, self.a, self.b = Norm(w), conv(w, w, k, d), conv(w, w)

    def forward(self, x):
        return x + self.b(F.silu(self.a(self.norm(x))))


class Vae(nn.Module):
    """Curves at 60 Hz <-> 16 latents at 60 / stride Hz. Latents leave the encoder standardised (mean, scale are measured)."""

    def __init__(self, channels, stride, width=64):
        super().__init__()
        self.stride = stride
        self.enc_in, self.enc_down = conv(channels, width, 5), nn.Conv1d(width, width, 2 * stride, stride, stride // 2)
        self.enc = nn.ModuleList([Res(width) for _ in range(2)])
        self.enc_out = conv(width, 2 * LATENTS)
        self.dec_in = conv(LATENTS, width, 3)
        self.dec = nn.ModuleList([Res(width) for _ in range(2)])
        self.dec_up = conv(width, width // 2 * stride, 3)
        self.dec_mid, self.dec_out = conv(width // 2, width // 2, 5), conv(width // 2, channels, 5)
        self.register_buffer('mean', torch.zeros(LATENTS, 1))
        self.register_buffer('scale', torch.ones(LATENTS, 1))

    def moments(self, x):
        h = self.enc_down(F.silu(self.enc_in(x)))
        for r in self.enc:
            h = r(h)
        return self.enc_out(h).chunk(2, 1)

    def encode(self, x):
        return (self.moments(x)[0] - self.mean) / self.scale

    def decode(self, z):
        return self.decode_raw(z * self.scale + self.mean)

    def decode_raw(self, z):
        h = self.dec_in(z)
        for r in self.dec:
            h = r(h)
        h = F.silu(self.dec_up(h))
        b, c, t = h.shape
        h = h.reshape(b, c // self.stride, self.stride, t).transpose(2, 3).reshape(b, c // self.stride, t * self.stride)
        return self.dec_out(h + F.silu(self.dec_mid(h)))


class Direct(nn.Module):
    """No codec: `stride` frames of curves beside each other, each channel standardised. What the VAE is compared with."""

    def __init__(self, channels, stride):
        super().__init__()
        self.stride = stride
        self.register_buffer('mean', torch.zeros(channels, 1))
        self.register_buffer('scale', torch.ones(channels, 1))

    def encode(self, x):
        b, c, t = x.shape
        x = (x - self.mean) / self.scale
        return x.reshape(b, c, t // self.stride, self.stride).transpose(2, 3).reshape(b, c * self.stride, t // self.stride)

    def decode(self, z):
        b, c, t = z.shape
        x = z.reshape(b, c // self.stride, self.stride, t).transpose(2, 3).reshape(b, c // self.stride, t * self.stride)
        return x * self.scale + self.mean


class Block(nn.Module):
    """Residual convolution with adaptive normalisation: scale and shift come from the mixed emotion and the noise level."""

    def __init__(self, w, e, d):
        super().__init__()
        self.norm, self.mod, self.a, self.b = Norm(w), conv(e, 2 * w), conv(w, w, 5, d), conv(w, w)
        nn.init.zeros_(self.mod.weight), nn.init.zeros_(self.mod.bias), nn.init.zeros_(self.b.weight), nn.init.zeros_(self.b.bias)

    def forward(self, x, e):
        s, b = self.mod(e).chunk(2, 1)
        return x + self.b(F.silu(self.a(self.norm(x) * (1 + s) + b)))


class Denoiser(nn.Module):
    """x0 from noisy latents z [B,16,T], conditions [B,C,T*stride], level [B,2,1] (noise time 0..1, guidance - 1) and, for the
    upper face, emotion intensities [B,8,T*stride] through the Emotion Adapter (`emotions` 8) or, for comparison, as further
    rows of the conditions (`emotions` 0, eight conditions more)."""

    def __init__(self, conditions, stride, width, dilations, emotions=0, e=48, latents=LATENTS):
        super().__init__()
        self.stride, self.emotions, self.conditions, self.latents = stride, emotions, conditions, latents
        self.cond_in, self.cond_down = conv(conditions, width), nn.Conv1d(width, width, 2 * stride, stride, stride // 2)
        self.z_in = conv(latents, width)
        self.level_in, self.level_out = conv(2 * TIME_FEATURES + 1, e), conv(e, e)
        if emotions:
            self.emotion = nn.Conv1d(emotions, e, 1, bias=False)      # learned embeddings, mixed by intensity
            self.emotion_mix = conv(e, e)
        self.blocks = nn.ModuleList([Block(width, e, d) for d in dilations])
        self.norm, self.out = Norm(width), conv(width, latents)
        self.register_buffer('frequencies', torch.tensor([[math.pi * 2 ** (k / 2)] for k in range(TIME_FEATURES)]))

    def level_of(self, level):
        x = level[:, :1] * self.frequencies
        return self.level_out(F.silu(self.level_in(torch.cat([x.sin(), x.cos(), level[:, 1:]], 1))))

    def forward(self, z, cond, level, emotion=None):
        if emotion is not None and not self.emotions:
            cond = torch.cat([cond, emotion], 1)
        h = self.z_in(z) + self.cond_down(F.silu(self.cond_in(cond)))
        e = self.level_of(level)
        if self.emotions:
            mixed = self.emotion(F.avg_pool1d(emotion, self.stride))
            e = e + self.emotion_mix(F.silu(mixed)) + mixed
        e = F.silu(e)
        for block in self.blocks:
            h = block(h, e)
        return self.out(self.norm(h))


class Together(nn.Module):
    """The mean of the clean latents that a diffusion and plain regressions find, at every step of the sampler; regressions see no noise."""

    def __init__(self, diffusion, *regressions):
        super().__init__()
        self.diffusion, self.regressions = diffusion, nn.ModuleList(regressions)
        self.stride, self.emotions, self.latents = diffusion.stride, 0, diffusion.latents
        self.conditions = diffusion.conditions

    def forward(self, z, cond, level):
        out = self.diffusion(z, cond, level)
        for net in self.regressions:
            out = out + net(torch.zeros_like(z), cond, level.new_tensor(REGRESSION_LEVEL).expand_as(level))
        return out / (1 + len(self.regressions))


REGRESSION_LEVEL = [[[1.], [0.]]]              # the level a regression is trained at
MOUTH_DILATIONS, UPPER_DILATIONS = (1,) * 6, (1, 2, 4, 1, 2, 4)        # the mouth looks .4 s to each side


def mouth_vae():
    return Vae(28, 2)


def upper_vae():
    return Vae(16, 4)


def mouth_denoiser(width=72, conditions=137, latents=LATENTS):
    return Denoiser(conditions, 2, width, MOUTH_DILATIONS, latents=latents)


def upper_denoiser(width=64, adapter=True):
    return Denoiser(11 if adapter else 19, 4, width, UPPER_DILATIONS, emotions=8 if adapter else 0)


def codec_like(state):
    """A codec of the shape of these weights."""
    if 'enc_in.weight' in state:
        return mouth_vae() if state['enc_in.weight'].shape[1] == 28 else upper_vae()
    return Direct(len(state['mean']), 2 if len(state['mean']) == 28 else 4)


def denoiser_like(state):
    """A denoiser of the shape of these weights."""
    width, latents, conditions = *state['z_in.weight'].shape[:2], state['cond_in.weight'].shape[1]
    if conditions >= 100:
        return mouth_denoiser(width, conditions, latents)
    return upper_denoiser(width, 'emotion.weight' in state)


def alpha_sigma(t):
    """Cosine schedule (Nichol and Dhariwal 2021), t in 0..1."""
    return torch.cos(t * math.pi / 2), torch.sin(t * math.pi / 2)


def size(net):
    return sum(p.numel() for p in net.parameters())
