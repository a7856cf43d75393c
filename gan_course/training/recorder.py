"""A callback that keeps pictures of what the generator draws from the same noise, over time."""


class SampleRecorder:
    """Draws from the same latent vectors each time it is called, and keeps the images.

    Because the noise is fixed, what changes from frame to frame is the generator.

    Args:
        count: How many images a frame has, at least 1.
        seed: The seed of the fixed latent vectors.

    Attributes:
        steps: The step of each frame, a list of ints.
        frames: The images of each frame, a list of float32 arrays (count, *image_shape).

    Example:
        >>> recorder = SampleRecorder(count=10)
        >>> trainer.run(1000, callbacks=[recorder], every=100)
        >>> len(recorder.frames)
        11

    Introduced in lesson 06.
    """

    def __init__(self, count=64, seed=0):
        self.count = count
        self.seed = seed
        self.steps = []
        self.frames = []

    def __call__(self, trainer):
        """Add one frame, unless the trainer's step has one already."""
        if trainer.step not in self.steps:
            self.steps.append(trainer.step)
            self.frames.append(trainer.sample(self.count, seed=self.seed))
