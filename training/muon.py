"""Muon: momentum whose matrix is made orthogonal (five Newton-Schulz steps) for the weights of convolutions; AdamW for the rest.

After Jordan et al. 2024 (Muon) with the scale of Liu et al. 2025 (arXiv 2502.16982), which lets it share AdamW's rate.
"""
import torch

A, B, C = 3.4445, -4.7750, 2.0315
# bfloat16 where the processor multiplies it (twice as fast): precise enough for the five steps (Jordan et al.), and in train.py for
# forward and backward; weights stay float32
HALF = bool(torch.cpu._is_avx512_bf16_supported())


def orthogonal(g):
    x = g / (g.norm() + 1e-7)
    if HALF:
        x = x.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    for _ in range(5):
        s = x @ x.T
        x = A * x + (B * s + C * s @ s) @ x
    return (x.T if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=.95, weight_decay=.02):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is None:
                    continue
                m = self.state[p].setdefault('momentum', torch.zeros_like(p))
                m.mul_(group['momentum']).add_(p.grad)
                g = p.grad.add(m, alpha=group['momentum'])                       # Nesterov
                flat = g.reshape(g.shape[0], -1)
                u = orthogonal(flat) * (.2 * max(flat.shape) ** .5)
                p.mul_(1 - group['lr'] * group['weight_decay']).add_(u.reshape(p.shape), alpha=-group['lr'])


def optimisers(net, rate, kind):
    """[optimisers] whose groups all follow one rate."""
    if kind == 'adamw':
        return [torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=.02, betas=(.9, .98))]
    matrices = [p for n, p in net.named_parameters() if p.ndim == 3 and not n.startswith('out.') and p.shape[1] > 1]
    chosen = {id(p) for p in matrices}
    rest = [p for p in net.parameters() if id(p) not in chosen]
    return [Muon(matrices, rate), torch.optim.AdamW(rest, lr=rate, weight_decay=.01, betas=(.9, .98))]
