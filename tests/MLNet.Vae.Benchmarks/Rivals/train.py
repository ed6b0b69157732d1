"""Trains a variational autoencoder in PyTorch and prints the seconds of each epoch, one per line.

train.py WAY SHAPE ROWS BATCH THREADS EPOCHS
  WAY    plain: a module, torch.optim.Adam and a loop over shuffled batches, as most users write it
         tuned: the same network; rows gathered and noise drawn once per epoch, one product for mean and log sigma, parameters and
                gradients as views of one vector, Adam as a few operations on it, the loss without needless tensors
  SHAPE  widths from the features to the latent, such as 30-64-8, or conv
"""
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Vae(nn.Module):
    def __init__(self, widths):
        super().__init__()
        *hidden, latent = widths
        self.encoder = mlp(hidden)
        self.mean = nn.Linear(hidden[-1], latent)
        self.log_sigma = nn.Linear(hidden[-1], latent)
        self.decoder = nn.Sequential(mlp([latent] + hidden[:0:-1]), nn.Linear(hidden[1], hidden[0]))
        self.output_log_sigma = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        h = self.encoder(x)
        mean, log_sigma = self.mean(h), self.log_sigma(h)
        z = mean + torch.exp(log_sigma) * torch.randn_like(mean)
        return self.decoder(z), mean, log_sigma


class ConvolutionalVae(Vae):
    """28 x 28 images: filters of 4 x 4 with stride 2, as CONV says."""

    def __init__(self, filters, hidden, latent):
        nn.Module.__init__(self)
        a, b = filters
        self.encoder = nn.Sequential(
            nn.Unflatten(1, (1, 28, 28)),
            nn.Conv2d(1, a, 4, 2, 1), nn.ReLU(), nn.Conv2d(a, b, 4, 2, 1), nn.ReLU(),
            nn.Flatten(), nn.Linear(b * 49, hidden), nn.ReLU())
        self.mean = nn.Linear(hidden, latent)
        self.log_sigma = nn.Linear(hidden, latent)
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, b * 49), nn.ReLU(), nn.Unflatten(1, (b, 7, 7)),
            nn.ConvTranspose2d(b, a, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(a, 1, 4, 2, 1), nn.Flatten())
        self.output_log_sigma = nn.Parameter(torch.zeros(1))


def mlp(widths):
    layers = []
    for i, o in zip(widths, widths[1:]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    return nn.Sequential(*layers)


def plain(model, rows, batch, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(epochs):
        started = time.perf_counter()
        total = 0.0
        order = torch.randperm(len(rows))
        for start in range(0, len(rows), batch):
            x = rows[order[start:start + batch]]
            reconstruction, mean, log_sigma = model(x)
            s = model.output_log_sigma.sum()
            nll = (((x - reconstruction) / s.exp()) ** 2 / 2 + s + math.log(2 * math.pi) / 2).sum(1).mean()
            kl = ((mean ** 2 + (2 * log_sigma).exp() - 1) / 2 - log_sigma).sum(1).mean()
            loss = nll + kl
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(time.perf_counter() - started, flush=True)


def tuned(model, rows, batch, epochs):
    latent = model.mean.out_features
    heads = nn.Linear(model.mean.in_features, 2 * latent)
    del model.mean, model.log_sigma
    model.heads = heads
    parameters = list(model.parameters())
    values = torch.cat([p.detach().reshape(-1) for p in parameters])
    gradients, first, second = (torch.zeros_like(values) for _ in range(3))
    at = 0
    for p in parameters:
        n = p.numel()
        p.data = values[at:at + n].view_as(p)
        p.grad = gradients[at:at + n].view_as(p)
        at += n
    step = 0
    constant = rows.shape[1] * math.log(2 * math.pi) / 2
    for _ in range(epochs):
        started = time.perf_counter()
        total = torch.zeros(())
        shuffled = rows[torch.randperm(len(rows))]
        noise = torch.randn(len(rows), latent)
        for start in range(0, len(rows), batch):
            x = shuffled[start:start + batch]
            both = model.heads(model.encoder(x))
            mean, log_sigma = both[:, :latent], both[:, latent:]
            sigma = log_sigma.exp()
            z = torch.addcmul(mean, sigma, noise[start:start + batch])
            s = model.output_log_sigma.sum()
            squares = F.mse_loss(model.decoder(z), x, reduction="sum")
            kl = (mean.square().sum() + sigma.square().sum()) / 2 - log_sigma.sum()
            loss = (squares * (-2 * s).exp() / 2 + kl) / len(x) + rows.shape[1] * s
            gradients.zero_()
            loss.backward()
            total += loss.detach()
            with torch.no_grad():
                step += 1
                first.mul_(0.9).add_(gradients, alpha=0.1)
                second.mul_(0.999).addcmul_(gradients, gradients, value=0.001)
                root = second.sqrt().div_(math.sqrt(1 - 0.999 ** step)).add_(1e-8)
                values.addcdiv_(first, root, value=-1e-3 / (1 - 0.9 ** step))
        (total + constant - latent / 2).item()
        print(time.perf_counter() - started, flush=True)


def main():
    way, shape, rows, batch, threads, epochs = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if shape == "conv":
        model, features = ConvolutionalVae((32, 64), 128, 20), 784
    else:
        widths = [int(w) for w in shape.split("-")]
        model, features = Vae(widths), widths[0]
    {"plain": plain, "tuned": tuned}[way](model, torch.randn(rows, features), batch, epochs)


if __name__ == "__main__":
    main()
