"""Network A in PyTorch, for `dcgan_speed.py`, which runs this with another Python.

It reads numbers of steps from its input, takes so many, and answers with the seconds by the clock
and the CPU seconds. Channels-last, and the same arithmetic as a step of the course's trainer: fresh
noise for each player, no gradients for the player that is not updated.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, LATENT_DIM, THREADS = 128, 100, 2


def block(inputs, outputs, stride, norm=True, pad=False):
    """Return one group of the discriminator's layers."""
    return [
        nn.Conv2d(inputs, outputs, 3, stride, padding=1),
        *([nn.ZeroPad2d((0, 1, 0, 1))] if pad else []),
        *([nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.2)] if norm else []),
        nn.LeakyReLU(0.2),
        nn.Dropout(0.25),
    ]


def build():
    """Return the pair (generator, discriminator), channels-last."""
    generator = nn.Sequential(
        nn.Linear(LATENT_DIM, 128 * 7 * 7),
        nn.ReLU(),
        nn.Unflatten(1, (128, 7, 7)),
        nn.Upsample(scale_factor=2),
        nn.Conv2d(128, 128, 3, padding=1),
        nn.BatchNorm2d(128, eps=1e-3, momentum=0.2),
        nn.ReLU(),
        nn.Upsample(scale_factor=2),
        nn.Conv2d(128, 64, 3, padding=1),
        nn.BatchNorm2d(64, eps=1e-3, momentum=0.2),
        nn.ReLU(),
        nn.Conv2d(64, 1, 3, padding=1),
        nn.Tanh(),
    )
    discriminator = nn.Sequential(
        *block(1, 32, 2, norm=False),
        *block(32, 64, 2, pad=True),
        *block(64, 128, 2),
        *block(128, 256, 1),
        nn.Flatten(),
        nn.Linear(256 * 4 * 4, 1),
    )
    last = torch.channels_last
    return generator.to(memory_format=last), discriminator.to(memory_format=last)


class Training:
    """Both players, their optimisers and the data: random images, which cost what digits cost."""

    def __init__(self):
        torch.manual_seed(0)
        torch.set_num_threads(THREADS)
        self.generator, self.discriminator = build()
        self.images = torch.rand(4000, 1, 28, 28) * 2 - 1
        self.images = self.images.to(memory_format=torch.channels_last)
        self.optimizers = [
            torch.optim.Adam(network.parameters(), 2e-4, betas=(0.5, 0.999))
            for network in (self.generator, self.discriminator)
        ]

    def step(self):
        """Update the discriminator, then the generator."""
        g_optimizer, d_optimizer = self.optimizers
        real = self.images[torch.randint(len(self.images), (BATCH,))]
        with torch.no_grad():
            fakes = self.generator(torch.randn(BATCH, LATENT_DIM))
        loss = F.softplus(-self.discriminator(real)).mean()
        loss = loss + F.softplus(self.discriminator(fakes)).mean()
        d_optimizer.zero_grad()
        loss.backward()
        d_optimizer.step()
        self.discriminator.requires_grad_(False)
        fakes = self.generator(torch.randn(BATCH, LATENT_DIM))
        loss = F.softplus(-self.discriminator(fakes)).mean()
        g_optimizer.zero_grad()
        loss.backward()
        g_optimizer.step()
        self.discriminator.requires_grad_(True)

    def moved(self):
        """Take one step; return whether every weight of each player moved."""
        players = self.generator, self.discriminator
        before = [[v.detach().clone() for v in player.parameters()] for player in players]
        self.step()
        return all(
            bool((now != then).any())
            for player, old in zip(players, before, strict=True)
            for now, then in zip(player.parameters(), old, strict=True)
        )


def main():
    """Answer each number of steps with two numbers of seconds."""
    training = Training()
    print(torch.__version__ if training.moved() else "not both players learn", flush=True)
    for line in sys.stdin:
        clock, cpu = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            training.step()
        print(time.perf_counter() - clock, time.process_time() - cpu, flush=True)


if __name__ == "__main__":
    main()
